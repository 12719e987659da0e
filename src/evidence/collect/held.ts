/** Which conversations are protected now, by the hold API of each claim. */
import { ConversationSet } from '../../conversations';
import { HOLD_ABILITIES, type Genesys, type HoldApiName } from '../../genesys';
import type { Register } from '../../register';
import type { NotLookedAt } from '../model';
import { answered } from './answered';
import type { MatterClaims } from './claims';
import type { Progress } from './progress';

/** Which conversations are protected now. */
export interface HeldSeen {
  readonly held: ConversationSet;
  /** What was asked about; of the rest it is unknown. */
  readonly asked: ConversationSet;
  readonly notLookedAt: readonly NotLookedAt[];
}

/** A claim, as far as it says whom to ask. */
export interface HoldAsked {
  readonly claim: string;
  /** Its hold API, as the claim names it. */
  readonly holdApi: string;
  /** What that API calls the hold; null where it knows none. */
  readonly hold: string | null;
  readonly ids: ConversationSet;
}

/** Asks the hold API of each claim; without a claim, deletion protection. */
export async function heldOf(
  genesys: Genesys,
  register: Register,
  { ofConversations }: MatterClaims,
  conversations: ConversationSet,
  signal: AbortSignal,
  progress: Progress,
): Promise<HeldSeen> {
  const claims: HoldAsked[] = [];
  for (const claim of ofConversations) {
    const { id, key, hold } = claim;
    const ids = hold === null ? ConversationSet.empty : await register.conversations(claim, signal);
    claims.push({ claim: id, holdApi: key.holdApi, hold, ids });
  }
  return heldBy(genesys, claims, conversations, signal, progress);
}

/** {@link HeldSeen}, and holds that are objects of their own and are not there any more. */
export interface HeldNow extends HeldSeen {
  readonly gone: readonly HoldAsked[];
}

/** Asks the hold API of each of these claims about `conversations`; where one has no hold of its own, deletion protection. */
export async function heldBy(
  genesys: Genesys,
  claims: readonly HoldAsked[],
  conversations: ConversationSet,
  signal: AbortSignal,
  progress: Progress,
): Promise<HeldNow> {
  const notLookedAt: NotLookedAt[] = [];
  const [held, asked, gone]: [ConversationSet[], ConversationSet[], HoldAsked[]] = [[], [], []];
  const ask = async (api: HoldApiName, hold: string | null, ids: ConversationSet): Promise<boolean> => {
    progress({ what: 'holds', done: 0, total: ids.size });
    const status = await answered(() => genesys.holds.api(api).status(hold, ids, signal));
    if ('refused' in status) {
      notLookedAt.push({ what: 'whether conversations are held', why: status.refused });
      return true;
    }
    held.push(status.value.held);
    asked.push(ids);
    return status.value.exists;
  };
  const byHold = claims.filter(({ hold }) => hold !== null);
  for (const claim of byHold) {
    const api = apiOf(claim);
    if (api === undefined) {
      const why = `claim ${claim.claim} was made with the hold API "${claim.holdApi}", which this version does not know`;
      notLookedAt.push({ what: 'whether conversations are held', why });
    } else if (!(await ask(api, claim.hold, claim.ids)) && HOLD_ABILITIES[api].hasHolds) gone.push(claim);
  }
  // Deletion protection knows no holds: it is asked about everything, what nobody claims included.
  if (byHold.length === 0 || byHold.length < claims.length) await ask('deletion_protection', null, conversations);
  // Where holds are objects of their own, what no claim names was not asked about and nothing says that it is held.
  const all = byHold.length > 0 && notLookedAt.length === 0 ? conversations : ConversationSet.unionOf(asked);
  return { held: ConversationSet.unionOf(held), asked: all, notLookedAt, gone };
}

/** Undefined for a claim of a version that knew another API. */
function apiOf({ holdApi }: HoldAsked): HoldApiName | undefined {
  return (Object.keys(HOLD_ABILITIES) as readonly HoldApiName[]).find((name) => name === holdApi);
}
