/** What a job is asked to do. Pure. */
import { createHash } from 'node:crypto';
import type { CreateJobRequest, JobOperation } from '@aws-sdk/client-s3-control';
import { canonicalTags, type TagSet } from '../object-hold/tag-set';
import type { HoldStatus } from '../object-hold/object-store';

/** One operation on every version of a manifest: a job can do only one. */
export type BatchOperation =
  | { readonly kind: 'tags'; /** Replaces all tags of each version. */ readonly tags: TagSet }
  | { readonly kind: 'hold'; readonly status: HoldStatus }
  /** A SHA-256 of each version's content into the report, without downloading it. */
  | { readonly kind: 'checksum' };

/** The account's side of Batch Operations. */
export interface BatchSettings {
  /** 12 digits. */
  readonly accountId: string;
  /** Role that S3 takes on for the tasks; trusts `batchoperations.s3.amazonaws.com`. */
  readonly roleArn: string;
  /** Bucket for manifests and reports, in the region of the recordings; not the bucket that is held. */
  readonly bucket: string;
  /** Key prefix there, with a trailing slash if there should be one. */
  readonly prefix: string;
  /** Of jobs in this account; higher goes first. @default 10 */
  readonly priority?: number;
}

/** A manifest that lies in S3. */
export interface Manifest {
  readonly key: string;
  readonly etag: string;
  readonly sha256: string;
  /** Rows. */
  readonly entries: number;
}

const DEFAULT_PRIORITY = 10;
/** S3 Control takes no more characters in a description. */
const MAX_DESCRIPTION = 256;

/** `tags`, `hold`, `checksum`: for descriptions and report prefixes. */
export function describeOperation(operation: BatchOperation): string {
  switch (operation.kind) {
    case 'tags':
      return `set tags ${[...operation.tags.keys()].join(', ')}`;
    case 'hold':
      return `legal hold ${operation.status}`;
    case 'checksum':
      return 'checksums';
  }
}

/**
 * The same for the same job: S3 then answers a repeated request with the job that is there instead of making another. Made of the hold,
 * the operation, and the manifest's content and key. The key belongs to one run: when somebody has undone a hold, the
 * same versions are to be held again, and the token of the job that is long over would be refused or answered with that job.
 */
export function requestToken(
  holdId: string,
  operation: BatchOperation,
  manifest: Pick<Manifest, 'sha256' | 'key'>,
): string {
  const what =
    operation.kind === 'tags'
      ? ['tags', canonicalTags(operation.tags)]
      : operation.kind === 'hold'
        ? ['hold', operation.status]
        : ['checksum'];
  return createHash('sha256')
    .update(JSON.stringify([holdId, what, manifest.sha256, manifest.key]))
    .digest('hex');
}

/** The CreateJob request. It asks for no confirmation: a hold should continue when this process dies. */
export function createJobRequest(
  holdId: string,
  operation: BatchOperation,
  manifest: Manifest,
  settings: BatchSettings,
  partition: string,
): CreateJobRequest {
  const bucketArn = `arn:${partition}:s3:::${settings.bucket}`;
  return {
    AccountId: settings.accountId,
    ConfirmationRequired: false,
    Operation: jobOperation(operation),
    Manifest: {
      Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key', 'VersionId'] },
      Location: { ObjectArn: `${bucketArn}/${manifest.key}`, ETag: manifest.etag },
    },
    Report: {
      Enabled: true,
      Bucket: bucketArn,
      Prefix: `${settings.prefix}${holdId}/reports`,
      Format: 'Report_CSV_20180820',
      // Every task is evidence, not only those that failed.
      ReportScope: 'AllTasks',
    },
    ClientRequestToken: requestToken(holdId, operation, manifest),
    Description: `${jobMark(holdId)} ${describeOperation(operation)}`.slice(0, MAX_DESCRIPTION),
    Priority: settings.priority ?? DEFAULT_PRIORITY,
    RoleArn: settings.roleArn,
  };
}

/** What the description of each job of a hold begins with. */
export function jobMark(holdId: string): string {
  return `genesyscloud-compliance ${holdId}:`;
}

function jobOperation(operation: BatchOperation): JobOperation {
  switch (operation.kind) {
    case 'tags':
      return { S3PutObjectTagging: { TagSet: [...operation.tags].map(([Key, Value]) => ({ Key, Value })) } };
    case 'hold':
      return { S3PutObjectLegalHold: { LegalHold: { Status: operation.status } } };
    case 'checksum':
      return { S3ComputeObjectChecksum: { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' } };
  }
}
