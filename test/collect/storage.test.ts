import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { TerraformStack, Testing } from 'cdktf';
import { ExportBucket, ExportEncryption, ExportRole, HoldRole, LegalHoldExport, Channel } from '../../src/constructs';
import { collectSynthFacts } from '../../src/collect/synth';
import type { BucketFact, Facts, KeyFact, Known, RoleFact } from '../../src/facts';
import { evaluate } from '../../src/iam';
import { declareTagging, onlyRole, seen, tagging } from './app';

const value = <T>(known: Known<T>): unknown => (known.known ? known.value : `not seen: ${known.why}`);

function onlyBucket(facts: Facts): BucketFact {
  expect(facts.buckets).toHaveLength(1);
  return facts.buckets[0] as BucketFact;
}

/** Whether the facts' own texts allow a role the use of a key. */
function mayUse({ identityPolicies, arn }: RoleFact, key: KeyFact) {
  if (!arn.known || !key.arn.known) throw new Error('The ARNs are not known.');
  const document = (fact: RoleFact['identityPolicies'][number]) => seen(fact) as object;
  return evaluate(
    [
      ...identityPolicies.map((fact) => ({ name: fact.name, kind: 'identity' as const, document: document(fact) })),
      { name: 'key', kind: 'key', document: document(key.policy) },
    ],
    {
      action: 'kms:GenerateDataKey',
      resource: { exactly: key.arn.value },
      caller: { kind: 'role', arn: arn.value, account: null },
    },
  ).decision;
}

describe('the account of a role', () => {
  test('is an expression in its ARN, the one that policies name it by', () => {
    const { app, stack } = tagging();
    const { accountId } = new DataAwsCallerIdentity(stack, 'me', {});
    new KmsKey(stack, 'key', { policy: JSON.stringify({ Statement: { Principal: { AWS: accountId } } }) });
    expect(value(onlyRole(collectSynthFacts(app)).arn)).toBe(
      'arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/exporter',
    );
  });

  test.each<[string, Record<string, string>, boolean]>([
    ['the same in another region', { region: 'us-east-1' }, true],
    ['not said to be the same with other credentials', { region: 'eu-central-1', profile: 'other' }, false],
  ])('is %s', (_name, settings, same) => {
    const app = Testing.app();
    const arns = [{ region: 'eu-central-1' }, settings].map((provider, index) => {
      const stack = new TerraformStack(app, `stack-${index}`);
      new AwsProvider(stack, 'aws', provider);
      const role = new IamRole(stack, 'role', { name: 'exporter', path: '/team/', assumeRolePolicy: '{}' });
      declareTagging(stack, role.arn, 'recordings');
      return role;
    });
    expect(arns).toHaveLength(2);
    const [one, other] = collectSynthFacts(app).roles.map(({ arn }) => value(arn));
    expect(one).toBe('arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/team/exporter');
    expect(one === other).toBe(same);
  });

  test('of a role whose name AWS chooses says nothing', () => {
    const { app, role } = tagging();
    role.addOverride('name', null);
    expect(value(onlyRole(collectSynthFacts(app)).arn)).toBe('${aws_iam_role.role.arn}');
  });
});

describe('the key of a bucket', () => {
  test('that is made with it lets the exporter use it', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'storage');
    const encryption = ExportEncryption.newKmsKey();
    const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'recordings', encryption });
    new ExportRole(stack, 'role', { bucket, organizationId: 'x' });
    const facts = collectSynthFacts(app);
    const { encryption: found } = onlyBucket(facts);
    const [key] = facts.keys;
    expect(found).toMatchObject({ known: true, value: { algorithm: 'aws:kms', keyAddress: key?.address } });
    expect(mayUse(onlyRole(facts), key as KeyFact)).toBe('Allowed');
  });

  test('without a policy has that of KMS: the account decides', () => {
    const { app, stack, bucket } = tagging();
    const key = new KmsKey(stack, 'key', {});
    new S3BucketServerSideEncryptionConfigurationA(stack, 'encryption', {
      bucket: bucket.bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn } }],
    });
    const [fact] = collectSynthFacts(app).keys;
    expect(seen((fact as KeyFact).policy)).toMatchObject({
      Statement: [
        {
          Principal: { AWS: 'arn:aws:iam::${data.aws_caller_identity.current.account_id}:root' },
          Action: 'kms:*',
        },
      ],
    });
  });
});

