/** How far the scope of a hold was looked at, packed for the state file. */
import { ConversationSet, type Followed } from '../../genesys';

/** As it lies in the state file. */
export type PackedFollowed = {
  readonly end: number;
  readonly seenAt: number;
  readonly openSince: number | null;
  /** 16 bytes each, in base64. */
  readonly without: string;
  readonly young: string;
};

/** Packs. */
export function packFollowed(followed: Followed): PackedFollowed {
  return { ...followed, without: followed.without.toBase64(), young: followed.young.toBase64() };
}

/** Unpacks. Throws where it is damaged. */
export function followedOf({ end, seenAt, openSince, without, young }: PackedFollowed): Followed {
  return {
    end,
    seenAt,
    openSince,
    without: ConversationSet.fromBase64(without),
    young: ConversationSet.fromBase64(young),
  };
}

/** The earlier of two instants, where there are any. */
export function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
