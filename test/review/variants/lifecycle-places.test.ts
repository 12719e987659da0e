/** Where lifecycle rules stand, and which keys they are about: blocks of the bucket, prefixes, new buckets, moved rules. */
import * as e from './estate';
import { table, type Case } from './table';

const to = (...rules: readonly e.Row[]) =>
  e.changed(e.LIFECYCLE, e.lifecycle(), e.lifecycle(...rules), {
    given: { bucket: e.refers(`${e.BUCKET}.id`), rule: [{}] },
  });
const LOSES: e.Expected = { 'hold/release-guard': 'error', 's3/retention-loss': 'warn|error' };
const LARGE = { 's3/large-objects': 'warn|clean' };
const block = (lifecycle_rule: readonly e.Row[], more: Partial<e.Planned> = {}) =>
  e.changed(e.BUCKET, e.bucket(), e.bucket({ lifecycle_rule }), more);
const blocks: readonly Case[] = [
  ['days', [block([{ id: 'x', enabled: true, expiration: [{ days: 30 }] }])], { ...LOSES, ...LARGE }],
  [
    'days and versions',
    [
      block([
        {
          id: 'x',
          enabled: true,
          prefix: '',
          expiration: [{ days: 30, date: '' }],
          noncurrent_version_expiration: [{ days: 1 }],
        },
      ]),
    ],
    { ...LOSES, ...LARGE, removes: 'after 31 days' },
  ],
  [
    'a computed id',
    [
      block([{ enabled: true, expiration: [{ days: 30 }] }], {
        unknown: { lifecycle_rule: [{ id: true, expiration: [{}] }] },
        given: { lifecycle_rule: [{ enabled: e.constant(true) }] },
      }),
    ],
    { ...LOSES, ...LARGE },
  ],
  [
    'dynamic, with a computed id',
    [
      block([{ enabled: true, expiration: [{ days: 30 }] }], {
        unknown: { lifecycle_rule: [{ id: true, expiration: [{}] }] },
      }),
    ],
    { ...LOSES, ...LARGE },
  ],
  [
    'a date',
    [block([{ id: 'x', enabled: true, expiration: [{ date: '2027-01-01' }] }])],
    { ...LOSES, ...LARGE, removes: 'at a date' },
  ],
  ['tags', [block([{ id: 'x', enabled: true, tags: { a: 'b' }, expiration: [{ days: 30 }] }])], { ...LOSES, ...LARGE }],
  ['switched off', [block([{ id: 'x', enabled: false, expiration: [{ days: 30 }] }])], { removes: '' }],
  [
    'about other keys',
    [block([{ id: 'x', enabled: true, prefix: 'zzz/', expiration: [{ days: 30 }] }])],
    { ...LOSES, ...LARGE },
  ],
  [
    'versions only',
    [block([{ id: 'x', enabled: true, noncurrent_version_expiration: [{ days: 1 }] }])],
    { removes: '' },
  ],
  [
    'delete markers only',
    [block([{ id: 'x', enabled: true, expiration: [{ expired_object_delete_marker: true, days: 0 }] }])],
    { removes: '' },
  ],
  [
    'only known after the apply',
    [
      block([], {
        after: { ...e.bucket(), lifecycle_rule: undefined },
        unknown: { lifecycle_rule: true },
        given: { lifecycle_rule: e.refers('var.rules') },
      }),
    ],
    { 'hold/release-guard': 'unknown', 's3/retention-loss': 'unknown' },
  ],
];

/** The export writes below a prefix: rules about other keys say nothing. */
const underPrefix = (planned: readonly e.Planned[]): readonly e.Planned[] =>
  e.estate(planned).map((one) => {
    if (one.address.startsWith('genesyscloud_recording_export'))
      return { ...one, after: { ...one.after, destination: { bucket: e.NAME, prefix: 'recordings/' } } };
    return one.address.endsWith('.files') ? { ...one, after: { ...one.after, prefix: 'recordings/' } } : one;
  });
