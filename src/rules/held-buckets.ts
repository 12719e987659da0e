/** Buckets whose objects are held, and the names of what can be wrong with them that several rules meet. */
import type { BucketFact, Facts, Origin } from '../facts';

/** Whether objects of a bucket are to be held: by a role that does it, or by an object hold that locks. */
export function isHeld(facts: Facts, { address }: BucketFact): boolean {
  const byDuty = facts.duties.some(({ duty, bucket }) => duty === 'hold' && bucket.known && bucket.value === address);
  const byHold = facts.objectHolds.some(
    ({ bucket, objectLockLegalHold: lock }) => bucket.known && bucket.value === address && (!lock.known || lock.value),
  );
  return byDuty || byHold;
}

/** Each of these is one cause, by the place where it is set; a plan that changes the place meets it, too. */
export const versioningCause = ({ address }: Pick<Origin, 'address'>): string => `versioning ${address}`;
export const lockCause = ({ address }: Pick<Origin, 'address'>): string => `object lock ${address}`;
export const expiryCause = ({ address }: Pick<Origin, 'address'>): string => `objects expire ${address}`;
