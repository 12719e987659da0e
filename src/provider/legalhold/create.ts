import { DiagnosticError, type CreateContext, type StateOf } from '../../framework';
import { ConversationSet, type HoldApi, type HoldApiName } from '../../genesys';
import type { ClaimKey } from '../../register';
import { number } from '../../words';
import { warnAboutClock } from '../clock-skew';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { chosenApi } from '../hold-api';
import { reachedOrganization } from '../organization';
import { registerProblem } from '../register';
import { counted, holdScope, privateOf, requestOf, type Arguments, type Tried } from './apply';
import { keyOf, NOTHING_PROTECTED } from './claim';
import { warnUnregistered } from '../claims';
import { holdNamed, idWithoutHold } from './computed';
import { keepExport } from './forgotten-export';
import { freshLedger, NO_GAPS, type HoldPrivate, type Ledger } from './ledger';
import { reasonsOf, shortfall, warnOfNothingYet } from './messages';
import { scopeText } from './import-scope';
import { Protector } from './protector';
import type { LegalHoldSchema } from './schema';
import { nothingHeld, resolveScope, type Scope } from './scope';
import { withAssociated } from './shared-recordings';

type Context = CreateContext<LegalHoldSchema, Compliance, HoldPrivate>;

/** Holds a scope for the first time. Saved without an error even when a part is missing: a tainted hold would be destroyed. */
export async function createHold(context: Context): Promise<StateOf<LegalHoldSchema>> {
  const { client, signal } = context;
  const args = context.planned as Arguments & { readonly hold_api?: HoldApiName | null };
  context.private = null;
  const organizationId = await reachedOrganization(client.genesys, signal);
  const named = args.hold_api ?? client.holdApi;
  const api = await chosenApi(client, named, signal);
  const key = keyOf(organizationId, api, args);
  // Two holds of one name in one run are two claims of one key: the second has to find the first one's.
  return client.register.alone(JSON.stringify(key), async () => {
    const state = await new Creation(context, args, api, key).run(organizationId);
    if (named === 'auto') tellChoice(context, api, args.name);
    return state;
  });
}

class Creation {
  constructor(
    private readonly context: Context,
    private readonly args: Arguments,
    private readonly api: HoldApi,
    private readonly key: ClaimKey,
  ) {}

  async run(organizationId: string): Promise<StateOf<LegalHoldSchema>> {
    const { client, signal, diagnostics } = this.context;
    const { args, api, key } = this;
    const releasedSeen = await this.releasedSeen();
    const scope = await resolveScope(client, args, signal);
    const protector = new Protector(
      { client, api, signal, diagnostics, log: this.context.log },
      {
        named: holdNamed(args),
        key,
        request: requestOf(args),
        scope: args.scope === null ? null : scopeText(args.scope),
        known: ConversationSet.empty,
        own: undefined,
        unregistered: null,
        mayTakeOver: false,
        releasedSeen,
      },
    );
    if (scope.conversations.size === 0) return this.empty(scope, organizationId);
    const { outcome, ledger } = await explained('Legal hold could not be applied', undefined, () =>
      this.hold(protector, scope),
    );
    warnAboutClock(client.genesys, diagnostics);
    if (outcome.held.size === 0) {
      throw nothingHeld(scope.conversations.size, reasonsOf(outcome.failures, outcome.stoppedBy));
    }
    const { reference } = protector.registration;
    if (reference !== undefined && args.export_job_id !== null && scope.exported.size > 0) {
      await keepExport(client, args.export_job_id, scope.exported, signal);
    }
    if (protector.problem !== undefined)
      warnUnregistered(diagnostics, holdNamed(args), 'conversations', protector.problem);
    const now = client.now().toISOString();
    this.context.private = privateOf(ledger, args, reference?.epoch);
    const state = {
      ...args,
      ...counted(args, ledger, 0, outcome.failures, null),
      id: outcome.holdId ?? idWithoutHold(scope.conversations),
      hold_api: api.name,
      organization_id: organizationId,
      register_id: reference?.register ?? null,
      claim_id: reference?.claim ?? null,
      applied_at: now,
      verified_at: now,
    };
    if (state.status !== 'active') {
      const { summary, detail } = shortfall(state, outcome.stoppedBy, ledger.gaps ?? NO_GAPS);
      diagnostics.warn(summary, detail);
    }
    return state;
  }

