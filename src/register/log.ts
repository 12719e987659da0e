/** The log: read to its end, and appended to by creating the entry that is not there yet. The log is the lock. */
import { decodeEntry, encodeEntry, entryKey, FORMAT, sha256, type Entry, type EntryBody, type Sha256 } from './entry';
import type { Clock, Random } from '../time';
import type { Report } from './events';
import type { Store } from './store';
import { RegisterProblem } from './store';
import { GrowingView, type View } from './view';

/** What a log needs of its surroundings. */
export interface LogContext {
  readonly store: Store;
  readonly clock: RegisterClock;
  readonly random: Random;
  /** Who writes, for people. */
  readonly actor: string;
  readonly report?: Report;
}

/** Time as the protocol needs it. */
export interface RegisterClock extends Clock {
  /** Milliseconds that never run back; they may stand still while the machine is suspended. */
  monotonic(): number;
}

/** A moment on both clocks of a machine. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

export function momentOf(clock: RegisterClock): Moment {
  return { wall: clock.now(), monotonic: clock.monotonic() };
}

/**
 * Milliseconds since then, the larger of both clocks': monotonic time stands still while a machine is suspended, and wall time
 * may be set back.
 */
export function elapsedSince(moment: Moment, clock: RegisterClock): number {
  return Math.max(clock.now() - moment.wall, clock.monotonic() - moment.monotonic);
}

/** How long an answer that does not come is asked for again. */
const PATIENCE_MS = 120_000;
const FIRST_PAUSE_MS = 200;

/** One reader and writer of a log. */
export class Log {
  private readonly growing = new GrowingView();
  private hash: Sha256 | null = null;
  private readAt: Moment | undefined;

  constructor(private readonly context: LogContext) {}

  /** What the log said when it was last read. */
  get view(): View {
    return this.growing;
  }

  /** Time since the log was last read to its end, in milliseconds; infinite before that. */
  get age(): number {
    return this.readAt === undefined ? Infinity : elapsedSince(this.readAt, this.context.clock);
  }

  /** Reads to the end. Throws {@link RegisterProblem} for a damaged log, and what the store throws. */
  async read(signal: AbortSignal): Promise<View> {
    const { store } = this.context;
    const begun = momentOf(this.context.clock);
    for (const key of await store.list(
      'e/',
      this.growing.last === 0 ? undefined : entryKey(this.growing.last),
      signal,
    )) {
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
   * Reads to the end, lets `decide` say what to write on what it sees there, and writes it as the next entry; where
   * another came first, decides anew. Answers the entry, or undefined where nothing is to be written. It does not walk
   * away from an entry that may or may not have been written.
   */
  async append(
    decide: (view: View) => EntryBody | undefined | Promise<EntryBody | undefined>,
    signal: AbortSignal,
  ): Promise<Entry | undefined> {
    for (;;) {
      await this.read(signal);
      const body = await decide(this.growing);
      if (body === undefined) return undefined;
      const entry = this.next(body);
      if (await this.write(entry, signal)) return entry;
      this.context.report?.('slot lost');
    }
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
      if (failure instanceof RegisterProblem || clock.monotonic() - begun > PATIENCE_MS) throw failure;
      await clock.sleep(pause * (0.8 + 0.4 * random()), signal);
    }
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
    this.growing.follow(entry);
    return entry.nonce;
  }

  private next(body: EntryBody): Entry {
    const { clock, random, actor } = this.context;
    return {
      format: FORMAT,
      number: this.growing.last + 1,
      previous: this.hash,
      nonce: nonce(random),
      at: new Date(clock.now()).toISOString(),
      actor,
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
