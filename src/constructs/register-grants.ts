/**
 * What roles are allowed on a register of claims, and what its bucket denies to everybody, as statements. Pure.
 *
 * Sources: the user guide of Amazon S3, "Enforce conditional writes" (`s3:if-none-match` is in the request when the header
 * `If-None-Match` is, which takes nothing but `*` there) and "Permissions for object operations".
 */
import { tlsOnly } from './bucket-policy';
import type { BucketArns } from './grants';
import { policyDocument, type Statement } from './policy';

const IF_NONE_MATCH = 's3:if-none-match';

/**
 * Listing and reading. `s3:ListBucket` without a condition on the prefix: S3 answers for a key that is not there with "no such
 * key" only to who may list, and the condition would never hold for such a request.
 */
export const registerReading = ({ bucketArn, objectsArn }: BucketArns): readonly Statement[] => [
  { Sid: 'ListRegister', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: bucketArn },
  { Sid: 'ReadRegister', Effect: 'Allow', Action: ['s3:GetObject'], Resource: objectsArn },
];

/** Reading, and creating what is not there. Nothing that replaces or deletes. */
export const registerUse = (arns: BucketArns): readonly Statement[] => [
  ...registerReading(arns),
  {
    Sid: 'AppendToRegister',
    Effect: 'Allow',
    Action: ['s3:PutObject'],
    Resource: arns.objectsArn,
    Condition: { Null: { [IF_NONE_MATCH]: 'false' } },
  },
];

export const registerKeyReading = (keyArn: string): readonly Statement[] => [
  { Sid: 'DecryptRegister', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: keyArn },
];

export const registerKeyUse = (keyArn: string): readonly Statement[] => [
  { Sid: 'EncryptRegister', Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: keyArn },
];

/**
 * The policy of a register's bucket. It only denies, and denies to everybody, administrators included: who wants to get past
 * it has to change it first, which is seen.
 */
export function registerPolicy(arns: BucketArns): string {
  const deny = (Sid: string, Action: readonly string[], Resource: string): Statement => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Action,
    Resource,
  });
  return policyDocument([
    tlsOnly(arns),
    // Uploads in parts cannot say so when they begin: they are refused, and copies with them. A register makes neither.
    {
      ...deny('NobodyOverwrites', ['s3:PutObject'], arns.objectsArn),
      Condition: { Null: { [IF_NONE_MATCH]: 'true' } },
    },
    // Also without a version id: behind a delete marker an entry could be created a second time.
    deny(
      'NobodyDeletes',
      [
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:BypassGovernanceRetention',
        's3:ReplicateObject',
        's3:ReplicateDelete',
      ],
      arns.objectsArn,
    ),
    deny('NobodyLetsEntriesExpire', ['s3:PutLifecycleConfiguration'], arns.bucketArn),
  ]);
}
