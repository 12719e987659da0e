/** Reads a job's completion report, task by task. */
import type { S3Client } from '@aws-sdk/client-s3';
import { AwsError } from '../aws-error';
import { incomplete } from '../call';
import type { Clock } from '../../time';
import { readObject, reading, type ObjectPlace } from '../read-object';
import { CsvReader, decodeKey } from './manifest-row';

/** What happened to one version. */
export interface TaskReport {
  readonly key: string;
  readonly versionId: string;
  readonly ok: boolean;
  /** S3's error code, empty when there is none. */
  readonly code: string;
  /** HTTP status as S3 writes it, `403`. */
  readonly status: string;
  /** S3's message; for checksums the checksum. */
  readonly message: string;
}

/** Where reports are and how they are read. */
export interface ReportSource {
  readonly s3: S3Client;
  readonly bucket: string;
  /** For the right in messages. */
  readonly partition: string;
  /** The `Prefix` of the job's report. */
  readonly prefix: string;
  readonly clock: Clock;
}

interface ReportManifest {
  readonly Results: readonly { readonly Key: string }[];
}

/** A job says Complete a little before its report can be read. */
const REPORT_WAIT_MS = 5 * 60_000;
const REPORT_LOOK_MS = 5_000;

/**
 * Streams the tasks of a job that is over and has had at least one: without any it writes no report. Throws {@link AwsError} when
 * the report cannot be read, and the signal's reason when aborted.
 */
export async function readReport(
  jobId: string,
  source: ReportSource,
  visit: (task: TaskReport) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const manifest = await readReportManifest(jobId, source, signal);
  for (const { Key } of manifest.Results) {
    const reader = new CsvReader();
    const decoder = new TextDecoder();
    const visitAll = async (rows: Iterable<readonly string[]>): Promise<void> => {
      for (const row of rows) await visit(readRow(row));
    };
    for await (const bytes of readObject(source.s3, place(Key, source), signal)) {
      signal.throwIfAborted();
      await visitAll(reader.push(decoder.decode(bytes, { stream: true })));
    }
    await visitAll(reader.push(decoder.decode()));
    await visitAll(reader.end());
  }
}

/**
 * The report's own schema names the error code before the HTTP status, AWS's examples have them the other way round. Three
 * digits are a status, so it is told by what is there.
 */
function readRow(row: readonly string[]): TaskReport {
  const [, key = '', versionId = '', taskStatus = '', first = '', second = '', message = ''] = row;
  const [status, code] = /^\d{3}$/.test(first) ? [first, second] : [second, first];
  return { key: decodeKey(key), versionId, ok: taskStatus.toLowerCase() === 'succeeded', code, status, message };
}

async function readReportManifest(jobId: string, source: ReportSource, signal: AbortSignal): Promise<ReportManifest> {
  const key = `${source.prefix}/job-${jobId}/manifest.json`;
  const until = source.clock.now() + REPORT_WAIT_MS;
  for (;;) {
    try {
      const chunks: Uint8Array[] = [];
      for await (const bytes of readObject(source.s3, place(key, source), signal)) chunks.push(bytes);
      return parseManifest(Buffer.concat(chunks).toString('utf8'), key, source);
    } catch (error) {
      const late = source.clock.now() >= until;
      if (late || !(error instanceof AwsError) || error.code !== 'NoSuchKey') throw error;
    }
    await source.clock.sleep(REPORT_LOOK_MS, signal);
  }
}

function parseManifest(text: string, key: string, source: ReportSource): ReportManifest {
  const odd = (): AwsError => incomplete(reading(place(key, source)), 'it is not the manifest of a report');
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    throw odd();
  }
  const results: unknown =
    typeof manifest === 'object' && manifest !== null && 'Results' in manifest ? manifest.Results : 0;
  if (!Array.isArray(results) || !results.every(isResult)) throw odd();
  return { Results: results };
}

function isResult(value: unknown): value is ReportManifest['Results'][number] {
  return typeof value === 'object' && value !== null && 'Key' in value && typeof value.Key === 'string';
}

function place(key: string, { bucket, partition }: ReportSource): ObjectPlace {
  return { bucket, key, partition };
}
