/**
 * The life of recording jobs: PENDING while the query is counted, READY, PROCESSING once executed, FULFILLED when the
 * dates are written. Nothing runs in the background: each job knows when its next state begins, and `settle` moves it.
 */
import { randomUUID } from 'node:crypto';
import type { Conversation, Recording } from '../conversations';
import { spreadOf } from '../ids';
import type { PlannedExport } from './export-queue';
import type { World } from '../world';

export type JobState = 'PENDING' | 'READY' | 'PROCESSING' | 'FULFILLED' | 'FAILED' | 'CANCELLED';
export type JobAction = 'ARCHIVE' | 'DELETE' | 'EXPORT';

export interface RecordingJobRecord {
  readonly id: string;
  readonly clientId: string;
  readonly created: number;
  readonly action: JobAction;
  readonly query: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970; undefined for at once. */
  readonly actionDate: number | undefined;
  /** Days after each recording's creation. */
  readonly actionAge: number | undefined;
  readonly includeScreenRecordings: boolean;
  readonly integrationId: string | undefined;
  /** Places of the matched conversations. */
  readonly matched: readonly number[];
  state: JobState;
  /** When PENDING or PROCESSING ends. */
  nextAt: number;
  /** When the job was executed; for the progress. */
  processingSince: number;
  /** Set when PROCESSING ends in FAILED. */
  failsWith: string | undefined;
  errorMessage: string | undefined;
  totals: JobTotals;
  readonly failed: { readonly conversationId: string; readonly recordingId: string }[];
}

export interface JobTotals {
  readonly conversations: number;
  readonly recordings: number;
  readonly skipped: number;
}

/** An organization runs at most two jobs that are PENDING or PROCESSING (from the description of the endpoint). */
export const CONCURRENT_JOBS = 2;

const DAY = 86_400_000;

export type NewJob = Omit<
  RecordingJobRecord,
  'id' | 'created' | 'state' | 'nextAt' | 'processingSince' | 'failsWith' | 'errorMessage' | 'totals' | 'failed'
>;

export class JobEngine {
  private readonly jobs = new Map<string, RecordingJobRecord>();
  /** Messages of jobs that are to fail when executed; taken one by one. */
  readonly failures: string[] = [];

  constructor(private readonly world: World) {}

  get(id: string): RecordingJobRecord | undefined {
    return this.jobs.get(id);
  }

  /** Newest first. */
  list(): readonly RecordingJobRecord[] {
    return [...this.jobs.values()].reverse();
  }

  count(state: JobState): number {
    let count = 0;
    for (const job of this.jobs.values()) if (job.state === state) count += 1;
    return count;
  }

  get running(): number {
    return this.count('PENDING') + this.count('PROCESSING');
  }

  create(job: NewJob): RecordingJobRecord {
    const now = this.world.clock.now();
    const record: RecordingJobRecord = {
      ...job,
      id: randomUUID(),
      created: now,
      state: 'PENDING',
      nextAt: now + this.world.settings.pendingMs,
      processingSince: 0,
      failsWith: undefined,
      errorMessage: undefined,
      totals: { conversations: 0, recordings: 0, skipped: 0 },
      failed: [],
    };
    this.jobs.set(record.id, record);
    return record;
  }

  execute(job: RecordingJobRecord): void {
    job.state = 'PROCESSING';
    job.processingSince = this.world.clock.now();
    job.nextAt = job.processingSince + this.world.settings.processingMs;
    job.failsWith = this.failures.shift();
  }

  cancel(job: RecordingJobRecord): void {
    job.state = 'CANCELLED';
  }

  /** As when Genesys Cloud clears its job history. Without ids, all of them. Answers how many were known. */
  forget(ids?: readonly string[]): number {
    return (ids ?? [...this.jobs.keys()]).filter((id) => this.jobs.delete(id)).length;
  }

  /** Puts a job of a saved state back. */
  restore(job: RecordingJobRecord): void {
    this.jobs.set(job.id, job);
  }

  /** From 0 to 100. */
  progress(job: RecordingJobRecord): number {
    if (job.state === 'FULFILLED') return 100;
    if (job.state !== 'PROCESSING') return 0;
    const whole = Math.max(1, job.nextAt - job.processingSince);
    return Math.min(99, Math.floor((100 * (this.world.clock.now() - job.processingSince)) / whole));
  }

  settle(): void {
    const now = this.world.clock.now();
    for (const job of this.jobs.values()) {
      if (job.nextAt > now) continue;
      if (job.state === 'PENDING') this.becomeReady(job);
      else if (job.state === 'PROCESSING') this.finish(job);
    }
  }

