/** How object versions stand, from what an engine says or a look has found. Pure. */
import type {
  BatchHoldResult,
  HidingMarker,
  ObjectHoldResult,
  ObjectInspection,
  Present,
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
  /** Not under legal hold, the first of them; `isNew`: came after the look before. */
  readonly unheld: readonly { readonly key: string; readonly versionId: string; readonly isNew: boolean }[];
  readonly unheldCount: number;
  /** Of these, those that were in scope at the look before; null when nothing was looked at before. */
  readonly releasedCount: number | null;
  readonly unseen: Sampled<VersionFailure>;
  readonly hidden: Sampled<HidingMarker>;
  /** Number of conversations without an object; null for a scope of prefixes. */
  readonly absent: number | null;
  /** Of these, the ones of which an object is expected, sorted. */
  readonly absentConversations: readonly string[];
  /** What is there, for the next look to compare; null when not everything was seen. */
  readonly present: Present | null;
  /** Null while not all versions were seen. */
  readonly manifestSha256: string | null;
  readonly tagSets: number;
}

const NONE: Sampled<never> = { count: 0, first: [] };

/** Conversations without an object. */
export interface Absent {
  readonly count: number | null;
  readonly expected: readonly string[];
}

/** Each was verified by the engine in this run. */
export function allRight(args: Wish, result: ObjectHoldResult, absent: Absent): Facts {
  const { manifestSha256, present } = result;
  return { ...partOf(args, result, result.versions, absent), manifestSha256, present };
}

/** Only so many are known to be right; the work was cut short. */
export function partOf(
  args: Wish,
  { versions, hidden }: Pick<ObjectHoldResult | BatchHoldResult, 'versions' | 'hidden'>,
  right: number,
  absent: Absent,
): Facts {
  return {
    versions,
    held: args.object_lock_legal_hold ? right : null,
    tagged: wantsTags(args) ? right : null,
    missing: versions - right,
    lacking: [],
    unheld: [],
    unheldCount: 0,
    releasedCount: null,
    unseen: NONE,
    hidden,
    ...absences(absent),
    present: null,
    manifestSha256: null,
    tagSets: 1,
  };
}

/** Everything was looked at. */
export function factsOf(
  args: Wish,
  inspection: ObjectInspection,
  absent: Absent,
  knownUntil: number | undefined,
): Facts {
  const { versions, right, notHeld, notTagged, unseen, hidden, manifestSha256, distinctTagSets, present } = inspection;
  const seen = versions - unseen.count;
  return {
    versions,
    held: args.object_lock_legal_hold ? Math.max(0, seen - notHeld.count) : null,
    tagged: wantsTags(args) ? Math.max(0, seen - notTagged.count) : null,
    missing: versions - right,
    lacking: [
      ...notHeld.first.map(({ key, versionId }) => ({ key, versionId, lacks: 'legal hold' })),
      ...notTagged.first.map((version) => ({ ...version, lacks: 'tags' })),
    ],
    unseen: {
      count: unseen.count,
      first: unseen.first.map((each) => ({ missingRight: undefined, ...each, step: 'read-hold' as const })),
    },
    unheld: notHeld.first.map(({ key, versionId, modified }) => ({
      key,
      versionId,
      isNew: knownUntil !== undefined && modified > knownUntil,
    })),
    unheldCount: notHeld.count,
    releasedCount: knownUntil === undefined ? null : inspection.releasedVersions,
    hidden,
    ...absences(absent),
    present,
    manifestSha256,
    tagSets: Math.max(1, distinctTagSets),
  };
}

function absences({ count, expected }: Absent): Pick<Facts, 'absent' | 'absentConversations'> {
  return { absent: count, absentConversations: expected };
}
