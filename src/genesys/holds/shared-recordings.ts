/** Recordings that belong to several conversations: protection is per conversation, so all of them have to be known. */
import { ConversationSet, ConversationSetBuilder } from '../../conversations';
import { forEachConcurrently } from '../../time';
import type { Client } from '../client';
import { hasStatus } from '../errors';
import type { ConversationId, SharedRecordings } from '../model';
import { operations } from '../operations';

const CALLS_AT_ONCE = 4;
/** No media are wanted: nothing has to be transcoded, and nothing is waited for. */
const NO_MEDIA = { formatId: 'NONE', maxWaitMs: 1 } as const;

/** Asks for the recordings of these, one request each and at most `most`. Throws GenesysError, or the signal's reason. */
export async function sharedRecordings(
  client: Client,
  conversations: ConversationSet,
  most: number,
  signal: AbortSignal,
): Promise<SharedRecordings> {
  const shared = new Map<ConversationId, readonly ConversationId[]>();
  const looked = new ConversationSetBuilder();
  await forEachConcurrently(first(conversations, most), CALLS_AT_ONCE, async (conversationId) => {
    const others = await othersOf(client, conversationId, signal);
    if (others === undefined) return;
    looked.add(conversationId);
    if (others.size > 0) shared.set(conversationId, [...others]);
  });
  return { shared, looked: looked.build() };
}

/** Undefined while its recordings are being transcoded. A conversation that is not there shares nothing. */
async function othersOf(
  client: Client,
  conversationId: ConversationId,
  signal: AbortSignal,
): Promise<ConversationSet | undefined> {
  const request = { operation: operations.getSharedRecordings, params: { conversationId }, query: NO_MEDIA };
  try {
    const rows = await client.call(request, signal, `conversation ${conversationId}`);
    if (rows === null) return undefined;
    const all = ConversationSet.of(rows.flatMap(({ associatedConversationIds }) => associatedConversationIds ?? []));
    return all.minus(ConversationSet.of([conversationId]));
  } catch (error) {
    if (hasStatus(error, 404)) return ConversationSet.empty;
    throw error;
  }
}

function* first(conversations: ConversationSet, most: number): Generator<ConversationId> {
  let count = 0;
  for (const id of conversations) {
    if (count === most) return;
    count += 1;
    yield id;
  }
}
