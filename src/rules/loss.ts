/** Losses in words: what a change gives up of what is preserved. */
import { counted as inNumbers, enumerated } from '../words';
import type { Loss, Known } from '../facts';
import type { Status } from './rule';

/** A loss in words. */
export interface LossInWords {
  /** A sentence without its subject and full stop: "releases the legal hold on 412 conversations". */
  readonly sentence: string;
  /** `fail`: something is given up. `warn`: it is made possible, or nothing manages it. `unknown`: it may be. */
  readonly status: Exclude<Status, 'pass'>;
}

/** What a loss means. Pure. */
export function describeLoss(loss: Loss): LossInWords {
  switch (loss.kind) {
    case 'hold-released':
      return {
        sentence: releasesHold(loss),
        status: loss.by === 'scope' && !loss.conversations.known ? 'unknown' : 'fail',
      };
    case 'hold-forgotten':
      return {
        sentence: `stops managing the legal hold on ${counted(loss.conversations, 'conversation')}; they stay held, but a release would go unnoticed`,
        status: 'fail',
      };
    case 'hold-narrowed':
      return {
        sentence: `takes ${counted(loss.conversations, 'conversation')} out of the scope of the legal hold; ${isOne(loss.conversations) ? 'it stays' : 'they stay'} held`,
        status: 'warn',
      };
    case 'release-consented':
      return {
        sentence: `gives consent to release what is held (${counted(loss.count, loss.of === 'hold' ? 'conversation' : 'object version')}): the next destroy releases it`,
        status: 'warn',
      };
    case 'objects-released':
      return {
        sentence: `${loss.by === 'replace' ? 'releases and locks again' : 'takes the lock off'} ${counted(loss.versions, 'object version')}`,
        status: 'fail',
      };
    case 'objects-forgotten':
      return {
        sentence: `stops managing the lock on ${counted(loss.versions, 'object version')}; they stay locked, but a release would go unnoticed`,
        status: 'fail',
      };
    case 'export-shrunk':
      return shrinks(loss);
    case 'export-dropped':
      return dropped(loss);
    case 'bucket-destroyed':
      return {
        sentence:
          `${loss.by === 'destroy' ? 'destroys' : 'replaces'} the bucket ${loss.name.known ? loss.name.value : ''}`.trimEnd() +
          ' that recordings are in',
        status: 'fail',
      };
    case 'key-lost':
      return { sentence: `${LOSES_KEY[loss.by]} the key that recordings are encrypted with`, status: 'fail' };
    case 'objects-expire':
      return expires(loss);
    case 'retention-weakened':
      return weakens(loss);
    case 'mfa-delete-off':
      return { sentence: 'lets versions be deleted without a second factor (MFA delete)', status: 'fail' };
    case 'versioning-off':
      if (loss.unknown !== undefined)
        return perhaps('may turn off versioning of the bucket that recordings are in', loss);
      return {
        sentence: 'turns off versioning of the bucket that recordings are in: files that are overwritten are lost',
        status: 'fail',
      };
    case 'force-destroy':
      if (loss.unknown !== undefined) {
        return perhaps('may let a later destroy delete the bucket that recordings are in (force_destroy)', loss);
      }
      return {
        sentence: 'lets a later destroy delete the bucket that recordings are in with all files in it (force_destroy)',
        status: loss.isNew === true ? 'warn' : 'fail',
      };
    case 'public-access':
      if (loss.unknown !== undefined) {
        return {
          sentence: `may turn off ${enumerated([...loss.settings].sort())}, whose new value ${loss.unknown}: recordings could become readable by anybody`,
          status: 'unknown',
        };
      }
      return {
        sentence: `turns off ${loss.settings.length === 0 ? 'the public access block' : enumerated([...loss.settings].sort())}: recordings can become readable by anybody`,
        status: 'fail',
      };
    case 'denials-removed':
      if (loss.unknown !== undefined) {
        const what = loss.actions.length === 0 ? 'what it denied' : enumerated(loss.actions, 6);
        return {
          sentence: `may no longer deny ${what} in the bucket policy, which ${loss.unknown}`,
          status: 'unknown',
        };
      }
      return { sentence: `no longer denies ${enumerated(loss.actions, 6)} in the bucket policy`, status: 'fail' };
  }
}

