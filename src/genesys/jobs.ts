/** Recording jobs as Genesys Cloud knows them: create, execute, look, cancel. One request each; waiting is elsewhere. */
import type { InferOutput } from 'valibot';
import type { Client } from './client';
import { hasStatus } from './errors';
import type { Batch, BatchState, FailedRecording } from './model';
import { operations } from './operations';
import { pages } from './pages';
import type { RecordingJobsQuery } from './query';
import type * as shapes from './shapes';

/** A recording job. */
export type Job = InferOutput<typeof shapes.job>;

const PAGE_SIZE = 100;

/** The recording jobs of an organization. */
export class Jobs {
  constructor(private readonly client: Client) {}

  /** Throws AmbiguousFailure when the job may have been created without an answer. */
  create(query: RecordingJobsQuery, signal: AbortSignal): Promise<Job> {
    return this.client.call({ operation: operations.createJob, body: query }, signal);
  }

  /** Only the client that created a job may execute it. */
  execute(jobId: string, signal: AbortSignal): Promise<Job> {
    return this.client.call(
      { operation: operations.executeJob, params: { jobId }, body: { state: 'PROCESSING' } },
      signal,
    );
  }

  get(jobId: string, signal: AbortSignal): Promise<Job> {
    return this.client.call({ operation: operations.getJob, params: { jobId } }, signal);
  }

  /** As {@link get}, null when Genesys Cloud does not know the job. */
  async find(jobId: string, signal: AbortSignal): Promise<Job | null> {
    try {
      return await this.get(jobId, signal);
    } catch (error) {
      if (hasStatus(error, 404)) return null;
      throw error;
    }
  }

  async cancel(jobId: string, signal: AbortSignal): Promise<void> {
    await this.client.call({ operation: operations.cancelJob, params: { jobId } }, signal);
  }

  /** How many jobs of the whole organization, of any kind, count against its limit. */
  async countRunning(signal: AbortSignal): Promise<number> {
    let running = 0;
    for (const state of ['PENDING', 'PROCESSING'] as const) {
      for await (const page of this.list({ state }, signal)) {
        running += page.filter((job) => job.state === state).length;
      }
    }
    return running;
  }

  /**
   * Export jobs of this client that are under way, and those fulfilled since `since` (milliseconds since 1970).
   */
  async mine(since: number, signal: AbortSignal): Promise<readonly Job[]> {
    const found: Job[] = [];
    for (const state of ['PENDING', 'READY', 'PROCESSING', 'FULFILLED'] as const) {
      const query = { state, showOnlyMyJobs: true, jobType: 'EXPORT', sortBy: 'dateCreated' };
      for await (const page of this.list(query, signal)) {
        found.push(...page.filter((job) => job.state === state && (state !== 'FULFILLED' || createdAt(job) >= since)));
        // The order of the listing is not documented: only stop early when it is seen to run into the past.
        const [first, last] = [page[0], page.at(-1)];
        if (state !== 'FULFILLED' || first === undefined || last === undefined) continue;
        if (createdAt(first) > createdAt(last) && createdAt(last) < since) break;
      }
    }
    return found;
  }

  async *failedRecordings(jobId: string, signal: AbortSignal): AsyncGenerator<FailedRecording> {
    const request = {
      operation: operations.listFailedRecordings,
      params: { jobId },
      query: { pageSize: PAGE_SIZE, includeTotal: false },
    };
    for await (const page of pages(this.client, request, ({ recording }) => recording.id, signal)) {
      for (const { conversation, recording } of page) {
        yield { conversationId: conversation.id.toLowerCase(), recordingId: recording.id };
      }
    }
  }

  private list(query: Readonly<Record<string, string | boolean>>, signal: AbortSignal): AsyncGenerator<readonly Job[]> {
    const request = { operation: operations.listJobs, query: { ...query, pageSize: PAGE_SIZE, includeTotal: false } };
    return pages(this.client, request, ({ id }) => id, signal);
  }
}

/** When a job was created, in milliseconds since 1970. */
export function createdAt(job: Job): number {
  return Date.parse(job.dateCreated);
}

/** Our word for Genesys Cloud's state. FULFILLED means that export dates are written, not that files are there. */
export function batchState(job: Job): BatchState {
  switch (job.state) {
    case 'PENDING':
      return 'pending';
    case 'READY':
      return 'ready';
    case 'PROCESSING':
      return 'processing';
    case 'FULFILLED':
      return hasFailures(job) ? 'incomplete' : 'fulfilled';
    case 'FAILED':
      return 'failed';
    case 'CANCELLED':
      return 'cancelled';
  }
}

/** The batch as its job now stands. */
export function withJob(batch: Batch, job: Job): Batch {
  return {
    ...batch,
    jobId: job.id,
    state: batchState(job),
    conversations: job.totalConversations ?? batch.conversations,
    recordings: job.totalRecordings ?? batch.recordings,
    failedRecordings: job.totalFailedRecordings ?? batch.failedRecordings,
    error: errorOf(job),
  };
}

/** A job that is done always says how many; one that is not may not know yet. */
function hasFailures(job: Job): boolean {
  return job.totalFailedRecordings !== undefined && job.totalFailedRecordings > 0;
}

function errorOf(job: Job): string | null {
  const said =
    job.errorMessage === undefined || job.errorMessage === '' ? 'Genesys Cloud gives no reason' : job.errorMessage;
  switch (job.state) {
    case 'FAILED':
      return `Recording job ${job.id} failed: ${said.replace(/\.?$/, '.')} Check the integration (state, bucket, role) and split the interval into smaller batches if it covers many conversations; the next run starts this batch again.`;
    case 'CANCELLED':
      return `Recording job ${job.id} was cancelled. The next run starts this batch again.`;
    case 'FULFILLED':
      return hasFailures(job)
        ? `Recording job ${job.id} could not process ${job.totalFailedRecordings} of its recordings; Genesys Cloud gives no reason per recording. The next run exports the conversations concerned again.`
        : null;
    case 'PENDING':
    case 'READY':
    case 'PROCESSING':
      return null;
  }
}
