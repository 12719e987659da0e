/** How far a scope was looked at: what the next look starts from. */
import { ConversationSet } from '../../genesys';

/** A scope that conversations may still come into, as it was last looked at. */
export interface Followed {
  /** Where it ended then, in milliseconds since 1970, exclusive. */
  readonly end: number;
  /** When all of it was looked at, in milliseconds since 1970. */
  readonly seenAt: number;
  /** When the oldest of its conversations began that had not ended then; null when all had. */
  readonly openSince: number | null;
  /** Conversations in scope that had no recordings, so that there was nothing to hold. */
  readonly without: ConversationSet;
}

/** As it lies in the state file. */
export type PackedFollowed = {
  readonly end: number;
  readonly seenAt: number;
  readonly openSince: number | null;
  readonly without: string;
};

/** Packs. */
export function packFollowed(followed: Followed): PackedFollowed {
  return { ...followed, without: followed.without.toBase64() };
}

/** Unpacks. Throws where it is damaged. */
export function followedOf({ end, seenAt, openSince, without }: PackedFollowed): Followed {
  return { end, seenAt, openSince, without: ConversationSet.fromBase64(without) };
}

/** Both looks, of which the second went on where the first had ended. */
export function joined(one: Followed | null, other: Followed | null): Followed | null {
  if (one === null || other === null) return one ?? other;
  return {
    end: Math.max(one.end, other.end),
    // What the older look has not seen is still to be asked for.
    seenAt: Math.min(one.seenAt, other.seenAt),
    openSince: earlier(one.openSince, other.openSince),
    without: one.without.union(other.without),
  };
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