const LOSES_KEY = {
  destroy: 'schedules the deletion of',
  replace: 'replaces, and schedules the deletion of,',
  disable: 'switches off',
} as const;

function expires({ days, hides }: Loss & { kind: 'objects-expire' }): LossInWords {
  if (!days.known) {
    return { sentence: `may let S3 delete recordings by a lifecycle rule that ${days.why}`, status: 'unknown' };
  }
  const when = days.value === 0 ? 'at a date' : `after ${inDays(days.value)}`;
  const does = hides === true ? 'hide recordings below delete markers' : 'delete recordings';
  return { sentence: `lets S3 ${does} ${when}, by a lifecycle rule that is new or sooner`, status: 'fail' };
}

function perhaps(what: string, { unknown = '' }: { readonly unknown?: string }): LossInWords {
  return { sentence: `${what}: the new value ${unknown}`, status: 'unknown' };
}

function weakens(loss: Loss & { kind: 'retention-weakened' }): LossInWords {
  const { how, before, after, isHeld } = loss;
  if (loss.unknown !== undefined) return perhaps(`may weaken the default retention (${before})`, loss);
  const change =
    how === 'removed'
      ? `takes the default retention away (${before}): new files can be deleted as soon as they arrive`
      : how === 'shorter'
        ? `shortens the default retention (${before}) to ${after}: new files can be deleted sooner`
        : `changes the default retention (${before}) to ${after}: whoever may bypass it can delete new files`;
  // What is held stays held without it.
  return isHeld ? { sentence: `${change}, until they are held`, status: 'warn' } : { sentence: change, status: 'fail' };
}

function releasesHold({ by, conversations }: Loss & { kind: 'hold-released' }): string {
  const held = counted(conversations, 'conversation');
  switch (by) {
    case 'destroy':
      return `releases the legal hold on ${held}`;
    case 'replace':
      return `releases the legal hold on ${held} and creates it again`;
    case 'scope':
      return conversations.known
        ? `releases ${held} that ${isOne(conversations) ? 'falls' : 'fall'} out of the scope of the legal hold`
        : 'may release conversations that fall out of the scope of the legal hold';
  }
}

function shrinks({ attribute, before, after, days }: Loss & { kind: 'export-shrunk' }): LossInWords {
  if (!after.known) {
    return {
      sentence: `may shrink the export: ${attribute} was ${before}, and the new value ${after.why}`,
      status: 'unknown',
    };
  }
  const by = days === null ? '' : ` by ${inDays(days)}`;
  return { sentence: `shrinks the export${by}: ${attribute} was ${before} and becomes ${after.value}`, status: 'fail' };
}

function dropped({ by, finished }: Loss & { kind: 'export-dropped' }): LossInWords {
  if (finished) {
    return { sentence: 'drops the record of a finished export; its files and holds stay', status: 'warn' };
  }
  return by === 'destroy'
    ? { sentence: 'cancels an export that is not finished', status: 'fail' }
    : { sentence: 'stops managing an export that is not finished', status: 'fail' };
}

function isOne(count: Known<number>): boolean {
  return count.known && count.value === 1;
}

/** "412 conversations", "1 conversation", "an unknown number of conversations". */
function counted(count: Known<number>, noun: string): string {
  return count.known ? inNumbers(count.value, noun) : `an unknown number of ${noun}s`;
}

/** "31 days", "1 day", "6 hours", "1 second". */
export function inDays(days: number): string {
  const seconds = Math.round(days * 86_400);
  const hours = Math.round(days * 24);
  const [value, unit] =
    seconds < 120
      ? [seconds, 'second']
      : seconds < 2 * 3_600
        ? [Math.round(seconds / 60), 'minute']
        : hours % 24 === 0 || hours > 72
          ? [Math.round(days * 10) / 10, 'day']
          : [hours, 'hour'];
  return inNumbers(value, unit);
}
