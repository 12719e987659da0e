/** What stands inside a bucket or a role, as blocks or as state that no resource of the plan sets, is read like its own resource. */
import type { ReviewReport } from '../../../src/review';
import { EXPORT, exported, reviewOf, type Planned } from './plans';

type Row = Readonly<Record<string, unknown>>;

const BUCKET = 'aws_s3_bucket.recordings';
const ROLE = 'aws_iam_role.exporter';
const ARN = 'arn:aws:s3:::acme-recordings';
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1';

const statement = (Effect: string, Action: readonly string[], Resource: string, more: Row = {}): Row => ({
  ...{ Effect, Action, Resource },
  ...more,
});
const document = (...statements: readonly Row[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const POLICY = document(
  statement('Allow', ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration'], ARN),
  statement('Allow', ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging'], `${ARN}/*`),
);
const TRUST = document({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: 'arn:aws:iam::765628985471:root' },
  Condition: { StringEquals: { 'sts:ExternalId': '3fa85f64-5717-4562-b3fc-2c963f66afa6' } },
});

/** A bucket that is right, with everything in its own old-style blocks. */
const bucket = (more: Row = {}): Row => ({
  ...{ id: 'acme-recordings', bucket: 'acme-recordings', arn: ARN, force_destroy: false, policy: '' },
  versioning: [{ enabled: true, mfa_delete: false }],
  object_lock_enabled: true,
  object_lock_configuration: [{ object_lock_enabled: 'Enabled', rule: [] }],
  server_side_encryption_configuration: [
    { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'AES256', kms_master_key_id: '' }] }] },
  ],
  lifecycle_rule: [],
  ...more,
});

const role = (more: Row = {}): Row => ({
  ...{ id: 'exporter', name: 'exporter', arn: 'arn:aws:iam::111122223333:role/exporter', path: '/' },
  ...{ assume_role_policy: TRUST, inline_policy: [{ name: 'export', policy: POLICY }], managed_policy_arns: [] },
  ...more,
});

const kept = (address: string, values: Row): Planned => ({
  address,
  actions: ['no-op'],
  before: values,
  after: values,
});

interface Different {
  readonly bucket?: Planned;
  readonly role?: Planned;
  readonly more?: readonly Planned[];
}

function reviewWith(different: Different = {}): ReviewReport {
  return reviewOf([
    different.bucket ?? kept(BUCKET, bucket()),
    different.role ?? kept(ROLE, role()),
    kept('aws_iam_role_policy.export', { id: 'exporter:export', role: 'exporter', name: 'export', policy: POLICY }),
    kept(EXPORT, exported({ destination: { bucket: 'acme-recordings', prefix: null, region: null, endpoint: null } })),
    ...(different.more ?? []),
  ]);
}

const changed = (before: Row, after: Row): Planned => ({
  address: BUCKET,
  actions: ['update'],
  before: bucket(before),
  after: bucket(after),
});

/** Rules of what is found at a level, consequences included. */
const rulesAt = (report: ReviewReport, level: string): readonly string[] => [
  ...new Set(
    report.items
      .filter((item) => item.level === level)
      .flatMap(({ rule, consequences = [] }) => [rule, ...consequences.map((one) => one.rule)]),
  ),
];
const lossesOf = (report: ReviewReport): string =>
  report.changes
    .filter(({ loses }) => loses)
    .flatMap(({ sentences }) => sentences)
    .join('; ');
const expires = {
  ...{ id: 'expire', enabled: true, prefix: '' },
  expiration: [{ days: 30 }],
  noncurrent_version_expiration: [{ days: 1 }],
};

test('given all is right, then nothing about locks, policies or keys is found', () => {
  const report = reviewWith();

  expect(rulesAt(report, 'error')).toEqual([]);
  expect(rulesAt(report, 'unknown')).toEqual([]);
});

