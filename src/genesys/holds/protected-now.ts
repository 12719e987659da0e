/**
 * Which conversations of an organization are under deletion protection, as far as a few requests tell. There is no list of them, so
 * the conversations of all recordings are asked about.
 */
import { ConversationSet, ConversationSetBuilder } from '../../conversations';
import type { Client } from '../client';
import type { ProtectedNow } from '../model';
import { retentionPages } from '../recordings';
import { DeletionProtection } from './deletion-protection';
import { MOST_A_CALL } from './in-hundreds';

/** Stops before it would cost more than `mostRequests`. */
export async function protectedNow(client: Client, mostRequests: number, signal: AbortSignal): Promise<ProtectedNow> {
  const api = new DeletionProtection(client);
  let held = ConversationSet.empty;
  let asked = ConversationSet.empty;
  let requests = 0;
  // Kept for more than zero days: all but those of today, which nobody has had time to hold.
  for await (const page of retentionPages(client, 0, signal)) {
    const builder = new ConversationSetBuilder();
    for (const { conversationId } of page) builder.add(conversationId);
    const fresh = builder.build().minus(asked);
    requests += 1 + Math.ceil(fresh.size / MOST_A_CALL);
    if (requests > mostRequests) return { held, complete: false };
    held = held.union((await api.status(null, fresh, signal)).held);
    asked = asked.union(fresh);
  }
  return { held, complete: true };
}
