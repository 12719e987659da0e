/** Waiting for releases of others that are under way. */
import { ConversationSet } from '../conversations';
import type { Parts } from './claim';
import type { LiftView } from './view';

/** Knows since when it has seen each intent, by its own clock: clocks of two machines are never compared. */
export class LiftWatch {
  private readonly firstSeen = new Map<number, number>();

  constructor(private readonly parts: Parts) {}

  /** The part of these conversations that others may be lifting now, as the log said when it was last read. */
  blocked(ids: ConversationSet, own: string): ConversationSet {
    const open = this.open(own);
    return open.length === 0 ? ConversationSet.empty : ids.between(open);
  }

  /**
   * Waits a little and reads again. An intent that stayed open for a lease and the longest request is aborted: whoever made
   * it no longer has the right to lift.
   */
  async wait(own: string, signal: AbortSignal): Promise<void> {
    const { log, clock, report } = this.parts;
    const open = this.open(own);
    const now = clock.monotonic();
    for (const { number } of open) if (!this.firstSeen.has(number)) this.firstSeen.set(number, now);
    const stale = open.find(({ number }) => now - (this.firstSeen.get(number) ?? now) > this.patienceMs);
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
    await clock.sleep(this.parts.timing.pollMs, signal);
    await log.read(signal);
  }

  private get patienceMs(): number {
    const { leaseMs, longestRequestMs } = this.parts.timing;
    return leaseMs + longestRequestMs;
  }

  private open(own: string): readonly LiftView[] {
    return [...this.parts.log.view.lifts.values()].filter(({ claim, state }) => state === 'open' && claim !== own);
  }
}
