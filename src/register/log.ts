/** The log: read to its end, and appended to by creating the entry that is not there yet. The log is the lock. */
import { decodeEntry, encodeEntry, entryKey, FORMAT, sha256, type Entry, type EntryBody, type Sha256 } from './entry';
import type { Random } from '../time';
import type { Report } from './events';
import { elapsedSince, momentOf, type Moment, type RegisterClock } from './moment';
import type { Snapshot } from './snapshots';
import { RegisterProblem, type Store } from './store';
import { GrowingView, type View } from './view';

/** What a log needs of its surroundings. */
export interface LogContext {
  readonly store: Store;
  readonly clock: RegisterClock;
  readonly random: Random;
  /** Who writes, for people. */
  readonly actor: string;
  /** The run, as its log lines name it. */
  readonly correlation?: string;
  readonly report?: Report;
}

/** How long an answer that does not come is asked for again. */
const PATIENCE_MS = 120_000;
const FIRST_PAUSE_MS = 200;

/** What to write, given what the log says; undefined for nothing. It must not read or append itself. */
export type Decide = (view: View) => EntryBody | undefined | Promise<EntryBody | undefined>;

/** One reader and writer of a log. */
export class Log {
  private readonly growing = new GrowingView();
  private hash: Sha256 | null = null;
  private firstBytes: Buffer | undefined;
  /** The log must still have the entry that a snapshot ends with. */
  private unseen: number | undefined;
  private readAt: Moment | undefined;
  /** The end of what is under way: one at a time reads or appends. */
  private under: Promise<unknown> = Promise.resolve();

  constructor(private readonly context: LogContext) {}

  get place(): string {
    return this.context.store.place;
  }

  /** What the log said when it was last read. */
  get view(): View {
    return this.growing;
  }

  /** Time since the log was last read to its end, in milliseconds; infinite before that. */
  get age(): number {
    return this.readAt === undefined ? Infinity : elapsedSince(this.readAt, this.context.clock);
  }

  /** Hash of the last entry; null before the first. */
  get head(): Sha256 | null {
    return this.hash;
  }

  /** The first entry as it is; undefined before it was read. */
  get first(): string | undefined {
    return this.firstBytes?.toString('utf8');
  }

  /** A log over the same store that has read nothing yet. */
  afresh(): Log {
    return new Log(this.context);
  }

  /** Begins where a snapshot ends, before anything was read. */
  startFrom(snapshot: Snapshot): void {
    this.growing.startFrom({ ...snapshot, last: snapshot.number });
    this.hash = snapshot.head;
    this.firstBytes = Buffer.from(snapshot.first, 'utf8');
    this.unseen = snapshot.number;
  }

  /** Reads to the end. Throws {@link RegisterProblem} for a damaged log, and what the store throws. */
  read(signal: AbortSignal): Promise<View> {
    return this.alone(() => this.readOn(signal));
  }

  /** The same, where the last look is older than this. Answers whether it was. */
  refresh(olderThanMs: number, signal: AbortSignal): Promise<boolean> {
    return this.alone(async () => {
      if (this.age <= olderThanMs) return false;
      await this.readOn(signal);
      return true;
    });
  }

  private async readOn(signal: AbortSignal): Promise<View> {
    const { store } = this.context;
    const begun = momentOf(this.context.clock);
    const from = this.unseen ?? this.growing.last + 1;
    const keys = [...(await store.list('e/', from === 1 ? undefined : entryKey(from - 1), signal))];
    if (this.unseen !== undefined) {
      // A log that was cut back must not be written on: what follows would be chained to what is not there.
      if (keys.shift() !== entryKey(this.unseen)) throw this.cut(this.unseen);
      this.unseen = undefined;
    }
    for (const key of keys) {
      const number = this.growing.last + 1;
      if (key !== entryKey(number)) {
        throw new RegisterProblem(
          'damaged',
          `The register at ${store.place} is damaged: ${entryKey(number)} is missing and ${key} is there. Nothing is released while that is so. Restore the missing entry from a version or backup of the store.`,
        );
      }
      const bytes = await store.read(key, signal);
      if (bytes === undefined) {
        throw new RegisterProblem('unreachable', `${store.place} listed ${key} and then did not have it.`);
      }
      this.take(bytes, number);
    }
    // Counted from before the listing: what came later may be missing from it.
    this.readAt = begun;
    return this.growing;
  }

