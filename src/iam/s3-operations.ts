/**
 * Operations of S3 whose permission has another name. People write the operation into a policy, where it means nothing.
 *
 * Facts: Amazon S3 user guide, "Required permissions for Amazon S3 API operations".
 */
const ACTION_OF: Readonly<Record<string, string>> = {
  CompleteMultipartUpload: 'PutObject',
  CopyObject: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  DeleteObjects: 'DeleteObject',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListBuckets: 'ListAllMyBuckets',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListObjectVersions: 'ListBucketVersions',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListParts: 'ListMultipartUploadParts',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  UploadPart: 'PutObject',
  UploadPartCopy: 'PutObject',
};

const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(
  Object.entries(ACTION_OF).map(([operation, action]) => [`s3:${operation.toLowerCase()}`, `s3:${action}`]),
);

/** The action that allows an operation of S3, `s3:HeadObject` -> `s3:GetObject`, in any case; null for anything else. */
export function actionOfOperation(name: string): string | null {
  return BY_LOWER_CASE.get(name.toLowerCase()) ?? null;
}
