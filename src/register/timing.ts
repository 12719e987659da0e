/** Times and sizes of the protocol. */
export interface Timing {
  /** How long an intent to lift gives the right to do so, in milliseconds. */
  readonly leaseMs: number;
  /** How long a request may be under way before it surely has or has not taken effect, in milliseconds. */
  readonly longestRequestMs: number;
  /** Between two looks at an intent that is waited for, in milliseconds. */
  readonly pollMs: number;
  /** Conversations in one request at most. */
  readonly chunk: number;
  /** Requests that one intent is about at most. */
  readonly chunksASection: number;
}

/** Requests of this product end after 60 s. A section of 25 chunks is looked at and lifted well within half a minute. */
export const TIMING: Timing = {
  leaseMs: 30_000,
  longestRequestMs: 60_000,
  pollMs: 5_000,
  chunk: 100,
  chunksASection: 25,
};