  /**
   * Lets `decide` say what to write on what the log says, and writes it as the next entry. Where another came first, reads on to
   * the end and decides again: an entry that could be created is the proof that the log had ended there, so that appending is
   * a look as well. Answers the entry, or undefined where nothing is to be written. It does not walk away from an entry that may
   * or may not have been written.
   */
  async append(decide: Decide, signal: AbortSignal): Promise<Entry | undefined> {
    if (this.readAt === undefined) await this.read(signal);
    for (;;) {
      // Deciding may take long: others of this process read and append meanwhile, and then it is decided again.
      const { last } = this.growing;
      const body = await decide(this.growing);
      if (body === undefined) {
        // Nothing is created, so nothing proves yet that this was the end.
        await this.read(signal);
        if (this.growing.last === last) return undefined;
        continue;
      }
      const entry = await this.alone(() => this.create(body, last, signal));
      if (entry !== undefined) return entry;
    }
  }

  /** The entry, or undefined where the log has grown since this was decided. */
  private async create(body: EntryBody, last: number, signal: AbortSignal): Promise<Entry | undefined> {
    if (this.growing.last !== last) return undefined;
    const begun = momentOf(this.context.clock);
    const entry = this.next(body);
    if (await this.write(entry, signal)) {
      this.readAt = begun;
      return entry;
    }
    this.context.report?.('slot lost');
    await this.readOn(signal);
    return undefined;
  }

  /** Whether it was this entry that took the place. */
  private async write(entry: Entry, signal: AbortSignal): Promise<boolean> {
    const { store, clock, random } = this.context;
    const key = entryKey(entry.number);
    const bytes = encodeEntry(entry);
    const begun = clock.monotonic();
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, 10_000)) {
      let failure: unknown;
      try {
        // Another's entry, or this one, written by an attempt whose answer was lost.
        if ((await store.create(key, bytes, signal)) === 'created')
          return this.take(bytes, entry.number) === entry.nonce;
        const mine = (await this.takeFromStore(entry.number, signal)) === entry.nonce;
        if (mine) this.context.report?.('lost answer found');
        return mine;
      } catch (error) {
        failure = error;
      }
      signal.throwIfAborted();
      const final = failure instanceof RegisterProblem && failure.kind !== 'unreachable';
      if (final || clock.monotonic() - begun > PATIENCE_MS) throw failure;
      await clock.sleep(pause * (0.8 + 0.4 * random()), signal);
    }
  }

  private cut(number: number): RegisterProblem {
    return new RegisterProblem(
      'damaged',
      `The register at ${this.place} is damaged: ${entryKey(number)} is missing, although a snapshot says that it was there. Nothing is released while that is so. Restore the missing entries from a version or backup of the store.`,
    );
  }

  private async takeFromStore(number: number, signal: AbortSignal): Promise<string> {
    const bytes = await this.context.store.read(entryKey(number), signal);
    if (bytes === undefined)
      throw new Error(`${this.context.store.place} has ${entryKey(number)} and does not give it.`);
    return this.take(bytes, number);
  }

  private take(bytes: Buffer, number: number): string {
    const entry = decodeEntry(bytes, number, this.hash, this.context.store.place);
    this.hash = sha256(bytes);
    if (number === 1) this.firstBytes = bytes;
    this.growing.follow(entry);
    return entry.nonce;
  }

  private alone<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const answer = this.under.then(work);
    this.under = answer.catch(() => undefined);
    return answer;
  }

  private next(body: EntryBody): Entry {
    const { clock, random, actor, correlation } = this.context;
    return {
      format: FORMAT,
      number: this.growing.last + 1,
      previous: this.hash,
      nonce: nonce(random),
      at: new Date(clock.now()).toISOString(),
      actor,
      ...(correlation === undefined ? {} : { correlation }),
      body,
    };
  }
}

function nonce(random: Random): string {
  return Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
}
