import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { fetchBucket, fetchKey } from '../../../src/aws';
import { sdkError } from './sdk-error';

const signal = new AbortController().signal;
const s3 = mockClient(S3Client);
const client = new S3Client({ region: 'eu-west-1' });

beforeEach(() => {
  s3.reset();
  s3.on(GetBucketPolicyCommand).resolves({ Policy: '{"Statement":[]}' });
  s3.on(GetBucketVersioningCommand).resolves({ Status: 'Enabled' });
  s3.on(GetObjectLockConfigurationCommand).resolves({
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 3 } },
    },
  });
  s3.on(GetBucketEncryptionCommand).resolves({
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:key' } }],
    },
  });
  s3.on(GetBucketLifecycleConfigurationCommand).resolves({
    Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Filter: { Prefix: '' } }],
  });
});

beforeEach(() => {
  s3.on(GetPublicAccessBlockCommand).resolves({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: true,
    },
  });
  s3.on(GetBucketOwnershipControlsCommand).resolves({
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  });
  s3.on(GetBucketAclCommand).resolves({
    Grants: [
      { Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' },
      { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' },
    ],
  });
});

describe('who else reaches a live bucket', () => {
  test('the four settings of the public access block, or that there is none', async () => {
    expect((await fetchBucket(client, 'rec', signal)).publicAccessBlock).toMatchObject({
      value: { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: false, restrictPublicBuckets: true },
    });
    s3.on(GetPublicAccessBlockCommand).rejects(sdkError('NoSuchPublicAccessBlockConfiguration', 404));
    expect((await fetchBucket(client, 'rec', signal)).publicAccessBlock).toMatchObject({
      value: { restrictPublicBuckets: false },
    });
  });

  test('access control lists give nothing where they are switched off, and are not asked for', async () => {
    expect((await fetchBucket(client, 'rec', signal)).groupGrants).toMatchObject({ known: true, value: [] });
    expect(s3.commandCalls(GetBucketAclCommand)).toHaveLength(0);
  });

  test.each([
    ['said so', { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] } }],
    ['older than the setting', null],
  ])('elsewhere their grants to groups count: %s', async (_, controls) => {
    if (controls === null)
      s3.on(GetBucketOwnershipControlsCommand).rejects(sdkError('OwnershipControlsNotFoundError', 404));
    else s3.on(GetBucketOwnershipControlsCommand).resolves(controls);
    expect((await fetchBucket(client, 'rec', signal)).groupGrants).toMatchObject({
      value: [{ uri: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' }],
    });
    s3.on(GetBucketAclCommand).rejects(sdkError('AccessDenied', 403));
    expect((await fetchBucket(client, 'rec', signal)).groupGrants).toMatchObject({
      known: false,
      missingRight: 's3:GetBucketAcl on arn:aws:s3:::rec',
    });
  });

  test('a default event hold is not a default retention', async () => {
    s3.on(GetObjectLockConfigurationCommand).resolves({
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { DefaultEventHold: { Days: 30 } } },
      },
    });
    expect((await fetchBucket(client, 'rec', signal)).objectLock).toMatchObject({
      value: { enabled: true, defaultRetention: null, defaultEventHold: { days: 30, years: null } },
    });
    s3.on(GetObjectLockConfigurationCommand).resolves({
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 1, DefaultEventHold: { Years: 2 } } },
      },
    });
    expect((await fetchBucket(client, 'rec', signal)).objectLock).toMatchObject({
      value: { defaultRetention: { mode: 'COMPLIANCE', years: 1 }, defaultEventHold: { days: null, years: 2 } },
    });
  });
});

