import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformVariable, Testing } from 'cdktf';
import {
  ExportBucket,
  ExportEncryption,
  ExportRole,
  GENESYS_ACCOUNTS,
  type ExportBucketProps,
  type ExportRoleProps,
} from '../../src/constructs';
import { newStack, only, ORGANIZATION, synthesised } from './app';

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/a';

function bucketIn(stack = newStack('storage'), props: Partial<ExportBucketProps> = {}) {
  return { stack, bucket: new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings', ...props }) };
}

function roleIn(props: Partial<ExportRoleProps> = {}, bucketProps: Partial<ExportBucketProps> = {}) {
  const { stack, bucket } = bucketIn(undefined, bucketProps);
  return { stack, bucket, role: new ExportRole(stack, 'role', { bucket, organizationId: ORGANIZATION, ...props }) };
}

const policies = (stack: ReturnType<typeof newStack>) =>
  Object.fromEntries(
    Object.values(synthesised(stack).resource?.['aws_iam_role_policy'] ?? {}).map(({ name, policy }) => [
      name,
      JSON.parse(String(policy)) as { Statement: { Action: string[]; Resource: string }[] },
    ]),
  );

describe('ExportBucket', () => {
  test('is versioned, lockable, encrypted, private, over TLS only and cleaned of unfinished uploads', () => {
    const { stack } = bucketIn();
    expect(JSON.parse(Testing.synth(stack)).resource).toMatchInlineSnapshot(`
{
  "aws_s3_bucket": {
    "recordings_bucket_2E22DD0A": {
      "bucket": "acme-recordings",
      "object_lock_enabled": true,
    },
  },
  "aws_s3_bucket_lifecycle_configuration": {
    "recordings_lifecycle_599031AC": {
      "bucket": "\${aws_s3_bucket.recordings_bucket_2E22DD0A.bucket}",
      "depends_on": [
        "aws_s3_bucket_versioning.recordings_versioning_0B40909A",
      ],
      "rule": [
        {
          "abort_incomplete_multipart_upload": [
            {
              "days_after_initiation": 7,
            },
          ],
          "filter": [
            {
              "prefix": "",
            },
          ],
          "id": "abort-incomplete-uploads",
          "status": "Enabled",
        },
      ],
    },
  },
  "aws_s3_bucket_ownership_controls": {
    "recordings_ownership_7A628D18": {
      "bucket": "\${aws_s3_bucket.recordings_bucket_2E22DD0A.bucket}",
      "rule": {
        "object_ownership": "BucketOwnerEnforced",
      },
    },
  },
  "aws_s3_bucket_policy": {
    "recordings_policy_A4408ED4": {
      "bucket": "\${aws_s3_bucket.recordings_bucket_2E22DD0A.bucket}",
      "depends_on": [
        "aws_s3_bucket_public_access_block.recordings_public-access_DC81FD19",
        "aws_s3_bucket_ownership_controls.recordings_ownership_7A628D18",
      ],
      "policy": "{"Version":"2012-10-17","Statement":[{"Sid":"DenyUnencryptedTransport","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-recordings","arn:aws:s3:::acme-recordings/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}},{"Sid":"NobodyReleasesHolds","Effect":"Deny","Principal":"*","Action":"s3:PutObjectLegalHold","Resource":"arn:aws:s3:::acme-recordings/*","Condition":{"StringNotEquals":{"s3:object-lock-legal-hold":"ON"}}},{"Sid":"NobodyBypassesRetention","Effect":"Deny","Principal":"*","Action":"s3:BypassGovernanceRetention","Resource":"arn:aws:s3:::acme-recordings/*"}]}",
    },
  },
  "aws_s3_bucket_public_access_block": {
    "recordings_public-access_DC81FD19": {
      "block_public_acls": true,
      "block_public_policy": true,
      "bucket": "\${aws_s3_bucket.recordings_bucket_2E22DD0A.bucket}",
      "ignore_public_acls": true,
      "restrict_public_buckets": true,
    },
  },
  "aws_s3_bucket_server_side_encryption_configuration": {
    "recordings_encryption_B271CDDD": {
      "bucket": "\${aws_s3_bucket.recordings_bucket_2E22DD0A.bucket}",
      "rule": [
        {
          "apply_server_side_encryption_by_default": {
            "sse_algorithm": "AES256",
          },
        },
      ],
    },
  },
  "aws_s3_bucket_versioning": {
    "recordings_versioning_0B40909A": {
      "bucket": "\${aws_s3_bucket.recordings_bucket_2E22DD0A.bucket}",
      "versioning_configuration": {
        "status": "Enabled",
      },
    },
  },
}
`);
  });

  test('knows its ARN before it exists', () => {
    const { bucket } = bucketIn();
    expect([bucket.bucketArn, bucket.objectsArn]).toEqual([
      'arn:aws:s3:::acme-recordings',
      'arn:aws:s3:::acme-recordings/*',
    ]);
  });

  test('encrypts with a key of yours', () => {
    const { stack } = bucketIn(undefined, { encryption: ExportEncryption.kmsKey(KEY) });
    expect(only(stack, 'aws_s3_bucket_server_side_encryption_configuration')['rule']).toEqual([
      {
        apply_server_side_encryption_by_default: {
          kms_master_key_id: KEY,
          sse_algorithm: 'aws:kms',
        },
        bucket_key_enabled: true,
      },
    ]);
  });

  test('encrypts with a key of its own, which is known when planning and cannot be destroyed in passing', () => {
    const { stack } = bucketIn(undefined, { encryption: ExportEncryption.newKmsKey() });
    const key = only(stack, 'aws_kms_key');
    expect(JSON.parse(String(key['policy']))).toMatchObject({
      Statement: [
        {
          Principal: {
            AWS: expect.stringMatching(
              /^arn:aws:iam::\$\{data\.aws_caller_identity\.\w+\.account_id\}:root$/,
            ) as string,
          },
          Action: 'kms:*',
        },
      ],
    });
    expect(key).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'aws_s3_bucket_server_side_encryption_configuration')['rule']).toMatchObject([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: 'aws:kms',
          kms_master_key_id: expect.stringMatching(/^\$\{aws_kms_key\..*\.arn\}$/) as string,
        },
      },
    ]);
  });

  test('can do without Object Lock, and then says nothing about holds', () => {
    const { stack } = bucketIn(undefined, { objectLock: false });
    expect(only(stack, 'aws_s3_bucket')).not.toHaveProperty('object_lock_enabled');
    expect(only(stack, 'aws_s3_bucket_policy')['policy']).not.toMatch(/LegalHold|Retention/);
  });

  test('has its accesses logged', () => {
    const { stack } = bucketIn(undefined, { accessLogs: { bucketName: 'acme-logs' } });
    expect(only(stack, 'aws_s3_bucket_logging')).toMatchObject({
      target_bucket: 'acme-logs',
      target_prefix: 'acme-recordings/',
    });
  });

  test('has no accesses logged into a bucket with Object Lock, which S3 refuses', () => {
    const { stack } = bucketIn(undefined, { accessLogs: { bucketName: 'acme-logs' } });
    new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
    expect(() => Testing.synth(stack, true)).not.toThrow();
    new ExportBucket(stack, 'logs', { bucketName: 'acme-logs' });
    expect(() => Testing.synth(stack, true)).toThrow(
      /\[storage\/recordings\] Access logs cannot be written to acme-logs/,
    );
  });

  test('has what is done with its objects recorded by CloudTrail, and nothing else', () => {
    const { stack } = bucketIn(undefined, { dataEvents: { trailBucketName: 'acme-trail' } });
    expect(only(stack, 'aws_cloudtrail')).toEqual({
      name: 'acme-recordings-data-events',
      s3_bucket_name: 'acme-trail',
      enable_log_file_validation: true,
      include_global_service_events: false,
      event_selector: [
        {
          read_write_type: 'All',
          include_management_events: false,
          data_resource: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::acme-recordings/'] }],
        },
      ],
    });
  });

  test.each<Partial<ExportBucketProps>>([
    { accessLogs: { bucketName: 'acme-recordings' } },
    { dataEvents: { trailBucketName: 'acme-recordings' } },
  ])('does not record itself in itself: %j', (props) => {
    expect(() => bucketIn(undefined, props)).toThrow(/would be recorded in acme-recordings itself/);
  });

  test('refuses a name that is not known at synth', () => {
    const stack = newStack('storage');
    const bucketName = new TerraformVariable(stack, 'name', {}).stringValue;
    expect(() => new ExportBucket(stack, 'b', { bucketName })).toThrow(/^\[storage\/b\] The bucket name is a token/);
  });

  test.each(['s3://recordings', 'arn:aws:s3:::recordings', 'Recordings', 'ab'])(
    'refuses the name "%s"',
    (bucketName) => {
      expect(() => bucketIn(undefined, { bucketName })).toThrow(/is not an S3 bucket name/);
      expect(() => ExportBucket.fromBucketName(newStack(), 'b', bucketName)).toThrow(/is not an S3 bucket name/);
    },
  );

  test('of another app is named, not made', () => {
    const stack = newStack();
    const bucket = ExportBucket.fromBucketName(stack, 'b', 'elsewhere', { partition: 'aws-us-gov' });
    expect(bucket.bucketArn).toBe('arn:aws-us-gov:s3:::elsewhere');
    expect(synthesised(stack).resource).toBeUndefined();
  });
});

