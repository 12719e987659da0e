/** The service's own time, as its answers tell it. */
import type { Receipt } from './call';

/**
 * Never ahead of the service: what an answer tells was true when it was sent, and only what has passed here since then is added.
 * So what is signed to end with it ends in time, however wrong the clock of this computer is.
 */
export class ServerClock {
  private last: { readonly told: number; readonly at: number } | undefined;

  constructor(
    /** Milliseconds that never run back. */
    private readonly monotonic: () => number = () => performance.now(),
    private readonly wall: () => number = Date.now,
  ) {}

  /** Takes the time that an answer tells. */
  note(receipt: Receipt): Receipt {
    if (receipt.at !== undefined) this.last = { told: receipt.at, at: this.monotonic() };
    return receipt;
  }

  /** This computer's own time while no answer has told any. */
  now(): Date {
    return new Date(this.last === undefined ? this.wall() : this.last.told + this.monotonic() - this.last.at);
  }
}
