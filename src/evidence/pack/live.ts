/** Compares a pack that is sound with the live accounts: are the files still there, unchanged and held, and the conversations? */
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { AwsError } from '../../aws';
import { ConversationSet } from '../../conversations';
import { GenesysError, type Genesys } from '../../genesys';
import type { Register } from '../../register';
import { inOrder } from '../collect/in-order';
import type { BucketReader } from '../collect/objects';
import type { Progress } from '../collect/progress';
import { rowFrom } from '../manifest/forms';
import type { FileRow, NotLookedAt } from '../model';
import { linesOf } from '../rows/lines';
import { ROW_FILES } from './files';
import type { RegisterLine } from './register-lines';

const AT_ONCE = 16;

/** Whom is asked; what is left out is not looked at, and why is said. */
export interface LiveAccounts {
  readonly readerOf: (bucket: string) => BucketReader;
  readonly genesys: Genesys | { readonly missing: string };
  readonly register: Register | { readonly missing: string };
}

/** What is not as the pack says. */
export interface LiveChecked {
  /** A sentence each. */
  readonly changes: readonly string[];
  readonly notLookedAt: readonly NotLookedAt[];
  readonly files: number;
}

/** Looks. Throws AwsError and GenesysError where no answer came. */
export async function compareLive(
  folder: string,
  accounts: LiveAccounts,
  signal: AbortSignal,
  progress: Progress,
): Promise<LiveChecked> {
  // Every request under way listens to it: Node would take more than ten for a leak and warn on stderr.
  setMaxListeners(0, signal);
  const changes: string[] = [];
  const notLookedAt: NotLookedAt[] = [];
  const [manifest, conversations, , register] = ROW_FILES;
  let files = 0;
  const rows = async function* (): AsyncGenerator<FileRow> {
    for await (const line of linesOf(join(folder, manifest))) yield rowFrom(line);
  };
  const check = (row: FileRow): Promise<FileChecked> => checkFile(row, accounts.readerOf(row.bucket), signal);
  for await (const { changed, unseen } of inOrder(rows(), AT_ONCE, check)) {
    files += 1;
    progress({ what: 'files', done: files, total: null });
    changes.push(...changed);
    if (unseen !== undefined && !notLookedAt.some(({ why }) => why === unseen)) {
      notLookedAt.push({ what: 'files', why: unseen });
    }
  }
  await checkConversations(join(folder, conversations), accounts.genesys, changes, notLookedAt, signal);
  await checkRegister(join(folder, register), accounts.register, changes, notLookedAt, signal);
  return { changes, notLookedAt, files };
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

async function checkConversations(
  file: string,
  genesys: LiveAccounts['genesys'],
  changes: string[],
  notLookedAt: NotLookedAt[],
  signal: AbortSignal,
): Promise<void> {
  if ('missing' in genesys) {
    notLookedAt.push({ what: 'conversations', why: genesys.missing });
    return;
  }
  const held: string[] = [];
  for await (const line of linesOf(file)) {
    const { conversation_id: id, held: isHeld } = JSON.parse(line) as { conversation_id: string; held: boolean | null };
    if (isHeld === true) held.push(id);
  }
  const wanted = ConversationSet.of(held);
  try {
    const status = await genesys.holds.api('deletion_protection').status(null, wanted, signal);
    for (const id of wanted.minus(status.held)) changes.push(`Conversation ${id}: it is not protected any more.`);
  } catch (error) {
    if (!(error instanceof GenesysError) || ![401, 403].includes(error.status)) throw error;
    notLookedAt.push({ what: 'conversations', why: error.message });
  }
}

async function checkRegister(
  file: string,
  register: LiveAccounts['register'],
  changes: string[],
  notLookedAt: NotLookedAt[],
  signal: AbortSignal,
): Promise<void> {
  if ('missing' in register) {
    notLookedAt.push({ what: 'the register', why: register.missing });
    return;
  }
  const now = register.entries(signal);
  for await (const line of linesOf(file)) {
    const { number, entry } = JSON.parse(line) as RegisterLine;
    const { done, value } = await now.next();
    if (done === true) {
      changes.push(`The register ends before entry ${number}, which the pack has.`);
      return;
    }
    if (entry !== null && value.bytes.toString('utf8') !== `${entry}\n`) {
      changes.push(`Entry ${number} of the register is not the one that the pack has.`);
      return;
    }
  }
}
