/** How object versions stand, from what an engine says or a look has found. Pure. */
import type {
  BatchHoldResult,
  HidingMarker,
  ObjectHoldResult,
  ObjectInspection,
  Sampled,
  VersionFailure,
} from '../../aws';
import type { StateOf } from '../../framework';
import { wantsTags } from './estimate';
import type { ObjectHoldSchema } from './schema';

type Wish = Pick<StateOf<ObjectHoldSchema>, 'tags' | 'object_lock_legal_hold'>;

/** How the versions in scope stand. */
export interface Facts {
  readonly versions: number;
  /** Under legal hold; null when none is wanted. */
  readonly held: number | null;
  /** With all wanted tags; null when none are wanted. */
  readonly tagged: number | null;
  /** Not as they should be, or not seen. */
  readonly missing: number;
  readonly lacking: readonly { readonly key: string; readonly versionId: string; readonly lacks: string }[];
  readonly unseen: Sampled<VersionFailure>;
  readonly hidden: Sampled<HidingMarker>;
  /** Conversations without an object; null for a scope of prefixes. */
  readonly absent: number | null;
  /** Null while not all versions were seen. */
  readonly manifestSha256: string | null;
  readonly tagSets: number;
}

const NONE: Sampled<never> = { count: 0, first: [] };

/** Each was verified by the engine. */
export function allRight(args: Wish, result: ObjectHoldResult, absent: number | null): Facts {
  return { ...partOf(args, result, result.versions, absent), manifestSha256: result.manifestSha256 };
}

/** Only so many are known to be right; the work was cut short. */
export function partOf(
  args: Wish,
  { versions, hidden }: Pick<ObjectHoldResult | BatchHoldResult, 'versions' | 'hidden'>,
  right: number,
  absent: number | null,
): Facts {
  return {
    versions,
    held: args.object_lock_legal_hold ? right : null,
    tagged: wantsTags(args) ? right : null,
    missing: versions - right,
    lacking: [],
    unseen: NONE,
    hidden,
    absent,
    manifestSha256: null,
    tagSets: 1,
  };
}

/** Everything was looked at. */
export function factsOf(args: Wish, inspection: ObjectInspection, absent: number | null): Facts {
  const { versions, right, notHeld, notTagged, unseen, hidden, manifestSha256, distinctTagSets } = inspection;
  const seen = versions - unseen.count;
  return {
    versions,
    held: args.object_lock_legal_hold ? Math.max(0, seen - notHeld.count) : null,
    tagged: wantsTags(args) ? Math.max(0, seen - notTagged.count) : null,
    missing: versions - right,
    lacking: [
      ...notHeld.first.map((version) => ({ ...version, lacks: 'legal hold' })),
      ...notTagged.first.map((version) => ({ ...version, lacks: 'tags' })),
    ],
    unseen: {
      count: unseen.count,
      first: unseen.first.map((each) => ({ missingRight: undefined, ...each, step: 'read-hold' as const })),
    },
    hidden,
    absent,
    manifestSha256,
    tagSets: Math.max(1, distinctTagSets),
  };
}
