/** A number in [0, 1), as `Math.random`. */
export type Random = () => number;

/** Growing pauses between looks at something that takes its time: each 1.6 times the last, a fifth of it by chance. */
export class PollPace {
  private pause: number;

  constructor(
    private readonly random: Random,
    first = 500,
    private readonly longest = 30_000,
  ) {
    this.pause = first;
  }

  /** Milliseconds to wait before the next look. */
  next(): number {
    const pause = this.pause;
    this.pause = Math.min(this.longest, pause * 1.6);
    return pause * (0.8 + 0.4 * this.random());
  }
}
