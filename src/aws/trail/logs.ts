/**
 * Log files of a trail in S3: every event that the trail is set up for, those about objects too. Read day by day, the newest
 * first, and only as many files as there is time for.
 *
 * Source: CloudTrail user guide, "Finding your CloudTrail log files".
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Act, Doing, RecordRead, RecordUnread } from '../../attribution';
import { AwsError, type Attempt } from '../aws-error';
import { callAws } from '../call';
import { actsOf } from './record';

/** Where a trail writes, and what of it is read. */
export interface LogRange {
  readonly bucket: string;
  /** What stands before `AWSLogs/`, with its slash; empty for none. */
  readonly prefix: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly until: number;
  /** What is of interest: the rest is forgotten at once. */
  readonly wanted: (doing: Doing) => boolean;
}

const DAY_MS = 86_400_000;
/** Files of all days together: some minutes. */
const MOST_FILES = 20_000;
const MOST_LISTINGS = 2_000;
/** A file is some hundred kilobytes; one that unpacks to more than this is not a log of CloudTrail. */
const MOST_BYTES = 512 << 20;
/** Files that are fetched at once. */
const WIDTH = 8;

const unpack = promisify(gunzip);

/** Newest first, with a bounded number of requests. Throws the signal's reason only: a missing right is an answer. */
export async function readLogs(s3: S3Client, range: LogRange, signal: AbortSignal): Promise<RecordRead | RecordUnread> {
  const logs = new Logs(s3, range, signal);
  const name = `the log files of CloudTrail in s3://${range.bucket}/${range.prefix}`;
  try {
    const folders = await logs.folders();
    if (folders.length === 0) {
      return { name, unread: `there is no folder AWSLogs/…/CloudTrail/ in s3://${range.bucket}/${range.prefix}` };
    }
    const acts: Act[] = [];
    let from = range.until;
    // Files are named after their delivery: those of the last events of a day are in the next one.
    for (let day = startOfDay(range.until); day + DAY_MS > range.since; day -= DAY_MS) {
      const found = await logs.day(folders, day);
      if (found === undefined) return { name, acts, from, because: `${MOST_FILES} files were read` };
      acts.push(...found);
      from = Math.max(day, range.since);
    }
    return { name, acts, from, because: 'nothing older was asked for' };
  } catch (error) {
    if (error instanceof UnreadableLog) return { name, unread: error.message };
    if (!(error instanceof AwsError)) throw error;
    const { missingRight, message } = error;
    return { name, unread: missingRight === undefined ? message : `${missingRight} is denied` };
  }
}

/** A file that is not what CloudTrail writes: what it should say is missing. */
class UnreadableLog extends Error {
  override readonly name = 'UnreadableLog';
}

class Logs {
  private files = 0;
  private listings = 0;

  constructor(
    private readonly s3: S3Client,
    private readonly range: LogRange,
    private readonly signal: AbortSignal,
  ) {}

  /** `AWSLogs/ACCOUNT/CloudTrail/REGION/`, with the organization before the account for a trail of one. */
  async folders(): Promise<readonly string[]> {
    const root = `${this.range.prefix}AWSLogs/`;
    const found: string[] = [];
    const look = async (folder: string, depth: number): Promise<void> => {
      for (const below of (await this.list(folder, '/')).prefixes) {
        if (below.endsWith('/CloudTrail/')) {
          found.push(...(await this.list(below, '/')).prefixes);
        } else if (depth < 2) await look(below, depth + 1);
      }
    };
    await look(root, 0);
    return found;
  }

  /** The acts of a day; undefined where that would be too many files. */
  async day(folders: readonly string[], day: number): Promise<readonly Act[] | undefined> {
    const path = new Date(day).toISOString().slice(0, 10).replaceAll('-', '/');
    const keys: string[] = [];
    for (const folder of folders) keys.push(...(await this.list(`${folder}${path}/`, '')).keys);
    const logs = keys.filter((key) => key.endsWith('.json.gz'));
    this.files += logs.length;
    if (this.files > MOST_FILES || this.listings > MOST_LISTINGS) return undefined;
    const acts: Act[] = [];
    for (let at = 0; at < logs.length; at += WIDTH) {
      const read = await Promise.all(logs.slice(at, at + WIDTH).map((key) => this.read(key)));
      acts.push(...read.flat());
    }
    return acts;
  }

  private async read(key: string): Promise<readonly Act[]> {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const { bucket, since, until, wanted } = this.range;
    const packed = await callAws(this.attempt('GetObject', key, 's3:GetObject'), this.signal, async () => {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
        abortSignal: this.signal,
      });
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    });
    let records: unknown;
    try {
      const bytes = await unpack(packed, { maxOutputLength: MOST_BYTES });
      records = (JSON.parse(bytes.toString('utf8')) as { readonly Records?: unknown }).Records;
    } catch (error) {
      throw new UnreadableLog(`s3://${bucket}/${key} cannot be read: ${String((error as Error).message)}`);
    }
    if (!Array.isArray(records)) throw new UnreadableLog(`s3://${bucket}/${key} has no Records`);
    return records
      .flatMap((record) => actsOf(record, `s3://${bucket}/${key}`))
      .filter(({ at, doing }) => at >= since && at <= until && wanted(doing));
  }

  private async list(
    prefix: string,
    delimiter: string,
  ): Promise<{ readonly keys: readonly string[]; readonly prefixes: readonly string[] }> {
    const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
    const keys: string[] = [];
    const prefixes: string[] = [];
    let token: string | undefined;
    do {
      this.listings += 1;
      const page = await callAws(this.attempt('ListObjectsV2', prefix, 's3:ListBucket'), this.signal, () =>
        this.s3.send(
          new ListObjectsV2Command({
            Bucket: this.range.bucket,
            Prefix: prefix,
            ...(delimiter === '' ? {} : { Delimiter: delimiter }),
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
          { abortSignal: this.signal },
        ),
      );
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
      for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix !== undefined) prefixes.push(Prefix);
      token = page.NextContinuationToken;
    } while (token !== undefined && this.listings <= MOST_LISTINGS);
    return { keys, prefixes };
  }

  private attempt(operation: string, key: string, action: string): Attempt {
    const { bucket } = this.range;
    const on = action === 's3:ListBucket' ? bucket : `${bucket}/${key}`;
    return { operation, target: `s3://${bucket}/${key}`, right: `${action} on arn:aws:s3:::${on}` };
  }
}

function startOfDay(at: number): number {
  return at - (at % DAY_MS);
}
