/** Whether an organization has room for a list of conversations, asked when planning. */
import { DiagnosticError } from '../../framework';
import { HOLD_ABILITIES, type ConversationSet, type Genesys, type HoldApiName, type ProtectedNow } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { chosenApi } from '../hold-api';
import { conversations } from './computed';
import { number } from '../../words';

/** Requests that the count of the whole organization may cost; the list itself costs one for each hundred. */
const MOST_REQUESTS = 10;

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
  if (held.size > limit || others.size + ids.size <= limit) return;
  const already = `${complete ? '' : 'at least '}${conversations(others.size)}`;
  throw new DiagnosticError(
    'More conversations than can be protected',
    [
      `The hold is over ${conversations(ids.size)}, the organization protects ${already} besides, and ${conversations(limit)} can be protected by deletion protection. At least ${number(others.size + ids.size - limit)} would stay without protection. Nothing was changed.`,
      'Release holds that are no longer needed, shorten the list, or ask Genesys Cloud to raise the limit.',
    ].join('\n'),
  );
}

async function protectedOf(client: Compliance, ids: ConversationSet, signal: AbortSignal): Promise<ProtectedNow> {
  return explained('Protected conversations could not be counted', undefined, async () => {
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
