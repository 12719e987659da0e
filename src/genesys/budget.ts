/**
 * How many requests may leave now. Pure: it is told the time.
 *
 * Three limits hold at once:
 * - In no 60 seconds more than `requestsPerMinute` are sent, so that wherever the server's minutes begin, none is overrun.
 * - Half of that may leave in one go; the rest is spread evenly, so that a long job neither stalls nor starves others.
 * - What the server says in `inin-ratelimit-count`, `-allowed` and `-reset` wins: others use the same limit too.
 */
import type { Answer } from './transport';

const MINUTE_MS = 60_000;

/**
 * Added to each minute: a request that takes longer on its way than the one sent a minute earlier must still arrive in
 * the next one.
 */
const JITTER_MS = 500;

/** How far the even spread may lag behind and catch up; timers fire late. */
const CATCH_UP_MS = 250;

/**
 * The server rounds its seconds, up, down or to the nearest; a window counts as over only this long after the earliest time
 * that its answers named: none of them names one that is more than this too early.
 */
const ROUNDING_MS = 1_000;

/** Ends that lie no further apart are the same window's: rounding, and the time that answers take. */
const SAME_WINDOW_MS = 3_000;

/** What the server said about one of its limits. */
interface ServerWindow {
  readonly endsAt: number;
  /** Number of the request whose answer said so, and how many it left after that one. */
  readonly ticket: number;
  readonly left: number;
}

/** The requests one client may still send. */
export class RequestBudget {
  /** Times of the last `requestsPerMinute` requests, a ring. */
  private readonly sentAt: Float64Array;
  private sentCount = 0;
  private inFlight = 0;
  private paceAt = Number.NEGATIVE_INFINITY;
  private pausedUntil = Number.NEGATIVE_INFINITY;
  /** By the number the server allows: some resources have a lower limit of their own. */
  private readonly windows = new Map<number, ServerWindow>();
  private heard = false;

  constructor(private readonly requestsPerMinute: number) {
    this.sentAt = new Float64Array(requestsPerMinute).fill(Number.NEGATIVE_INFINITY);
  }

  /**
   * Milliseconds until the next request may leave; 0 for now. Infinity while the very first request is on its way: only
   * its answer tells what others have used of the current window.
   */
  delay(now: number): number {
    if (!this.heard && this.inFlight > 0) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.pausedUntil - now, this.ownDelay(now), this.serverDelay(now));
  }

  /** A request leaves. Returns its number, to be given back with its answer. */
  sent(now: number): number {
    this.sentAt[this.sentCount % this.requestsPerMinute] = now;
    this.sentCount += 1;
    this.inFlight += 1;
    this.paceAt = Math.max(this.paceAt, now - CATCH_UP_MS) + this.gap;
    return this.sentCount;
  }

  /** The answer to the request of this number came. */
  answered(now: number, ticket: number, answer: Answer): void {
    this.inFlight -= 1;
    this.heard = true;
    const count = numberOf(answer.headers['inin-ratelimit-count']);
    const allowed = numberOf(answer.headers['inin-ratelimit-allowed']);
    const reset = numberOf(answer.headers['inin-ratelimit-reset']);
    if (count === undefined || allowed === undefined || reset === undefined) return;
    const endsAt = now + reset * 1_000;
    const known = this.windows.get(allowed);
    // Answers overtake each other: the youngest request knows best.
    if (known !== undefined && known.ticket > ticket && known.endsAt + ROUNDING_MS > now) return;
    const isSame = known !== undefined && Math.abs(known.endsAt - endsAt) <= SAME_WINDOW_MS;
    this.windows.set(allowed, {
      endsAt: isSame ? Math.min(known.endsAt, endsAt) : endsAt,
      ticket,
      left: allowed - count,
    });
  }

  /** It failed without an answer. */
  failed(): void {
    this.inFlight -= 1;
    this.heard = true;
  }

  /** Nothing leaves before this time. */
  pause(until: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, until);
  }

  private get gap(): number {
    return (MINUTE_MS + JITTER_MS) / this.requestsPerMinute;
  }

  private ownDelay(now: number): number {
    const full = this.at(this.requestsPerMinute) + MINUTE_MS + JITTER_MS - now;
    const burst = Math.max(1, Math.floor(this.requestsPerMinute / 2));
    const busy = this.at(burst) + MINUTE_MS + JITTER_MS > now;
    return Math.max(full, busy ? this.paceAt - now : 0);
  }

  private serverDelay(now: number): number {
    let delay = 0;
    for (const [allowed, window] of this.windows) {
      const over = window.endsAt + ROUNDING_MS;
      if (over <= now) this.windows.delete(allowed);
      else if (window.left - (this.sentCount - window.ticket) <= 0) delay = Math.max(delay, over - now);
    }
    return delay;
  }

  /** When the request `back` requests ago was sent; 1 is the last one. */
  private at(back: number): number {
    if (back > this.sentCount) return Number.NEGATIVE_INFINITY;
    return this.sentAt[(this.sentCount - back) % this.requestsPerMinute] as number;
  }
}

function numberOf(header: string | undefined): number | undefined {
  const value = Number(header);
  return header === undefined || header.trim() === '' || !Number.isFinite(value) || value < 0 ? undefined : value;
}
