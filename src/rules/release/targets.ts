/** What lifts a hold, or rewrites what prevents that, and on what. */
import type { BucketFact, Facts, KeyFact } from '../../facts';

/** One action that lifts a hold or opens the way to it. */
export interface Target {
  readonly action: string;
  /** Completes "can": `take holds off`. */
  readonly means: string;
  readonly on: 'objects' | 'bucket' | 'key';
}

/** S3 has one action for on and off; it is asked whether a hold may be taken off. */
export const LEGAL_HOLD = 's3:PutObjectLegalHold';

export const TARGETS: readonly Target[] = [
  { action: LEGAL_HOLD, means: 'take holds off', on: 'objects' },
  { action: 's3:BypassGovernanceRetention', means: 'bypass retention', on: 'objects' },
  { action: 's3:DeleteObjectVersion', means: 'delete versions that are not held yet', on: 'objects' },
  { action: 's3:PutBucketPolicy', means: 'rewrite the bucket policy', on: 'bucket' },
  { action: 's3:DeleteBucketPolicy', means: 'remove the bucket policy', on: 'bucket' },
  { action: 's3:PutBucketObjectLockConfiguration', means: 'change Object Lock', on: 'bucket' },
  { action: 's3:PutLifecycleConfiguration', means: 'have versions expire', on: 'bucket' },
  { action: 's3:PutBucketVersioning', means: 'suspend versioning', on: 'bucket' },
  { action: 'kms:ScheduleKeyDeletion', means: 'delete the key', on: 'key' },
  { action: 'kms:PutKeyPolicy', means: 'rewrite the key policy', on: 'key' },
];

/** The customer's key that the objects of a bucket are encrypted with, when it is among the facts. */
export function keyOf(facts: Facts, { encryption }: BucketFact): KeyFact | undefined {
  const address = encryption.known ? encryption.value.keyAddress : null;
  return address === null ? undefined : facts.keys.find((key) => key.address === address);
}

/** Buckets in which something is held, or is to be. */
export function heldBuckets({ buckets, duties, objectHolds }: Facts): readonly BucketFact[] {
  const held = new Set<string>();
  for (const { duty, bucket } of duties) {
    if ((duty === 'hold' || duty === 'release') && bucket.known) held.add(bucket.value);
  }
  for (const { bucket, objectLockLegalHold: lock } of objectHolds) {
    if (bucket.known && bucket.value !== null && (!lock.known || lock.value)) held.add(bucket.value);
  }
  return buckets.filter(({ address }) => held.has(address));
}
