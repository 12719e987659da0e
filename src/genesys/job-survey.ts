/** All that Genesys Cloud says of one recording job, for a report about it: nothing is awaited or changed. */
import { ConversationSet } from '../conversations';
import type { Client } from './client';
import { createdAt, type Job, type Jobs } from './jobs';
import type { FailedRecording } from './model';
import { conversationQuery, readQuery } from './query';
import { conversationsOf } from './scope';

/** A job and what it covers. Null is: Genesys Cloud does not say. */
export interface JobSurvey {
  readonly id: string;
  readonly state: Job['state'];
  /** Milliseconds since 1970. */
  readonly created: number;
  /** ISO-8601 `start/end`. */
  readonly interval: string;
  readonly includesScreens: boolean;
  readonly includesSnippets: boolean;
  readonly includesSensitive: boolean;
  readonly conversations: number | null;
  readonly recordings: number | null;
  readonly skipped: number | null;
  readonly failed: number | null;
  readonly error: string | null;
  readonly failedRecordings: readonly FailedRecording[];
  /** The conversations that match its query now; those that came late are among them. */
  readonly scope: ConversationSet;
}

/** Asks analytics for the scope of a job and the job for what failed. */
export async function surveyOf(client: Client, jobs: Jobs, job: Job, signal: AbortSignal): Promise<JobSurvey> {
  const { spec, batch } = readQuery(job.recordingJobsQuery);
  const query = conversationQuery(spec.scope, batch);
  const onlyNamed = query.segmentFilters === undefined && query.conversationFilters?.length === 1;
  const failed: FailedRecording[] = [];
  if (job.totalFailedRecordings !== 0) for await (const one of jobs.failedRecordings(job.id, signal)) failed.push(one);
  return {
    id: job.id,
    state: job.state,
    created: createdAt(job),
    interval: batch.interval,
    includesScreens: spec.includeScreenRecordings,
    // Left out of a query it is true.
    includesSnippets: job.recordingJobsQuery['includeSnippetRecordings'] !== false,
    includesSensitive: spec.includeRecordingsWithSensitiveData,
    conversations: job.totalConversations ?? null,
    recordings: job.totalRecordings ?? null,
    skipped: job.totalSkippedRecordings ?? null,
    failed: job.totalFailedRecordings ?? null,
    error: job.errorMessage ?? null,
    failedRecordings: failed,
    scope:
      batch.conversationIds !== undefined && onlyNamed
        ? ConversationSet.of(batch.conversationIds)
        : await conversationsOf(client, query, signal),
  };
}
