/**
 * How many conversations of the organization are protected. There is no list of them, so the conversations of all recordings
 * are asked about, a hundred at a time, as long as there are not too many.
 */
import type { Client } from '../client';
import { ConversationSet, ConversationSetBuilder } from '../../conversations';
import { DeletionProtection } from '../holds/deletion-protection';
import { retentionPages } from '../recordings';

/** What was counted. */
export interface ProtectedCount {
  /** Those found: all of them only when `complete`. */
  readonly held: number;
  /** False when there are more recordings than were to be looked at. */
  readonly complete: boolean;
}

/** Counts, looking at no more than `mostRecordings`. `known` are conversations to ask about in any case. */
export async function countProtected(
  client: Client,
  known: ConversationSet,
  mostRecordings: number,
  signal: AbortSignal,
): Promise<ProtectedCount> {
  const builder = new ConversationSetBuilder();
  let recordings = 0;
  // Kept for more than zero days: all but those of today, which nobody has had time to hold.
  for await (const page of retentionPages(client, 0, signal)) {
    recordings += page.length;
    if (recordings > mostRecordings) return { held: 0, complete: false };
    for (const { conversationId } of page) builder.add(conversationId);
  }
  const all = ConversationSet.unionOf([builder.build(), known]);
  const { held } = await new DeletionProtection(client).status(null, all, signal);
  return { held: held.size, complete: true };
}
