/** Which conversations a hold is to cover, and the lock before it: no hold before its export is finished. */
import { DiagnosticError, type StateOf } from '../../framework';
import { ConversationSet, hasStatus, type Completion, type DeletedByRetention, type Followed } from '../../genesys';
import type { Compliance } from '../compliance';
import { exportIdInWords, parseExportId } from '../export-id';
import { asDiagnostic } from '../failures';
import { conversations } from './computed';
import { listedConversations, sameList } from './conversations-from';
import { exportCovered } from './forgotten-export';
import { lookedScope } from './looked-scope';
import type { LegalHoldSchema } from './schema';
import { isWidened, sameScopeArgument } from './scope-argument';
import { NO_RECORDINGS, type HeldRecordings } from './held-recordings';
import { NOTHING_SHARED, type Sharing } from './shared-recordings';
import { number } from '../../words';

/** The arguments that decide the scope. */
export type ScopeArguments = Pick<
  StateOf<LegalHoldSchema>,
  'export_job_id' | 'conversation_ids' | 'conversations_from' | 'scope'
>;

/** What a hold is to cover. */
export interface Scope {
  /** All of it, the lost ones included. */
  readonly conversations: ConversationSet;
  /** Those that came after the export had finished. They are held like the others. */
  readonly late: ConversationSet;
  /** Those that an export covered. */
  readonly exported: ConversationSet;
  /** Of `exported`: without recordings now, so that there is nothing left to hold. */
  readonly lost: ConversationSet;
  /** Of `lost`: deleted by the maximum retention, as far as that is proven. */
  readonly deleted?: DeletedByRetention;
  /** Recordings that the export took and that are in no conversation now, where it is not known in which they were. */
  readonly lostRecordings: number;
  /** Which recordings they had, as far as anybody has looked. */
  readonly recordings: HeldRecordings;
  /** How far it was looked at, where more may come into it. */
  readonly followed: Followed | null;
  /** What is known of recordings that belong to several conversations. */
  readonly sharing: Sharing;
}

/** Whether both mean the same conversations, as far as the arguments tell. */
export function sameScope(left: ScopeArguments, right: ScopeArguments): boolean {
  if ((left.export_job_id ?? '').toLowerCase() !== (right.export_job_id ?? '').toLowerCase()) return false;
  if (!sameScopeArgument(left.scope, right.scope)) return false;
  if (!sameList(left.conversations_from, right.conversations_from)) return false;
  const [mine, theirs] = [left.conversation_ids, right.conversation_ids];
  if (mine === null || theirs === null) return mine === theirs;
  return ConversationSet.of(mine).equals(ConversationSet.of(theirs));
}

/** Whether everything that was in scope is in it still: a scope that was widened, or an export that has grown. */
export function isGrown(from: ScopeArguments, to: ScopeArguments): boolean {
  if (from.scope !== null && to.scope !== null) return isWidened(from.scope, to.scope);
  if (from.export_job_id === null || to.export_job_id === null) return false;
  const now = new Set(parseExportId(to.export_job_id).jobIds);
  return parseExportId(from.export_job_id).jobIds.every((job) => now.has(job));
}

/**
 * The conversations in scope. For an export it asks whether that is finished, and refuses when it is not: it does not wait, and
 * nothing has been asked of the hold API by then. What came after the export had finished, and recordings that could not be
 * exported, do not keep a hold from what was. A scope of its own is looked at as it is now, and nothing is waited for.
 *
 * @param reached where an open scope ended when it was last looked at
 */
export async function resolveScope(
  client: Compliance,
  args: ScopeArguments,
  signal: AbortSignal,
  reached: number | null = null,
): Promise<Scope> {
  if (args.scope !== null) return lookedScope(client, args.scope, reached, signal);
  if (args.export_job_id === null) return namedScope(client, args, signal);
  const { withoutJob } = parseExportId(args.export_job_id);
  if (withoutJob > 0) throw cutShort(args.export_job_id, withoutJob);
  const completion = await completionOf(client, args.export_job_id, signal);
  if (completion instanceof ConversationSet) return forgottenScope(completion);
  if (!completion.finished) throw notFinished(args.export_job_id, completion);
  const scope = scopeOf(client, args.export_job_id, completion);
  if (scope.conversations.size > 0) return scope;
  const isOpen = client.exportedSets.isOpen(args.export_job_id);
  // An export without an end often begins with nothing, and brings more by itself.
  if (isOpen === true && completion.missingRecordings === 0) return scope;
  throw nothingThere(args.export_job_id, completion.missingRecordings, isOpen);
}

function nothingThere(exportJobId: string, missing: number, isOpen: boolean | undefined): DiagnosticError {
  const later =
    isOpen === undefined
      ? ' If its interval has no end, apply again when its next step has ended: the hold is made then, whatever the step has brought.'
      : '';
  return new DiagnosticError(
    'Nothing to hold',
    missing === 0
      ? `The export ${exportIdInWords(exportJobId)} covers no conversation with recordings, so there is nothing to hold. Check the scope of the export.${later}`
      : `The export ${exportIdInWords(exportJobId)} took ${number(missing)} recordings, and none of them is there any more: they were deleted before they were held. What was exported is in the bucket.`,
    ['export_job_id'],
  );
}

async function namedScope(client: Compliance, args: ScopeArguments, signal: AbortSignal): Promise<Scope> {
  const none = ConversationSet.empty;
  const { conversation_ids: ids, conversations_from: from } = args;
  const named = from !== null ? await listedConversations(client, from, signal) : ConversationSet.of(ids ?? []);
  return {
    conversations: named,
    late: none,
    exported: none,
    lost: none,
    lostRecordings: 0,
    recordings: NO_RECORDINGS,
    followed: null,
    sharing: NOTHING_SHARED,
  };
}

