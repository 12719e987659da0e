/**
 * The actions this product has to do with, and the level of ARN each of them takes.
 *
 * Facts: service authorization reference, "Actions, resources, and condition keys" for Amazon S3, AWS KMS and AWS STS. Not
 * complete on purpose: the level of an action that is not listed is simply not judged. Whether a name is an action at all
 * is told by `action-names.ts`.
 */

/** What kind of ARN an action is checked against. `any`: the action has no resource, only `*` grants it. */
export type ArnLevel = 'bucket' | 'object' | 'job' | 'key' | 'role' | 'any';

const LEVELS: Readonly<Record<ArnLevel, readonly string[]>> = {
  bucket: [
    's3:CreateBucket',
    's3:DeleteBucket',
    's3:DeleteBucketPolicy',
    's3:GetBucketAcl',
    's3:GetBucketLocation',
    's3:GetBucketObjectLockConfiguration',
    's3:GetBucketOwnershipControls',
    's3:GetBucketPolicy',
    's3:GetBucketPublicAccessBlock',
    's3:GetBucketVersioning',
    's3:GetEncryptionConfiguration',
    's3:GetLifecycleConfiguration',
    's3:ListBucket',
    's3:ListBucketMultipartUploads',
    's3:ListBucketVersions',
    's3:PutBucketAcl',
    's3:PutBucketObjectLockConfiguration',
    's3:PutBucketOwnershipControls',
    's3:PutBucketPolicy',
    's3:PutBucketPublicAccessBlock',
    's3:PutBucketVersioning',
    's3:PutEncryptionConfiguration',
    's3:PutLifecycleConfiguration',
  ],
  object: [
    's3:AbortMultipartUpload',
    's3:BypassGovernanceRetention',
    's3:DeleteObject',
    's3:DeleteObjectTagging',
    's3:DeleteObjectVersion',
    's3:DeleteObjectVersionTagging',
    's3:GetObject',
    's3:GetObjectAcl',
    's3:GetObjectAttributes',
    's3:GetObjectLegalHold',
    's3:GetObjectRetention',
    's3:GetObjectTagging',
    's3:GetObjectVersion',
    's3:GetObjectVersionAcl',
    's3:GetObjectVersionAttributes',
    's3:GetObjectVersionTagging',
    's3:ListMultipartUploadParts',
    's3:PutObject',
    's3:PutObjectAcl',
    's3:PutObjectLegalHold',
    's3:PutObjectRetention',
    's3:PutObjectTagging',
    's3:PutObjectVersionAcl',
    's3:PutObjectVersionTagging',
    's3:RestoreObject',
  ],
  job: ['s3:DescribeJob', 's3:UpdateJobPriority', 's3:UpdateJobStatus'],
  key: [
    'kms:CreateGrant',
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:GetKeyPolicy',
    'kms:PutKeyPolicy',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
    'kms:ScheduleKeyDeletion',
  ],
  role: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession', 'iam:GetRole', 'iam:PassRole'],
  any: ['s3:CreateJob', 's3:ListAllMyBuckets', 's3:ListJobs', 'sts:GetCallerIdentity'],
};

const BY_LOWER_CASE: ReadonlyMap<string, { readonly name: string; readonly level: ArnLevel }> = new Map(
  (Object.keys(LEVELS) as ArnLevel[]).flatMap((level) =>
    LEVELS[level].map((name) => [name.toLowerCase(), { name, level }] as const),
  ),
);

/** All listed actions, in their official spelling. */
export const KNOWN_ACTIONS: readonly string[] = [...BY_LOWER_CASE.values()].map(({ name }) => name);

/** The level of an action, in any case; null for one that is not listed. */
export function levelOf(action: string): ArnLevel | null {
  return BY_LOWER_CASE.get(action.toLowerCase())?.level ?? null;
}
