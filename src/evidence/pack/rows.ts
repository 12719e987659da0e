/** How conversations and differences stand in a pack. */
import type { ConversationRow, Difference } from '../model';

/** A row of `conversations.jsonl`. */
export function conversationLine({ id, inScope, claimed, held, known }: ConversationRow): string {
  return JSON.stringify({ conversation_id: id, in_scope: inScope, claimed, held, at_genesys_cloud: known });
}

/** A row of `differences.jsonl`. */
export function differenceLine({ cause, conversation, recording, file, text, at, actor }: Difference): string {
  return JSON.stringify({
    cause,
    conversation_id: conversation === '' ? null : conversation,
    recording_id: recording,
    file,
    text,
    at: at === undefined ? null : new Date(at).toISOString(),
    actor: actor ?? null,
  });
}
