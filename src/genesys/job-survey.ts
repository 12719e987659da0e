/** All that Genesys Cloud says of one recording job, for a report about it: nothing is awaited or changed. */
import { ConversationSet, ConversationSetBuilder } from '../conversations';
import type { Client } from './client';
import { createdAt, type Job, type Jobs } from './jobs';
import { GenesysError } from './errors';
import type { FailedRecording } from './model';
import { conversationQuery, readQuery } from './query';
import { inScope } from './scope';

/** A job and what it was asked to leave out. Null is: Genesys Cloud does not say. */
export interface SurveyedJob {
  readonly id: string;
  readonly state: Job['state'];
  /** When it was made; what came later is not in it. Milliseconds since 1970. */
  readonly created: number;
  /** ISO-8601 `start/end`. */
  readonly interval: string;
  readonly includesScreens: boolean;
  readonly includesSnippets: boolean;
  readonly includesSensitive: boolean;
  readonly conversations: number | null;
  readonly recordings: number | null;
  /** Recordings that it counted and left out. */
  readonly skipped: number | null;
  readonly failed: number | null;
  readonly error: string | null;
}

/** A job and what it covers. */
export interface JobSurvey extends SurveyedJob {
  readonly failedRecordings: readonly FailedRecording[];
  /** The conversations that match its query now; those that came late are among them. */
  readonly scope: ConversationSet;
  /** Those of them that had ended {@link SETTLED_MS} ago by analytics, and when the last of these ended; null where none had. */
  readonly settled: ConversationSet;
  readonly settledEnd: number | null;
}

/** Two days after its end, no recording of a conversation is young, and analytics know all of it. */
const SETTLED_MS = 2 * 86_400_000;

/** Up to so many named conversations analytics are not asked when they ended. */
const FEW = 50;

/** Asks analytics for the scope of a job and the job for what failed. */
export async function surveyOf(client: Client, jobs: Jobs, job: Job, signal: AbortSignal): Promise<JobSurvey> {
  const { spec, batch } = readQuery(job.recordingJobsQuery);
  const query = conversationQuery(spec.scope, batch);
  const onlyNamed = query.segmentFilters === undefined && query.conversationFilters?.length === 1;
  const named = batch.conversationIds !== undefined && onlyNamed ? ConversationSet.of(batch.conversationIds) : null;
  const found = named === null ? await foundBy(client, query, signal) : await endsOf(named, client, query, signal);
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
    ...found,
    scope: named ?? found.scope,
  };
}

type Found = Pick<JobSurvey, 'scope' | 'settled' | 'settledEnd'>;

const NOTHING_FOUND: Found = { scope: ConversationSet.empty, settled: ConversationSet.empty, settledEnd: null };

/** When named conversations ended is good to know, and no more than that: the list is the scope. */
async function endsOf(
  named: ConversationSet,
  client: Client,
  query: Parameters<typeof inScope>[1],
  signal: AbortSignal,
): Promise<Found> {
  if (named.size <= FEW) return NOTHING_FOUND;
  try {
    const found = await foundBy(client, query, signal);
    return { ...found, settled: found.settled.and(named) };
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    signal.throwIfAborted();
    return NOTHING_FOUND;
  }
}

async function foundBy(client: Client, query: Parameters<typeof inScope>[1], signal: AbortSignal): Promise<Found> {
  const [scope, settled] = [new ConversationSetBuilder(), new ConversationSetBuilder()];
  let settledEnd: number | null = null;
  const until = client.now() - SETTLED_MS;
  await inScope(client, query, signal, ({ conversationId, end }) => {
    scope.add(conversationId);
    if (end === undefined || end > until) return;
    settled.add(conversationId);
    settledEnd = Math.max(settledEnd ?? end, end);
  });
  return { scope: scope.build(), settled: settled.build(), settledEnd };
}
