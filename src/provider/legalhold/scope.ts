/** Which conversations a hold is to cover, and the lock before it: no hold before its export is complete. */
import { DiagnosticError, type StateOf } from '../../framework';
import { ConversationSet, GenesysError, type Completion } from '../../genesys';
import type { Compliance } from '../compliance';
import { parseExportId } from '../export-id';
import { asDiagnostic } from '../failures';
import { conversations } from './computed';
import type { LegalHoldSchema } from './schema';

/** The arguments that decide the scope. */
export type ScopeArguments = Pick<StateOf<LegalHoldSchema>, 'export_job_id' | 'conversation_ids'>;

/** Whether both mean the same conversations, as far as the arguments tell. */
export function sameScope(left: ScopeArguments, right: ScopeArguments): boolean {
  if ((left.export_job_id ?? '').toLowerCase() !== (right.export_job_id ?? '').toLowerCase()) return false;
  const [mine, theirs] = [left.conversation_ids, right.conversation_ids];
  if (mine === null || theirs === null) return mine === theirs;
  return ConversationSet.of(mine).equals(ConversationSet.of(theirs));
}

/**
 * The conversations in scope. For an export it asks whether every recording in scope is exported and refuses when one
 * is not: it does not wait, and nothing has been asked of the hold API by then.
 */
export async function resolveScope(
  client: Compliance,
  args: ScopeArguments,
  signal: AbortSignal,
): Promise<ConversationSet> {
  if (args.export_job_id === null) return ConversationSet.of(args.conversation_ids ?? []);
  const { withoutJob } = parseExportId(args.export_job_id);
  if (withoutJob > 0) throw cutShort(args.export_job_id, withoutJob);
  const completion = await completionOf(client, args.export_job_id, signal);
  if (!completion.exported) throw notExported(args.export_job_id, completion);
  if (completion.conversations.size > 0) return completion.conversations;
  throw new DiagnosticError(
    'Nothing to hold',
    `The export ${args.export_job_id} covers no conversation with recordings, so there is nothing to hold. Check the scope of the export.`,
    ['export_job_id'],
  );
}

/** The conversations of a hold whose private state is lost, complete or not: for reading and releasing it. */
export async function rememberedScope(
  client: Compliance,
  args: ScopeArguments,
  signal: AbortSignal,
): Promise<ConversationSet> {
  if (args.export_job_id === null) return ConversationSet.of(args.conversation_ids ?? []);
  return (await completionOf(client, args.export_job_id, signal)).conversations;
}

/** The jobs of such an export may all be done while other batches have none: asking about them would call it complete. */
function cutShort(exportJobId: string, withoutJob: number): DiagnosticError {
  return new DiagnosticError(
    'Export is not complete',
    `export_job_id: the export ${exportJobId} was cut short, and ${withoutJob} of its batches had no job yet. A hold is only taken when everything is exported, so none was requested.\nApply again: the export goes on from where it is, and the hold follows.`,
    ['export_job_id'],
  );
}

async function completionOf(client: Compliance, exportJobId: string, signal: AbortSignal): Promise<Completion> {
  const path = ['export_job_id'];
  try {
    return await client.genesys.exports.completion(parseExportId(exportJobId).jobIds, { signal });
  } catch (error) {
    if (error instanceof GenesysError && error.status === 404) {
      throw new DiagnosticError(
        'Export job is not known',
        `export_job_id: ${error.message}\nWhether this export is complete cannot be asked any more. If you know its conversations, name them with conversation_ids instead.`,
        path,
        { cause: error },
      );
    }
    throw asDiagnostic('Export could not be checked', path, error);
  }
}

function notExported(exportJobId: string, { pending, pendingCount, recordings }: Completion): DiagnosticError {
  const examples = pending.slice(0, 5).map(({ conversationId, recordingId, exportDate }) => {
    const due = exportDate === null ? 'no export is planned for it' : `due ${exportDate}`;
    return `  recording ${recordingId} of conversation ${conversationId}: ${due}`;
  });
  return new DiagnosticError(
    'Export is not complete',
    [
      `export_job_id: ${pendingCount} of ${recordings} recordings of the export ${exportJobId} are not exported yet. A hold is only taken when all are, so none was requested.`,
      ...examples,
      ...(pendingCount > examples.length ? [`  and ${pendingCount - examples.length} more`] : []),
      'Apply again when the export is complete. With wait_for = "exported" (the default) genesyscloud_recording_export_job waits for that by itself.',
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
