/** Tags and locks every object version under some prefixes, by jobs of S3's own. */
import { checkLockSupport, checkWish } from '../object-hold/apply';
import { applyIntention } from '../object-hold/intention-apply';
import { BatchRun, checkHoldId, type BatchHoldDeps, type BatchHoldRequest, type BatchHoldResult } from './batch-run';
import type { BatchProgress } from './follow';

/**
 * Follows jobs of this hold that are still running, then reads what is not yet right, writes manifests of exactly that, starts one
 * job for the hold and one for each tag set, waits for them, and reads their reports. When everything is right it
 * starts nothing. What the jobs report is evidence; `inspectObjectHold` afterwards is proof.
 *
 * Throws a RangeError for an impossible wish, `TooManyTagSets`, and {@link AwsError} when the bucket has no Object Lock.
 */
export async function applyWithBatchOperations(
  request: BatchHoldRequest,
  deps: BatchHoldDeps,
  signal: AbortSignal,
  onProgress?: (progress: BatchProgress) => void,
): Promise<BatchHoldResult> {
  checkWish(request);
  checkHoldId(request.holdId);
  if (request.legalHold) await checkLockSupport(request.bucket, deps, signal);
  return await new BatchRun(request, applyIntention(request), deps, signal, onProgress).through();
}
