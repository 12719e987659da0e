import {
  DiagnosticError,
  isUnknown,
  UNKNOWN,
  type PlanContext,
  type PlanDestroyContext,
  type StateOf,
} from '../../framework';
import { ConversationSet, withShared } from '../../genesys';
import { isOpenInterval, type Interval } from '../../time';
import { referenceIdProblem } from '../../words';
import type { Compliance } from '../compliance';
import { isAccepted, type AcceptedGaps } from '../gaps';
import { abilitiesOf, checkHoldApi, isHoldApi } from '../hold-api';
import type { ClaimView, Register } from '../../register';
import { registerProblem } from '../register';
import { checkConsent, refuseDestroy, refuseReplace, refuseWithoutReason } from '../release-guard';
import { checkCapacity } from './capacity';
import { isKnownList, plannedConversations, sameList } from './conversations-from';
import { theHold } from './computed';
import { approvalsOf, refuseUnapproved } from '../approvals';
import { claimToRelease, ownClaim, refuseBlindRelease, refuseUnregisteredRelease } from '../claims';
import { tellRelease } from './claim-messages';
import { holdNamed } from './computed';
import { heldConversations, releasesLeaving } from './guard';
import { ledgerOf, type HoldPrivate, type Ledger } from './ledger';
import {
  tellLeaving,
  warnOfAdoption,
  warnOfGaps,
  warnOfLeaving,
  warnOfSteps,
  warnOfUnknownScope,
} from './plan-warnings';
import type { LegalHoldSchema } from './schema';
import { newSteps } from './looked-scope';
import { sameScope, type ScopeArguments } from './scope';
import { isKnownScope } from './scope-argument';

type State = StateOf<LegalHoldSchema>;
type Context = PlanContext<LegalHoldSchema, Compliance, HoldPrivate>;

/**
 * Completes the plan of a hold: what falls out of scope, and what cannot be done in place. What comes from looking stays
 * unknown: it is known when somebody has looked, and numbers for people stand in warnings.
 */
export async function planLegalHold(context: Context): Promise<void> {
  checkReferenceId(context);
  checkConsent(context.planned, context.diagnostics);
  if (context.prior === null) await planCreate(context);
  else await planUpdate(context, context.prior);
}

/** Refuses to destroy a hold without consent, and says what a release entails. */
export async function planDestroyLegalHold({
  client,
  prior,
  priorPrivate,
  diagnostics,
  signal,
}: PlanDestroyContext<LegalHoldSchema, Compliance, HoldPrivate>): Promise<void> {
  // What a hold without its ledger covers is unknown, whatever the counts in state say.
  const ledger = ledgerOf(priorPrivate);
  const count = ledger === undefined ? undefined : heldBy(prior);
  if (count === 0) return;
  const held = heldConversations({ name: prior.name, id: prior.id, count });
  if (!prior.release_on_destroy) throw refuseDestroy(held);
  if (prior.release_reason === null) throw refuseWithoutReason(held);
  const own = ownClaim(prior, priorPrivate?.epoch ?? null);
  if (own === undefined) throw refuseUnregisteredRelease(holdNamed(prior));
  // While the provider's own configuration is unknown, so is the register: the apply asks it.
  if (client === undefined) return;
  const { register, claim } = await claimToRelease(client.register, own, holdNamed(prior), signal);
  const covered = await conversationsOf(register, claim, prior, signal);
  const approvals = await approvalsOf(client, prior, signal);
  const releasing = { named: holdNamed(prior), reason: prior.release_reason, approvals };
  await refuseUnapproved(register, claim, releasing, signal);
  const { allHoldsAdopted } = client.register;
  const outlook = await register.outlook(claim, covered, signal, { allHoldsAdopted });
  const whole = !abilitiesOf(prior).releasesParts;
  tellRelease(diagnostics, client.register, `Destroying ${theHold(prior)}`, outlook, whole);
}

