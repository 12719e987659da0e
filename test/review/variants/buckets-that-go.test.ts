/** force_destroy, and buckets that a plan destroys or replaces. */
import * as e from './estate';
import { table } from './table';

const FORCE: e.Expected = { 'hold/release-guard': 'error', removes: 'force_destroy' };
table('force_destroy', [
  ['turned on', [e.changed(e.BUCKET, e.bucket(), e.bucket({ force_destroy: true }))], FORCE],
  [
    'turned on with an import',
    [
      e.changed(e.BUCKET, e.bucket({ force_destroy: null }), e.bucket({ force_destroy: true }), {
        change: { importing: { id: e.NAME } },
      }),
    ],
    FORCE,
  ],
  [
    'turned on with a move',
    [
      e.changed(`module.m.${e.BUCKET}`, e.bucket(), e.bucket({ force_destroy: true }), {
        more: { previous_address: e.BUCKET },
      }),
    ],
    FORCE,
  ],
  [
    'unknown',
    [
      e.changed(e.BUCKET, e.bucket(), e.bucket({ force_destroy: undefined }), {
        unknown: { force_destroy: true },
        given: { force_destroy: e.refers('var.f') },
      }),
    ],
    { 'hold/release-guard': 'unknown', others: '' },
  ],
  ['turned off', [e.changed(e.BUCKET, e.bucket({ force_destroy: true }), e.bucket())], { removes: '' }],
  [
    'of another bucket',
    [e.changed('aws_s3_bucket.web', e.bucket({ bucket: 'web' }), e.bucket({ bucket: 'web', force_destroy: true }))],
    { removes: '' },
  ],
]);

const GOES: e.Expected = { 'hold/release-guard': 'error', removes: /destroys|replaces/, others: '' };
table(
  'the bucket itself',
  [
    ['destroyed', [e.gone(e.BUCKET, e.bucket())], GOES],
    [
      'replaced, deleted first',
      [
        {
          address: e.BUCKET,
          actions: ['delete', 'create'],
          before: e.bucket(),
          after: e.bucket(),
          given: { bucket: e.constant(e.NAME) },
        },
      ],
      GOES,
    ],
    [
      'replaced, created first',
      [
        {
          address: e.BUCKET,
          actions: ['create', 'delete'],
          before: e.bucket(),
          after: e.bucket({ bucket: 'other', arn: undefined }),
          given: { bucket: e.constant('other') },
        },
      ],
      GOES,
    ],
    [
      'a deposed one',
      [e.kept(e.BUCKET, e.bucket()), { ...e.gone(e.BUCKET, e.bucket()), more: { deposed: '00000001' } }],
      GOES,
    ],
    ['with a key', [e.gone('aws_s3_bucket.b["acme.recordings/1"]', e.bucket()), e.kept(e.BUCKET, e.bucket())], GOES],
    ['forgotten', [{ ...e.gone(e.BUCKET, e.bucket()), actions: ['forget'] }], { removes: '', others: '' }],
  ],
  (planned) =>
    planned.length > 1 ? [...e.ESTATE.filter(({ address }) => address !== e.BUCKET), ...planned] : e.estate(planned),
);
