/** The bit that a hold API keeps for a conversation, as the register's protocol reads and changes it. */
import { AmbiguousFailure, ConversationSet, type HoldApi, type HoldRequest } from '../../genesys';
import { Unanswered, type Bits, type ClaimKey, type ClaimView, type Lease } from '../../register';

/** The bits of one hold; remembers what was looked at, so that nothing is looked at twice. */
export class HoldBits implements Bits<ConversationSet> {
  /** Under an API whose holds are objects of their own, a hold is released as a whole. */
  readonly whole: boolean;
  /** What was looked at. */
  asked = ConversationSet.empty;
  /** Of that, what was protected. */
  held = ConversationSet.empty;

  /** @param holdId of the hold itself, as far as it is known; null for a claim that has none yet */
  constructor(
    private readonly api: HoldApi,
    private readonly holdId: string | null,
  ) {
    this.whole = !api.abilities.releasesParts;
  }

  async seen(conversations: ConversationSet, signal: AbortSignal, claim: ClaimView): Promise<ConversationSet> {
    const { held } = await this.api.status(await this.holdOf(claim, signal), conversations, signal);
    this.asked = this.asked.union(conversations);
    this.held = this.held.minus(conversations).union(held);
    return held;
  }

  /** For other claims, whose bits a release may have taken along. */
  async set(conversations: ConversationSet, signal: AbortSignal, claim: ClaimView): Promise<void> {
    const holdId = await this.holdOf(claim, signal);
    await this.api.protect(requestOfKey(claim.key), holdId, conversations, signal, { seen: ConversationSet.empty });
  }

  async lift(conversations: ConversationSet, lease: Lease, signal: AbortSignal): Promise<void> {
    try {
      await this.api.lift(this.holdId, conversations, () => lease.check(), signal);
    } catch (error) {
      if (error instanceof AmbiguousFailure) throw new Unanswered(error.message, { cause: error });
      throw error;
    }
  }

  /** What the API calls the hold of a claim: as the register says, else the one of its name. */
  private async holdOf({ hold, key }: ClaimView, signal: AbortSignal): Promise<string | null> {
    if (!this.api.abilities.hasHolds) return null;
    return hold ?? this.api.find(requestOfKey(key), signal);
  }
}

/** How a claim's hold is named to the API: without a reference of its own, the name is the matter. */
export function requestOfKey({ name, matter }: Pick<ClaimKey, 'name' | 'matter'>): HoldRequest {
  return matter === name ? { name } : { name, externalReferenceId: matter };
}
