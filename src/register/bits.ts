/** The one bit for everybody that Genesys Cloud or S3 keeps for a conversation or a version, as the protocol uses it. */
import type { Lease } from './lease';
import type { Things } from './things';
import type { ClaimView } from './view';

/** How bits are read and changed. Each call is about at most `Timing.chunk` of them. */
export interface Bits<T extends Things<T>> {
  /**
   * One request releases everything at once, as the compliance API does: one section, one chunk, and what other claims cover is
   * in it, too. What they miss afterwards is set again for them. @default false
   */
  readonly whole?: boolean;
  /** Which of these are set now; for a whole hold, under the hold of this claim. */
  seen(things: T, signal: AbortSignal, claim: ClaimView): Promise<T>;
  /** Sets them for a claim, one's own or another's; safe to repeat. What was not set is found by looking. */
  set(things: T, signal: AbortSignal, claim: ClaimView): Promise<void>;
  /**
   * Sends requests to lift them, each once: no layer below may repeat one. Before each, `lease.check()`; a request that can be
   * fenced takes `lease.leftMs` along. Throws {@link Unanswered} when one got no answer; it may take effect later then. Any
   * other error is an answer.
   */
  lift(things: T, lease: Lease, signal: AbortSignal): Promise<void>;
}

/** No answer came to a request to lift: whether and when it takes effect is unknown. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** What is set of any number of them, in requests of `size`. */
export async function seenOf<T extends Things<T>>(
  bits: Bits<T>,
  things: T,
  claim: ClaimView,
  size: number,
  signal: AbortSignal,
): Promise<T> {
  let seen = things.minus(things);
  for (const chunk of things.parts(size)) seen = seen.union(await bits.seen(chunk, signal, claim));
  return seen;
}
