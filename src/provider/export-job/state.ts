/** From batches to the attributes of the resource, and back. Pure. */
import type { StateOf } from '../../framework';
import { isRetry, type Batch, type BatchState, type ExportSpec, type FailedRecording } from '../../genesys';
import { gapValues, type Gap } from '../gaps';
import { countOf, isLostFile } from './lacks';
import type { Kept } from './private';
import { exportId, stateOfExport } from './progress';
import { LISTED_FAILED_RECORDINGS, type ExportJobSchema } from './schema';

type State = StateOf<ExportJobSchema>;

/** What is computed: every attribute the user cannot set. */
export type Computed = Pick<
  State,
  | 'id'
  | 'organization_id'
  | 'state'
  | 'completed_at'
  | 'batch_count'
  | 'batches'
  | 'conversation_count'
  | 'recording_count'
  | 'failed_recording_count'
  | 'failed_recordings'
  | 'conversation_ids_sha256'
  | 'late_count'
  | 'lost_count'
  | 'reexported_count'
  | 'unknown'
  | 'gap_count'
  | 'gaps'
  | 'gaps_sha256'
>;

/** The attributes the user can set. */
export type Arguments = Omit<State, keyof Computed>;

/** What is known beside the batches and what is kept with them. */
export interface Facts {
  readonly organizationId: string | null;
  readonly completedAt: string | null;
  /** The id of an export that was finished once: it stays, whatever is exported again. */
  readonly id: string | null;
  /** What a look could not find out, one sentence each. */
  readonly unknown: readonly string[];
  /** Whether the scope was looked at for late conversations, and the bucket for its files. */
  readonly lookedAt: { readonly scope: boolean; readonly bucket: boolean };
}

/** The computed attributes of an export that stands like this. */
export function computedOf(spec: ExportSpec, kept: Kept, facts: Facts): Computed {
  const { covered } = kept;
  const batches = [...kept.batches, ...(kept.growth ?? [])];
  const gaps = kept.gaps ?? [];
  const failed = gaps.filter(({ kind }) => kind === 'failed').map(recordingOf);
  return {
    id: facts.id ?? exportId(batches),
    organization_id: facts.organizationId,
    state: stateOfExport(batches, {
      finished: kept.finished,
      whole: gaps.length === 0,
      growing: kept.growth !== null,
    }),
    completed_at: facts.completedAt,
    batch_count: baseOf(batches, spec).length,
    batches: batches.map(rowOf),
    conversation_count: covered?.size ?? null,
    recording_count: sum(baseOf(batches, spec), (batch) => batch.recordings),
    failed_recording_count: kept.gaps === null ? sum(batches, (batch) => batch.failedRecordings) : failed.length,
    failed_recordings: rowsOfFailed(failed),
    conversation_ids_sha256: covered?.sha256 ?? null,
    late_count: facts.lookedAt.scope ? countOf(gaps, 'late') : null,
    lost_count: facts.lookedAt.bucket ? gaps.filter(isLostFile).length : null,
    reexported_count: kept.reexported,
    unknown: facts.unknown,
    ...gapValues(gaps),
  };
}

/** The batches that the scope is divided into, without those that export something again. */
export function baseOf(batches: readonly Batch[], spec: ExportSpec): readonly Batch[] {
  return batches.filter((batch) => !isRetry(batch, batches, spec));
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

function recordingOf({ id }: Gap): FailedRecording {
  const slash = id.indexOf('/');
  return { conversationId: id.slice(0, slash), recordingId: id.slice(slash + 1) };
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
