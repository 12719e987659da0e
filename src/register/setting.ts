/** What a run that sets bits must know before each request, and after the last. [9 to 12] */
import { ClaimRefused } from './refused';
import { LiftWatch } from './lifts';
import type { Parts } from './parts';
import type { Things } from './things';
import { isLive, type ClaimView } from './view';

/** Watches over the setting of one claim's bits. May be asked from several requests at once. */
export class Setting<T extends Things<T>> {
  private readonly watch: LiftWatch;

  constructor(
    private readonly parts: Parts,
    readonly claim: ClaimView,
  ) {
    this.watch = new LiftWatch(parts);
  }

  /**
   * The part of these that may be set right now: to be asked immediately before each request. What others are lifting is left
   * out; {@link wait} and ask again for it. Throws {@link ClaimRefused} when the claim was dropped meanwhile.
   */
  async ready(things: T, signal: AbortSignal): Promise<T> {
    const { log, timing, report } = this.parts;
    // A look at the log that is older than a lease may have missed a release of this very claim. [11]
    if (await log.refresh(timing.leaseMs, signal)) report?.('looked before setting');
    this.mustLive();
    return things.minus(this.watch.blocked(things, this.claim));
  }

  /** Waits until a release of others continues. */
  async wait(signal: AbortSignal): Promise<void> {
    await this.watch.wait(this.claim, signal);
    this.mustLive();
  }

  /**
   * Says that all was set, and how many were seen to be; the look after the last request. Throws {@link ClaimRefused} when the
   * claim was dropped meanwhile: whoever released it may have looked before the last request, so that the bits must be lifted
   * again from here. [12]
   */
  async finish(count: number, signal: AbortSignal): Promise<void> {
    const { log } = this.parts;
    const { id } = this.claim;
    await log.append((view) => {
      const claim = view.claims.get(id);
      if (claim === undefined || !isLive(claim)) return undefined;
      return claim.state === 'held' && claim.held === count ? undefined : { kind: 'held', claim: id, count };
    }, signal);
    this.mustLive();
    await this.parts.settle?.(signal);
  }

  private mustLive(): void {
    const claim = this.parts.log.view.claims.get(this.claim.id);
    if (claim !== undefined && isLive(claim)) return;
    this.parts.report?.('claim dropped meanwhile');
    throw new ClaimRefused('dropped', claim);
  }
}
