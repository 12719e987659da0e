/** Takes holds off again, and only those that are ours. */
import { checkWish, sweepRequest, type ObjectHoldRequest } from './apply';
import type { PlacedHolds } from './placed-holds';
import type { Decision, Intention } from './settle-version';
import { sweep, type ObjectHoldDeps, type ObjectHoldProgress, type ObjectHoldResult } from './sweep';
import { carriesTags, withoutTags } from './tag-set';

/** Which holds to release: those of an {@link ObjectHoldRequest}. */
export interface ObjectReleaseRequest extends ObjectHoldRequest {
  /** Take our tags away as well, where they still have our values. @default false: they tell what was held */
  readonly removeTags?: boolean;
  /** From the journal of applying. Without it only the tags tell whose hold it is. */
  readonly placed?: PlacedHolds;
}

/** Why a version was left held; keys of `left` in the result. */
export const LEFT_HELD_BEFORE = 'held before this hold was applied';
export const LEFT_OTHER_TAGS = 'held, but does not carry the tags of this hold';

/**
 * Turns the legal hold OFF on every version in scope that this hold put it on. A version is left alone, and counted in `left`,
 * when the journal does not show that it was us who held it, or when it does not carry all of our tags: the legal hold
 * is one bit for all matters, and another one may rely on it. Journal, failures and resuming are as in applying.
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

function releaseIntention(request: ObjectReleaseRequest): Intention {
  const { tags, legalHold, placed, removeTags = false } = request;
  return {
    needs: { hold: legalHold, tags: tags.size > 0 },
    decide: (version, state): Decision => {
      // Tags that could not be read tell nothing, so the hold stays; the failed read is reported.
      if (tags.size > 0 && state.tags === undefined) return {};
      const isTagged = state.tags === undefined || carriesTags(state.tags, tags);
      if (state.hold === 'ON') {
        if (!isTagged) return { left: LEFT_OTHER_TAGS };
        if (placed !== undefined && !placed.has(version)) return { left: LEFT_HELD_BEFORE };
      }
      const kept = removeTags && state.tags !== undefined ? withoutTags(state.tags, tags) : undefined;
      return { ...(legalHold ? { hold: 'OFF' } : {}), ...(kept === undefined ? {} : { tags: kept }) };
    },
  };
}
