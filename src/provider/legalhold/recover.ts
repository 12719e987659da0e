/**
 * A hold whose private state is missing or unreadable: what it covers is unknown here. It is asked for again, or nothing is done;
 * it is never taken for nothing.
 */
import { DiagnosticError, type StateOf } from '../../framework';
import { ConversationSet, hasStatus, type HoldApi } from '../../genesys';
import type { Compliance } from '../compliance';
import { ClaimRefused } from '../../register';
import { explained } from '../failures';
import { registerProblem } from '../register';
import { claimOf, ownClaim } from '../claims';
import { holdNamed } from './computed';
import { freshLedger, type Ledger } from './ledger';
import type { LegalHoldSchema } from './schema';
import { rememberedScope, type Scope } from './scope';

type State = StateOf<LegalHoldSchema>;

/** What the hold covers, as far as its arguments, its export and its hold at Genesys Cloud tell. Throws where they do not. */
export async function recoveredLedger(
  client: Compliance,
  api: HoldApi,
  state: State,
  signal: AbortSignal,
): Promise<Ledger> {
  const listed = (await listedBy(api, state, signal)).union(await claimed(client, state, signal));
  let scope: Scope;
  try {
    scope = await rememberedScope(client, state, signal);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    // The hold itself may know what its export does not tell any more.
    if (listed.size > 0) return freshLedger(listed);
    throw scopeUnknown(state, error);
  }
  // An imported hold that nobody has described yet is over what it holds.
  const covered = scope.conversations.size > 0 ? scope.conversations : listed;
  if (covered.size === 0) throw scopeUnknown(state, undefined);
  const { late, lostRecordings, followed, recordings } = scope;
  return { ...freshLedger(covered), all: covered.union(listed), late, lostRecordings, followed, recordings };
}

/** What its claim covers, where the register can be asked. */
async function claimed({ register: shared }: Compliance, state: State, signal: AbortSignal): Promise<ConversationSet> {
  const own = ownClaim(state, null);
  if (own === undefined) return ConversationSet.empty;
  try {
    const register = await shared.open(signal);
    return await register.conversations(claimOf(register, own), signal);
  } catch (error) {
    if (registerProblem(error) === undefined && !(error instanceof ClaimRefused)) throw error;
    return ConversationSet.empty;
  }
}

/** The conversations of the hold at Genesys Cloud, for an API that lists them; none of one that is gone. */
async function listedBy(api: HoldApi, { id }: State, signal: AbortSignal): Promise<ConversationSet> {
  if (!api.abilities.hasHolds || id === null) return ConversationSet.empty;
  return explained('Conversations of the hold could not be listed', undefined, async () => {
    try {
      return (await api.conversations(id, signal)).conversations;
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
      return ConversationSet.empty;
    }
  });
}

/** The refusal for a hold whose conversations nobody can name. */
export function scopeUnknown(state: State, cause: DiagnosticError | undefined): DiagnosticError {
  return new DiagnosticError(
    'Scope of the hold is unknown',
    [
      `${holdNamed(state)} has no record of its conversations: its private part is missing in state, or cannot be read. That happens when a state file is edited or converted by hand. What it covers is unknown, so nothing was changed.`,
      ...(cause === undefined ? [] : [cause.detail]),
      'Restore the state from a backup. Or remove the resource from state (terraform state rm), which releases nothing, and import the hold again: by its claim (claim/<id>), by its hold id, or as scope/<interval>?<arguments>, export/<job ids> or conversations/<conversation ids>.',
    ].join('\n'),
    undefined,
    cause === undefined ? undefined : { cause },
  );
}
