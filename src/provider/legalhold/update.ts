import type { StateOf, UpdateContext } from '../../framework';
import type { ConversationSet, HoldApi, HoldFailure } from '../../genesys';
import { warnAboutClock } from '../clock-skew';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { holdApiName } from '../hold-api';
import type { ClaimReference } from '../../register';
import { requireOrganization } from '../organization';
import { isAccepted, type AcceptedGaps } from '../gaps';
import {
  counted,
  holdScope,
  ledgerAfter,
  NOTHING_KNOWN,
  privateOf,
  requestOf,
  scopeIn,
  type Arguments,
  type Tried,
} from './apply';
import { heldWithRecordings } from './findings';
import { approvalsOf } from '../approvals';
import { settleApprovers } from '../settle-approvers';
import { ownClaim, refuseBlindRelease, warnUnregistered } from '../claims';
import { keyOf } from './claim';
import { tellReleased } from './claim-messages';
import { holdNamed } from './computed';
import { keepExport } from './forgotten-export';
import { releasesLeaving } from './guard';
import { bothRecordings } from './held-recordings';
import { holdIdOf } from './hold-id';
import { scopeText } from './import-scope';
import { knownToBeProtected, ledgerOf, NO_GAPS, type HoldGaps, type HoldPrivate, type Ledger } from './ledger';
import { shortfallError } from './messages';
import { ownerOf } from './owner';
import { Protector } from './protector';
import { recoveredLedger } from './recover';
import { releaseLeaving } from './release';
import type { LegalHoldSchema } from './schema';
import { grownScope, withKnown, withoutBare } from './looked-scope';
import { isGrown, resolveScope, sameScope, type Scope } from './scope';
import { NOTHING_SHARED, withAssociated } from './shared-recordings';
import type { ScopeArgument } from './scope-argument';

type State = StateOf<LegalHoldSchema>;
type Context = UpdateContext<LegalHoldSchema, Compliance, HoldPrivate>;

/**
 * Repairs what the hold has already, before anything else is asked; then adds what is new, and releases what is out of scope
 * where that is allowed. Ends with an error while a gap is open, and saves what was done.
 */
export async function updateHold(context: Context): Promise<State> {
  const { client, prior, signal } = context;
  const api = client.genesys.holds.api(holdApiName(prior));
  if (prior.organization_id !== null) {
    await requireOrganization(client.genesys, ownerOf({ client, api, signal }, prior), signal);
  }
  const known = ledgerOf(context.private);
  const before = known ?? (await recoveredLedger(client, api, prior, signal));
  const owner = ownerOf({ client, api, signal }, prior, { ledger: before, known: false });
  const organizationId = await requireOrganization(client.genesys, owner, signal);
  const state = await new HoldUpdate(context, api, organizationId, before).run(before);
  const { diagnostics, private: kept } = context;
  await settleApprovers({ client, state, epoch: kept?.epoch ?? null, named: holdNamed(state), diagnostics }, signal);
  return state;
}

class HoldUpdate {
  private readonly args: Arguments;
  private readonly protector: Protector;
  private holdId: string | null;
  private appliedAt: string | null;

  constructor(
    private readonly context: Context,
    private readonly api: HoldApi,
    private readonly organizationId: string,
    before: Ledger,
  ) {
    const { prior, client, signal, diagnostics, private: kept } = context;
    this.args = context.planned as Arguments;
    this.holdId = holdIdOf(api, prior, kept);
    this.appliedAt = prior.applied_at;
    this.protector = new Protector(
      { client, api, signal, diagnostics, log: context.log },
      {
        named: holdNamed(this.args),
        key: keyOf(organizationId, api, this.args),
        request: requestOf(this.args),
        scope: this.args.scope === null ? null : scopeText(this.args.scope),
        known: knownToBeProtected(before),
        own: ownClaim(prior, kept?.epoch ?? null),
        unregistered: before.unregistered,
        mayTakeOver: kept === null || kept.imported === true,
        releasedSeen: undefined,
      },
    );
  }

