/** Lifecycle rules in every form in which people write them: what loses recordings, what only looks like it. */
import * as e from './estate';
import { table, type Case } from './table';

const to = (...rules: readonly e.Row[]) =>
  e.changed(e.LIFECYCLE, e.lifecycle(), e.lifecycle(...rules), {
    given: { bucket: e.refers(`${e.BUCKET}.id`), rule: [{}] },
  });
const LOSES: e.Expected = { 'hold/release-guard': 'error', 's3/retention-loss': 'warn|error' };

const begins: readonly Case[] = [
  [
    'days',
    [to(e.rule({ expiration: [{ days: 30 }] }))],
    { ...LOSES, removes: 'hide recordings below delete markers after 30 days' },
  ],
  [
    'days, and versions after one',
    [to(e.rule({ expiration: [{ days: 30 }], noncurrent_version_expiration: [{ noncurrent_days: 1 }] }))],
    { ...LOSES, removes: 'after 31 days' },
  ],
  [
    'versions by another rule',
    [
      to(
        e.rule({ expiration: [{ days: 30 }] }),
        e.rule({ id: 'v', noncurrent_version_expiration: [{ noncurrent_days: 5 }] }),
      ),
    ],
    { ...LOSES, removes: 'after 35 days' },
  ],
  [
    'a newer version is kept, so what expires is hidden only',
    [
      to(
        e.rule({
          expiration: [{ days: 30 }],
          noncurrent_version_expiration: [{ noncurrent_days: 5, newer_noncurrent_versions: 2 }],
        }),
      ),
    ],
    { ...LOSES, removes: 'hide recordings' },
  ],
  [
    'newer_noncurrent_versions as a text of zero',
    [
      to(
        e.rule({
          expiration: [{ days: 30 }],
          noncurrent_version_expiration: [{ noncurrent_days: 5, newer_noncurrent_versions: 0 }],
        }),
      ),
    ],
    { ...LOSES, removes: 'after 35 days' },
  ],
  [
    'a date',
    [to(e.rule({ expiration: [{ date: '2027-01-01T00:00:00Z', days: 0, expired_object_delete_marker: false }] }))],
    { ...LOSES, removes: 'at a date' },
  ],
  ['prefix of the rule itself', [to(e.rule({ filter: [], prefix: '', expiration: [{ days: 30 }] }))], LOSES],
  ['no filter', [to({ id: 'x', status: 'Enabled', expiration: [{ days: 30 }] })], LOSES],
  [
    'filter by tag',
    [to(e.rule({ filter: [{ tag: [{ key: 'tmp', value: '1' }] }], expiration: [{ days: 30 }] }))],
    LOSES,
  ],
  ['filter by size', [to(e.rule({ filter: [{ object_size_greater_than: 1024 }], expiration: [{ days: 30 }] }))], LOSES],
  [
    'and of prefix and tags',
    [to(e.rule({ filter: [{ and: [{ prefix: '', tags: { a: 'b' } }] }], expiration: [{ days: 30 }] }))],
    LOSES,
  ],
  [
    'and with a longer prefix that recordings are under',
    [to(e.rule({ filter: [{ and: [{ prefix: '5e0f1a2b', tags: { a: 'b' } }] }], expiration: [{ days: 30 }] }))],
    LOSES,
  ],
  ['filter of OpenTofu and v6 as objects', [to(e.rule({ filter: { prefix: '' }, expiration: { days: 30 } }))], LOSES],
  ['an id that is only known after the apply', [to(e.rule({ id: null, expiration: [{ days: 30 }] }))], LOSES],
  [
    'days that are only known after the apply',
    [
      e.changed(e.LIFECYCLE, e.lifecycle(), e.lifecycle(e.rule({ expiration: [{ date: null }] })), {
        unknown: { rule: [{}, { expiration: [{ days: true }] }] },
        given: { bucket: e.refers(e.BUCKET), rule: [{}, { expiration: [{ days: e.refers('var.days') }] }] },
      }),
    ],
    { 'hold/release-guard': 'unknown', 's3/retention-loss': 'unknown' },
  ],
  [
    'a status that is only known after the apply',
    [
      e.changed(e.LIFECYCLE, e.lifecycle(), e.lifecycle(e.rule({ status: null, expiration: [{ days: 30 }] })), {
        unknown: { rule: [{}, { status: true }] },
        given: { bucket: e.refers(e.BUCKET), rule: [{}, { status: e.refers('var.on') }] },
      }),
    ],
    { 'hold/release-guard': 'unknown', 's3/retention-loss': 'unknown' },
  ],
  [
    'a prefix that is only known after the apply',
    [
      e.changed(e.LIFECYCLE, e.lifecycle(), e.lifecycle(e.rule({ filter: [{}], expiration: [{ days: 30 }] })), {
        unknown: { rule: [{}, { filter: [{ prefix: true }] }] },
        given: { bucket: e.refers(e.BUCKET), rule: [{}, { filter: [{ prefix: e.refers('random_id.p.hex') }] }] },
      }),
    ],
    { 'hold/release-guard': 'error|unknown', 's3/retention-loss': 'warn|error|unknown' },
  ],
  [
    'all rules only known after the apply',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(),
        { id: e.NAME, bucket: e.NAME },
        { unknown: { rule: true }, given: { bucket: e.refers(e.BUCKET), rule: [{}] } },
      ),
    ],
    { 'hold/release-guard': 'unknown', 's3/retention-loss': 'unknown', 's3/large-objects': 'unknown' },
  ],
  [
    'a rule that is switched on',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(e.rule({ status: 'Disabled', expiration: [{ days: 30 }] })),
        e.lifecycle(e.rule({ expiration: [{ days: 30 }] })),
      ),
    ],
    LOSES,
  ],
  [
    'fewer days',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(e.rule({ expiration: [{ days: 365 }] })),
        e.lifecycle(e.rule({ expiration: [{ days: 30 }] })),
      ),
    ],
    LOSES,
  ],
  [
    'a wider prefix',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(e.rule({ filter: [{ prefix: 'tmp/' }], expiration: [{ days: 30 }] })),
        e.lifecycle(e.rule({ expiration: [{ days: 30 }] })),
      ),
    ],
    LOSES,
  ],
  [
    'a tag that is no longer asked for',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(e.rule({ filter: [{ tag: [{ key: 'a', value: 'b' }] }], expiration: [{ days: 30 }] })),
        e.lifecycle(e.rule({ expiration: [{ days: 30 }] })),
      ),
    ],
    LOSES,
  ],
  [
    'another tag',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(e.rule({ filter: [{ tag: [{ key: 'a', value: 'b' }] }], expiration: [{ days: 30 }] })),
        e.lifecycle(e.rule({ filter: [{ tag: [{ key: 'matter', value: 'b' }] }], expiration: [{ days: 30 }] })),
      ),
    ],
    LOSES,
  ],
  [
    'versions that were kept go',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(e.rule({ expiration: [{ days: 30 }] })),
        e.lifecycle(e.rule({ expiration: [{ days: 30 }], noncurrent_version_expiration: [{ noncurrent_days: 1 }] })),
      ),
    ],
    { ...LOSES, removes: 'after 31 days' },
  ],
  [
    'a setting of its own that is made for a bucket that is there',
    [
      e.made(
        'module.tidy["eu.1"].aws_s3_bucket_lifecycle_configuration.this[0]',
        e.lifecycle(e.rule({ expiration: [{ days: 30 }] })),
        { given: { bucket: e.refers('var.bucket') } },
      ),
    ],
    { ...LOSES, 's3/large-objects': 'clean|warn' },
    { modules: { tidy: { expressions: { bucket: e.refers(`${e.BUCKET}.id`, e.BUCKET) } } } },
  ],
  [
    'imported and changed at once',
    [
      e.changed(e.LIFECYCLE, e.lifecycle(), e.lifecycle(e.rule({ expiration: [{ days: 30 }] })), {
        change: { importing: { id: e.NAME } },
      }),
    ],
    LOSES,
  ],
  [
    'replaced',
    [
      {
        address: e.LIFECYCLE,
        actions: ['create', 'delete'],
        before: e.lifecycle(),
        after: e.lifecycle(e.rule({ expiration: [{ days: 30 }] })),
      },
    ],
    LOSES,
  ],
  [
    'moved and changed',
    [
      e.changed(`module.x.${e.LIFECYCLE}`, e.lifecycle(), e.lifecycle(e.rule({ expiration: [{ days: 30 }] })), {
        more: { previous_address: e.LIFECYCLE },
      }),
    ],
    LOSES,
  ],
];

