import { TerraformVariable, Testing } from 'cdktf';
import {
  ExportBucket,
  ExportRole,
  GENESYS_ACCOUNTS,
  type ExportBucketProps,
  type ExportRoleProps,
} from '../../src/constructs';
import { newStack, only, ORGANIZATION, synthesised } from './app';

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
      "policy": "{"Version":"2012-10-17","Statement":[{"Sid":"DenyUnencryptedTransport","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-recordings","arn:aws:s3:::acme-recordings/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}",
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
    const { stack } = bucketIn(undefined, { kmsKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/a' });
    expect(only(stack, 'aws_s3_bucket_server_side_encryption_configuration')['rule']).toEqual([
      {
        apply_server_side_encryption_by_default: {
          kms_master_key_id: 'arn:aws:kms:eu-central-1:123456789012:key/a',
          sse_algorithm: 'aws:kms',
        },
        bucket_key_enabled: true,
      },
    ]);
  });

  test('can do without Object Lock', () => {
    const { stack } = bucketIn(undefined, { objectLock: false });
    expect(only(stack, 'aws_s3_bucket')).not.toHaveProperty('object_lock_enabled');
  });

  test('refuses a name that is not known at synth', () => {
    const stack = newStack('storage');
    const bucketName = new TerraformVariable(stack, 'name', {}).stringValue;
    expect(() => new ExportBucket(stack, 'b', { bucketName })).toThrow(/^\[storage\/b\] The bucket name is a token/);
  });

  test.each(['s3://recordings', 'arn:aws:s3:::recordings', 'Recordings', 'ab'])(
    'refuses the name "%s"',
    (bucketName) => {
      expect(() => bucketIn(undefined, { bucketName })).toThrow(/is no S3 bucket name/);
      expect(() => ExportBucket.fromBucketName(newStack(), 'b', bucketName)).toThrow(/is no S3 bucket name/);
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
  test('trusts Genesys Cloud on behalf of one organisation only', () => {
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
    const { stack } = roleIn({}, { kmsKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/a' });
    expect(policies(stack)['export']?.Statement).toContainEqual(
      expect.objectContaining({
        Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
        Resource: 'arn:aws:kms:eu-central-1:123456789012:key/a',
      }),
    );
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
    expect(() => roleIn({ roleName: 'a/b' })).toThrow(/^\[storage\/role\] "a\/b" is no IAM role name/);
  });

  test('of another app is never granted anything', () => {
    const { stack, bucket } = bucketIn();
    bucket.grantTagging(ExportRole.fromRoleArn(stack, 'r', 'arn:aws:iam::123456789012:role/x'));
    expect(policies(stack)).toEqual({});
  });
});
