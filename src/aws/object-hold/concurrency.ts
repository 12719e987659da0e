/**
 * How many requests to have under way. S3 splits a prefix into partitions only under load, and a fresh export lies in one:
 * a sudden storm is answered with 503 SlowDown. So it starts low, doubles while all goes well, and after the first refusal
 * halves and climbs one at a time. Pure: it counts answers, no time.
 */

/** Bounds of the climb. */
export interface ConcurrencyLimits {
  /** @default 4 */
  readonly start?: number;
  /** @default 64 */
  readonly most?: number;
}

const DEFAULT_START = 4;
/** One process is at its end near 1,250 requests a second, with 16 connections as with 64. */
export const DEFAULT_MOST = 64;

/** The present limit; `limit` may be read at any time. */
export class AdaptiveConcurrency {
  private current: number;
  private readonly most: number;
  private doubling = true;
  /** Good answers since the limit last changed. */
  private good = 0;
  /** Answers of requests that were already under way at the last halving: their refusals say nothing new. */
  private stale = 0;

  constructor(limits: ConcurrencyLimits = {}) {
    this.most = Math.max(1, limits.most ?? DEFAULT_MOST);
    this.current = Math.min(this.most, Math.max(1, limits.start ?? DEFAULT_START));
  }

  get limit(): number {
    return this.current;
  }

  /** An answer came at the first attempt. */
  succeeded(): void {
    if (this.stale > 0) this.stale -= 1;
    this.good += 1;
    if (this.good < this.current) return;
    this.good = 0;
    this.current = Math.min(this.most, this.doubling ? this.current * 2 : this.current + 1);
  }

  /** An answer came late or not at all because the service asked to slow down. */
  throttled(): void {
    this.doubling = false;
    this.good = 0;
    if (this.stale > 0) {
      this.stale -= 1;
      return;
    }
    this.stale = this.current;
    this.current = Math.max(1, Math.floor(this.current / 2));
  }
}