describe('ExportRole', () => {
  test('trusts Genesys Cloud on behalf of one organization only', () => {
    const { stack } = roleIn();
    expect(JSON.parse(String(only(stack, 'aws_iam_role')['assume_role_policy']))).toMatchInlineSnapshot(`
{
  "Statement": [
    {
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {
          "sts:ExternalId": "5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b",
        },
      },
      "Effect": "Allow",
      "Principal": {
        "AWS": "arn:aws:iam::765628985471:root",
      },
      "Sid": "GenesysCloudOnBehalfOfOurOrganization",
    },
  ],
  "Version": "2012-10-17",
}
`);
  });

  test('trusts the account of FedRAMP where that is', () => {
    const { stack } = roleIn({ genesysAccountId: GENESYS_ACCOUNTS.fedRamp, partition: 'aws-us-gov' });
    expect(only(stack, 'aws_iam_role')['assume_role_policy']).toContain('arn:aws-us-gov:iam::325654371633:root');
  });

  test('has the documented actions, each on the level where it works, and may tag', () => {
    const { stack } = roleIn();
    expect(policies(stack)).toMatchInlineSnapshot(`
{
  "export": {
    "Statement": [
      {
        "Action": [
          "s3:GetBucketLocation",
          "s3:GetEncryptionConfiguration",
          "s3:ListBucketMultipartUploads",
        ],
        "Effect": "Allow",
        "Resource": "arn:aws:s3:::acme-recordings",
        "Sid": "LookAtExportBucket",
      },
      {
        "Action": [
          "s3:PutObject",
          "s3:PutObjectAcl",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts",
        ],
        "Effect": "Allow",
        "Resource": "arn:aws:s3:::acme-recordings/*",
        "Sid": "WriteExportedFiles",
      },
    ],
    "Version": "2012-10-17",
  },
  "tagging": {
    "Statement": [
      {
        "Action": [
          "s3:PutObjectTagging",
          "s3:PutObjectVersionTagging",
        ],
        "Effect": "Allow",
        "Resource": "arn:aws:s3:::acme-recordings/*",
        "Sid": "TagExportedFiles",
      },
    ],
    "Version": "2012-10-17",
  },
}
`);
  });

  test('may use the key of an encrypted bucket', () => {
    const { stack } = roleIn({}, { encryption: ExportEncryption.kmsKey(KEY) });
    expect(policies(stack)['encryption']?.Statement).toMatchObject([
      { Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: KEY },
    ]);
  });

  test('may be kept from tagging', () => {
    expect(Object.keys(policies(roleIn({ tagging: false }).stack))).toEqual(['export']);
  });

  test('of a long bucket name has a name that IAM takes, and one of its own', () => {
    const names = ['a', 'b'].map((last) => roleIn({}, { bucketName: 'x'.repeat(62) + last }).role.roleName);
    expect(names.every((name) => name.length <= 64)).toBe(true);
    expect(new Set(names).size).toBe(2);
  });

  test('refuses a name that IAM would', () => {
    expect(() => roleIn({ roleName: 'a/b' })).toThrow(/^\[storage\/role\] "a\/b" is not an IAM role name/);
  });

  test('of another app is never granted anything', () => {
    const { stack, bucket } = bucketIn();
    bucket.grantTagging(ExportRole.fromRoleArn(stack, 'r', 'arn:aws:iam::123456789012:role/x'));
    expect(policies(stack)).toEqual({});
  });
});