/** What a claim covers, for a plan that is refused where the register cannot tell. */
async function conversationsOf(
  register: Register,
  claim: ClaimView,
  prior: State,
  signal: AbortSignal,
): Promise<ConversationSet> {
  try {
    return await register.conversations(claim, signal);
  } catch (error) {
    const problem = registerProblem(error);
    throw problem === undefined ? error : refuseBlindRelease(holdNamed(prior), problem.message);
  }
}

/** Conversations that destroying this hold would release. */
export function heldBy(state: State): number {
  return (state.held_count ?? 0) + (state.out_of_scope_count ?? 0);
}

async function planCreate(context: Context): Promise<void> {
  const { client, planned, priorPrivate, signal } = context;
  if (priorPrivate !== null && !priorPrivate.consent) {
    const count = ledgerOf(priorPrivate)?.all.size;
    throw refuseReplace(heldConversations({ name: priorPrivate.name, count }));
  }
  const wanted = client?.holdApi;
  if (wanted !== undefined && wanted !== 'auto' && isUnknown(planned.hold_api)) planned.hold_api = wanted;
  const named = isHoldApi(planned.hold_api) ? planned.hold_api : (wanted ?? 'auto');
  await checkHoldApi(client, named, signal);
  const ids = await namedIn(context);
  if (ids !== undefined) await checkCapacity(client, named, ids, signal);
}

async function planUpdate(context: Context, prior: State): Promise<void> {
  const { client, planned, priorPrivate, signal } = context;
  refuseWhatCannotChange(context, prior);
  const ledger = ledgerOf(priorPrivate);
  const agreed = planned.release_on_destroy === true && planned.release_reason !== null;
  const open = isOpen(context, prior);
  const abilities = abilitiesOf(prior);
  const releases = agreed && releasesLeaving(prior, prior, abilities);
  // A hold into whose scope nothing has come yet has nothing to claim.
  const isEmpty = ledger?.all.size === 0;
  const claims = !isEmpty && (prior.claim_id === null || priorPrivate?.imported === true);
  const steps = stepsToHold(context, ledger);
  const leftovers = releases && (prior.out_of_scope_count ?? 0) > 0;
  if (!context.changes && !open && !leftovers && !claims && steps === undefined && ledger !== undefined) return;
  if (!context.changes) context.markComputedUnknown();
  // Holding again what is gone makes another hold; an organization that state does not name yet is found out.
  if (priorPrivate?.gone === true || prior.id === null) planned.id = UNKNOWN;
  if (prior.organization_id === null) planned.organization_id = UNKNOWN;
  if (open) warnOfGaps(context, prior, ledger?.gaps ?? undefined);
  if (steps !== undefined) warnOfSteps(context, prior, steps);
  if (claims && prior.claim_id === null && ledger?.unregistered === null) warnOfAdoption(context, prior);
  if (ledger === undefined) return;

  const scope = plannedScope(context, prior, ledger, await namedIn(context, prior));
  if (scope === undefined) {
    warnOfUnknownScope(context, prior, releases);
    return;
  }
  const added = scope.minus(ledger.all);
  if (added.size > 0 && isHoldApi(prior.hold_api)) await checkCapacity(client, prior.hold_api, scope, signal);
  const leaving = ledger.all.union(scope).minus(scope);
  if (releases && leaving.size > 0) await tellLeaving(context, prior, leaving);
  else warnOfLeaving(context, prior, leaving.and(ledger.scope).size);
}

/** Whether something is missing that nobody has accepted. Unknown is never accepted. */
function isOpen({ planned }: Context, prior: State): boolean {
  const accepted = planned.accepted_gaps;
  const known = isUnknown(accepted) || isUnknown(accepted?.sha256) ? null : (accepted as AcceptedGaps | null);
  if ((prior.gap_count ?? 0) > 0) return !isAccepted(prior.gaps_sha256, known);
  return prior.status !== 'active';
}

