/** Tags and locks every object version under some prefixes, from this process. */
import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error';
import { applyIntention, type HoldWish } from './intention-apply';
import { normalizePrefixes } from './scope';
import { sweep, type ObjectHoldDeps, type ObjectHoldProgress, type ObjectHoldResult, type SweepRequest } from './sweep';
import { canonicalTags, tagProblems } from './tag-set';

/** Which objects, and what is wanted of them. */
export interface ObjectHoldRequest extends HoldWish {
  readonly bucket: string;
  /** Keys that begin with any of them; without a leading slash. Empty: the whole bucket. */
  readonly prefixes: readonly string[];
  /** Up to when, by S3's clock in milliseconds since 1970, versions were known before. @default nothing was looked at before */
  readonly knownUntil?: number;
}

/**
 * Brings every version in scope to its tags and its hold, and reads both again. What is right is not written: a second run
 * after a good one makes no write. Failures of single versions are collected in the result and stop nothing.
 *
 * Throws a RangeError when nothing is asked for or the tags cannot be, an {@link AwsError} when the bucket has no Object Lock,
 * and whatever the journal's file throws. When the signal is aborted, the result says so and what was done.
 */
export async function applyObjectHold(
  request: ObjectHoldRequest,
  deps: ObjectHoldDeps,
  signal: AbortSignal,
  onProgress?: (progress: ObjectHoldProgress) => void,
): Promise<ObjectHoldResult> {
  checkWish(request);
  if (request.legalHold) await checkLockSupport(request.bucket, deps, signal);
  return await sweep(sweepRequest(request), applyIntention(request), deps, signal, onProgress, request.knownUntil);
}

/** Throws a RangeError when the wish is empty or its tags are not ones that S3 takes. */
export function checkWish(wish: HoldWish): void {
  const problems = [...tagProblems(wish.tags)];
  if (wish.tags.size === 0 && !wish.legalHold) problems.push('Neither tags nor a legal hold are asked for.');
  if (problems.length > 0) throw new RangeError(problems.join(' '));
}

/** Throws when no version of the bucket can ever be held. When we may not look, the first write will tell. */
export async function checkLockSupport(
  bucket: string,
  deps: Pick<ObjectHoldDeps, 'store'>,
  signal: AbortSignal,
): Promise<void> {
  const support = await deps.store.lockSupport(signal);
  if (support.state !== 'off') return;
  throw new AwsError(
    {
      message: objectLockMissing(bucket),
      operation: 'GetObjectLockConfiguration',
      target: `s3://${bucket}`,
      code: 'ObjectLockNotEnabled',
      status: undefined,
      requestId: undefined,
      missingRight: undefined,
    },
    undefined,
  );
}

/** What is missing, and how it is put right. */
export function objectLockMissing(bucket: string): string {
  return (
    `Objects in s3://${bucket} cannot be held: Object Lock is not enabled on the bucket. Enable versioning and Object Lock ` +
    'on it (without a default retention), then repeat. Object Lock can be enabled on an existing bucket and never be disabled.'
  );
}

/** What the journal says about a run. The digest is equal for runs that do the same to the same scope. */
export function sweepRequest(request: ObjectHoldRequest): SweepRequest {
  const hold = request.legalHold ? 'ON' : null;
  const prefixes = normalizePrefixes(request.prefixes);
  const tags = canonicalTags(request.tags);
  const identity = JSON.stringify(['apply', request.bucket, prefixes, tags, hold]);
  return {
    action: 'apply',
    bucket: request.bucket,
    prefixes,
    tags: Object.fromEntries(tags),
    hold,
    request: createHash('sha256').update(identity).digest('hex'),
  };
}
