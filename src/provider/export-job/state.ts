/** From batches to the attributes of the resource, and back. Pure. */
import type { StateOf } from '../../framework';
import type { Batch, BatchState, Completion, FailedRecording } from '../../genesys';
import { exportId, stateOfExport } from './progress';
import { LISTED_FAILED_RECORDINGS, type ExportJobSchema } from './schema';

type State = StateOf<ExportJobSchema>;

/** What is computed: every attribute the user cannot set. */
export type Computed = Pick<
  State,
  | 'id'
  | 'state'
  | 'completed_at'
  | 'batch_count'
  | 'batches'
  | 'conversation_count'
  | 'recording_count'
  | 'failed_recording_count'
  | 'failed_recordings'
  | 'conversation_ids_sha256'
>;

/** The attributes the user can set. */
export type Arguments = Omit<State, keyof Computed>;

/** What is known beside the batches themselves. */
export interface Facts {
  readonly completion: Completion | null;
  readonly completedAt: string | null;
  readonly failedRecordings: readonly FailedRecording[];
}

/** Nothing is known beside the batches yet. */
export const NO_FACTS: Facts = { completion: null, completedAt: null, failedRecordings: [] };

/** The computed attributes of an export whose batches stand like this. */
export function computedOf(batches: readonly Batch[], facts: Facts): Computed {
  return {
    id: exportId(batches),
    state: stateOfExport(batches),
    completed_at: facts.completedAt,
    batch_count: batches.length,
    batches: batches.map(rowOf),
    conversation_count: facts.completion?.conversations.size ?? null,
    recording_count: sum(batches, (batch) => batch.recordings),
    failed_recording_count: sum(batches, (batch) => batch.failedRecordings),
    failed_recordings: rowsOfFailed(facts.failedRecordings),
    conversation_ids_sha256: facts.completion?.conversations.sha256 ?? null,
  };
}

/** One entry of `batches`. */
export function rowOf(batch: Batch) {
  return {
    job_id: batch.jobId,
    interval: batch.interval,
    state: batch.state,
    conversation_count: batch.conversations,
    recording_count: batch.recordings,
    failed_recording_count: batch.failedRecordings,
    error: batch.error,
  };
}

/** The listed part of the failed recordings. */
export function rowsOfFailed(failed: readonly FailedRecording[]) {
  return failed
    .slice(0, LISTED_FAILED_RECORDINGS)
    .map(({ conversationId, recordingId }) => ({ conversation_id: conversationId, recording_id: recordingId }));
}

/** The batches that a state shows; the conversations of a retry are not in there. */
export function batchesIn(state: Pick<State, 'batches'>): readonly Batch[] {
  return (state.batches ?? []).map((row) => ({
    jobId: row.job_id,
    interval: row.interval ?? '',
    state: (row.state ?? 'planned') as BatchState,
    conversations: row.conversation_count ?? 0,
    recordings: row.recording_count ?? 0,
    failedRecordings: row.failed_recording_count ?? 0,
    error: row.error,
  }));
}

function sum(batches: readonly Batch[], count: (batch: Batch) => number): number {
  return batches.reduce((total, batch) => total + count(batch), 0);
}
