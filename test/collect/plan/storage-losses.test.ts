import { factsOf, lossesOf, planOf, type Planned } from './plans';

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1';
const files: Planned = {
  address: 'genesyscloud_compliance_object_hold.files',
  before: { id: 'o-1', bucket: 'recordings', held_count: 7 },
  after: { id: 'o-1', bucket: 'recordings', held_count: 7 },
};
const encrypted = (bucket: string): Planned => {
  const row = {
    bucket,
    rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms', kms_master_key_id: KEY }] }],
  };
  return { address: 'aws_s3_bucket_server_side_encryption_configuration.files', before: row, after: row };
};
const key = (actions: string[], after: Planned['after']): Planned => ({
  address: 'aws_kms_key.files',
  actions,
  before: { arn: KEY, is_enabled: true },
  after,
});
const given = (...resources: Planned[]) =>
  (factsOf(planOf([files, ...resources])).changes ?? []).flatMap((change) => lossesOf(change));

describe('the key that recordings are encrypted with', () => {
  test.each([
    ['destroyed', ['delete'], null, 'destroy'],
    ['replaced', ['delete', 'create'], { is_enabled: true }, 'replace'],
    ['switched off', ['update'], { arn: KEY, is_enabled: false }, 'disable'],
  ])('is lost when it is %s', (_, actions, after, by) => {
    expect(given(encrypted('recordings'), key(actions, after))).toEqual([{ kind: 'key-lost', by }]);
  });

  test('is not lost when it is forgotten, described again, or of another bucket', () => {
    expect(given(encrypted('recordings'), key(['forget'], null))).toEqual([]);
    expect(given(encrypted('recordings'), key(['update'], { arn: KEY, is_enabled: true }))).toEqual([]);
    expect(given(encrypted('website'), key(['delete'], null))).toEqual([]);
  });
});

describe('a lifecycle rule on recordings', () => {
  const rule = (days: number, more: object = {}) => ({ status: 'Enabled', expiration: [{ days }], ...more });
  const at = (date: string) => ({ status: 'Enabled', expiration: [{ date, days: 0 }] });
  const lifecycle = (actions: string[], before: object[] | null, after: object[] | null, bucket = 'recordings') =>
    ({
      address: 'aws_s3_bucket_lifecycle_configuration.files',
      actions,
      before: before === null ? null : { bucket, rule: before },
      after: after === null ? null : { bucket, rule: after },
    }) satisfies Planned;
  const expires = (days: number | string) => [{ kind: 'objects-expire', days }];

  test.each([
    ['is made', lifecycle(['create'], null, [rule(30)]), 30],
    ['deletes sooner', lifecycle(['update'], [rule(90)], [rule(30)]), 30],
    [
      'deletes at an earlier date',
      lifecycle(['update'], [at('2027-01-01T00:00:00Z')], [at('2026-12-01T00:00:00Z')]),
      0,
    ],
    ['is switched on', lifecycle(['update'], [rule(30, { status: 'Disabled' })], [rule(30)]), 30],
    ['covers more', lifecycle(['update'], [rule(30, { filter: [{ prefix: 'tmp/' }] })], [rule(30)]), 30],
    ['deletes after days that only the apply knows', lifecycle(['update'], [], [rule(0)]), 'unseen'],
  ])('that %s gives them up', (_, planned, days) => {
    expect(given(planned)).toEqual(expires(days));
  });

  test('that is known only after the apply may give them up', () => {
    const { before, after, ...rest } = lifecycle(['update'], [], null);
    expect(given({ ...rest, before, after: { bucket: 'recordings' }, unknown: { rule: true } })).toEqual(
      expires('unseen'),
    );
    expect(after).toBeNull();
  });

  test.each([
    ['deletes later', lifecycle(['update'], [rule(30)], [rule(90)])],
    ['deletes at a later date', lifecycle(['update'], [at('2027-01-01T00:00:00Z')], [at('2028-01-01T00:00:00Z')])],
    ['means the same', lifecycle(['update'], [rule(30)], [rule(30, { prefix: '', filter: [{ prefix: '' }] })])],
    [
      'aborts uploads only',
      lifecycle(['create'], null, [{ status: 'Enabled', abort_incomplete_multipart_upload: [{}] }]),
    ],
    [
      'deletes only versions that are no longer current',
      lifecycle(['update'], [], [{ status: 'Enabled', noncurrent_version_expiration: [{ noncurrent_days: 5 }] }]),
    ],
    ['is about other keys', lifecycle(['create'], null, [rule(30, { filter: [{ prefix: 'logs/' }] })], 'prefixed')],
    ['goes', lifecycle(['delete'], [rule(30)], null)],
    ['is about another bucket', lifecycle(['create'], null, [rule(30)], 'website')],
  ])('that %s gives nothing up', (_, planned) => {
    expect(given(planned)).toEqual([]);
  });

  test('of a bucket that is only made now loses as much as of one that is there', () => {
    const bucket = { address: 'aws_s3_bucket.files', actions: ['create'], after: { bucket: 'recordings' } };
    expect(given(bucket, lifecycle(['create'], null, [rule(30)]))).toEqual([{ kind: 'objects-expire', days: 30 }]);
  });
});