describe('known by state alone', () => {
  test('a bucket policy that locks the exporter out', () => {
    const deny = statement('Deny', ['s3:PutObject'], `${ARN}/*`, { Principal: '*' });
    const report = reviewWith({ bucket: kept(BUCKET, bucket({ policy: document(deny) })) });

    expect(rulesAt(report, 'error')).toEqual(expect.arrayContaining(['s3/policy-lockout', 'iam/export-actions']));
  });

  test('a default retention', () => {
    const rule = [{ default_retention: [{ mode: 'COMPLIANCE', days: 365, years: 0 }] }];
    const lock = [{ object_lock_enabled: 'Enabled', rule }];
    const report = reviewWith({ bucket: kept(BUCKET, bucket({ object_lock_configuration: lock })) });

    expect(rulesAt(report, 'error')).toContain('s3/object-lock');
  });

  test('an inline policy that denies tagging', () => {
    const byHand = { name: 'byhand', policy: document(statement('Deny', ['s3:PutObjectTagging'], '*')) };
    const inline = [{ name: 'export', policy: POLICY }, byHand];
    const report = reviewWith({ role: kept(ROLE, role({ inline_policy: inline })) });

    expect(rulesAt(report, 'error')).toContain('iam/put-object-tagging');
  });
});

describe('in blocks of the bucket', () => {
  test('a key that the exporter may not use is never a pass', () => {
    const by = [{ sse_algorithm: 'aws:kms', kms_master_key_id: KEY }];
    const encryption = [{ rule: [{ apply_server_side_encryption_by_default: by }] }];
    const report = reviewWith({ bucket: kept(BUCKET, bucket({ server_side_encryption_configuration: encryption })) });

    expect([...rulesAt(report, 'error'), ...rulesAt(report, 'unknown')]).toContain('iam/export-actions');
  });

  test('a lifecycle rule that begins to delete is a loss', () => {
    const report = reviewWith({ bucket: changed({}, { lifecycle_rule: [expires] }) });

    expect(rulesAt(report, 'error')).toContain('hold/release-guard');
    expect(lossesOf(report)).toContain('lets S3 delete recordings after 31 days');
  });

  test('a lifecycle rule that deletes already is said', () => {
    const report = reviewWith({ bucket: kept(BUCKET, bucket({ lifecycle_rule: [expires] })) });

    expect([...rulesAt(report, 'error'), ...rulesAt(report, 'warn')]).toContain('s3/retention-loss');
  });

  test('versioning that is turned off is a loss', () => {
    const report = reviewWith({ bucket: changed({}, { versioning: [{ enabled: false, mfa_delete: false }] }) });

    expect(rulesAt(report, 'error')).toContain('hold/release-guard');
    expect(lossesOf(report)).toContain('turns off versioning');
  });

  test('Object Lock of a new bucket is on', () => {
    const made = bucket({ id: undefined, arn: undefined, object_lock_enabled: undefined });
    const report = reviewWith({
      bucket: { address: BUCKET, actions: ['create'], after: made, unknown: { id: true, arn: true } },
    });

    expect(rulesAt(report, 'error')).not.toContain('s3/object-lock');
    expect(report.items.map(({ headline }) => headline).join()).not.toContain('Object Lock is off');
  });

  test('force_destroy that is turned on is a loss', () => {
    const report = reviewWith({ bucket: changed({}, { force_destroy: true }) });

    expect(rulesAt(report, 'error')).toContain('hold/release-guard');
    expect(lossesOf(report)).toContain('force_destroy');
  });
});

describe('in a resource of its own', () => {
  test('a public access block that is turned off is a loss', () => {
    const of = (on: boolean) => ({ bucket: 'acme-recordings', block_public_acls: on, restrict_public_buckets: on });
    const address = 'aws_s3_bucket_public_access_block.recordings';
    const report = reviewWith({ more: [{ address, actions: ['update'], before: of(true), after: of(false) }] });

    expect(rulesAt(report, 'error')).toContain('hold/release-guard');
    expect(lossesOf(report)).toContain('turns off block_public_acls and restrict_public_buckets');
  });

  test('a lifecycle of a new bucket that deletes after a month is found', () => {
    const rule = [{ id: 'expire', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: 30 }] }];
    const address = 'aws_s3_bucket_lifecycle_configuration.recordings';
    const report = reviewWith({
      bucket: { address: BUCKET, actions: ['create'], after: bucket() },
      more: [{ address, actions: ['create'], after: { bucket: 'acme-recordings', rule } }],
    });

    expect(rulesAt(report, 'error')).toContain('s3/retention-loss');
  });
});