  /** Holds what is in scope, and then what shares a recording with it. */
  private async hold(protector: Protector, scope: Scope): Promise<Tried> {
    const { client, signal, diagnostics } = this.context;
    // Until everything was asked, a creation that is killed is carried on by the next one.
    protector.isMoreToCome = true;
    const tried = await holdScope({ client, signal }, protector, null, scope, undefined);
    protector.isMoreToCome = false;
    const { outcome, ledger } = tried;
    if (outcome.held.size === 0 || outcome.stoppedBy !== null || signal.aborted) {
      await protector.noteSeen();
      return tried;
    }
    const whole = await withAssociated({ client, signal, diagnostics }, scope, holdNamed(this.args));
    if (!whole.conversations.equals(scope.conversations)) {
      return holdScope({ client, signal }, protector, outcome.holdId, whole, ledger);
    }
    await protector.noteSeen();
    return { outcome, ledger: { ...ledger, sharing: whole.sharing } };
  }

  /** Nothing is in scope yet: nothing is asked of the hold API, and nothing is claimed. */
  private empty(scope: Scope, organizationId: string): StateOf<LegalHoldSchema> {
    const { client } = this.context;
    const { args, api } = this;
    const nothing = { ...freshLedger(ConversationSet.empty), gaps: NO_GAPS, unregistered: NOTHING_PROTECTED };
    const ledger: Ledger = { ...nothing, followed: scope.followed };
    this.context.private = privateOf(ledger, args, undefined);
    warnOfNothingYet(this.context.diagnostics, args);
    return {
      ...args,
      ...counted(args, ledger, 0, [], null),
      id: api.abilities.hasHolds ? null : idWithoutHold(scope.conversations),
      hold_api: api.name,
      organization_id: organizationId,
      register_id: null,
      claim_id: null,
      applied_at: null,
      verified_at: client.now().toISOString(),
    };
  }

  /**
   * How many holds of this key were released when the work began: a run that sleeps from here on must not hold again what was let go
   * meanwhile. Undefined where the register cannot be used.
   */
  private async releasedSeen(): Promise<number | undefined> {
    const { client, signal } = this.context;
    const { key } = this;
    try {
      const register = await client.register.open(signal);
      if (register.find(key) === undefined) await this.refuseForeign();
      return register.released(key);
    } catch (error) {
      if (registerProblem(error) === undefined) throw error;
      return undefined;
    }
  }

  /** A hold of this name that the register knows nothing of is somebody else's, and would be released with this one. */
  private async refuseForeign(): Promise<void> {
    const { signal } = this.context;
    const { api, args } = this;
    if (!api.abilities.hasHolds) return;
    const found = await explained('Legal holds could not be listed', undefined, () =>
      api.find(requestOf(args), signal),
    );
    if (found === null) return;
    throw new DiagnosticError(
      'There is a hold of this name',
      `Genesys Cloud has an active hold "${args.name}" of the same reference (${found}), and the register has no claim of it: somebody else made it, or a version that knew no register. Nothing was changed.\nIf it is this one, import it: terraform import ADDRESS compliance/${found}. For a hold of its own, use another name or external_reference_id.`,
      ['name'],
    );
  }
}

/** Which API it was decides what a hold can do, and it cannot be changed later. */
function tellChoice({ diagnostics }: Context, { name, abilities }: HoldApi, hold: string): void {
  const consequences = abilities.hasHolds
    ? 'It keeps the hold with its name and reference, and releases it only as a whole.'
    : `It keeps no name and no reference, and an organization can protect ${abilities.limit === null ? 'only so many' : number(abilities.limit)} conversations by it.`;
  diagnostics.warn(
    `Held by ${abilities.words}`,
    `${holdNamed({ name: hold })} was made with hold_api = "${name}", because hold_api is "auto" and that is what the organization has. ${consequences} The hold keeps this API. To choose it yourself, set hold_api.`,
  );
}
