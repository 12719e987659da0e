/**
 * Completion reports: files of results, and a manifest.json that names them.
 *
 * S3 user guide, "Examples: S3 Batch Operations completion reports". In the rows of its examples the HTTP status stands before
 * the error code, although `ReportSchema` names them the other way round; the rows here are like the examples.
 */
import { createHash } from 'node:crypto';
import type { BatchJob, Outcome } from './batch-job';

/** Rows of one file. */
export const ROWS_PER_FILE = 10_000;
const SCHEMA = 'Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage';

/** How a task ended. */
export interface TaskResult {
  readonly outcome: Outcome;
  readonly httpStatus: number;
  /** Empty when it succeeded. */
  readonly code: string;
  readonly message: string;
}

/** One row. Bucket, key and version are as they stood in the manifest. */
export function reportRow(fields: readonly string[], result: TaskResult): string {
  const [bucket = '', key = '', versionId = ''] = fields;
  const { outcome, httpStatus, code, message } = result;
  return [bucket, key, versionId, outcome, String(httpStatus), code, message].map(quoted).join(',');
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** Where everything of a job's report lies. */
export function reportPrefix(job: BatchJob): string {
  const prefix = job.request.report?.prefix ?? '';
  return `${prefix === '' ? '' : `${prefix.replace(/\/$/, '')}/`}job-${job.id}/`;
}

export function resultKey(job: BatchJob, body: Buffer): string {
  return `${reportPrefix(job)}results/${createHash('sha1').update(body).digest('hex')}.csv`;
}

/** `manifest.json` */
export function reportManifest(job: BatchJob, now: number): Buffer {
  return Buffer.from(
    JSON.stringify({
      Format: 'Report_CSV_20180820',
      ReportCreationDate: new Date(now).toISOString(),
      Results: job.results.map(({ outcome, key, md5 }) => ({
        TaskExecutionStatus: outcome,
        Bucket: job.request.report?.bucket ?? '',
        MD5Checksum: md5,
        Key: key,
      })),
      ReportSchema: SCHEMA,
    }),
  );
}
