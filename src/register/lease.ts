/** The right to lift, for a while. */
import { elapsedSince, type Moment, type RegisterClock } from './moment';

/** What a section of a release may do until when. */
export class Lease {
  constructor(
    private readonly from: Moment,
    private readonly clock: RegisterClock,
    private readonly ms: number,
  ) {}

  /** Milliseconds that are left; never below zero. */
  get leftMs(): number {
    return Math.max(0, this.ms - elapsedSince(this.from, this.clock));
  }

  /** Throws {@link LeaseEnded} when none is left. To be called right before a request to lift is sent. [17] */
  check(): void {
    if (elapsedSince(this.from, this.clock) >= this.ms) throw new LeaseEnded();
  }
}

/** The right to lift ended before everything was; the section continues with a new one. */
export class LeaseEnded extends Error {
  override readonly name = 'LeaseEnded';
}
