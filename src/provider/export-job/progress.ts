/** How far an export is, from the state of its batches. Pure. */
import type { Batch, BatchState, WaitFor } from '../../genesys';
import { formatExportId } from '../export-id';

/** Where the whole export stands; the words of the attribute `state`. */
export type ExportState = 'running' | 'fulfilled' | 'exported' | 'incomplete' | 'growing' | 'failed' | 'lost';

/**
 * The worst batch decides: what needs somebody's attention goes before what only needs time. One that was finished once is
 * whole, incomplete or growing, whatever is exported again at the moment.
 */
export function stateOfExport(
  batches: readonly Batch[],
  {
    finished,
    whole,
    growing = false,
  }: { readonly finished: boolean; readonly whole: boolean; readonly growing?: boolean },
): ExportState {
  const has = (...states: readonly BatchState[]) => batches.some(({ state }) => states.includes(state));
  if (growing) return 'growing';
  if (finished) return !whole ? 'incomplete' : has('fulfilled') ? 'fulfilled' : 'exported';
  if (has('failed', 'cancelled')) return 'failed';
  if (has('forgotten')) return 'lost';
  if (has('planned', 'pending', 'ready', 'processing')) return 'running';
  return has('incomplete') && !whole ? 'incomplete' : 'fulfilled';
}

/** Nothing has to be waited for: the export is a fact from now on. */
export function isDone(state: string | null, waitFor: string): boolean {
  return state === 'exported' || (state === 'fulfilled' && waitFor === 'fulfilled');
}

/**
 * Whether an export was finished, and what is asked for can be had of it as it is. One that only had to be fulfilled is not, when
 * more is asked for now.
 */
export function isFinished(
  wasFinished: boolean,
  { state }: { readonly state: string | null },
  waitFor: string,
): boolean {
  return wasFinished && (state !== 'fulfilled' || isDone(state, waitFor));
}

/** A batch that needs nothing any more. */
export function isDoneBatch(batch: Batch, waitFor: WaitFor): boolean {
  return batch.state === 'exported' || (batch.state === 'fulfilled' && waitFor === 'fulfilled');
}

/** Whether continuing means a new recording job for this batch. */
export function needsNewJob(batch: Pick<Batch, 'jobId' | 'state'>): boolean {
  return batch.jobId === null || ['failed', 'cancelled', 'forgotten', 'incomplete', 'planned'].includes(batch.state);
}

/** The resource's id: the ids of the jobs there are, in the order of the batches, and how many are still to come. */
export function exportId(batches: readonly Pick<Batch, 'jobId'>[]): string {
  const jobIds = batches.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
  return formatExportId({ jobIds, withoutJob: batches.length - jobIds.length });
}

/** "2 of 5 batches exported, 1 processing, 2 planned": for messages. */
export function describeProgress(batches: readonly Batch[]): string {
  const counts = new Map<BatchState, number>();
  for (const { state } of batches) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = [...counts].map(([state, count]) => `${count} ${state}`);
  return `${batches.length} ${batches.length === 1 ? 'batch' : 'batches'}: ${parts.join(', ')}`;
}
