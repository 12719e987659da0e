/** Claims over conversations whose bits the caller sets, and what a release of one would do. */
import { ConversationSet } from '../conversations';
import { beforeOf } from './before';
import { othersOf } from './domain';
import type { Parts } from './parts';
import type { ClaimReference } from './register';
import type { ReleaseOptions } from './release-conversations';
import type { Setting } from './setting';
import type { ClaimView, View } from './view';

/** A claim over conversations, and how its bits are set. */
export interface ConversationClaim {
  readonly claim: ClaimView;
  readonly reference: ClaimReference;
  /** An unfinished claim of the same key was carried on. */
  readonly adopted: boolean;
  /** Ask `ready` right before each request that sets, `wait` where it left some out, and `finish` when all was set and seen. */
  readonly setting: Setting<ConversationSet>;
}

/** What a release would do, as the register says now. */
export interface Outlook {
  /** What nobody else needs. */
  readonly lifts: ConversationSet;
  /** What stays for other claims, and how much of it for each. */
  readonly stay: ConversationSet;
  readonly others: readonly { readonly claim: ClaimView; readonly count: number }[];
  /** What stays because it was held by nobody known before. */
  readonly before: ConversationSet;
  /** What stays because it is unknown whether it was. */
  readonly unknown: ConversationSet;
}

export async function outlookOf(
  parts: Parts,
  view: View,
  claim: ClaimView,
  ids: ConversationSet,
  signal: AbortSignal,
  { allHoldsAdopted = false }: ReleaseOptions = {},
): Promise<Outlook> {
  const stays = await beforeOf(parts, view, claim, signal);
  const before = stays.before.and(ids);
  const unknown = allHoldsAdopted ? ConversationSet.empty : stays.unknown.and(ids);
  const own = ids.minus(before).minus(unknown);
  const others: Outlook['others'][number][] = [];
  const shared: ConversationSet[] = [];
  for (const other of othersOf(view, claim)) {
    const part = own.and(await parts.sets.covers(other, signal));
    if (part.size === 0) continue;
    others.push({ claim: other, count: part.size });
    shared.push(part);
  }
  const stay = ConversationSet.unionOf(shared);
  return { lifts: own.minus(stay), stay, others, before, unknown };
}
