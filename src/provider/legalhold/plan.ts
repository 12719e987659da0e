import {
  DiagnosticError,
  isUnknown,
  UNKNOWN,
  type PlanContext,
  type PlanDestroyContext,
  type StateOf,
} from '../../framework';
import { ConversationSet, type HoldApiName } from '../../genesys';
import { referenceIdProblem } from '../../words';
import type { Compliance } from '../compliance';
import { checkHoldApi } from '../hold-api';
import { refuseDestroy, refuseReplace } from '../release-guard';
import { conversations } from './computed';
import { heldConversations } from './guard';
import { ledgerOf, type HoldPrivate, type Ledger } from './ledger';
import type { LegalHoldSchema } from './schema';
import { sameScope, type ScopeArguments } from './scope';

type State = StateOf<LegalHoldSchema>;
type Context = PlanContext<LegalHoldSchema, Compliance, HoldPrivate>;

/** Completes the plan of a hold: what will be held, what falls out of scope, and what cannot be done in place. */
export async function planLegalHold(context: Context): Promise<void> {
  checkReferenceId(context);
  if (context.prior === null) await planCreate(context);
  else planUpdate(context, context.prior);
}

/** Refuses to destroy a hold without consent, and says what a release entails. */
export function planDestroyLegalHold({
  prior,
  diagnostics,
}: PlanDestroyContext<LegalHoldSchema, Compliance, HoldPrivate>): void {
  const count = heldBy(prior);
  if (count === 0) return;
  if (!prior.release_on_destroy) throw refuseDestroy(heldConversations({ name: prior.name, id: prior.id, count }));
  if (prior.hold_api !== 'deletion_protection') return;
  diagnostics.warn(
    'Conversations are released for everybody',
    `Destroying the hold "${prior.name}" ends the deletion protection of ${conversations(count)}. Deletion protection knows no cases: a conversation that another hold protects as well is released too, and that hold shows it as missing in its next plan.`,
  );
}

/** Conversations that destroying this hold would release. */
export function heldBy(state: State): number {
  return (state.held_count ?? 0) + (state.out_of_scope_count ?? 0);
}

async function planCreate(context: Context): Promise<void> {
  const { client, planned, priorPrivate } = context;
  if (priorPrivate !== null && !priorPrivate.consent) {
    throw refuseReplace(heldConversations({ name: priorPrivate.name, count: ledgerOf(priorPrivate).all.size }));
  }
  const wanted = client?.holdApi;
  if (wanted !== undefined && wanted !== 'auto' && isUnknown(planned.hold_api)) planned.hold_api = wanted;
  if (!isUnknown(planned.hold_api)) await checkHoldApi(client, planned.hold_api as HoldApiName, context.signal);
  const ids = knownIds(planned.conversation_ids);
  if (ids === undefined) return;
  planned.conversation_count = ids.size;
  planned.conversation_ids_sha256 = ids.sha256;
  planned.out_of_scope_count = 0;
}

function planUpdate(context: Context, prior: State): void {
  const { planned, priorPrivate } = context;
  refuseWhatCannotChange(context, prior);
  const ledger = ledgerOf(priorPrivate);
  const consent = isUnknown(planned.release_on_destroy) ? undefined : planned.release_on_destroy;
  const repairs = prior.status !== 'active';
  const releases = consent === true && (prior.out_of_scope_count ?? 0) > 0 && releasesParts(prior);
  if (!context.changes && !repairs && !releases) return;
  if (!context.changes) context.markComputedUnknown();
  if (repairs && priorPrivate?.gone === true) planned.id = UNKNOWN;

  const scope = plannedScope(context, prior, ledger);
  if (scope === undefined) {
    warnOfUnknownScope(context, prior, consent);
    return;
  }
  const all = ledger.all.union(scope);
  const leaving = all.minus(scope);
  const released = consent === true && releasesParts(prior);
  planned.status = 'active';
  planned.conversation_count = scope.size;
  planned.conversation_ids_sha256 = scope.sha256;
  planned.held_count = scope.size;
  planned.missing_count = 0;
  planned.failed_count = 0;
  planned.failures = [];
  if (consent !== undefined) planned.out_of_scope_count = released ? 0 : leaving.size;
  if (!repairs && scope.minus(ledger.scope).size === 0) planned.applied_at = prior.applied_at;
  warnOfLeaving(context, prior, leaving.and(ledger.scope).size, released ? leaving.size : 0);
}

/** The new scope, where the plan can know it. */
function plannedScope({ planned }: Context, prior: State, ledger: Ledger): ConversationSet | undefined {
  const exportJobId = planned.export_job_id;
  if (isUnknown(exportJobId)) return undefined;
  const named = knownIds(planned.conversation_ids);
  if (named === undefined && planned.conversation_ids !== null) return undefined;
  const args: ScopeArguments = {
    export_job_id: exportJobId,
    conversation_ids: planned.conversation_ids === null ? null : [...(named ?? [])],
  };
  if (sameScope(prior, args)) return ledger.scope;
  return exportJobId === null ? named : undefined;
}

function knownIds(ids: unknown): ConversationSet | undefined {
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) return undefined;
  return ConversationSet.of(ids);
}

/** The compliance API releases a hold as a whole only. */
export function releasesParts(state: Pick<State, 'hold_api'>): boolean {
  return state.hold_api === 'deletion_protection';
}

function warnOfUnknownScope({ diagnostics }: Context, prior: State, consent: boolean | undefined): void {
  const fate =
    consent === true && releasesParts(prior)
      ? 'will be released, because release_on_destroy is true'
      : 'stay held and are counted in out_of_scope_count';
  diagnostics.warn(
    'Scope of the hold changes',
    `The conversations that the hold "${prior.name}" covers are only known when the export is there. New ones are added; those that fall out of scope ${fate}. How many that are cannot be known yet.`,
    ['export_job_id'],
  );
}

function warnOfLeaving({ diagnostics }: Context, prior: State, leaving: number, released: number): void {
  if (released > 0) {
    diagnostics.warn(
      'Conversations will be released',
      `${conversations(released)} of the hold "${prior.name}" ${released === 1 ? 'is' : 'are'} no longer in scope and will be released, because release_on_destroy is true. Deletion protection knows no cases: if another hold covers them too, it shows them as missing.`,
    );
    return;
  }
  if (leaving === 0) return;
  const why = releasesParts(prior)
    ? 'To release them, set release_on_destroy = true.'
    : 'The compliance API releases a hold only as a whole, so they stay in it until it is destroyed.';
  diagnostics.warn(
    'Conversations fall out of scope and stay held',
    `${conversations(leaving)} of the hold "${prior.name}" ${leaving === 1 ? 'is' : 'are'} no longer in scope. They stay held and are counted in out_of_scope_count. ${why}`,
  );
}

/** What can only be had with another hold. */
function refuseWhatCannotChange({ planned }: Context, prior: State): void {
  if (!isUnknown(planned.hold_api) && prior.hold_api !== null && planned.hold_api !== prior.hold_api) {
    throw new DiagnosticError(
      'Hold API cannot be changed',
      `hold_api: the hold "${prior.name}" was made with ${prior.hold_api}; ${planned.hold_api} cannot take its conversations over. ` +
        'Remove hold_api (the hold keeps its own), or make a second hold with the other API beside it and release this one after that, with release_on_destroy = true.',
      ['hold_api'],
    );
  }
  if (prior.hold_api !== 'compliance') return;
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
