/** A release is done when it was seen. */
import type { ConversationSet } from '../../conversations';
import type { Client } from '../client';

/** What was released may be seen a little later. Waits between looks, in milliseconds. */
const PATIENCE_MS = [1_000, 2_000, 4_000] as const;

/** Looks until none of these is protected; answers those that still are when patience ends. */
export async function untilReleased(
  client: Client,
  look: (conversations: ConversationSet) => Promise<ConversationSet>,
  conversations: ConversationSet,
  signal: AbortSignal,
): Promise<ConversationSet> {
  let still = await look(conversations);
  for (const pause of PATIENCE_MS) {
    if (still.size === 0) break;
    await client.clock.sleep(pause, signal);
    still = await look(still);
  }
  return still;
}
