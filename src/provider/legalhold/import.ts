import { DiagnosticError, type ImportContext, type StateOf } from '../../framework';
import { ConversationSet, isConversationId } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { jobIds } from '../validators';
import { idWithoutHold } from './computed';
import { freshLedger, packLedger, type HoldPrivate } from './ledger';
import type { LegalHoldSchema } from './schema';
import { resolveScope } from './scope';
import { reachedOrganization } from '../organization';

type State = StateOf<LegalHoldSchema>;
type Imported = { readonly state: Partial<State>; readonly private: HoldPrivate };

/**
 * Takes over an existing hold: its id, alone or as `compliance/<hold id>`, or, for deletion protection, the conversations
 * themselves as `export/<job ids>` or `conversations/<ids>`. `read` then asks which of them are held.
 */
export async function importLegalHold(context: ImportContext<Compliance>): Promise<Imported> {
  if (isConversationId(context.id)) return importByHoldId(context, context.id);
  const slash = context.id.indexOf('/');
  const kind = context.id.slice(0, Math.max(slash, 0));
  const rest = context.id.slice(slash + 1);
  switch (kind) {
    case 'compliance':
      return importByHoldId(context, rest);
    case 'export':
      return importByExport(context, rest);
    case 'conversations':
      return importByConversations(context, rest.split(','));
    default:
      throw invalid(`"${context.id}" does not say what to import.`);
  }
}

async function importByHoldId({ client, signal }: ImportContext<Compliance>, holdId: string): Promise<Imported> {
  if (holdId === '') throw invalid('The hold id is missing.');
  const { request, conversations } = await explained('Legal hold could not be imported', undefined, () =>
    client.genesys.holds.api('compliance').conversations(holdId, signal),
  );
  if (conversations.size === 0) {
    throw new DiagnosticError(
      'There is no hold to import',
      `The hold ${holdId} ("${request.name}") covers no conversations: it was released, or never held any. Create the hold with an ordinary apply instead.`,
    );
  }
  return imported(client, signal, conversations, {
    id: holdId,
    hold_api: 'compliance',
    name: request.name,
    external_reference_id: request.externalReferenceId ?? null,
    reason: request.reason ?? null,
    conversation_ids: [...conversations],
  });
}

async function importByExport({ client, signal }: ImportContext<Compliance>, id: string): Promise<Imported> {
  const problem = jobIds.check(id);
  if (problem !== undefined) throw invalid(problem);
  const scope = await resolveScope(client, { export_job_id: id, conversation_ids: null }, signal);
  return importProtected(client, scope.conversations, { export_job_id: id }, signal);
}

async function importByConversations(
  { client, signal }: ImportContext<Compliance>,
  ids: readonly string[],
): Promise<Imported> {
  const wrong = ids.find((id) => !isConversationId(id));
  if (wrong !== undefined) throw invalid(`"${wrong}" is not the UUID of a conversation.`);
  return importProtected(client, ConversationSet.of(ids), { conversation_ids: ids }, signal);
}

async function importProtected(
  client: Compliance,
  scope: ConversationSet,
  args: Partial<State>,
  signal: AbortSignal,
): Promise<Imported> {
  const { held } = await explained('Legal hold could not be imported', undefined, () =>
    client.genesys.holds.api('deletion_protection').status(null, scope, signal),
  );
  if (held.size === 0) {
    throw new DiagnosticError(
      'There is no hold to import',
      'None of these conversations is protected from deletion. Create the hold with an ordinary apply instead.',
    );
  }
  return imported(client, signal, scope, { ...args, id: idWithoutHold(scope), hold_api: 'deletion_protection' });
}

async function imported(
  client: Compliance,
  signal: AbortSignal,
  scope: ConversationSet,
  state: Partial<State>,
): Promise<Imported> {
  return {
    state: { ...state, organization_id: await reachedOrganization(client.genesys, signal) },
    private: { ...packLedger(freshLedger(scope)), consent: false, name: state.name ?? '' },
  };
}

function invalid(problem: string): DiagnosticError {
  return new DiagnosticError(
    'Invalid import id',
    `${problem}\nImport takes the id of a hold of the compliance API, alone or as compliance/<hold id>, or export/<job ids> or conversations/<conversation ids>, lists separated by commas.`,
  );
}
