/** What applying a hold wants of each version. Pure; shared by the engines and by what looks for drift. */
import type { HoldStatus } from './object-store';
import type { Decision, Intention, VersionState } from './settle-version';
import { MAX_TAGS, mergeTags, type TagSet } from './tag-set';

/** What is wanted on every version. */
export interface HoldWish {
  /** Merged into what is there; empty: tags are left alone. */
  readonly tags: TagSet;
  /** S3 Object Lock legal hold. False: holds are left alone. */
  readonly legalHold: boolean;
}

/** Tags are merged, the hold is ON. */
export function applyIntention(wish: HoldWish): Intention {
  return {
    needs: { hold: wish.legalHold, tags: wish.tags.size > 0 },
    decide: (_version, state) => ({
      ...(wish.legalHold ? { hold: 'ON' as HoldStatus } : {}),
      ...decideTags(wish.tags, state),
    }),
  };
}

function decideTags(wanted: TagSet, state: VersionState): Decision {
  if (wanted.size === 0 || state.tags === undefined) return {};
  const merge = mergeTags(state.tags, wanted);
  if (!merge.changed) return {};
  if (merge.fits) return { tags: merge.tags, overwrittenTags: merge.overwritten.length };
  return { failure: { step: 'limit', code: 'TagLimitExceeded', message: tagLimitMessage(state.tags, wanted) } };
}

/** Says which tags are in the way. */
export function tagLimitMessage(present: TagSet, wanted: TagSet): string {
  return (
    `The version has ${present.size} tags (${[...present.keys()].join(', ')}) and S3 takes at most ${MAX_TAGS}, so ` +
    `${[...wanted.keys()].join(', ')} cannot be added without losing others. Nothing was written to its tags; the legal ` +
    'hold does not need them. Remove tags that nobody uses, or ask for fewer.'
  );
}
