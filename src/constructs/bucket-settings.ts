/** What every bucket that is made here has: versioning, encryption, no public access, one owner, and its policy. */
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Lazy } from 'cdktf';
import type { Construct } from 'constructs';

/** The resources that hold a bucket's settings and that others wait for. */
export interface BucketSettings {
  readonly versioning: S3BucketVersioningA;
  readonly encryption: S3BucketServerSideEncryptionConfigurationA;
  readonly policy: S3BucketPolicy;
}

/**
 * Adds them below `scope`.
 * @param kmsKeyArn Of the customer's key; undefined for S3's own.
 * @param policy Asked for when the stack is written: roles are granted their rights after the bucket is made.
 */
export function addBucketSettings(
  scope: Construct,
  { bucket }: S3Bucket,
  kmsKeyArn: string | undefined,
  policy: () => string,
): BucketSettings {
  // By reference, not by name: settings must wait until the bucket is there.
  const versioning = new S3BucketVersioningA(scope, 'versioning', {
    bucket,
    versioningConfiguration: { status: 'Enabled' },
  });
  const encryption = new S3BucketServerSideEncryptionConfigurationA(scope, 'encryption', {
    bucket,
    rule: [
      kmsKeyArn === undefined
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
        : {
            applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKeyArn },
            bucketKeyEnabled: true,
          },
    ],
  });
  const publicAccess = new S3BucketPublicAccessBlock(scope, 'public-access', {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  // Whoever writes, files belong to the owner of the bucket: Genesys Cloud writes from another account.
  const ownership = new S3BucketOwnershipControls(scope, 'ownership', {
    bucket,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  });
  return {
    versioning,
    encryption,
    policy: new S3BucketPolicy(scope, 'policy', {
      bucket,
      policy: Lazy.stringValue({ produce: policy }),
      // S3 answers 409 when these three change at the same time.
      dependsOn: [publicAccess, ownership],
    }),
  };
}