  async run(found: Ledger): Promise<State> {
    const { client, prior, signal, diagnostics } = this.context;
    const before = await withoutBare(client, found, signal);
    const { args, protector } = this;
    // A first claim is noted as held when state is about to name it: until then a run that was killed is carried on by the next one.
    protector.isMoreToCome = prior.claim_id === null;
    let tried: Tried;
    if (sameScope(prior, args)) {
      tried = (await this.acceptedAsItIs(before)) ?? (await this.hold(scopeIn(before), before));
      if (args.scope !== null) tried = await this.grow(args.scope, tried);
    } else if (args.conversation_ids !== null) {
      tried = await this.hold(knownSharing(await resolveScope(client, args, signal), before), before);
    } else {
      // What is held is repaired whatever has become of the export or the scope; saved with the arguments that it belongs to.
      const repaired = await this.hold(scopeIn(before), before);
      this.context.save(await this.stateOf(prior, repaired));
      const reached = args.scope?.interval === prior.scope?.interval ? (before.followed?.end ?? null) : null;
      const now = withKnown(await resolveScope(client, args, signal, reached), before, isGrown(prior, args));
      const scope = knownSharing(now, before);
      tried = await this.extend(scope, repaired);
      if (args.export_job_id !== null && protector.registration.reference !== undefined && scope.exported.size > 0) {
        await keepExport(client, args.export_job_id, scope.exported, signal);
      }
    }
    tried = await this.share(tried);
    let state = await this.stateOf(args, tried);
    warnAboutClock(client.genesys, diagnostics);
    this.context.save(state);
    await protector.noteSeen();
    if (protector.problem !== undefined && state.claim_id === null)
      warnUnregistered(diagnostics, holdNamed(args), 'conversations', protector.problem);
    if (state.status !== 'active') throw shortfallError(state, tried.outcome.stoppedBy, tried.ledger.gaps ?? NO_GAPS);
    const leaving = tried.ledger.all.minus(tried.ledger.scope);
    if (leaving.size > 0 && releasesLeaving(prior, args, this.api.abilities)) {
      state = await this.release(state, tried, leaving);
    }
    return state;
  }

  /** What is accepted is not tried again, as long as it is exactly that which is missing, and is claimed. */
  private async acceptedAsItIs(before: Ledger): Promise<Tried | undefined> {
    const { prior, signal } = this.context;
    const accepted = this.args.accepted_gaps as AcceptedGaps | null;
    if (before.gaps === null || prior.gaps_sha256 === null || !isAccepted(prior.gaps_sha256, accepted))
      return undefined;
    if (!this.isClaimed(before)) return undefined;
    const { held } = await explained('Legal hold could not be read', undefined, () =>
      this.api.status(this.holdId, before.scope, signal),
    );
    const there = heldWithRecordings(held, before, NOTHING_KNOWN);
    const ledger = ledgerAfter(scopeIn(before), before, { held: there, standing: NOTHING_KNOWN });
    if (!isAccepted(counted(this.args, ledger, 0, [], prior).gaps_sha256, accepted)) return undefined;
    this.note(ledger);
    const outcome = { holdId: this.holdId, held, alreadyHeld: held.size, failures: [], standing: NOTHING_KNOWN };
    return { ledger, outcome: { ...outcome, stoppedBy: null } };
  }

  /** Whether the register has nothing to learn of this hold. */
  private isClaimed({ unregistered }: Ledger): boolean {
    const { prior, private: kept } = this.context;
    const { name, external_reference_id: reference } = this.args;
    return (
      prior.claim_id !== null &&
      kept?.epoch !== undefined &&
      unregistered === null &&
      prior.name === name &&
      prior.external_reference_id === reference
    );
  }

  /** Noted before anything is sent: what is protected from here on must be in the ledger, however this ends. */
  private async hold(scope: Scope, before: Ledger): Promise<Tried> {
    const { client, signal } = this.context;
    this.note({ ...before, all: before.all.union(scope.conversations) });
    const tried = await explained('Legal hold could not be completed', undefined, () =>
      holdScope({ client, signal }, this.protector, this.holdId, scope, before),
    );
    this.holdId = tried.outcome.holdId ?? this.holdId;
    if (tried.outcome.held.size > tried.outcome.alreadyHeld) this.appliedAt = client.now().toISOString();
    this.note(tried.ledger);
    return tried;
  }

  /** Adds what has come into a scope of its own. Saves what was repaired first. */
  private async grow(scope: ScopeArgument, repaired: Tried): Promise<Tried> {
    const { client, signal } = this.context;
    this.context.save(await this.stateOf(this.args, repaired));
    const grown = await grownScope(client, scope, repaired.ledger, signal);
    return grown === undefined ? repaired : this.extend(grown, repaired);
  }

  /** Adds what is new in a scope of which a part was just repaired. */
  private async extend(scope: Scope, repaired: Tried): Promise<Tried> {
    const { ledger: before } = repaired;
    const added = scope.conversations.minus(before.scope);
    const tried = await this.hold({ ...scope, conversations: added, lost: scope.lost.and(added) }, before);
    const old = before.scope.and(scope.conversations);
    const gaps = mapGaps((kind) => kind(tried.ledger.gaps ?? NO_GAPS).union(kind(before.gaps ?? NO_GAPS).and(old)));
    const { late, lostRecordings } = scope;
    const recordings = bothRecordings(tried.ledger.recordings, scope.recordings);
    const ledger = {
      all: before.all.union(scope.conversations),
      scope: scope.conversations,
      late,
      lostRecordings: gaps.lost.size > 0 && scope.lost.size > 0 ? 0 : lostRecordings,
      gaps,
      unregistered: tried.ledger.unregistered,
      followed: scope.followed,
      sharing: scope.sharing,
      recordings,
    };
    this.note(ledger);
    const { outcome } = tried;
    const failures: readonly HoldFailure[] = [...repaired.outcome.failures, ...outcome.failures];
    const stoppedBy = outcome.stoppedBy ?? repaired.outcome.stoppedBy;
    return { ledger, outcome: { ...outcome, failures, stoppedBy } };
  }

