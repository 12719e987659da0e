/**
 * One identity a hold. It names the journal and the jobs of S3 Batch Operations, and tells whose a hold on a version is; so it is
 * made at random and never from bucket and scope, which two matters may share. A creation that was cut short before Terraform
 * had it in state is known again by its journal.
 */
import { createHash, randomBytes } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readJournal } from '../../aws';
import type { Segments } from '../../register';
import type { HoldArguments } from './run';
import type { ScopeArguments } from './scope';

const PREFIX = 'object-hold-';
const SUFFIX = '.jsonl';
/** The first line is far shorter. */
const FIRST_BYTES = 4096;

/** What makes two creations the same. */
type Identifying = ScopeArguments & Pick<HoldArguments, 'tags' | 'object_lock_legal_hold' | 'region' | 'endpoint'>;

/** A new identity. */
export function newIdentity(): string {
  return `${PREFIX}${randomBytes(16).toString('hex')}`;
}

/** Digest over the arguments by which a creation that was cut short is known again. */
export function argumentsDigest(args: Identifying): string {
  const tags = [...(args.tags ?? [])].sort(([one], [other]) => (one < other ? -1 : 1));
  const { bucket, export_job_id: exportJobId, prefix, object_lock_legal_hold: lock, region, endpoint } = args;
  const all = [bucket, exportJobId?.toLowerCase() ?? null, prefix, tags, lock, region, endpoint];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/**
 * The identity of a hold that is created: that of a creation of the same arguments which never reached a state, if its journal lies
 * in the folder, else a new one.
 */
export async function identityFor(args: Identifying, folder: string): Promise<string> {
  const digest = argumentsDigest(args);
  for (const name of await journalsIn(folder)) {
    const path = join(folder, name);
    if ((await argumentsOf(path)) !== digest || (await isKept(path))) continue;
    return name.slice(0, -SUFFIX.length);
  }
  return newIdentity();
}

/** The identity that a journal in the register begins with; a new one where it has none. */
export async function identityIn(journal: Segments, signal: AbortSignal): Promise<string> {
  for await (const piece of journal.read(signal)) {
    const [line = ''] = piece.subarray(0, FIRST_BYTES).toString('utf8').split('\n', 1);
    const entry = JSON.parse(line) as { readonly type?: unknown; readonly id?: unknown };
    if (entry.type === 'hold' && typeof entry.id === 'string') return entry.id;
    break;
  }
  return newIdentity();
}

async function journalsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.startsWith(PREFIX) && name.endsWith(SUFFIX)).sort();
}

/** Undefined for journals of other versions, and for what is no journal. */
async function argumentsOf(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
      const [line = ''] = buffer.subarray(0, bytesRead).toString('utf8').split('\n', 1);
      const entry = JSON.parse(line) as { readonly type?: unknown; readonly arguments?: unknown };
      return entry.type === 'hold' && typeof entry.arguments === 'string' ? entry.arguments : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

/** A journal that cannot be read is left alone: that the next hold begins its own is the safe side. */
async function isKept(path: string): Promise<boolean> {
  let kept = false;
  try {
    await readJournal(path, ({ type }) => (kept ||= type === 'kept'));
  } catch {
    return true;
  }
  return kept;
}
