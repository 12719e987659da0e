/** Which conversations are to be held first, where there is room for only some: those whose recordings are deleted first. */
import type { ConversationSet } from '../../conversations';
import type { Client } from '../client';
import type { ConversationId } from '../model';
import { retentionPages } from '../recordings';

/** Pages of the retention query, with up to 500 recordings each. */
const MOST_PAGES = 20;
/** More conversations than the pages could list are held in the order of their ids. */
const MOST_ORDERED = 10_000;

/** True where the dates of so many conversations can be found out within the pages. */
export function canBeOrdered(conversations: ConversationSet): boolean {
  return conversations.size <= MOST_ORDERED;
}

/**
 * The same conversations: first those with a recording that is deleted soonest; then those of which no date was seen, in the order
 * of their ids. Looks at the organization's recordings within twenty requests.
 */
export async function soonestDeletedFirst(
  client: Client,
  conversations: ConversationSet,
  signal: AbortSignal,
): Promise<readonly ConversationId[]> {
  const dates = new Map<ConversationId, number>();
  let pages = 0;
  for await (const page of retentionPages(client, 0, signal)) {
    for (const { conversationId, deleteDate } of page) {
      if (deleteDate === null || deleteDate === undefined) continue;
      const date = Date.parse(deleteDate);
      if (Number.isNaN(date) || !conversations.has(conversationId)) continue;
      const known = dates.get(conversationId);
      if (known === undefined || date < known) dates.set(conversationId, date);
    }
    pages += 1;
    if (pages === MOST_PAGES) break;
  }
  const dateOf = (id: ConversationId): number => dates.get(id) ?? Number.POSITIVE_INFINITY;
  return [...conversations].sort((a, b) => {
    const [first, second] = [dateOf(a), dateOf(b)];
    return first === second ? (a < b ? -1 : 1) : first - second;
  });
}
