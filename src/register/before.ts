/**
 * Which conversations were held by nobody known before a claim came. [8] They stay held when it is released.
 */
import { ConversationSet } from '../conversations';
import { seenOf, type Bits } from './bits';
import type { Parts } from './parts';
import { sameBits, unfinishedClaims, type ClaimView, type View } from './view';

/** What stays held, whatever is released. */
export interface Before {
  readonly before: ConversationSet;
  /** Unknown whether it was held by others: holds of 0.1.0 left no record. */
  readonly unknown: ConversationSet;
}

/** What is known of bits that were set before the claim over them was written. */
export interface Earlier {
  /** Set by this very matter: by an apply that did not reach the register, or by a hold of 0.1.0. */
  readonly placed: ConversationSet;
  /** Seen to be held before that, by whomever. `unknown`: nobody looked, as in 0.1.0. */
  readonly before: ConversationSet | 'unknown';
}

/**
 * Says what a new part of a claim must never lift. Where claims that are not done cover a conversation, theirs is inherited: a
 * bit that another matter is about to lift must not be taken for somebody unknown's. Where none does, the bit is read, after the
 * log.
 */
export class BeforeJudge {
  /** What was looked at already, for when another entry came first and everything is decided again. */
  private looked = { at: 0, ids: ConversationSet.empty, held: ConversationSet.empty };

  constructor(
    private readonly parts: Parts,
    private readonly bits: Bits<ConversationSet>,
  ) {}

  async before(
    view: View,
    own: ClaimView,
    ids: ConversationSet,
    signal: AbortSignal,
    earlier?: Earlier,
  ): Promise<Before & { readonly placed: ConversationSet }> {
    // A whole hold is an object of its own: nobody else's can be taken for it.
    if (this.bits.whole === true) return { before: none, unknown: none, placed: none };
    const placed = earlier?.placed.and(ids) ?? none;
    let covered = none;
    let before = none;
    let unknown = none;
    for (const claim of unfinishedClaims(view)) {
      if (!sameBits(claim.key, own.key)) continue;
      const shared = (await this.parts.sets.covers(claim, signal)).and(ids);
      if (shared.size === 0) continue;
      covered = covered.union(shared);
      const theirs = await beforeOf(this.parts, view, claim, signal);
      const inherited = theirs.before.and(shared);
      if (inherited.size > 0) this.parts.report?.('before inherited');
      before = before.union(inherited);
      unknown = unknown.union(theirs.unknown.and(shared));
    }
    const alone = ids.minus(covered);
    if (earlier?.before === 'unknown') {
      // What another saw to be held before it came may have been held by this very hold.
      const doubtful = placed.and(alone.union(before));
      return { before: before.minus(doubtful), unknown: unknown.union(doubtful), placed };
    }
    const asked = earlier === undefined ? alone : alone.and(earlier.before).minus(placed);
    const held = await this.look(view, own, asked, signal);
    return { before: before.minus(placed).union(held), unknown: unknown.minus(placed), placed };
  }

  /** An earlier look holds where no claim over it has come since: nobody but claims sets bits. */
  private async look(view: View, own: ClaimView, ids: ConversationSet, signal: AbortSignal): Promise<ConversationSet> {
    const { looked, parts } = this;
    let known = looked.ids.and(ids);
    for (const claim of view.claims.values()) {
      if (known.size === 0) break;
      if (!sameBits(claim.key, own.key)) continue;
      for (const part of claim.parts) {
        if (part.kind !== 'conversations' || part.number <= looked.at) continue;
        known = known.minus((await parts.sets.get(part.ids, signal)).covers);
      }
    }
    const at = view.last;
    const held = await seenOf(this.bits, ids.minus(known), own, parts.timing.chunk, signal);
    this.looked = { at, ids, held: held.union(looked.held.and(known)) };
    return this.looked.held;
  }
}

/** What of a claim was held before it came, with what was learned since: that a matter which claimed later had set it. */
export async function beforeOf(parts: Parts, view: View, claim: ClaimView, signal: AbortSignal): Promise<Before> {
  const { sets } = parts;
  let before = none;
  let unknown = none;
  for (const part of claim.parts) {
    if (part.kind !== 'conversations') continue;
    const said = await sets.get(part.ids, signal);
    let rest = said.before;
    unknown = unknown.union(said.unknown);
    for (const other of view.claims.values()) {
      if (other.id === claim.id || !sameBits(other.key, claim.key)) continue;
      for (const later of other.parts) {
        if (later.kind !== 'conversations' || later.number < part.number || (later.ids.placed ?? 0) === 0) continue;
        const theirs = await sets.get(later.ids, signal);
        const explained = rest.and(theirs.placed);
        rest = rest.minus(explained);
        unknown = unknown.minus(theirs.placed.minus(theirs.unknown)).union(explained.and(theirs.unknown));
      }
    }
    before = before.union(rest);
  }
  // What one part says to be unknown, another may know.
  return { before, unknown: unknown.minus(before) };
}

/** Claims that cover some of these and are not done, for whoever decides by himself what was held before. */
export function unfinishedOf(view: View, own: ClaimView): readonly ClaimView[] {
  return unfinishedClaims(view).filter((claim) => claim.id !== own.id && sameBits(claim.key, own.key));
}

const none = ConversationSet.empty;
