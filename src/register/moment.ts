/** Time as the protocol needs it. */
import type { Clock } from '../time';

/** A machine's clocks. */
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
