/** The simulator's time: that of the outside, and what a user has moved it forward. */
export class Clock {
  private offsetMs = 0;
  private readonly moves: { readonly at: number; readonly by: number }[] = [];

  constructor(private readonly outside: () => number) {}

  /** Milliseconds since 1970. */
  now(): number {
    return this.outside() + this.offsetMs;
  }

  /** Moves time forward; jobs, exports, tokens and rate windows follow. Throws a RangeError for a step back. */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError(`cannot move the clock by ${milliseconds} ms: time goes forward`);
    this.moves.push({ at: this.outside(), by: milliseconds });
    this.offsetMs += milliseconds;
  }

  /** Continues from where an earlier run had been moved to. */
  resume(offset: number): void {
    this.offsetMs = offset;
  }

  /** How far it was moved since this moment of the outside. */
  movedSince(outside: number): number {
    return this.moves.reduce((sum, { at, by }) => (at >= outside ? sum + by : sum), 0);
  }

  /** By how much it was behind where it is now before its last move, before the last two, and so on to the first. */
  movesBack(): readonly number[] {
    let back = 0;
    return [...this.moves].reverse().map(({ by }) => (back += by));
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
