import type { CreateContext, StateOf } from '../../framework';
import type { HoldApi, HoldApiName } from '../../genesys';
import { warnAboutClock } from '../clock-skew';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { chosenApi } from '../hold-api';
import { reachedOrganization } from '../organization';
import { counted, holdScope, privateOf, requestOf, type Arguments } from './apply';
import { holdNamed, idWithoutHold } from './computed';
import type { HoldPrivate } from './ledger';
import { reasonsOf, shortfall } from './messages';
import type { LegalHoldSchema } from './schema';
import { nothingHeld, resolveScope } from './scope';

type Context = CreateContext<LegalHoldSchema, Compliance, HoldPrivate>;

/** Holds a scope for the first time. Saved without an error even when a part is missing: a tainted hold would be destroyed. */
export async function createHold(context: Context): Promise<StateOf<LegalHoldSchema>> {
  const { client, signal, diagnostics } = context;
  const args = context.planned as Arguments & { readonly hold_api?: HoldApiName | null };
  context.private = null;
  const organizationId = await reachedOrganization(client.genesys, signal);
  const scope = await resolveScope(client, args, signal);
  const named = args.hold_api ?? client.holdApi;
  const api = await chosenApi(client, named, signal);
  const { outcome, ledger } = await explained('Legal hold could not be applied', undefined, () =>
    holdScope({ client, api, signal }, requestOf(args), null, scope, undefined),
  );
  warnAboutClock(client.genesys, diagnostics);
  if (outcome.held.size === 0) {
    throw nothingHeld(scope.conversations.size, reasonsOf(outcome.failures, outcome.stoppedBy));
  }
  const now = client.now().toISOString();
  context.private = privateOf(ledger, args);
  const state = {
    ...args,
    ...counted(args, ledger, 0, outcome.failures, null),
    id: outcome.holdId ?? idWithoutHold(scope.conversations),
    hold_api: api.name,
    organization_id: organizationId,
    applied_at: now,
    verified_at: now,
  };
  if (named === 'auto') tellChoice(context, api, args.name);
  if (state.status !== 'active') {
    const { summary, detail } = shortfall(state, outcome.stoppedBy);
    diagnostics.warn(summary, detail);
  }
  return state;
}

/** Which API it was decides what a hold can do, and it cannot be changed later. */
function tellChoice({ diagnostics }: Context, { name, abilities }: HoldApi, hold: string): void {
  const consequences = abilities.hasHolds
    ? 'It keeps the hold with its name and reference, and releases it only as a whole.'
    : `It keeps no name and no reference, and an organization can protect ${abilities.limit?.toLocaleString('en-US') ?? 'only so many'} conversations by it.`;
  diagnostics.warn(
    `Held by ${abilities.words}`,
    `${holdNamed({ name: hold })} was made with hold_api = "${name}", because hold_api is "auto" and that is what the organization has. ${consequences} The hold keeps this API. To choose it yourself, set hold_api.`,
  );
}
