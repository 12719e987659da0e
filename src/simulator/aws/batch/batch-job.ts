/** A job of S3 Batch Operations: plain data, so that it can be kept over a restart. */

export type BatchStatus =
  | 'New'
  | 'Preparing'
  | 'Suspended'
  | 'Ready'
  | 'Active'
  | 'Completing'
  | 'Complete'
  | 'Cancelling'
  | 'Cancelled'
  | 'Failing'
  | 'Failed';

export type BatchOperation =
  | { readonly name: 'S3PutObjectTagging'; readonly tags: readonly (readonly [string, string])[] }
  | { readonly name: 'S3PutObjectLegalHold'; readonly status: 'ON' | 'OFF' }
  | {
      readonly name: 'S3ComputeObjectChecksum';
      readonly algorithm: 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';
      readonly type: 'FULL_OBJECT' | 'COMPOSITE';
    };

/** What was asked for. */
export interface BatchRequest {
  readonly token: string;
  readonly description: string | undefined;
  readonly priority: number;
  readonly roleArn: string;
  readonly confirmationRequired: boolean;
  readonly operation: BatchOperation;
  readonly manifest: {
    readonly bucket: string;
    readonly key: string;
    readonly versionId: string | undefined;
    readonly etag: string;
    /** `Bucket`, `Key`, and `VersionId` or `Ignore`. */
    readonly fields: readonly string[];
  };
  /** Undefined: none is written. */
  readonly report:
    { readonly bucket: string; readonly prefix: string; readonly scope: 'AllTasks' | 'FailedTasksOnly' } | undefined;
  readonly tags: readonly (readonly [string, string])[];
}

/** A file of results that lies in the report bucket. */
export interface ResultFile {
  readonly outcome: Outcome;
  readonly key: string;
  readonly md5: string;
}

export type Outcome = 'succeeded' | 'failed';

export interface BatchJob {
  readonly id: string;
  readonly arn: string;
  readonly request: BatchRequest;
  /** Milliseconds since 1970, as all instants in here. */
  readonly created: number;
  status: BatchStatus;
  /** When this status began. */
  since: number;
  total: number;
  succeeded: number;
  failed: number;
  /** Where in the manifest the next task begins, in bytes. */
  offset: number;
  failures: { readonly code: string; readonly reason: string }[];
  statusUpdateReason: string | undefined;
  suspended: number | undefined;
  ended: number | undefined;
  readonly results: ResultFile[];
  /** Report rows that are not written yet. */
  readonly pending: Record<Outcome, string[]>;
}

export function isOver({ status }: Pick<BatchJob, 'status'>): boolean {
  return status === 'Complete' || status === 'Cancelled' || status === 'Failed';
}
