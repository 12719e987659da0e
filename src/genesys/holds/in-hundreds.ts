/** Calls that carry many conversations, of which one bad id must not lose the others. */
import { hasStatus } from '../errors';
import type { GenesysError } from '../errors';
import type { ConversationId } from '../model';

/** Most conversations in one call, by the API's own words. */
export const MOST_A_CALL = 100;

/** Calls under way at once, within what the governor allows. */
export const CALLS_AT_ONCE = 8;

/** Refusals that may be about one of the ids in a call, and not about the call. */
const ABOUT_AN_ID = [400, 404, 409, 422] as const;

/** The same in groups that fit into one call, in order. */
export function* inHundreds(conversations: Iterable<ConversationId>): Generator<readonly ConversationId[]> {
  let group: ConversationId[] = [];
  for (const id of conversations) {
    group.push(id);
    if (group.length < MOST_A_CALL) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/**
 * Makes a call for a group of conversations. When it is refused because of what is in it, halves are tried, down to the
 * ids that are refused alone; those are given to `refused`. Other errors are thrown. Answers the conversations that were not
 * tried because `giveUp` said so.
 */
export async function bisected(
  conversations: readonly ConversationId[],
  call: (conversations: readonly ConversationId[]) => Promise<void>,
  refused: (conversation: ConversationId, error: GenesysError) => void,
  giveUp: () => boolean = () => false,
): Promise<readonly ConversationId[]> {
  if (giveUp()) return conversations;
  try {
    await call(conversations);
    return [];
  } catch (error) {
    if (!hasStatus(error, ...ABOUT_AN_ID)) throw error;
    const [first] = conversations;
    if (conversations.length === 1 && first !== undefined) {
      refused(first, error);
      return [];
    }
    const half = Math.ceil(conversations.length / 2);
    return [
      ...(await bisected(conversations.slice(0, half), call, refused, giveUp)),
      ...(await bisected(conversations.slice(half), call, refused, giveUp)),
    ];
  }
}
