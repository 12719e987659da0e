/** The simulator's time: that of the outside, and what a user has moved it forward. */
export class Clock {
  private offsetMs = 0;

  constructor(private readonly outside: () => number) {}

  /** Milliseconds since 1970. */
  now(): number {
    return this.outside() + this.offsetMs;
  }

  /** Moves time forward; jobs, exports, tokens and rate windows follow. Throws a RangeError for a step back. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError(`cannot move the clock by ${milliseconds} ms: time goes forward`);
    this.offsetMs += milliseconds;
  }

  /** What it was moved forward, in milliseconds; kept over a restart. */
  get offset(): number {
    return this.offsetMs;
  }

  /** Milliseconds since 1970 as the API writes instants. */
  static iso(instant: number): string {
    return new Date(instant).toISOString();
  }
}