describe('the default retention of a bucket with recordings', () => {
  const retention = (days: number, mode = 'COMPLIANCE') => [{ default_retention: [{ mode, days }] }];
  const lock = (
    actions: string[],
    before: object[] | null,
    after: object[] | null,
    bucket: string = 'recordings',
  ): Planned => ({
    address: 'aws_s3_bucket_object_lock_configuration.files',
    actions,
    before: before === null ? null : { bucket, rule: before },
    after: after === null ? null : { bucket, rule: after },
  });
  const weakened = (how: string, before: string, after: string) => [
    { kind: 'retention-weakened', how, before, after, isHeld: true },
  ];

  test.each([
    ['goes with its resource', lock(['delete'], retention(365), null), weakened('removed', 'COMPLIANCE, 365 days', '')],
    ['goes', lock(['update'], retention(365), []), weakened('removed', 'COMPLIANCE, 365 days', '')],
    [
      'gets shorter',
      lock(['update'], retention(365), retention(1)),
      weakened('shorter', 'COMPLIANCE, 365 days', 'COMPLIANCE, 1 day'),
    ],
    [
      'can be bypassed',
      lock(['update'], retention(365), retention(365, 'GOVERNANCE')),
      weakened('governance', 'COMPLIANCE, 365 days', 'GOVERNANCE, 365 days'),
    ],
  ])('that %s gives protection up', (_, planned, losses) => {
    expect(given(planned)).toEqual(losses);
  });

  test.each([
    ['gets longer', lock(['update'], retention(30), retention(365))],
    ['is new', lock(['create'], null, retention(30))],
    ['stays', lock(['no-op'], retention(30), retention(30))],
    ['is forgotten', lock(['forget'], retention(30), null)],
    ['is of another bucket', lock(['delete'], retention(30), null, 'website')],
  ])('that %s gives nothing up', (_, planned) => {
    expect(given(planned)).toEqual([]);
  });

  test('in the deprecated block of the bucket counts as well', () => {
    const block = (days: number) => ({
      bucket: 'recordings',
      object_lock_configuration: [{ object_lock_enabled: 'Enabled', rule: retention(days) }],
    });
    const planned = { address: 'aws_s3_bucket.recordings', actions: ['update'], before: block(365), after: block(30) };
    expect(given(planned)).toEqual(weakened('shorter', 'COMPLIANCE, 365 days', 'COMPLIANCE, 30 days'));
  });
});

describe('versioning of a bucket with Object Lock', () => {
  const bucket: Planned = {
    address: 'aws_s3_bucket.recordings',
    before: { bucket: 'recordings', object_lock_enabled: true },
    after: { bucket: 'recordings', object_lock_enabled: true },
  };
  const versioning = (actions: string[], status: string): Planned => ({
    address: 'aws_s3_bucket_versioning.recordings',
    actions,
    before: { bucket: 'recordings', versioning_configuration: [{ status }] },
    after: null,
  });
  const told = (resource: Planned) => factsOf(planOf([files, bucket, resource])).buckets[0]?.versioning;

  test('is suspended when its setting is destroyed', () => {
    expect(told(versioning(['delete'], 'Enabled'))).toMatchObject({ known: true, value: 'suspended' });
  });

  test('is on when the setting is forgotten', () => {
    expect(told(versioning(['forget'], 'Enabled'))).toMatchObject({ known: true, value: 'enabled' });
  });
});
