/** Takes holds off again by jobs of S3's own, and only those that are ours. */
import { checkWish } from '../object-hold/apply';
import { releaseIntention, type ObjectReleaseRequest } from '../object-hold/release';
import { BatchRun, checkHoldId, type BatchHoldDeps, type BatchHoldRequest, type BatchHoldResult } from './batch-run';
import type { BatchProgress } from './follow';

/** Which holds to release, and with whose rights. */
export type BatchReleaseRequest = Omit<BatchHoldRequest, 'checksums'> & Pick<ObjectReleaseRequest, 'placed'>;

/**
 * Follows jobs of this hold that are still running, reads every version, writes a manifest of exactly those whose hold is ON
 * and ours (as `releaseObjectHold` tells them), starts one job that turns them OFF, waits for it, and reads its report. Tags
 * stay. Jobs that an interrupted release has left running are found again by the hold they are marked with.
 *
 * The report is evidence; `inspectObjectHold` afterwards is proof. Throws a RangeError for an impossible request.
 */
export async function releaseWithBatchOperations(
  request: BatchReleaseRequest,
  deps: BatchHoldDeps,
  signal: AbortSignal,
  onProgress?: (progress: BatchProgress) => void,
): Promise<BatchHoldResult> {
  checkWish(request);
  checkHoldId(request.holdId);
  return await new BatchRun('release', request, releaseIntention(request), deps, signal, onProgress).through();
}