describe('a bucket', () => {
  test('with Object Lock is versioned, whether a resource says so or not', () => {
    const { app, bucket } = tagging();
    bucket.objectLockEnabled = true;
    const { versioning, objectLock } = onlyBucket(collectSynthFacts(app));
    expect([value(versioning), value(objectLock)]).toEqual(['enabled', { enabled: true, defaultRetention: null }]);
  });

  test('without settings has those of S3', () => {
    const { versioning, objectLock, abortsIncompleteUploads } = onlyBucket(collectSynthFacts(tagging().app));
    expect([value(versioning), value(objectLock), value(abortsIncompleteUploads)]).toEqual([
      'disabled',
      { enabled: false, defaultRetention: null },
      false,
    ]);
  });

  test.each<[string, object, unknown]>([
    ['every object', {}, true],
    ['every object, said by an empty prefix', { filter: [{ prefix: '' }] }, true],
    ['some of them', { filter: [{ prefix: 'a/' }] }, expect.stringContaining('for some objects only')],
    ['none, for it is off', { status: 'Disabled' }, false],
  ])('whose lifecycle rule cleans up after %s', (_name, rule, expected) => {
    const { app, stack, bucket } = tagging();
    new S3BucketLifecycleConfiguration(stack, 'lifecycle', {
      bucket: bucket.bucket,
      rule: [{ id: 'x', status: 'Enabled', abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }], ...rule }],
    });
    expect(value(onlyBucket(collectSynthFacts(app)).abortsIncompleteUploads)).toEqual(expected);
  });

  test.each([
    ['the same', 'Enabled', 'enabled'],
    [
      'different things',
      'Suspended',
      'not seen: is set by aws_s3_bucket_versioning.a and aws_s3_bucket_versioning.b, which differ; the one applied last decides',
    ],
  ])('of which two resources say %s', (_name, second, expected) => {
    const { app, stack, bucket } = tagging();
    for (const [id, status] of [
      ['a', 'Enabled'],
      ['b', second],
    ] as const)
      new S3BucketVersioningA(stack, id, { bucket: bucket.bucket, versioningConfiguration: { status } });
    expect(value(onlyBucket(collectSynthFacts(app)).versioning)).toBe(expected);
  });

  test('of another program is what is said of it', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'storage');
    const bucket = ExportBucket.fromBucketAttributes(stack, 'recordings', {
      bucketName: 'recordings',
      objectLock: true,
      kmsKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/a',
    });
    new ExportRole(stack, 'role', { bucket, organizationId: 'x' });
    const { versioning, objectLock, encryption, abortsIncompleteUploads } = onlyBucket(collectSynthFacts(app));
    expect(value(versioning)).toBe('enabled');
    expect(value(objectLock)).toEqual({ enabled: true, defaultRetention: null });
    expect(value(encryption)).toMatchObject({ kmsKey: 'arn:aws:kms:eu-central-1:123456789012:key/a' });
    expect(value(abortsIncompleteUploads)).toMatch(/^not seen: belongs to a bucket that is not made by this app/);
  });
});

test('who tags is the hold role where there is one', () => {
  const app = Testing.app();
  const stack = new TerraformStack(app, 'storage');
  const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'recordings' });
  const role = new ExportRole(stack, 'role', { bucket, organizationId: 'x', tagging: false });
  const holdRole = new HoldRole(stack, 'holder', { bucket, assumedBy: ['123456789012'] });
  new LegalHoldExport(stack, 'sms', {
    integrationId: '7a6b7c6d-1111-4222-8333-444455556666',
    interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
    channel: Channel.sms(),
    bucket,
    role,
    holdRole,
    hold: { name: 'Acme' },
  });
  const { duties } = collectSynthFacts(app);
  const rolesOf = (kind: string) => [...new Set(duties.filter(({ duty }) => duty === kind).map((d) => value(d.role)))];
  const address = (construct: HoldRole | ExportRole) => `aws_iam_role.${construct.role.friendlyUniqueId}`;
  expect({ export: rolesOf('export'), tag: rolesOf('tag'), hold: rolesOf('hold') }).toEqual({
    export: [address(role)],
    tag: [address(holdRole)],
    hold: [address(holdRole)],
  });
});