const harmless: readonly Case[] = [
  ['versions only', [to(e.rule({ noncurrent_version_expiration: [{ noncurrent_days: 90 }] }))], { removes: '' }],
  [
    'delete markers only',
    [to(e.rule({ expiration: [{ expired_object_delete_marker: true, days: 0 }] }))],
    { removes: '' },
  ],
  [
    'delete markers only, days null',
    [to(e.rule({ expiration: [{ expired_object_delete_marker: true, days: null, date: null }] }))],
    { removes: '' },
  ],
  ['to Glacier', [to(e.rule({ transition: [{ days: 30, storage_class: 'GLACIER' }] }))], { removes: '' }],
  [
    'to Deep Archive, versions too',
    [
      to(
        e.rule({
          transition: [{ days: 90, storage_class: 'DEEP_ARCHIVE' }],
          noncurrent_version_transition: [{ noncurrent_days: 1, storage_class: 'GLACIER' }],
        }),
      ),
    ],
    { removes: '' },
  ],
  ['switched off', [to(e.rule({ status: 'Disabled', expiration: [{ days: 30 }] }))], { removes: '' }],
  [
    'more days',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(e.rule({ expiration: [{ days: 30 }] })),
        e.lifecycle(e.rule({ expiration: [{ days: 365 }] })),
      ),
    ],
    { 's3/retention-loss': 'warn', removes: '' },
  ],
  [
    'a rule that goes',
    [e.changed(e.LIFECYCLE, e.lifecycle(e.rule({ expiration: [{ days: 30 }] })), e.lifecycle())],
    { removes: '' },
  ],
  [
    'a narrower prefix',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(e.rule({ expiration: [{ days: 30 }] })),
        e.lifecycle(e.rule({ filter: [{ prefix: 'tmp/' }], expiration: [{ days: 30 }] })),
      ),
    ],
    { 's3/retention-loss': 'warn', removes: '' },
  ],
  [
    'another id',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(e.rule({ id: 'a', expiration: [{ days: 30 }] })),
        e.lifecycle(e.rule({ id: 'b', expiration: [{ days: 30 }] })),
      ),
    ],
    { 's3/retention-loss': 'warn', removes: '' },
  ],
  [
    'the order of rules',
    [
      e.changed(
        e.LIFECYCLE,
        e.lifecycle(
          e.rule({ id: 'a', expiration: [{ days: 30 }] }),
          e.rule({ id: 'b', filter: [{ prefix: 'x/' }], expiration: [{ days: 7 }] }),
        ),
        e.lifecycle(
          e.rule({ id: 'b', filter: [{ prefix: 'x/' }], expiration: [{ days: 7 }] }),
          e.rule({ id: 'a', expiration: [{ days: 30 }] }),
        ),
      ),
    ],
    { 's3/retention-loss': 'warn', removes: '' },
  ],
];
table('a rule that begins', begins);
table('a rule that deletes no recordings', harmless);