const elsewhere: readonly Case[] = [
  ['filter', [to(e.rule({ filter: [{ prefix: 'logs/' }], expiration: [{ days: 30 }] }))], { removes: '' }],
  [
    'and',
    [to(e.rule({ filter: [{ and: [{ prefix: 'logs/', object_size_less_than: 5 }] }], expiration: [{ days: 30 }] }))],
    { removes: '' },
  ],
  ['prefix of the rule', [to(e.rule({ filter: [], prefix: 'logs/', expiration: [{ days: 30 }] }))], { removes: '' }],
  [
    'block',
    [block([{ id: 'x', enabled: true, prefix: 'logs/', expiration: [{ days: 30 }] }])],
    { removes: '', 's3/large-objects': 'clean|warn' },
  ],
  [
    'versions of other keys do not add up',
    [
      to(
        e.rule({ filter: [{ prefix: 'recordings/' }], expiration: [{ days: 30 }] }),
        e.rule({ id: 'v', filter: [{ prefix: 'logs/' }], noncurrent_version_expiration: [{ noncurrent_days: 1 }] }),
      ),
    ],
    { ...LOSES, removes: 'hide recordings' },
  ],
  ['a prefix that begins like it', [to(e.rule({ filter: [{ prefix: 'rec' }], expiration: [{ days: 30 }] }))], LOSES],
  ['a prefix below it', [to(e.rule({ filter: [{ prefix: 'recordings/5e0f' }], expiration: [{ days: 30 }] }))], LOSES],
  [
    'one that only looks like it',
    [to(e.rule({ filter: [{ prefix: 'recordings-tmp/' }], expiration: [{ days: 30 }] }))],
    { removes: '' },
  ],
];

const fresh = (address: string, after: e.Row, more: Partial<e.Planned> = {}) =>
  e.made(
    address,
    { ...after, id: undefined, arn: undefined },
    { ...more, unknown: { id: true, arn: true, ...more.unknown } },
  );
const newBucket = (...rules: readonly e.Row[]): readonly e.Planned[] => [
  fresh(e.BUCKET, e.bucket(), {
    given: { bucket: e.constant(e.NAME), object_lock_enabled: e.constant(true) },
    unknown: {
      lifecycle_rule: true,
      grant: true,
      versioning: true,
      policy: true,
      object_lock_configuration: true,
      server_side_encryption_configuration: true,
    },
  }),
  fresh(
    'aws_s3_bucket_versioning.recordings',
    { bucket: e.NAME, versioning_configuration: [{ status: 'Enabled' }] },
    { given: { bucket: e.refers(e.BUCKET) } },
  ),
  fresh(e.LIFECYCLE, e.lifecycle(...rules), { given: { bucket: e.refers(e.BUCKET), rule: [{}, {}] } }),
];
const news: readonly Case[] = [
  ['nothing', newBucket(), {}],
  ['days', newBucket(e.rule({ expiration: [{ days: 30 }] })), { ...LOSES, removes: 'hide recordings' }],
  ['versions only', newBucket(e.rule({ noncurrent_version_expiration: [{ noncurrent_days: 30 }] })), { removes: '' }],
  [
    'days unknown',
    newBucket(e.rule({ expiration: [{ date: null }] })).map((one) =>
      one.address === e.LIFECYCLE
        ? {
            ...one,
            unknown: { id: true, rule: [{}, { expiration: [{ days: true }] }] },
            given: {
              bucket: e.refers(e.BUCKET),
              rule: [{}, { expiration: [{ days: e.refers('data.external.d.result') }] }],
            },
          }
        : one,
    ),
    { 's3/retention-loss': 'unknown', 'hold/release-guard': 'unknown' },
  ],
];
table('a block of the bucket that begins', blocks);
table('exports below a prefix, and a rule about', elsewhere, underPrefix);
table('a new bucket with', news);
const monthly = { id: 'x', enabled: true, prefix: '', expiration: [{ days: 30 }] };
table('a rule that goes on elsewhere', [
  [
    'out of the bucket',
    [
      e.kept(e.BUCKET, e.bucket({ lifecycle_rule: [monthly] })),
      e.made(e.LIFECYCLE, e.lifecycle(e.rule({ expiration: [{ days: 30 }] }))),
    ],
    { removes: '', 's3/retention-loss': 'warn' },
  ],
  [
    'out of the bucket, and sooner',
    [
      e.kept(e.BUCKET, e.bucket({ lifecycle_rule: [monthly] })),
      e.made(e.LIFECYCLE, e.lifecycle(e.rule({ expiration: [{ days: 7 }] }))),
    ],
    LOSES,
  ],
  [
    'at another address',
    [
      e.gone(e.LIFECYCLE, e.lifecycle(e.rule({ expiration: [{ days: 30 }] }))),
      e.made('aws_s3_bucket_lifecycle_configuration.b', e.lifecycle(e.rule({ expiration: [{ days: 30 }] }))),
    ],
    { removes: '', 's3/retention-loss': 'warn' },
  ],
]);
