/**
 * The one bit for everybody that Genesys Cloud or S3 keeps for a conversation, as the protocol uses it. Each call is about at
 * most `Timing.chunk` conversations.
 */
import { ConversationSet } from '../conversations';

/** How bits are read and changed. */
export interface Bits {
  /** Which of these are set now. */
  seen(ids: ConversationSet, signal: AbortSignal): Promise<ConversationSet>;
  /** Sets them; safe to repeat. What was not set is found by looking. */
  set(ids: ConversationSet, signal: AbortSignal): Promise<void>;
  /**
   * Sends one request to lift them, and never a second: no layer below may repeat it. Throws {@link Unanswered} when no
   * answer came; it may take effect later then. Any other error is an answer.
   */
  lift(ids: ConversationSet, signal: AbortSignal): Promise<void>;
}

/** No answer came to a request to lift: whether and when it takes effect is unknown. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** What is set of any number of conversations, in requests of `size`. */
export async function seenOf(
  bits: Bits,
  ids: ConversationSet,
  size: number,
  signal: AbortSignal,
): Promise<ConversationSet> {
  const seen: ConversationSet[] = [];
  for (const chunk of ids.parts(size)) seen.push(await bits.seen(chunk, signal));
  return ConversationSet.unionOf(seen);
}
