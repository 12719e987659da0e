/**
 * What roles are allowed on a bucket of exports, as statements. Pure.
 *
 * Sources: Genesys Cloud's help pages for the exporter's actions; the service authorization reference of Amazon S3 for the
 * level of ARN of each action and for its condition keys.
 */
import type { Statement } from './policy';

/** The two ARNs that S3 takes: actions of the one level grant nothing on the other. */
export interface BucketArns {
  /** `arn:aws:s3:::recordings` */
  readonly bucketArn: string;
  /** `arn:aws:s3:::recordings/*` */
  readonly objectsArn: string;
}

/**
 * S3 has one action for putting a legal hold ON and for taking it OFF. This key, of the request, tells them apart; its
 * values are `ON` and `OFF`.
 */
export const LEGAL_HOLD_KEY = 's3:object-lock-legal-hold';

const allow = (Sid: string, Action: readonly string[], Resource: string): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});

/** Writing exports: what Genesys Cloud documents, and what uploads in several parts take. */
export const exportStatements = ({ bucketArn, objectsArn }: BucketArns): readonly Statement[] => [
  allow(
    'LookAtExportBucket',
    ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration', 's3:ListBucketMultipartUploads'],
    bucketArn,
  ),
  allow(
    'WriteExportedFiles',
    ['s3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    objectsArn,
  ),
];

/** Decrypt as well: S3 reads the parts of an upload back when it puts them together. */
export const encryptionStatements = (keyArn: string): readonly Statement[] => [
  allow('EncryptExportedFiles', ['kms:GenerateDataKey', 'kms:Decrypt'], keyArn),
];

/** Labelling. With a version id S3 wants the action for versions in addition to the plain one. */
export const taggingStatements = ({ objectsArn }: BucketArns): readonly Statement[] => [
  allow('TagExportedFiles', ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'], objectsArn),
];

/** Seeing what is held and tagged, version by version. Tags are merged, so they are read before they are put. */
const inspectionStatements = ({ bucketArn, objectsArn }: BucketArns): readonly Statement[] => [
  allow(
    'ListExportedFiles',
    ['s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketVersioning', 's3:GetBucketObjectLockConfiguration'],
    bucketArn,
  ),
  allow('ReadTagsAndHolds', ['s3:GetObjectTagging', 's3:GetObjectVersionTagging', 's3:GetObjectLegalHold'], objectsArn),
];

/** Putting legal holds ON, and nothing but ON. */
export const holdOnStatement = ({ objectsArn }: BucketArns): Statement => ({
  ...allow('HoldExportedFiles', ['s3:PutObjectLegalHold'], objectsArn),
  Condition: { StringEquals: { [LEGAL_HOLD_KEY]: 'ON' } },
});

export const holdStatements = (arns: BucketArns): readonly Statement[] => [
  ...inspectionStatements(arns),
  holdOnStatement(arns),
];

/** Taking legal holds off. */
export const releaseStatements = (arns: BucketArns): readonly Statement[] => [
  ...inspectionStatements(arns),
  allow('ReleaseExportedFiles', ['s3:PutObjectLegalHold'], arns.objectsArn),
];
