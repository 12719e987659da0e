/**
 * The append-only record of what was done to each object version: evidence for an auditor, and what a run that was
 * interrupted goes on from. Entries: `journal-entry.ts`.
 *
 * A process that is killed loses nothing that `append` has resolved for; a machine that loses power loses nothing that
 * `sync` has resolved for. A line that was being written is dropped at the next opening.
 */
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../time';
import { linkTo, type JournalEntry, type JournalLine } from './journal-entry';
import { readJournal } from './journal-reader';

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
}

/** A run older than this is not taken up again: too much may have happened to its objects. */
const RESUMABLE_MS = 24 * 3600_000;

/** Opens a journal for appending, creating it and its folder if need be. Throws {@link JournalBroken} when its chain does not hold. */
export async function openJournal(path: string, clock: Clock): Promise<Journal> {
  const interrupted = new InterruptedRun(clock.now() - RESUMABLE_MS);
  const tail = await readJournal(path, (line) => interrupted.see(line));
  await mkdir(dirname(path), { recursive: true });
  // Owner only: keys carry conversation ids.
  const file = await open(path, 'a', 0o600);
  try {
    const droppedBytes = tail.totalBytes - tail.completeBytes;
    if (droppedBytes > 0) await file.truncate(tail.completeBytes);
    const journal = new FileJournal(file, tail.head, clock, interrupted);
    if (droppedBytes > 0) await journal.append({ type: 'recovered', droppedBytes });
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
      // It has seen everything; the next run looks at everything anew.
      this.request = undefined;
      this.pages = new Set();
    }
  }

  settledPages(request: string): ReadonlySet<string> {
    return request === this.request ? this.pages : new Set();
  }
}

class FileJournal implements Journal {
  private waiting: string[] = [];
  /** The write that takes the waiting lines, not yet begun. */
  private next: Promise<void> | undefined;
  /** The last write that was asked for. Once one has failed, all later ones fail: a gap would be a broken chain. */
  private latest: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: FileHandle,
    private last: string,
    private readonly clock: Clock,
    private readonly interrupted: InterruptedRun,
  ) {}

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
    await this.file.datasync();
  }

  async close(): Promise<void> {
    try {
      await this.sync();
    } finally {
      await this.file.close();
    }
  }

  private writeAfter(previous: Promise<void>): Promise<void> {
    const written = previous.then(async () => {
      const text = this.waiting.join('');
      this.waiting = [];
      this.next = undefined;
      await this.file.appendFile(text);
    });
    this.latest = written;
    return written;
  }
}
