/** Releasing claims over conversations. */
import { ConversationSet } from '../conversations';
import type { Approvals } from './approvals';
import { beforeOf } from './before';
import type { Bits } from './bits';
import { Conversations, coveredByOthers } from './domain';
import type { Parts } from './parts';
import { drop, liftOwn } from './release';

/** How a release ended. */
export interface Released {
  /** How many were lifted and seen to be so. */
  readonly lifted: number;
  /** What stays because other claims cover it. */
  readonly kept: ConversationSet;
  /** What stays because it was held by nobody known before the claim. */
  readonly before: ConversationSet;
  /** What stays because it is unknown whether it was: a hold of 0.1.0. */
  readonly unknown: ConversationSet;
}

/** Releases a claim. Safe to repeat after any interruption. */
export async function releaseClaim(
  parts: Parts,
  id: string,
  reason: string,
  bits: Bits<ConversationSet>,
  signal: AbortSignal,
  options: ReleaseOptions = {},
): Promise<Released> {
  await drop(parts, id, reason, signal, options.approvals);
  return liftConversations(parts, id, bits, signal, options);
}

export interface ReleaseOptions {
  /** No hold of 0.1.0 is left without a claim, so that what none of ours had before was nobody's. @default false */
  readonly allHoldsAdopted?: boolean;
  /** Needed where others must approve the release. @default none */
  readonly approvals?: Approvals;
}

/** Lifts the bits of a dropped claim that no other claim needs. */
export async function liftConversations(
  parts: Parts,
  id: string,
  bits: Bits<ConversationSet>,
  signal: AbortSignal,
  { allHoldsAdopted = false }: ReleaseOptions = {},
): Promise<Released> {
  const domain = new Conversations(parts.sets);
  let own = ConversationSet.empty;
  let stays = { before: ConversationSet.empty, unknown: ConversationSet.empty };
  const lifted = await liftOwn(parts, domain, id, bits, signal, async function* (claim) {
    stays = await beforeOf(parts, parts.log.view, claim, signal);
    if (allHoldsAdopted) stays = { ...stays, unknown: ConversationSet.empty };
    own = (await parts.sets.covers(claim, signal)).minus(stays.before).minus(stays.unknown);
    const { chunksASection, chunk } = parts.timing;
    yield* bits.whole === true ? [own] : own.parts(chunksASection * chunk);
  });
  const claim = parts.log.view.claims.get(id);
  const kept =
    claim === undefined ? ConversationSet.empty : await coveredByOthers(domain, parts.log.view, claim, own, signal);
  return { lifted, kept, ...stays };
}

/** What two releases of one matter did. */
export function both(one: Released, other: Released): Released {
  return {
    lifted: one.lifted + other.lifted,
    kept: one.kept.union(other.kept),
    before: one.before.union(other.before),
    unknown: one.unknown.union(other.unknown),
  };
}