/** The new scope, where the plan can know it. `named`: the conversations that the arguments name, where they are known. */
function plannedScope(
  { planned }: Context,
  prior: State,
  ledger: Ledger,
  named: ConversationSet | undefined,
): ConversationSet | undefined {
  const { export_job_id: exportJobId, conversations_from: from } = planned;
  if (isUnknown(exportJobId) || !isKnownList(from) || !isKnownScope(planned.scope)) return undefined;
  const ids = knownIds(planned.conversation_ids);
  if (ids === undefined && planned.conversation_ids !== null) return undefined;
  const args: ScopeArguments = {
    export_job_id: exportJobId,
    conversation_ids: ids === undefined ? null : [...ids],
    conversations_from: from,
    scope: planned.scope,
  };
  if (sameScope(prior, args)) return ledger.scope;
  if (exportJobId !== null || planned.scope !== null || named === undefined) return undefined;
  // What shares a recording with one of them stays in the hold, as far as it is known to.
  return withShared(named, ledger.sharing);
}

/** The conversations that are named, one by one or by a list; a list that is as it was is not read again. */
async function namedIn(
  { client, planned, diagnostics, signal }: Context,
  prior: State | null = null,
): Promise<ConversationSet | undefined> {
  const { conversations_from: from } = planned;
  if (from === null) return knownIds(planned.conversation_ids);
  if (!isKnownList(from) || sameList(prior?.conversations_from ?? null, from)) return undefined;
  return plannedConversations(client, from, diagnostics, signal);
}

/** The whole steps of an open scope that have ended since it was last held. */
function stepsToHold({ client, planned }: Context, ledger: Ledger | undefined): Interval | undefined {
  const { scope } = planned;
  if (client === undefined || ledger === undefined || scope === null || !isKnownScope(scope)) return undefined;
  // An interval that has an end is followed from look to look, and does not grow.
  if (!isOpenInterval(scope.interval)) return undefined;
  return newSteps(client, scope, ledger.followed);
}

function knownIds(ids: unknown): ConversationSet | undefined {
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) return undefined;
  return ConversationSet.of(ids);
}

/** What can only be had with another hold. */
function refuseWhatCannotChange({ planned }: Context, prior: State): void {
  if (!isUnknown(planned.hold_api) && prior.hold_api !== null && planned.hold_api !== prior.hold_api) {
    throw new DiagnosticError(
      'Hold API cannot be changed',
      `hold_api: ${theHold(prior)} was made with ${prior.hold_api}; ${planned.hold_api} cannot take its conversations over. ` +
        'Remove hold_api (the hold keeps its own), or make a second hold with the other API beside it and release this one after that, with release_on_destroy = true.',
      ['hold_api'],
    );
  }
  if (!abilitiesOf(prior).hasHolds) return;
  for (const name of ['name', 'external_reference_id', 'reason'] as const) {
    const value = planned[name];
    if (isUnknown(value) || value === prior[name] || (prior[name] as string | null) === null) continue;
    throw new DiagnosticError(
      `The ${name} of a hold cannot be changed`,
      `${name}: the compliance API cannot change "${prior[name]}" of an existing hold (${prior.id}), and replacing the hold would release it. ` +
        `Set ${name} back, or make a second hold beside it and release this one after that, with release_on_destroy = true.`,
      [name],
    );
  }
}

function checkReferenceId({ client, planned }: Context): void {
  const id = planned.external_reference_id;
  if (client === undefined || id === null || isUnknown(id)) return;
  const pattern = client.externalReferenceIdPattern;
  const problem = referenceIdProblem(id, pattern);
  if (problem === undefined) return;
  throw new DiagnosticError(
    'Malformed external reference id',
    `external_reference_id: "${id}" ${problem}. Write the reference as your case system does, e.g. "MATTER-2026-0017". If your references have another form, set external_reference_id_pattern in the provider block.`,
    ['external_reference_id'],
  );
}
