import { DiagnosticError, type ImportContext, type StateOf } from '../../framework';
import { ConversationSet, isConversationId, type Followed, type HoldApiName } from '../../genesys';
import { ClaimRefused, isLive, type ClaimView } from '../../register';
import { HOLD } from '../../words';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { isHoldApi } from '../hold-api';
import { registerProblem } from '../register';
import { jobIds } from '../validators';
import { requestOfKey } from './bits';
import { refusedClaim } from '../claims';
import { idWithoutHold } from './computed';
import { parseScopeText, scopeText, type ScopeImport } from './import-scope';
import { freshLedger, packLedger, type HoldPrivate } from './ledger';
import { lookedScope } from './looked-scope';
import type { LegalHoldSchema } from './schema';
import type { ScopeArgument } from './scope-argument';
import { resolveScope } from './scope';
import { reachedOrganization } from '../organization';

type State = StateOf<LegalHoldSchema>;
type Imported = { readonly state: Partial<State>; readonly private: HoldPrivate };

/**
 * Takes over an existing hold: its id, alone or as `compliance/<hold id>`, or, for deletion protection, the conversations
 * themselves as `export/<job ids>` or `conversations/<ids>`, or what they follow as `scope/<interval>?<arguments>`; `claim/<id>` takes
 * over what the register knows. `read` then asks which of them are held.
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
    case 'claim':
      return importByClaim(context, rest);
    case 'conversations':
      return importByConversations(context, rest.split(','));
    case 'scope':
      return importByScope(context, rest);
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

/** For a hold whose state is lost, and for a claim that no state has: to be managed again, or to be released in order. */
async function importByClaim(
  { client, signal }: ImportContext<Compliance>,
  id: string,
  named?: ScopeArgument,
): Promise<Imported> {
  const shared = client.register;
  const organization = await reachedOrganization(client.genesys, signal);
  let claim: ClaimView;
  let covers: ConversationSet;
  let registerId: string | null;
  try {
    const register = await shared.open(signal);
    registerId = register.id;
    claim = claimToImport(register.view.claims.get(id), id, organization, shared.words);
    covers = await register.conversations(claim, signal);
  } catch (error) {
    const problem = registerProblem(error);
    throw problem === undefined ? error : new DiagnosticError('Claim could not be imported', problem.message);
  }
  const { key } = claim;
  if (!isHoldApi(key.holdApi))
    throw invalid(`The claim ${id} is of a hold API that this version does not know: ${key.holdApi}.`);
  const { name, externalReferenceId } = requestOfKey(key);
  const state = {
    id: await holdOfClaim(client, claim, key.holdApi, covers, signal),
    hold_api: key.holdApi,
    name,
    external_reference_id: externalReferenceId ?? null,
    register_id: registerId,
    claim_id: id,
  };
  const scope = named ?? scopeOfClaim(claim);
  if (scope === undefined) return imported(client, signal, covers, { ...state, conversation_ids: [...covers] });
  const { conversations, followed } = await lookedScope(client, scope, null, signal);
  return imported(client, signal, covers.union(conversations), { ...state, scope }, withoutThose(followed, covers));
}