describe('a live bucket', () => {
  test('is read with all that holds and exports depend on', async () => {
    expect(await fetchBucket(client, 'rec', signal, 'aws-us-gov')).toMatchObject({
      arn: 'arn:aws-us-gov:s3:::rec',
      policy: { known: true, value: '{"Statement":[]}' },
      versioning: { value: 'enabled' },
      objectLock: { value: { enabled: true, defaultRetention: { mode: 'GOVERNANCE', days: 3, years: null } } },
      encryption: { value: { algorithm: 'aws:kms', kmsKey: 'arn:key' } },
      abortsIncompleteUploads: { value: true },
    });
  });

  test('what is not set is known to be not set', async () => {
    s3.on(GetBucketPolicyCommand).rejects(sdkError('NoSuchBucketPolicy', 404));
    s3.on(GetBucketVersioningCommand).resolves({});
    s3.on(GetObjectLockConfigurationCommand).rejects(sdkError('ObjectLockConfigurationNotFoundError', 404));
    s3.on(GetBucketEncryptionCommand).rejects(sdkError('ServerSideEncryptionConfigurationNotFoundError', 404));
    s3.on(GetBucketLifecycleConfigurationCommand).rejects(sdkError('NoSuchLifecycleConfiguration', 404));
    expect(await fetchBucket(client, 'rec', signal)).toMatchObject({
      policy: { known: true, value: null },
      versioning: { value: 'disabled' },
      objectLock: { value: { enabled: false, defaultRetention: null } },
      encryption: { value: { algorithm: 'AES256', kmsKey: null } },
      abortsIncompleteUploads: { value: false },
    });
  });

  test.each([
    ['policy', GetBucketPolicyCommand, 's3:GetBucketPolicy'],
    ['versioning', GetBucketVersioningCommand, 's3:GetBucketVersioning'],
    ['objectLock', GetObjectLockConfigurationCommand, 's3:GetBucketObjectLockConfiguration'],
    ['encryption', GetBucketEncryptionCommand, 's3:GetEncryptionConfiguration'],
    ['abortsIncompleteUploads', GetBucketLifecycleConfigurationCommand, 's3:GetLifecycleConfiguration'],
  ] as const)('without the right to look, %s is not seen and everything else is', async (fact, command, action) => {
    s3.on(command as never).rejects(sdkError('AccessDenied', 403));
    const bucket = await fetchBucket(client, 'rec', signal);
    expect(bucket[fact]).toMatchObject({ known: false, missingRight: `${action} on arn:aws:s3:::rec` });
    // One call tells both of the lifecycle.
    const same = fact === 'abortsIncompleteUploads' ? 'lifecycle' : fact;
    const others = Object.entries(bucket).filter(
      ([name, value]) => name !== fact && name !== same && typeof value === 'object',
    );
    expect(others.every(([, value]) => (value as { known: boolean }).known)).toBe(true);
  });

  test('a bucket that is not there is not seen, and not mistaken for one without a policy', async () => {
    s3.on(GetBucketPolicyCommand).rejects(sdkError('NoSuchBucket', 404));
    const { policy } = await fetchBucket(client, 'rec', signal);
    expect(policy).toMatchObject({ known: false, why: expect.stringContaining('NoSuchBucket') });
    expect(policy).not.toHaveProperty('missingRight');
  });
});

describe('a live key', () => {
  const kms = mockClient(KMSClient);
  const kmsClient = new KMSClient({ region: 'eu-west-1' });
  const arn = 'arn:aws:kms:eu-west-1:123456789012:key/k';
  beforeEach(() => kms.reset());

  test('named by an alias is resolved to its ARN, then its policy is read', async () => {
    kms
      .on(DescribeKeyCommand, { KeyId: 'alias/rec' })
      .resolves({ KeyMetadata: { KeyId: 'k', Arn: arn, KeyState: 'Enabled' } });
    kms.on(GetKeyPolicyCommand, { KeyId: arn, PolicyName: 'default' }).resolves({ Policy: '{"Statement":[]}' });
    expect(await fetchKey(kmsClient, 'alias/rec', signal)).toMatchObject({
      arn: { value: arn },
      accountId: { value: '123456789012' },
      enabled: { value: true },
      policy: { value: '{"Statement":[]}' },
    });
  });

  test('whose policy may not be read says so', async () => {
    kms.on(DescribeKeyCommand).resolves({ KeyMetadata: { KeyId: 'k', Arn: arn, KeyState: 'PendingDeletion' } });
    kms.on(GetKeyPolicyCommand).rejects(sdkError('AccessDeniedException', 400));
    const key = await fetchKey(kmsClient, arn, signal);
    expect(key).toMatchObject({
      enabled: { value: false },
      policy: { known: false, missingRight: `kms:GetKeyPolicy on ${arn}` },
    });
  });
});
