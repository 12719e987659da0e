/** Whether an organization has room for a list of conversations, asked when planning. */
import { DiagnosticError } from '../../framework';
import {
  ConversationSet,
  HOLD_ABILITIES,
  lookForShared,
  withShared,
  type Genesys,
  type HoldApiName,
  type ProtectedNow,
} from '../../genesys';
import { claimedConversations } from '../claimed-conversations';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { chosenApi } from '../hold-api';
import { registerProblem } from '../register';
import { conversations } from './computed';
import { NOTHING_SHARED } from './shared-recordings';
import { number } from '../../words';

/** Requests that the count of the whole organization may cost; the list itself costs one for each hundred. */
const MOST_REQUESTS = 10;

/** Claims whose conversations are read. */
const MOST_CLAIMS = 20;
/** Conversations whose recordings a plan looks at, one request each. */
const MOST_LOOKED = 20;
/** With less room than this left it matters what shares a recording. */
const SCARCE = 100;

const COUNTING_FAILED = 'Protected conversations could not be counted';

const counted = new WeakMap<Genesys, Promise<ProtectedNow>>();

/**
 * Refuses a list for which the organization has no room, in as far as that is known: what is protected already is counted within
 * a few requests, and is "at least" that many where there is more to look at.
 *
 * @param wanted which API the hold is, or will be, made with
 */
export async function checkCapacity(
  client: Compliance | undefined,
  wanted: HoldApiName | 'auto',
  ids: ConversationSet,
  signal: AbortSignal,
): Promise<void> {
  if (client === undefined) return;
  if (wanted !== 'auto' && HOLD_ABILITIES[wanted].limit === null) return;
  const { limit } = (await chosenApi(client, wanted, signal)).abilities;
  if (limit === null) return;
  const { held, complete } = await protectedOf(client, ids, signal);
  const others = held.minus(ids);
  // More than the documents say is possible: the limit was raised, and to what is unknown.
  if (held.size > limit) return;
  const claimed = await claimedByOthers(client, others.union(ids), signal);
  const taken = others.size + claimed.size;
  const whole = await withSharedNearby(client, ids, limit - taken, signal);
  if (taken + whole.size <= limit) return;
  const already = `${complete ? '' : 'at least '}${conversations(others.size)}`;
  const due =
    claimed.size === 0
      ? ''
      : ` Other holds claim ${conversations(claimed.size)} that are not protected at the moment, and hold them again with their next apply.`;
  const shared =
    whole.size === ids.size ? '' : `, ${number(whole.size - ids.size)} of them because they share a recording`;
  throw new DiagnosticError(
    'More conversations than can be protected',
    [
      `The hold is over ${conversations(whole.size)}${shared}, the organization protects ${already} besides, and ${conversations(limit)} can be protected by deletion protection.${due} At least ${number(taken + whole.size - limit)} would stay without protection. Nothing was changed.`,
      'Release holds that are no longer needed, shorten the list, or ask Genesys Cloud to raise the limit.',
    ].join('\n'),
  );
}

/** What other holds need and is not protected now. A register that cannot be read tells nothing: then it is at least what is seen. */
async function claimedByOthers(
  client: Compliance,
  known: ConversationSet,
  signal: AbortSignal,
): Promise<ConversationSet> {
  try {
    const organization = await explained(COUNTING_FAILED, undefined, () => client.genesys.organizationId(signal));
    const register = await client.register.open(signal);
    const { conversations: claimed } = await claimedConversations(register, organization, MOST_CLAIMS, signal);
    return claimed.minus(known);
  } catch (error) {
    if (registerProblem(error) === undefined) throw error;
    return ConversationSet.empty;
  }
}

/** Where room is scarce, what shares a recording with a short list counts, too; a longer one is looked at by the apply. */
async function withSharedNearby(
  client: Compliance,
  ids: ConversationSet,
  room: number,
  signal: AbortSignal,
): Promise<ConversationSet> {
  if (ids.size > room || room - ids.size >= SCARCE || ids.size > MOST_LOOKED) return ids;
  return explained(COUNTING_FAILED, undefined, async () => {
    const sharing = await lookForShared(ids, NOTHING_SHARED, MOST_LOOKED, (some, most) =>
      client.genesys.holds.shared(some, most, signal),
    );
    return withShared(ids, sharing);
  });
}

async function protectedOf(client: Compliance, ids: ConversationSet, signal: AbortSignal): Promise<ProtectedNow> {
  return explained(COUNTING_FAILED, undefined, async () => {
    const { holds } = client.genesys;
    let asked = counted.get(client.genesys);
    if (asked === undefined) {
      asked = holds.protectedNow(MOST_REQUESTS, signal);
      counted.set(client.genesys, asked);
      asked.catch(() => counted.delete(client.genesys));
    }
    const all = await asked;
    const own = await holds.api('deletion_protection').status(null, ids, signal);
    return { held: all.held.union(own.held), complete: all.complete };
  });
}
