/**
 * One process at a time writes into a journal: two would break its chain. The lock is a file beside it that names its owner;
 * one whose process is gone is taken over.
 */
import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { readFileSync } from 'node:fs';
import type { Clock } from '../../time';

/** Another process writes into the journal. */
export class JournalInUse extends Error {
  override readonly name = 'JournalInUse';

  constructor(
    readonly path: string,
    owner: Owner | undefined,
  ) {
    const whose =
      owner === undefined ? 'another process' : `process ${owner.pid} on ${owner.host}, since ${owner.since}`;
    super(
      `The journal ${path} is in use by ${whose}. Two runs over one journal would break its chain, so nothing was done. ` +
        `Wait for the other run to end and repeat. If no such process exists, remove ${lockPath(path)}.`,
    );
  }
}

/** Who holds a lock. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system counts it; null where it does not say. Tells a process from a later one of its id. */
  readonly began: string | null;
  /** ISO-8601 in UTC. */
  readonly since: string;
  readonly token: string;
}

const TRIES = 40;
const PAUSE_MS = 250;

/** Takes the lock, waiting up to ten seconds for another process. Answers what gives it back. Throws {@link JournalInUse}. */
export async function lockJournal(path: string, clock: Clock, signal: AbortSignal): Promise<() => Promise<void>> {
  const file = lockPath(path);
  const mine: Owner = {
    pid: process.pid,
    host: hostname(),
    began: beginningOf(process.pid),
    since: new Date(clock.now()).toISOString(),
    token: randomUUID(),
  };
  for (let tries = 0; ; tries += 1) {
    if (await create(file, mine)) return () => unlock(file, mine);
    const owner = await ownerOf(file);
    if (owner !== undefined && isGone(owner) && (await takeAway(file, owner))) continue;
    if (tries >= TRIES) throw new JournalInUse(path, owner);
    await clock.sleep(PAUSE_MS, signal);
  }
}

function lockPath(path: string): string {
  return `${path}.lock`;
}

async function create(file: string, owner: Owner): Promise<boolean> {
  const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  });
  if (handle === undefined) return false;
  try {
    await handle.writeFile(JSON.stringify(owner));
  } finally {
    await handle.close();
  }
  return true;
}

/** Undefined when it is gone, or is just being written. */
async function ownerOf(file: string): Promise<Owner | undefined> {
  try {
    const owner = JSON.parse(await readFile(file, 'utf8')) as Partial<Owner>;
    return typeof owner.pid === 'number' && typeof owner.token === 'string' ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

/** Only of this machine's processes can be known whether they are there. */
function isGone({ pid, host, began }: Owner): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  return began !== null && beginningOf(pid) !== began;
}

/** Linux tells when a process began: proc(5), field 22 of /proc/PID/stat, after the name, which may hold spaces. */
function beginningOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** Moves a dead owner's lock aside; of several that try, one succeeds. A living one's that came between is put back. */
async function takeAway(file: string, dead: Owner): Promise<boolean> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return false;
  }
  const moved = await ownerOf(aside);
  if (moved?.token !== dead.token) await link(aside, file).catch(() => undefined);
  await unlink(aside);
  return moved?.token === dead.token;
}

async function unlock(file: string, mine: Owner): Promise<void> {
  if ((await ownerOf(file))?.token === mine.token) await unlink(file).catch(() => undefined);
}
