/** The side of Genesys Cloud: jobs, which conversations are in scope, which are held, and their recordings. */
import { ConversationSet } from '../../conversations';
import { GenesysError, hasStatus, HOLD_ABILITIES, type Genesys, type HoldApiName, type JobSurvey } from '../../genesys';
import type { ClaimView, Register } from '../../register';
import type { ConversationRow, FailureRow, Job, NotLookedAt, RecordingRow } from '../model';
import type { MatterClaims } from './claims';
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

/** Which conversations are protected now. */
export interface HeldSeen {
  readonly held: ConversationSet;
  /** What was asked about; of the rest it is unknown. */
  readonly asked: ConversationSet;
  readonly notLookedAt: readonly NotLookedAt[];
}

/** Asks the hold API of each claim; without a claim, deletion protection. */
export async function heldOf(
  genesys: Genesys,
  register: Register,
  { ofConversations }: MatterClaims,
  conversations: ConversationSet,
  signal: AbortSignal,
  progress: Progress,
): Promise<HeldSeen> {
  const questions: { readonly api: HoldApiName; readonly hold: string | null; readonly ids: ConversationSet }[] = [];
  const byHold = ofConversations.filter(({ hold }) => hold !== null);
  const notLookedAt: NotLookedAt[] = [];
  for (const claim of byHold) {
    const api = apiOf(claim);
    if (api === undefined) {
      const why = `claim ${claim.id} was made with the hold API "${claim.key.holdApi}", which this version does not know`;
      notLookedAt.push({ what: 'whether conversations are held', why });
      continue;
    }
    questions.push({ api, hold: claim.hold, ids: await register.conversations(claim, signal) });
  }
  // Deletion protection knows no holds: it is asked about everything, what nobody claims included.
  if (byHold.length === 0 || byHold.length < ofConversations.length) {
    questions.push({ api: 'deletion_protection', hold: null, ids: conversations });
  }
  const held: ConversationSet[] = [];
  const asked: ConversationSet[] = [];
  for (const { api, hold, ids } of questions) {
    progress({ what: 'holds', done: 0, total: ids.size });
    const status = await answered(() => genesys.holds.api(api).status(hold, ids, signal));
    if ('refused' in status) {
      notLookedAt.push({ what: 'whether conversations are held', why: status.refused });
      continue;
    }
    held.push(status.value.held);
    asked.push(ids);
  }
  // Where holds are objects of their own, what no claim names was not asked about and nothing says that it is held.
  const all = byHold.length > 0 && notLookedAt.length === 0 ? conversations : ConversationSet.unionOf(asked);
  return { held: ConversationSet.unionOf(held), asked: all, notLookedAt };
}

/** Undefined for a claim of a version that knew another API. */
function apiOf({ key }: ClaimView): HoldApiName | undefined {
  return (Object.keys(HOLD_ABILITIES) as readonly HoldApiName[]).find((name) => name === key.holdApi);
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

/** What Genesys Cloud itself refuses is an answer: it was not allowed to look. Everything else ends the look, which can be resumed. */
async function answered<Value>(
  work: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly refused: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof GenesysError && hasStatus(error, 401, 403, 501)) return { refused: error.message };
    throw error;
  }
}
