/** Takes holds off again, and only those that are ours. */
import { checkWish, sweepRequest, type ObjectHoldRequest } from './apply';
import type { VersionRef } from './object-store';
import type { PlacedHolds } from './placed-holds';
import type { Decision, Intention } from './settle-version';
import { sweep, type ObjectHoldDeps, type ObjectHoldProgress, type ObjectHoldResult } from './sweep';
import { carriesTags, withoutTags, type TagSet } from './tag-set';

/** Which holds to release: those of an {@link ObjectHoldRequest}. */
export interface ObjectReleaseRequest extends ObjectHoldRequest {
  /** Take our tags away as well, where they still have our values. @default false: they tell what was held */
  readonly removeTags?: boolean;
  /** From the journal of applying. Without it, or where it is not complete, the tags tell whose hold it is. */
  readonly placed?: PlacedHolds;
}

/** Why a version was left held; keys of `left` in the result. */
export const LEFT_NOT_OURS = 'held, but not by this hold';
export const LEFT_OTHER_TAGS = 'held, and tagged otherwise than by this hold';

/**
 * Turns the legal hold OFF on every version in scope that this hold put it on. The legal hold is one bit for all matters, and
 * another one may rely on it; so a version is left alone, and counted in `left`, when
 * - the journal does not show that it was us who held it, or another value has been put into one of our tags since;
 * - without a complete journal, it does not carry all of our tags.
 * The run's own journal, failures and resuming are as in applying.
 */
export async function releaseObjectHold(
  request: ObjectReleaseRequest,
  deps: ObjectHoldDeps,
  signal: AbortSignal,
  onProgress?: (progress: ObjectHoldProgress) => void,
): Promise<ObjectHoldResult> {
  checkWish(request);
  return await sweep(sweepRequest('release', request), releaseIntention(request), deps, signal, onProgress);
}

/** Holds that are ours go OFF, everything else stays. */
export function releaseIntention(request: ObjectReleaseRequest): Intention {
  const { tags, legalHold, removeTags = false } = request;
  return {
    needs: { hold: legalHold, tags: tags.size > 0 },
    decide: (version, state): Decision => {
      // Tags that could not be read tell nothing, so the hold stays; the failed read is reported.
      if (tags.size > 0 && state.tags === undefined) return {};
      const reason = state.hold === 'ON' ? leaveHeld(version, state.tags ?? new Map(), request) : undefined;
      if (reason !== undefined) return { left: reason };
      const kept = removeTags && state.tags !== undefined ? withoutTags(state.tags, tags) : undefined;
      return { ...(legalHold ? { hold: 'OFF' } : {}), ...(kept === undefined ? {} : { tags: kept }) };
    },
  };
}

/** Undefined: the hold is ours. */
function leaveHeld(version: VersionRef, present: TagSet, { tags, placed }: ObjectReleaseRequest): string | undefined {
  if (placed === undefined) return carriesTags(present, tags) ? undefined : LEFT_OTHER_TAGS;
  const retagged = [...tags].some(([key, value]) => present.has(key) && present.get(key) !== value);
  if (retagged) return LEFT_OTHER_TAGS;
  if (placed.has(version)) return undefined;
  return !placed.isComplete && tags.size > 0 && carriesTags(present, tags) ? undefined : LEFT_NOT_OURS;
}
