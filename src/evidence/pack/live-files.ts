/** Whether the files of a pack are still there, unchanged and held. */
import { join } from 'node:path';
import { AwsError } from '../../aws';
import { inOrder } from '../collect/in-order';
import type { BucketReader } from '../collect/objects';
import type { Progress } from '../collect/progress';
import { rowFrom } from '../manifest/forms';
import type { FileRow } from '../model';
import { linesOf } from '../rows/lines';
import { ROW_FILES } from './files';
import type { LiveAccounts, LiveFindings } from './live';

const AT_ONCE = 16;

/** Answers how many were looked at. */
export async function checkFiles(
  folder: string,
  { readerOf }: Pick<LiveAccounts, 'readerOf'>,
  { changes, notLookedAt }: LiveFindings,
  signal: AbortSignal,
  progress: Progress,
): Promise<number> {
  const [manifest] = ROW_FILES;
  let files = 0;
  const rows = async function* (): AsyncGenerator<FileRow> {
    for await (const line of linesOf(join(folder, manifest))) yield rowFrom(line);
  };
  const check = (row: FileRow): Promise<FileChecked> => checkFile(row, readerOf(row.bucket), signal);
  try {
    for await (const { changed, unseen } of inOrder(rows(), AT_ONCE, check)) {
      files += 1;
      progress({ what: 'files', done: files, total: null });
      changes.push(...changed);
      if (unseen !== undefined && !notLookedAt.some(({ why }) => why === unseen)) {
        notLookedAt.push({ what: 'files', why: unseen });
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AwsError)) throw error;
    notLookedAt.push({ what: `all files from number ${files + 1} of the manifest on`, why: error.message });
  }
  return files;
}

interface FileChecked {
  readonly changed: readonly string[];
  /** A right that was missing. */
  readonly unseen?: string;
}

async function checkFile(row: FileRow, { store, contents }: BucketReader, signal: AbortSignal): Promise<FileChecked> {
  const named = `s3://${row.bucket}/${row.key} version ${row.version}`;
  const version = { key: row.key, versionId: row.version };
  try {
    const changed: string[] = [];
    if (row.checksum?.by === 'contents') {
      const { sha256 } = await contents.sha256(version, signal);
      if (sha256 !== row.checksum.value)
        changed.push(`${named}: its contents have the SHA-256 ${sha256}, and not the one of the manifest.`);
    } else {
      const now = await contents.checksum(version, signal);
      const wanted = row.checksum;
      if (wanted !== null && (now?.algorithm !== wanted.algorithm || now.value !== wanted.value)) {
        changed.push(
          `${named}: S3 says its ${wanted.algorithm} is ${now?.value ?? 'unknown'}, and not the one of the manifest.`,
        );
      }
    }
    if (row.hold === 'ON' && (await store.readHold(version, signal)).value !== 'ON') {
      changed.push(`${named}: its legal hold is off now.`);
    }
    return { changed };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (GONE.has(error.code) || error.status === 404) return { changed: [`${named}: it is not there any more.`] };
    if (error.missingRight !== undefined) return { changed: [], unseen: error.message };
    throw error;
  }
}

const GONE = new Set(['NoSuchKey', 'NoSuchVersion', 'NotFound', 'NoSuchBucket']);
