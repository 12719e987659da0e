/** Waiting for releases of others that are under way. */
import { openLifts } from './domain';
import type { Parts } from './parts';
import type { Things } from './things';
import type { ClaimView } from './view';

/** Knows since when it has seen each intent, by its own clock: clocks of two machines are never compared. */
export class LiftWatch {
  private readonly firstSeen = new Map<number, number>();

  constructor(private readonly parts: Parts) {}

  /** The part of these that others may be lifting now, as the log said when it was last read. */
  blocked<T extends Things<T>>(things: T, own: ClaimView): T {
    const open = openLifts(this.parts.log.view, own);
    return open.length === 0 ? things.minus(things) : things.between(open);
  }

  /**
   * Waits a little and reads again. An intent that stayed open for a lease and the longest request is aborted: whoever made
   * it no longer has the right to lift.
   */
  async wait(own: ClaimView, signal: AbortSignal): Promise<void> {
    const { log, clock, report, timing } = this.parts;
    const open = openLifts(log.view, own);
    const now = clock.monotonic();
    for (const { number } of open) if (!this.firstSeen.has(number)) this.firstSeen.set(number, now);
    const patienceMs = timing.leaseMs + timing.longestRequestMs;
    const stale = open.find(({ number }) => now - (this.firstSeen.get(number) ?? now) > patienceMs);
    if (stale !== undefined) {
      report?.('release aborted');
      await log.append(
        (view) =>
          view.lifts.get(stale.number)?.state === 'open'
            ? { kind: 'abort', claim: stale.claim, lift: stale.number }
            : undefined,
        signal,
      );
      return;
    }
    report?.('waits for a release');
    await clock.sleep(timing.pollMs, signal);
    await log.read(signal);
  }
}
