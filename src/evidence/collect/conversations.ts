/** The side of Genesys Cloud: jobs, which conversations are in scope, which are held, and their recordings. */
import { ConversationSet } from '../../conversations';
import type { Genesys, JobSurvey } from '../../genesys';
import type { ConversationRow, FailureRow, Job, NotLookedAt } from '../model';
import type { MatterClaims } from './claims';
import { answered } from './answered';
import type { HeldSeen } from './held';
import type { Progress } from './progress';
import type { SeenConversation } from './recordings';

/** What Genesys Cloud says of the export jobs of a matter. */
export interface JobsSeen {
  readonly jobs: readonly Job[];
  /** In order. */
  readonly failures: readonly FailureRow[];
  /** Null where no export was named, or analytics could not be asked. */
  readonly scope: ConversationSet | null;
  /** Those of them that had ended for long, and when the last of these ended. */
  readonly settled: ConversationSet;
  readonly settledEnd: number | null;
  readonly notLookedAt: readonly NotLookedAt[];
}

/** Asks for each job, and analytics for its conversations. */
export async function jobsOf(
  genesys: Genesys,
  jobIds: readonly string[],
  signal: AbortSignal,
  progress: Progress,
): Promise<JobsSeen> {
  const surveys: JobSurvey[] = [];
  const notLookedAt: NotLookedAt[] = [];
  for (const [at, id] of jobIds.entries()) {
    progress({ what: 'export jobs', done: at, total: jobIds.length });
    const survey = await answered(() => genesys.exports.survey(id, signal));
    if ('refused' in survey) notLookedAt.push({ what: `export job ${id}`, why: survey.refused });
    else if (survey.value === null) {
      const why = 'Genesys Cloud does not know this job any more, so what it was asked to export is unknown.';
      notLookedAt.push({ what: `export job ${id}`, why });
    } else surveys.push(survey.value);
  }
  const failures = surveys.flatMap(({ id, failedRecordings }) =>
    failedRecordings.map(({ conversationId, recordingId }) => ({
      conversation: conversationId,
      recording: recordingId,
      job: id,
    })),
  );
  return {
    jobs: surveys.map(({ scope, failedRecordings: _names, settled: _settled, settledEnd: _end, ...job }) => ({
      ...job,
      covers: scope,
    })),
    failures: failures.sort((a, b) => (a.conversation < b.conversation ? -1 : a.conversation > b.conversation ? 1 : 0)),
    scope: surveys.length === 0 ? null : ConversationSet.unionOf(surveys.map(({ scope }) => scope)),
    settled: ConversationSet.unionOf(surveys.map(({ settled }) => settled)),
    settledEnd: surveys.reduce<number | null>(
      (last, { settledEnd }) => (settledEnd === null ? last : Math.max(last ?? settledEnd, settledEnd)),
      null,
    ),
    notLookedAt,
  };
}

/** One row for each conversation of the matter, in order. */
export async function* conversationRows(
  conversations: ConversationSet,
  {
    claims,
    scope,
    held,
    seen: looks,
  }: {
    readonly claims: MatterClaims;
    readonly scope: ConversationSet | null;
    readonly held: HeldSeen;
    /** Null: nobody was asked for recordings. */
    readonly seen: AsyncIterable<SeenConversation> | null;
  },
): AsyncGenerator<ConversationRow> {
  const row = (id: string, known: boolean | null): ConversationRow => ({
    id,
    inScope: scope === null ? null : scope.has(id),
    claimed: claims.conversations.has(id),
    claimedByOthers: claims.otherConversations.has(id),
    held: held.held.has(id) ? true : held.asked.has(id) ? false : null,
    known,
  });
  if (looks === null) for (const id of conversations) yield row(id, null);
  else for await (const { id, recordings } of looks) yield row(id, recordings !== null);
}