  private becomeReady(job: RecordingJobRecord): void {
    let recordings = 0;
    let skipped = 0;
    for (const { recording } of this.recordingsOf(job)) {
      recordings += 1;
      if (!isInScope(job, recording)) skipped += 1;
    }
    job.totals = { conversations: job.matched.length, recordings, skipped };
    job.state = 'READY';
  }

  private finish(job: RecordingJobRecord): void {
    const bucket = this.bucketOf(job);
    const failure = job.failsWith ?? (job.action === 'EXPORT' && bucket === undefined ? NO_BUCKET : undefined);
    if (failure !== undefined) {
      job.state = 'FAILED';
      job.errorMessage = failure;
      return;
    }
    job.state = 'FULFILLED';
    const planned: PlannedExport[] = [];
    for (const { conversation, recording } of this.recordingsOf(job)) {
      if (!isInScope(job, recording)) continue;
      if (recording.failsExport) {
        job.failed.push({ conversationId: conversation.id, recordingId: recording.id });
        continue;
      }
      const date = dateFor(job, recording, job.nextAt);
      this.world.conversations.touch(conversation.id);
      if (job.action === 'DELETE') {
        recording.deleteDate = date;
        this.world.retention.note([conversation.id]);
      }
      if (job.action !== 'EXPORT' || bucket === undefined) continue;
      recording.exportDate = date;
      if (!recording.neverArrives) {
        planned.push({
          conversationId: conversation.id,
          recordingId: recording.id,
          bucket,
          at: Math.max(date, job.nextAt) + this.delayOf(recording),
        });
      }
    }
    this.world.exports.plan(
      latestAtFullDelay(planned, this.world.settings.exportDelayMs).map((one) => this.beforeDeletion(one, job.nextAt)),
    );
  }

  /** Between a quarter and the whole of the delay, always the same for the same recording. */
  private delayOf(recording: Recording): number {
    return Math.floor(this.world.settings.exportDelayMs * (0.25 + 0.75 * spreadOf(recording.id)));
  }

  /** An export date never passes the delete date, so the file of a recording that is deleted soon comes before. */
  private beforeDeletion(planned: PlannedExport, fulfilledAt: number): PlannedExport {
    const recording = this.world.conversations
      .known(planned.conversationId)
      ?.recordings.find(({ id }) => id === planned.recordingId);
    const limit = recording?.deleteDate;
    return limit === undefined ? planned : { ...planned, at: Math.min(planned.at, Math.max(limit, fulfilledAt)) };
  }

  private bucketOf(job: RecordingJobRecord): string | undefined {
    const bucket = this.world.integrations.get(job.integrationId ?? '')?.bucket;
    return bucket !== undefined && this.world.objects.hasBucket(bucket) ? bucket : undefined;
  }

  private *recordingsOf(
    job: RecordingJobRecord,
  ): Generator<{ readonly conversation: Conversation; readonly recording: Recording }> {
    for (const place of job.matched) {
      const conversation = this.world.conversations.at(place);
      for (const recording of conversation.recordings) yield { conversation, recording };
    }
  }
}

const NO_BUCKET = 'Export failed: the bucket of the integration does not exist or cannot be written to.';

function isInScope(job: RecordingJobRecord, recording: Recording): boolean {
  return recording.media !== 'screen' || job.includeScreenRecordings;
}

function dateFor(job: RecordingJobRecord, recording: Recording, fulfilledAt: number): number {
  const wanted = job.actionAge !== undefined ? recording.start + job.actionAge * DAY : (job.actionDate ?? fulfilledAt);
  // An export date never passes the delete date: the API moves it forward.
  return job.action === 'EXPORT' && recording.deleteDate !== undefined
    ? Math.min(wanted, recording.deleteDate)
    : wanted;
}

/** The last file of a job comes after the whole delay, so that waiting for it is never shorter by luck. */
function latestAtFullDelay(planned: readonly PlannedExport[], delayMs: number): readonly PlannedExport[] {
  const last = planned.reduce<PlannedExport | undefined>((a, b) => (a === undefined || b.at > a.at ? b : a), undefined);
  if (last === undefined) return planned;
  const shortest = Math.floor(delayMs * (0.25 + 0.75 * spreadOf(last.recordingId)));
  return planned.map((one) => (one === last ? { ...one, at: one.at - shortest + delayMs } : one));
}