/**
 * The set that the export has kept says exactly what is lost; without it what is known to be deleted, and else only the counts of
 * the jobs are compared.
 */
function scopeOf(client: Compliance, exportJobId: string, completion: Completion): Scope {
  const { conversations: now, deleted } = completion;
  const seen = now.minus(completion.late).union(deleted?.conversations ?? ConversationSet.empty);
  const kept = client.exportedSets.of(exportJobId);
  const covered = kept ?? seen;
  const lost = covered.minus(now);
  return {
    conversations: covered.union(now),
    late: now.minus(covered),
    exported: covered,
    lost,
    ...(deleted === undefined ? {} : { deleted }),
    lostRecordings: lost.size > 0 ? 0 : completion.missingRecordings,
    recordings: { ...NO_RECORDINGS, known: completion.marks },
    followed: null,
    sharing: NOTHING_SHARED,
  };
}

/** The conversations of a hold whose private state is lost, finished export or not: for reading, repairing and releasing it. */
export async function rememberedScope(
  client: Compliance,
  args: ScopeArguments & Pick<StateOf<LegalHoldSchema>, 'scope_end'>,
  signal: AbortSignal,
): Promise<Scope> {
  if (args.scope !== null) {
    return lookedScope(client, args.scope, args.scope_end === null ? null : Date.parse(args.scope_end), signal);
  }
  if (args.export_job_id === null) return namedScope(client, args, signal);
  const completion = await completionOf(client, args.export_job_id, signal);
  if (completion instanceof ConversationSet) return forgottenScope(completion);
  return scopeOf(client, args.export_job_id, completion);
}

/** The jobs of such an export may all be done while other batches have none: asking about them would call it complete. */
function cutShort(exportJobId: string, withoutJob: number): DiagnosticError {
  return new DiagnosticError(
    'Export is not finished',
    `export_job_id: the export ${exportIdInWords(exportJobId)} was cut short, and ${withoutJob} of its batches had no job yet. A hold is only taken when its export is finished, so nothing was requested for it.\nApply again: the export continues from where it is, and the hold follows.`,
    ['export_job_id'],
  );
}

/** The scope of a finished export whose jobs Genesys Cloud has forgotten: what has no recordings any more is lost. */
function forgottenScope(covered: ConversationSet): Scope {
  const none = ConversationSet.empty;
  return {
    conversations: covered,
    late: none,
    exported: covered,
    lost: none,
    lostRecordings: 0,
    recordings: NO_RECORDINGS,
    followed: null,
    sharing: NOTHING_SHARED,
  };
}

/** How far the export is; what it covered, where it had finished and Genesys Cloud has forgotten its jobs. */
async function completionOf(
  client: Compliance,
  exportJobId: string,
  signal: AbortSignal,
): Promise<Completion | ConversationSet> {
  const path = ['export_job_id'];
  try {
    return await client.genesys.exports.completion(parseExportId(exportJobId).jobIds, {
      signal,
      known: async () =>
        (await exportCovered(client, exportJobId, signal))?.union(client.exportedSets.withoutRecordingsOf(exportJobId)),
    });
  } catch (error) {
    if (hasStatus(error, 404)) {
      const covered = await exportCovered(client, exportJobId, signal);
      if (covered !== undefined) return covered;
      throw new DiagnosticError(
        'Export job is unknown',
        `export_job_id: ${error.message}\nWhether this export is finished, and what it covers, is unknown. No hold over it has left its conversations in the register. If you know them, name them with conversation_ids instead.`,
        path,
        { cause: error },
      );
    }
    throw asDiagnostic('Export could not be checked', path, error);
  }
}

function notFinished(exportJobId: string, completion: Completion): DiagnosticError {
  const { unfinishedJobs, pending, pendingCount, recordings } = completion;
  const failed = unfinishedJobs.filter(({ state }) => state === 'failed' || state === 'cancelled');
  const jobs = unfinishedJobs
    .slice(0, 5)
    .map(({ jobId, state, error }) => `  job ${jobId} is ${state}${error === null ? '' : `: ${error}`}`);
  const examples = pending.slice(0, 5).map(({ conversationId, recordingId, exportDate }) => {
    const due = exportDate === null ? 'no export is planned for it' : `due ${exportDate}`;
    return `  recording ${recordingId} of conversation ${conversationId}: ${due}`;
  });
  return new DiagnosticError(
    'Export is not finished',
    [
      `export_job_id: the export ${exportIdInWords(exportJobId)} is not finished. A hold is only taken when its export is, so nothing was requested for it.`,
      ...jobs,
      ...(unfinishedJobs.length > jobs.length ? [`  and ${unfinishedJobs.length - jobs.length} more jobs`] : []),
      ...(pendingCount === 0 ? [] : [`${pendingCount} of ${recordings} recordings are not exported yet:`]),
      ...examples,
      ...(pendingCount > examples.length ? [`  and ${pendingCount - examples.length} more`] : []),
      failed.length > 0
        ? 'Apply genesyscloud_recording_export_job again: it replaces jobs that failed or were cancelled. Then apply the hold.'
        : 'Apply again when the export is finished. With wait_for = "exported" (the default) genesyscloud_recording_export_job waits for that by itself.',
    ].join('\n'),
    ['export_job_id'],
  );
}

/** The error for a hold of which not a single conversation could be held. */
export function nothingHeld(wanted: number, reasons: readonly string[]): DiagnosticError {
  return new DiagnosticError(
    'Nothing could be held',
    [
      `None of ${conversations(wanted)} could be held.`,
      ...reasons,
      'Nothing was saved. Remove the cause and apply again.',
    ].join('\n'),
  );
}
