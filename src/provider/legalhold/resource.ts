import {
  exactlyOneOf,
  type CreateContext,
  type DeleteContext,
  type ReadContext,
  type ResourceDefinition,
  type StateOf,
  type UpdateContext,
} from '../../framework';
import type { HoldApiName } from '../../genesys';
import { warnAboutClock } from '../clock-skew';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { refuseDestroy, refuseReplace } from '../release-guard';
import { countsAfterProtect, countsAfterRead, idWithoutHold, type Counts } from './computed';
import { heldConversations } from './guard';
import { importLegalHold } from './import';
import { ledgerOf, packLedger, type HoldPrivate, type Ledger } from './ledger';
import { heldBy, planDestroyLegalHold, planLegalHold, releasesParts } from './plan';
import { reasonsOf, requestOf, shortfall, shortfallError } from './protect';
import { legalHoldSchema, type LegalHoldSchema } from './schema';
import { nothingHeld, rememberedScope, resolveScope, sameScope } from './scope';

type State = StateOf<LegalHoldSchema>;
type Arguments = Omit<State, keyof Counts | 'id' | 'hold_api' | 'applied_at'>;

/** A legal hold on the Genesys Cloud side, which is never released as a side effect. */
export const legalHoldResource: ResourceDefinition<LegalHoldSchema, Compliance, HoldPrivate> = {
  type: 'genesyscloud_compliance_legalhold',
  schema: legalHoldSchema,
  validate: (context) => exactlyOneOf(context, ['export_job_id', 'conversation_ids']),
  plan: planLegalHold,
  planDestroy: planDestroyLegalHold,
  create: createHold,
  read: readHold,
  update: updateHold,
  delete: deleteHold,
  import: importLegalHold,
};

async function createHold(context: CreateContext<LegalHoldSchema, Compliance, HoldPrivate>): Promise<State> {
  const { client, signal } = context;
  const args = argumentsOf(context.planned);
  context.private = null;
  const scope = await resolveScope(client, args, signal);
  const outcome = await explained('Legal hold could not be applied', undefined, async () => {
    const { holds } = client.genesys;
    const named = context.planned.hold_api as HoldApiName | null | undefined;
    const api = await holds.choose(named ?? client.holdApi, signal);
    return { ...(await api.protect(requestOf(args), null, scope, signal)), api: api.name };
  });
  warnAboutClock(client.genesys, context.diagnostics);
  if (outcome.applied + outcome.alreadyHeld === 0) throw nothingHeld(scope.size, reasonsOf(outcome));
  // Saved without an error even when a part is missing: a tainted hold would be destroyed by the next apply.
  const missing = shortfall(args.name, scope, outcome);
  if (missing !== undefined) context.diagnostics.warn(missing.summary, missing.detail);
  const ledger = { all: scope, scope };
  context.private = { ...packLedger(ledger), consent: args.release_on_destroy, name: args.name };
  return {
    ...args,
    ...countsAfterProtect(ledger, scope, outcome),
    id: outcome.holdId ?? idWithoutHold(scope),
    hold_api: outcome.api,
    applied_at: client.now().toISOString(),
  };
}

async function readHold(context: ReadContext<LegalHoldSchema, Compliance, HoldPrivate>): Promise<State> {
  const { client, signal, state } = context;
  const kept = context.private;
  // State that lost its private part (moved by hand, say) still tells its scope.
  const scope = kept === null ? await rememberedScope(client, state, signal) : undefined;
  const ledger = scope === undefined ? ledgerOf(kept) : { all: scope, scope };
  const { exists, held } = await explained('Legal hold could not be read', undefined, () =>
    client.genesys.holds.api(apiOf(state)).status(holdIdOf(state, null), ledger.all, signal),
  );
  // What fell out of scope and was released by somebody is no longer this hold's business.
  const seen: Ledger = { all: ledger.scope.union(ledger.all.and(held)), scope: ledger.scope };
  context.private = {
    ...packLedger(seen),
    consent: state.release_on_destroy,
    name: state.name,
    ...(exists ? {} : { gone: true }),
  };
  return { ...state, ...countsAfterRead(state, seen, held) };
}

/** Adds what is new, protects what is missing, and releases what is out of scope where that is allowed. */
async function updateHold(context: UpdateContext<LegalHoldSchema, Compliance, HoldPrivate>): Promise<State> {
  const { client, prior, signal } = context;
  const args = argumentsOf(context.planned);
  const before = ledgerOf(context.private);
  const scope = sameScope(prior, args) ? before.scope : await resolveScope(client, args, signal);
  const api = client.genesys.holds.api(apiOf(prior));
  const holdId = holdIdOf(prior, context.private);
  const kept = { consent: args.release_on_destroy, name: args.name };
  let ledger: Ledger = { all: before.all.union(scope), scope };
  // Noted before anything is sent: what is protected from here on must be in the ledger, however this ends.
  context.private = { ...packLedger(ledger), ...kept };

  let state: State = { ...prior, ...args };
  if (prior.status !== 'active' || scope.minus(before.scope).size > 0) {
    const outcome = await explained('Legal hold could not be completed', undefined, () =>
      api.protect(requestOf(args), holdId, scope, signal),
    );
    state = {
      ...state,
      ...countsAfterProtect(ledger, scope, outcome),
      id: outcome.holdId ?? prior.id,
      applied_at: client.now().toISOString(),
    };
    context.save(state);
    const missing = shortfallError(args.name, scope, outcome);
    if (missing !== undefined) throw missing;
  } else {
    const nothing = { holdId, applied: 0, alreadyHeld: scope.size, failures: [], stoppedBy: null };
    state = { ...state, ...countsAfterProtect(ledger, scope, nothing) };
    context.save(state);
  }
  const leaving = ledger.all.minus(scope);
  if (args.release_on_destroy && releasesParts(prior) && leaving.size > 0) {
    await explained('Conversations out of scope could not be released', undefined, () =>
      api.release(holdId, leaving, false, signal),
    );
    ledger = { all: scope, scope };
    context.private = { ...packLedger(ledger), ...kept };
    state = { ...state, out_of_scope_count: 0 };
  }
  return state;
}

async function deleteHold(context: DeleteContext<LegalHoldSchema, Compliance, HoldPrivate>): Promise<void> {
  const { client, prior, signal, private: kept } = context;
  const count = heldBy(prior);
  if (count === 0) return;
  // Terraform withholds private state from a tainted hold that it replaces: that is how such a one is known.
  const refuse = kept === null ? refuseReplace : refuseDestroy;
  if (!prior.release_on_destroy) throw refuse(heldConversations({ name: prior.name, id: prior.id, count }));
  const all = kept === null ? await rememberedScope(client, prior, signal) : ledgerOf(kept).all;
  await explained('Legal hold could not be released', undefined, () =>
    client.genesys.holds.api(apiOf(prior)).release(holdIdOf(prior, kept), all, true, signal),
  );
}

function argumentsOf(planned: Partial<State>): Arguments {
  return planned as Arguments;
}

function apiOf(state: State): HoldApiName {
  return state.hold_api === 'compliance' ? 'compliance' : 'deletion_protection';
}

/** The hold's id at Genesys Cloud; null where it has none, or has lost it. */
function holdIdOf(state: State, kept: HoldPrivate | null): string | null {
  return apiOf(state) === 'compliance' && kept?.gone !== true ? state.id : null;
}