/** What the register says that a claim follows; undefined for a list or an export, and for a text of a version that is newer. */
function scopeOfClaim({ scope }: ClaimView): ScopeArgument | undefined {
  if (typeof scope !== 'string') return undefined;
  try {
    return parseScopeText(scope).scope;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

/** A conversation that is claimed was held once: without recordings now it is lost, and no smaller scope. */
function withoutThose(followed: Followed | null, claimed: ConversationSet): Followed | null {
  if (followed === null) return null;
  return { ...followed, without: followed.without.minus(claimed), young: followed.young.minus(claimed) };
}

/** What follows a scope, looked at as it is now; with `claim=<id>` the claim is taken over, too. */
async function importByScope(context: ImportContext<Compliance>, text: string): Promise<Imported> {
  const { client, signal } = context;
  let asked: ScopeImport;
  try {
    asked = parseScopeText(text);
  } catch (error) {
    if (error instanceof RangeError) throw invalid(error.message);
    throw error;
  }
  const { scope, claim } = asked;
  if (claim !== undefined) return importByClaim(context, claim, scope);
  const { conversations, followed } = await lookedScope(client, scope, null, signal);
  return importProtected(client, conversations, { scope }, signal, followed);
}

async function importByExport({ client, signal }: ImportContext<Compliance>, id: string): Promise<Imported> {
  const problem = jobIds.check(id);
  if (problem !== undefined) throw invalid(problem);
  const scope = await resolveScope(
    client,
    { export_job_id: id, conversation_ids: null, conversations_from: null, scope: null },
    signal,
  );
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
  followed: Followed | null = null,
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
  const id = idWithoutHold(scope);
  const state = {
    ...(await namesFromRegister(client, scope, args.scope ?? null, signal)),
    ...args,
    id,
    hold_api: 'deletion_protection' as const,
  };
  return imported(client, signal, scope, state, followed);
}

/**
 * Deletion protection knows no names. The claim over exactly these conversations does, or that of this scope, where there is one; otherwise the hold is
 * called by its id until somebody names it: a name is required, and `-generate-config-out` writes what state has.
 */
async function namesFromRegister(
  client: Compliance,
  scope: ConversationSet,
  followed: ScopeArgument | null,
  signal: AbortSignal,
): Promise<Pick<State, 'name' | 'external_reference_id'>> {
  const unnamed = { name: idWithoutHold(scope), external_reference_id: null };
  const organization = await reachedOrganization(client.genesys, signal);
  try {
    const register = await client.register.open(signal);
    const candidates = [...register.view.claims.values()].filter(
      (claim) =>
        isLive(claim) &&
        claim.key.resourceType === HOLD &&
        claim.key.holdApi === 'deletion_protection' &&
        claim.key.organization.toLowerCase() === organization.toLowerCase(),
    );
    const same: ClaimView[] = [];
    const text = followed === null ? undefined : scopeText(followed);
    for (const claim of candidates) {
      if (text !== undefined && claim.scope === text) {
        same.push(claim);
        continue;
      }
      const covers = await register.conversations(claim, signal);
      if (covers.size === scope.size && covers.minus(scope).size === 0) same.push(claim);
    }
    const [claim, another] = same;
    if (claim === undefined || another !== undefined) return unnamed;
    const { name, externalReferenceId } = requestOfKey(claim.key);
    return { name, external_reference_id: externalReferenceId ?? null };
  } catch (error) {
    if (registerProblem(error) === undefined) throw error;
    return unnamed;
  }
}

async function imported(
  client: Compliance,
  signal: AbortSignal,
  scope: ConversationSet,
  state: Partial<State>,
  followed: Followed | null = null,
): Promise<Imported> {
  return {
    state: { ...state, organization_id: await reachedOrganization(client.genesys, signal) },
    private: {
      ...packLedger({ ...freshLedger(scope), followed }),
      consent: false,
      name: state.name ?? '',
      imported: true,
    },
  };
}

function invalid(problem: string): DiagnosticError {
  return new DiagnosticError(
    'Invalid import id',
    `${problem}\nImport takes the id of a hold of the compliance API, alone or as compliance/<hold id>, or claim/<claim id>, scope/<interval>?<arguments>, export/<job ids> or conversations/<conversation ids>, lists separated by commas.`,
  );
}

/** Throws where there is no live claim of this id over conversations of this organization. */
function claimToImport(claim: ClaimView | undefined, id: string, organization: string, where: string): ClaimView {
  if (claim === undefined) {
    throw new DiagnosticError(
      'There is no claim to import',
      `The register at ${where} has no claim ${id}. "genesyscloud-compliance holds" lists what it has.`,
    );
  }
  const { key } = claim;
  if (key.resourceType !== HOLD) throw invalid(`The claim ${id} is over files. Import it into a ${key.resourceType}.`);
  if (key.organization.toLowerCase() !== organization.toLowerCase()) {
    throw new DiagnosticError(
      'Claim of another organization',
      `The claim ${id} belongs to organization ${key.organization}, but these credentials reach organization ${organization}. Nothing was read there and nothing was changed.`,
    );
  }
  if (!isLive(claim)) throw refusedClaim(new ClaimRefused('dropped', claim), 'The hold');
  return claim;
}

/** How the hold is called in state: as the API does, where it has holds. */
async function holdOfClaim(
  { genesys }: Compliance,
  { hold, key }: ClaimView,
  holdApi: HoldApiName,
  covers: ConversationSet,
  signal: AbortSignal,
): Promise<string> {
  const api = genesys.holds.api(holdApi);
  if (!api.abilities.hasHolds) return idWithoutHold(covers);
  const found =
    hold ?? (await explained('Legal hold could not be imported', undefined, () => api.find(requestOfKey(key), signal)));
  if (found !== null) return found;
  throw new DiagnosticError(
    'There is no hold to import',
    `The claim is of the hold "${key.name}", and Genesys Cloud has no active hold of this name and reference: it was never made, or somebody released it. Apply the hold again under the same name: an unfinished claim is carried on.`,
  );
}