  /** Looks for conversations that share a recording, and holds those too. What is in scope is held by now. */
  private async share(tried: Tried): Promise<Tried> {
    const { client, signal, diagnostics } = this.context;
    if (tried.outcome.stoppedBy !== null || signal.aborted) return tried;
    const before = scopeIn(tried.ledger);
    const scope = await withAssociated({ client, signal, diagnostics }, before, holdNamed(this.args));
    if (!scope.conversations.equals(before.conversations)) return this.extend(scope, tried);
    const ledger = { ...tried.ledger, sharing: scope.sharing };
    this.note(ledger);
    return { ...tried, ledger };
  }

  /** Another claim over what stays takes this one's place; then what fell out is lifted, where nobody else needs it. */
  private async release(state: State, tried: Tried, leaving: ConversationSet): Promise<State> {
    const { client, signal, diagnostics, prior } = this.context;
    const { reference } = this.protector.registration;
    const blocked = client.register.refusesReleases ?? this.protector.problem;
    if (blocked !== undefined || reference === undefined) throw refuseBlindRelease(holdNamed(state), blocked ?? '');
    const { ledger } = tried;
    const next = (claim: ClaimReference): State => ({
      ...state,
      register_id: claim.register,
      claim_id: claim.claim,
      out_of_scope_count: 0,
      verified_at: client.now().toISOString(),
    });
    const { released, claim } = await releaseLeaving(
      { client, api: this.api, signal, diagnostics },
      {
        named: holdNamed(state),
        reference,
        key: keyOf(this.organizationId, this.api, this.args),
        keep: ledger.scope,
        leaving,
        reason: prior.release_reason ?? '',
        approvals: await approvalsOf(client, prior, signal),
      },
    );
    this.note({ ...ledger, all: ledger.scope }, claim.epoch);
    const done = next(claim);
    this.context.save(done);
    tellReleased(diagnostics, client.register, done, released);
    return done;
  }

  private async stateOf(args: Arguments, { ledger, outcome }: Tried): Promise<State> {
    const { client, prior } = this.context;
    const outOfScope = await this.heldOutOfScope(ledger);
    return {
      ...prior,
      ...args,
      ...counted(args, ledger, outOfScope, outcome.failures, prior),
      id: this.holdId ?? prior.id,
      organization_id: this.organizationId,
      ...this.claimInState(),
      applied_at: this.appliedAt,
      verified_at: client.now().toISOString(),
    };
  }

  /** What was not looked at, because the time was up, is what state says of it. */
  private async heldOutOfScope(ledger: Ledger): Promise<number> {
    const { prior, signal } = this.context;
    const leaving = ledger.all.minus(ledger.scope);
    if (leaving.size === 0) return 0;
    if (signal.aborted) return prior.out_of_scope_count ?? 0;
    const { held } = await explained('Legal hold could not be read', undefined, () =>
      this.api.status(this.holdId, leaving, signal),
    );
    return held.size;
  }

  private claimInState(): Pick<State, 'register_id' | 'claim_id'> {
    const { prior } = this.context;
    const { reference } = this.protector.registration;
    if (reference === undefined) return { register_id: prior.register_id, claim_id: prior.claim_id };
    return { register_id: reference.register, claim_id: reference.claim };
  }

  private note(ledger: Ledger, epoch = this.protector.registration.reference?.epoch): void {
    const kept = this.context.private;
    const imported = epoch === undefined && kept?.imported === true ? { imported: true as const } : {};
    this.context.private = { ...privateOf(ledger, this.args, epoch ?? kept?.epoch), ...imported };
  }
}

/** A scope that was just resolved, with what is known of its recordings already. */
function knownSharing(scope: Scope, { sharing }: Ledger): Scope {
  return { ...scope, sharing: { ...sharing, associated: NOTHING_SHARED.associated } };
}

function mapGaps(each: (of: (gaps: HoldGaps) => ConversationSet) => ConversationSet): HoldGaps {
  return {
    failed: each((gaps) => gaps.failed),
    gone: each((gaps) => gaps.gone),
    late: each((gaps) => gaps.late),
    lost: each((gaps) => gaps.lost),
    released: each((gaps) => gaps.released),
    unprotectable: each((gaps) => gaps.unprotectable),
  };
}
