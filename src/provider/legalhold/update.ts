import type { StateOf, UpdateContext } from '../../framework';
import type { ConversationSet, HoldApi, HoldFailure } from '../../genesys';
import { warnAboutClock } from '../clock-skew';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { holdApiName } from '../hold-api';
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
import { holdIdOf } from './hold-id';
import { ledgerOf, NO_GAPS, type HoldGaps, type HoldPrivate, type Ledger } from './ledger';
import { shortfallError, stillHeld } from './messages';
import { ownerOf } from './owner';
import { recoveredLedger } from './recover';
import type { LegalHoldSchema } from './schema';
import { resolveScope, sameScope, type Scope } from './scope';

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
  return new HoldUpdate(context, api, organizationId).run(before);
}

class HoldUpdate {
  private readonly args: Arguments;
  private holdId: string | null;
  private appliedAt: string | null;

  constructor(
    private readonly context: Context,
    private readonly api: HoldApi,
    private readonly organizationId: string,
  ) {
    const { prior } = context;
    this.args = context.planned as Arguments;
    this.holdId = holdIdOf(api, prior, context.private);
    this.appliedAt = prior.applied_at;
  }

  async run(before: Ledger): Promise<State> {
    const { client, prior, signal } = this.context;
    const { args } = this;
    let tried: Tried;
    if (sameScope(prior, args)) {
      tried = (await this.acceptedAsItIs(before)) ?? (await this.hold(scopeIn(before), before));
    } else if (args.export_job_id === null) {
      tried = await this.hold(await resolveScope(client, args, signal), before);
    } else {
      // What is held is repaired whatever has become of the export; saved with the arguments that it belongs to.
      const repaired = await this.hold(scopeIn(before), before);
      this.context.save(await this.stateOf(prior, repaired));
      tried = await this.extend(await resolveScope(client, args, signal), repaired);
    }
    let state = await this.stateOf(args, tried);
    warnAboutClock(client.genesys, this.context.diagnostics);
    this.context.save(state);
    if (state.status !== 'active') throw shortfallError(state, tried.outcome.stoppedBy);
    const leaving = tried.ledger.all.minus(tried.ledger.scope);
    if (args.release_on_destroy && this.api.abilities.releasesParts && leaving.size > 0) {
      state = await this.release(state, tried, leaving);
    }
    return state;
  }

  /** What is accepted is not tried again, as long as it is exactly that which is missing. */
  private async acceptedAsItIs(before: Ledger): Promise<Tried | undefined> {
    const { prior, signal } = this.context;
    const accepted = this.args.accepted_gaps as AcceptedGaps | null;
    if (before.gaps === null || prior.gaps_sha256 === null || !isAccepted(prior.gaps_sha256, accepted))
      return undefined;
    const { held } = await explained('Legal hold could not be read', undefined, () =>
      this.api.status(this.holdId, before.scope, signal),
    );
    const ledger = ledgerAfter(scopeIn(before), before, { held, standing: NOTHING_KNOWN });
    if (!isAccepted(counted(this.args, ledger, 0, [], prior).gaps_sha256, accepted)) return undefined;
    this.note(ledger);
    const outcome = { holdId: this.holdId, held, alreadyHeld: held.size, failures: [], standing: NOTHING_KNOWN };
    return { ledger, outcome: { ...outcome, stoppedBy: null } };
  }

  /** Noted before anything is sent: what is protected from here on must be in the ledger, however this ends. */
  private async hold(scope: Scope, before: Ledger): Promise<Tried> {
    const { client, signal } = this.context;
    const { api } = this;
    this.note({ ...before, all: before.all.union(scope.conversations) });
    const tried = await explained('Legal hold could not be completed', undefined, () =>
      holdScope({ client, api, signal }, requestOf(this.args), this.holdId, scope, before),
    );
    this.holdId = tried.outcome.holdId ?? this.holdId;
    if (tried.outcome.held.size > tried.outcome.alreadyHeld) this.appliedAt = client.now().toISOString();
    this.note(tried.ledger);
    return tried;
  }

  /** Adds what is new in a scope of which a part was just repaired. */
  private async extend(scope: Scope, repaired: Tried): Promise<Tried> {
    const { ledger: before } = repaired;
    const added = scope.conversations.minus(before.scope);
    const tried = await this.hold({ ...scope, conversations: added, lost: scope.lost.and(added) }, before);
    const old = before.scope.and(scope.conversations);
    const gaps = mapGaps((kind) => kind(tried.ledger.gaps ?? NO_GAPS).union(kind(before.gaps ?? NO_GAPS).and(old)));
    const { late, lostRecordings } = scope;
    const ledger = {
      all: before.all.union(scope.conversations),
      scope: scope.conversations,
      late,
      lostRecordings: gaps.lost.size > 0 && scope.lost.size > 0 ? 0 : lostRecordings,
      gaps,
    };
    this.note(ledger);
    const { outcome } = tried;
    const failures: readonly HoldFailure[] = [...repaired.outcome.failures, ...outcome.failures];
    const stoppedBy = outcome.stoppedBy ?? repaired.outcome.stoppedBy;
    return { ledger, outcome: { ...outcome, failures, stoppedBy } };
  }

  private async release(state: State, { ledger }: Tried, leaving: ConversationSet): Promise<State> {
    const { signal, client } = this.context;
    const still = await explained('Conversations out of scope could not be released', undefined, () =>
      this.api.release(this.holdId, leaving, false, signal),
    );
    this.note({ ...ledger, all: ledger.scope.union(still) });
    const released: State = {
      ...state,
      out_of_scope_count: still.size,
      verified_at: client.now().toISOString(),
    };
    this.context.save(released);
    if (still.size > 0) throw stillHeld(released, still, leaving.size);
    return released;
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

  private note(ledger: Ledger): void {
    this.context.private = privateOf(ledger, this.args);
  }
}

function mapGaps(each: (of: (gaps: HoldGaps) => ConversationSet) => ConversationSet): HoldGaps {
  return {
    failed: each((gaps) => gaps.failed),
    gone: each((gaps) => gaps.gone),
    lost: each((gaps) => gaps.lost),
    released: each((gaps) => gaps.released),
    unprotectable: each((gaps) => gaps.unprotectable),
  };
}
