/**
 * The append-only record of what was done to each object version: evidence for an auditor, and what a run that was
 * interrupted continues from. Entries: `journal-entry.ts`.
 *
 * A process that is killed loses nothing that `append` has resolved for; a machine that loses power loses nothing that
 * `sync` has resolved for. A line that was being written is dropped at the next opening.
 */
import { chmod, mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../time';
import { linkTo, type JournalEntry, type JournalLine } from './journal-entry';
import { lockJournal } from './journal-lock';
import { readJournal } from './journal-reader';

/** The disk does not take what was done. Then nothing more is done: what is not written down is no evidence. */
export class JournalUnwritable extends Error {
  override readonly name = 'JournalUnwritable';
  /** Of the operating system: `ENOSPC`. */
  readonly code: string | undefined;

  constructor(
    readonly path: string,
    cause: NodeJS.ErrnoException,
  ) {
    const isFull = cause.code === 'ENOSPC' || cause.code === 'EDQUOT';
    const why = isFull ? 'its disk is full' : cause.message;
    super(
      `The journal ${path} could not be written: ${why}. The work was stopped, because nothing is done that is not written down ` +
        `first; what was held and tagged until then stays so. ${isFull ? 'Free space on that disk' : 'Make the file writable'}, or name another folder ` +
        'with journal_dir, and apply again: the run continues from there.',
      { cause },
    );
    this.code = cause.code;
  }
}
/** Where a run writes down what it does. */
export interface Journal {
  /** Resolves when the line is in the file. Lines stand in the order of the calls. Rejects when the disk refuses. */
  append(entry: JournalEntry): Promise<void>;
  /** Resolves when all lines so far would survive a power failure. */
  sync(): Promise<void>;
  close(): Promise<void>;
  /** Link to the last line: keep it elsewhere, and nobody can shorten the file unnoticed. */
  readonly head: string;
  /** What an interrupted run with this request has settled already. */
  settledPages(request: string): ReadonlySet<string>;
  /** Nothing was in it before. */
  readonly isNew: boolean;
  /** Whether others than its owner may read the file: keys name conversations. */
  readonly isOpenToOthers: boolean;
  /** A hold in state has it already: it is nobody else's to adopt. */
  readonly isKept: boolean;
  /** Earlier runs of this hold wrote somewhere else, as far as {@link JournalOptions.continues} tells. */
  readonly lacksEarlier: boolean;
}

/** How a journal is opened. */
export interface JournalOptions {
  /**
   * Link to the last line that is known from elsewhere; null when earlier runs wrote somewhere unknown. Where the journal does
   * not have it, earlier runs wrote into another file: that is written down. @default this is the first run
   */
  readonly continues?: string | null;
  /** Ends the wait for another process. */
  readonly signal?: AbortSignal;
  /** Brings the file up to date, once nobody else writes into it. @default nothing is done */
  readonly bringUpToDate?: () => Promise<void>;
}

/** A run older than this is not taken up again: too much may have happened to its objects. */
const RESUMABLE_MS = 24 * 3600_000;

/**
 * Opens a journal for appending, creating it and its folder if need be; nobody else can until it is closed. Throws
 * {@link JournalBroken} when its chain does not hold, and `JournalInUse`.
 */
export async function openJournal(path: string, clock: Clock, options: JournalOptions = {}): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unlock = await lockJournal(path, clock, options.signal ?? new AbortController().signal);
  try {
    await options.bringUpToDate?.();
    return await openLocked(path, clock, options, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openLocked(
  path: string,
  clock: Clock,
  { continues }: JournalOptions,
  unlock: () => Promise<void>,
): Promise<Journal> {
  const interrupted = new InterruptedRun(clock.now() - RESUMABLE_MS);
  let isKept = false;
  const visit = (line: JournalLine): void => {
    if (line.type === 'kept') isKept = true;
    interrupted.see(line);
  };
  const tail = await readJournal(path, visit, continues ?? undefined);
  // Owner only: keys carry conversation ids.
  const file = await open(path, 'a', 0o600);
  try {
    const isNew = tail.totalBytes === 0;
    const { mode } = await file.stat();
    const droppedBytes = tail.totalBytes - tail.completeBytes;
    if (droppedBytes > 0) await file.truncate(tail.completeBytes);
    const lacksEarlier = continues === null ? isNew : continues !== undefined && !tail.knows;
    const isOpenToOthers = !isNew && (mode & 0o077) !== 0;
    const facts = { path, head: tail.head, isNew, isOpenToOthers, isKept, lacksEarlier };
    const journal = new FileJournal(file, facts, clock, interrupted, unlock);
    if (isNew && (mode & 0o077) !== 0) await chmod(path, 0o600);
    if (droppedBytes > 0) await journal.append({ type: 'recovered', droppedBytes });
    if (lacksEarlier) await journal.append({ type: 'continues', journal: continues ?? null });
    return journal;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** For those who want no file. */
export const noJournal: Journal = {
  append: () => Promise.resolve(),
  sync: () => Promise.resolve(),
  close: () => Promise.resolve(),
  head: '',
  settledPages: () => new Set(),
  isNew: true,
  isOpenToOthers: false,
  isKept: false,
  lacksEarlier: false,
};

/** Follows the lines of a journal and knows, at the end, what an unfinished run left. */
class InterruptedRun {
  private request: string | undefined;
  private pages = new Set<string>();

  constructor(private readonly notBefore: number) {}

  see(line: JournalLine): void {
    if (line.type === 'start') {
      if (line.request !== this.request) this.pages = new Set();
      this.request = line.request;
    } else if (line.type === 'page') {
      if (Date.parse(line.time) >= this.notBefore) this.pages.add(line.sha256);
    } else if (line.type === 'end' && line.stopped === null) {
      // It has seen everything; the next run looks at everything again.
      this.request = undefined;
      this.pages = new Set();
    }
  }

  settledPages(request: string): ReadonlySet<string> {
    return request === this.request ? this.pages : new Set();
  }
}

interface FileFacts {
  readonly path: string;
  readonly head: string;
  readonly isNew: boolean;
  readonly isOpenToOthers: boolean;
  readonly isKept: boolean;
  readonly lacksEarlier: boolean;
}

class FileJournal implements Journal {
  private last: string;
  private waiting: string[] = [];
  /** The write that takes the waiting lines, not yet begun. */
  private next: Promise<void> | undefined;
  /** The last write that was asked for. Once one has failed, all later ones fail: a gap would be a broken chain. */
  private latest: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: FileHandle,
    private readonly facts: FileFacts,
    private readonly clock: Clock,
    private readonly interrupted: InterruptedRun,
    private readonly unlock: () => Promise<void>,
  ) {
    this.last = facts.head;
  }

  get isNew(): boolean {
    return this.facts.isNew;
  }

  get isOpenToOthers(): boolean {
    return this.facts.isOpenToOthers;
  }

  get isKept(): boolean {
    return this.facts.isKept;
  }

  get lacksEarlier(): boolean {
    return this.facts.lacksEarlier;
  }

  get head(): string {
    return this.last;
  }

  settledPages(request: string): ReadonlySet<string> {
    return this.interrupted.settledPages(request);
  }

  append(entry: JournalEntry): Promise<void> {
    const line = JSON.stringify({ prev: this.last, time: new Date(this.clock.now()).toISOString(), ...entry });
    this.last = linkTo(line);
    this.waiting.push(`${line}\n`);
    // All lines that come while one write is under way go together with the next.
    this.next ??= this.writeAfter(this.latest);
    return this.next;
  }

  async sync(): Promise<void> {
    await this.latest;
    await this.file.datasync().catch((error: unknown) => this.unwritable(error));
  }

  async close(): Promise<void> {
    try {
      await this.sync();
    } finally {
      await this.file.close();
      await this.unlock();
    }
  }

  private unwritable(error: unknown): never {
    throw new JournalUnwritable(this.facts.path, error as NodeJS.ErrnoException);
  }

  private writeAfter(previous: Promise<void>): Promise<void> {
    const written = previous.then(async () => {
      const text = this.waiting.join('');
      this.waiting = [];
      this.next = undefined;
      await this.file.appendFile(text).catch((error: unknown) => this.unwritable(error));
    });
    this.latest = written;
    return written;
  }
}
