/** The side of Genesys Cloud: jobs, which conversations are in scope, which are held, and their recordings. */
import { ConversationSet } from '../../conversations';
import type { Genesys, JobSurvey } from '../../genesys';
import type { ConversationRow, FailureRow, Job, NotLookedAt, RecordingRow } from '../model';
import type { MatterClaims } from './claims';
import { answered } from './answered';
import type { HeldSeen } from './held';
import { inOrder } from './in-order';
import type { Progress } from './progress';
import type { Rows, Work } from './work';

/** Requests for recordings under way at once; the governor keeps them under the organization's limit. */
const AT_ONCE = 8;

/** What Genesys Cloud says of the export jobs of a matter. */
export interface JobsSeen {
  readonly jobs: readonly Job[];
  /** In order. */
  readonly failures: readonly FailureRow[];
  /** Null where no export was named, or analytics could not be asked. */
  readonly scope: ConversationSet | null;
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
    jobs: surveys.map(({ scope, failedRecordings: _names, ...job }) => ({ ...job, covers: scope })),
    failures: failures.sort((a, b) => (a.conversation < b.conversation ? -1 : a.conversation > b.conversation ? 1 : 0)),
    scope: surveys.length === 0 ? null : ConversationSet.unionOf(surveys.map(({ scope }) => scope)),
    notLookedAt,
  };
}

/** A conversation and its recordings, as they were seen. Null: Genesys Cloud knows no such conversation. */
export interface SeenConversation {
  readonly id: string;
  readonly recordings: readonly RecordingRow[] | null;
}

/** Asks for the recordings of each conversation, in order; an interrupted look continues behind the last one. */
export async function recordingsOf(
  genesys: Genesys,
  conversations: ConversationSet,
  work: Work,
  signal: AbortSignal,
  progress: Progress,
): Promise<Rows<SeenConversation> | { readonly refused: string }> {
  const filled = await answered(() =>
    work.fill<SeenConversation>(
      'recordings',
      ({ id }) => id,
      (after) => seen(genesys, conversations, after, signal, progress),
    ),
  );
  return 'refused' in filled ? filled : filled.value;
}

async function* seen(
  genesys: Genesys,
  conversations: ConversationSet,
  after: SeenConversation | undefined,
  signal: AbortSignal,
  progress: Progress,
): AsyncGenerator<SeenConversation> {
  let done = 0;
  const open = function* (): Generator<string> {
    for (const id of conversations) {
      if (after === undefined || id > after.id) yield id;
      else done += 1;
    }
  };
  const look = async (id: string): Promise<SeenConversation> => {
    signal.throwIfAborted();
    return { id, recordings: rowsOf(await genesys.recordingsOf(id, signal)) };
  };
  for await (const one of inOrder(open(), AT_ONCE, look)) {
    yield one;
    done += 1;
    progress({ what: 'recordings', done, total: conversations.size });
  }
}

function rowsOf(rows: Awaited<ReturnType<Genesys['recordingsOf']>>): readonly RecordingRow[] | null {
  if (rows === null) return null;
  return rows.map(({ conversationId, recordingId, screen, snippet, archived, ...row }) => ({
    conversation: conversationId,
    recording: recordingId.toLowerCase(),
    kind: screen === true ? 'screen' : snippet === true ? 'snippet' : 'other',
    archived: archived === true,
    created: time(row.startTime),
    exportDue: time(row.exportDate),
    exported: time(row.exportedDate),
    deleteDue: time(row.deleteDate),
  }));
}

function time(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text);
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
