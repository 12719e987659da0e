/** How far long work is, in lines of the log (INFO): while Terraform shows "Still creating…" and nothing else. */
import type { Log } from '../framework';
import { amountInWords, leftInWords, secondsLeft } from '../words';

/** What is counted. */
export interface Counting {
  readonly log: Pick<Log, 'info'> | undefined;
  /** Milliseconds that never run back. @default the computer's */
  readonly now?: () => number;
  /** What continues, begins the line: `Legal hold "Acme v. Example"`. */
  readonly what: string;
  /** In the singular: `conversation`. */
  readonly thing: string;
  /** How many there are; null: that is not known before the end. */
  readonly total: number | null;
  /** How long all of it was estimated to take, where the total is not known. @default nothing is said of what is left */
  readonly estimatedSeconds?: number;
}

/** A line at least as often as these pass. */
const EVERY = 1_000;
const EVERY_MS = 60_000;

/** Counts, and says so each thousand and each minute, with what is left by the pace so far. */
export class Progress {
  private readonly began: number;
  private readonly now: () => number;
  private done = 0;
  private said: { readonly thousands: number; readonly at: number };

  constructor(private readonly counting: Counting) {
    this.now = counting.now ?? (() => performance.now());
    this.began = this.now();
    this.said = { thousands: 0, at: this.began };
  }

  /** So many more. */
  add(count: number): void {
    this.at(this.done + count);
  }

  /** So many by now. */
  at(done: number): void {
    // What is tried again in halves is not more than there is.
    const { total } = this.counting;
    this.done = total === null ? done : Math.min(done, total);
    const thousands = Math.floor(this.done / EVERY);
    if (thousands > this.said.thousands || this.now() - this.said.at >= EVERY_MS) this.say();
  }

  /** Says each minute how far it is, also while nothing comes, as long as the work continues. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    const timer = setInterval(() => this.at(this.done), EVERY_MS);
    timer.unref();
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }

  private say(): void {
    const { log, what, thing, total } = this.counting;
    const at = this.now();
    this.said = { thousands: Math.floor(this.done / EVERY), at };
    const left = this.secondsLeft(at);
    log?.info(`${what}: ${amountInWords(this.done, total, thing)}${leftInWords(left)}`, {
      done: this.done,
      total,
      seconds: Math.round((at - this.began) / 1000),
      seconds_left: left,
    });
  }

  /** Null where nothing says how long it takes. */
  private secondsLeft(at: number): number | null {
    const { total, estimatedSeconds } = this.counting;
    if (total === null && estimatedSeconds !== undefined) {
      const left = Math.round(estimatedSeconds - (at - this.began) / 1000);
      return left > 0 ? left : null;
    }
    return secondsLeft(this.done, total, at - this.began);
  }
}

/** Says each minute what is being waited for. */
export async function whileWaiting<Result>(
  log: Pick<Log, 'info'> | undefined,
  words: (seconds: number) => string,
  work: () => Promise<Result>,
  now: () => number = () => performance.now(),
): Promise<Result> {
  const began = now();
  const timer = setInterval(() => {
    const seconds = Math.round((now() - began) / 1000);
    log?.info(words(seconds), { seconds });
  }, EVERY_MS);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
