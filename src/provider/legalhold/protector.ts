/**
 * First the claim, then the bit, then a look: how a hold protects conversations. Where the register cannot be used they are protected
 * all the same, and claimed by the next apply.
 */
import type { Diagnostics, Log } from '../../framework';
import { ConversationSet, type HoldApi, type HoldRequest, type ProtectOutcome } from '../../genesys';
import { ClaimRefused, type ClaimKey, type ConversationClaim, type Earlier, type Register } from '../../register';
import type { Compliance } from '../compliance';
import { Progress } from '../progress';
import { registerProblem } from '../register';
import { HoldBits } from './bits';
import { liveClaimOf, refusedClaim, type OwnClaim } from '../claims';
import type { Registration, Unregistered } from './claim';

/** Whom a hold works with. */
export interface Work {
  readonly client: Compliance;
  readonly api: HoldApi;
  readonly signal: AbortSignal;
  readonly diagnostics: Diagnostics;
  /** @default nothing is said on the way */
  readonly log?: Log;
}

/** The hold as state and configuration say it. */
export interface HoldToProtect {
  /** Begins a sentence: `The hold "Acme v. Example"`. */
  readonly named: string;
  readonly key: ClaimKey;
  readonly request: HoldRequest;
  /** The scope that it follows, as an import takes it; null where it covers a list or an export. */
  readonly scope: string | null;
  /** What it is known to have protected or claimed already: what only came into its scope is not among it. */
  readonly known: ConversationSet;
  readonly own: OwnClaim | undefined;
  readonly unregistered: Unregistered | null;
  /** It may have a claim of this key that its state lost: it was imported. */
  readonly mayTakeOver: boolean;
  /** How many claims of the key were released when this run began; undefined for a hold that is there already. */
  readonly releasedSeen: number | undefined;
}

/** One apply of one hold. */
export class Protector {
  /** As state is to keep it. */
  registration: Registration;
  /** Why the register could not be used, in words; undefined where it could. */
  problem: string | undefined;
  /** More is going to be protected, or looked at: that this was seen is noted by {@link noteSeen}. */
  isMoreToCome = false;
  private own: OwnClaim | undefined;
  private register: Promise<Register> | undefined;
  private note: (() => Promise<void>) | undefined;

  constructor(
    private readonly work: Work,
    private readonly hold: HoldToProtect,
  ) {
    this.own = hold.own;
    this.registration = { reference: undefined, unregistered: hold.unregistered };
  }

  /**
   * Protects `tried` after claiming `covers`, which may be more: what has no recordings is claimed, and not tried.
   */
  async protect(holdId: string | null, covers: ConversationSet, tried: ConversationSet): Promise<ProtectOutcome> {
    // Nothing has come into scope yet: nothing is claimed, and no hold is made.
    if (covers.size === 0) return nothingTried(holdId);
    const bits = new HoldBits(this.work.api, holdId);
    let claim: ConversationClaim;
    try {
      claim = await this.claim(bits, covers);
    } catch (error) {
      const problem = registerProblem(error);
      if (problem === undefined) throw refusedClaim(error, this.hold.named);
      this.problem = problem.message;
      return this.protectUnregistered(holdId, covers, tried);
    }
    this.own = claim.reference;
    this.registration = { reference: claim.reference, unregistered: null };
    return this.orLifted(claim, bits, () => this.protectClaimed(claim, bits, holdId, tried));
  }

  /** Lifts what was set where the claim was released meanwhile: whoever did that may have looked before the last bit was set here. */
  private async orLifted<Result>(
    { claim }: ConversationClaim,
    bits: HoldBits,
    work: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ClaimRefused && error.reason === 'dropped') {
        await (await this.opened()).liftDropped(claim.id, bits, this.work.signal);
      }
      throw refusedClaim(error, this.hold.named);
    }
  }

  /** The claim over these, written. */
  private async claim(bits: HoldBits, covers: ConversationSet): Promise<ConversationClaim> {
    const { signal } = this.work;
    const { key, mayTakeOver, releasedSeen } = this.hold;
    const register = await this.opened();
    let reference = await this.reference(register, mayTakeOver);
    let claim: ConversationClaim | undefined;
    for (const { ids, earlier } of this.steps(covers)) {
      if (reference === undefined) {
        const request = {
          key,
          ids,
          ...optional('earlier', earlier),
          ...optional('releasedSeen', releasedSeen),
          ...optional('scope', this.hold.scope ?? undefined),
        };
        claim = await register.beginConversations(request, bits, signal);
      } else {
        claim = await register.extendConversations(reference, ids, bits, signal, earlier);
      }
      reference = claim.reference;
    }
    const named = await this.renamed(register, claim as ConversationClaim, bits);
    await this.noteScope(register, named);
    return named;
  }

  /** A help for whoever imports the hold: what cannot be noted now is noted by the next apply, and keeps nothing from being held. */
  private async noteScope(register: Register, { claim, reference }: ConversationClaim): Promise<void> {
    const { scope } = this.hold;
    if ((claim.scope ?? null) === scope) return;
    try {
      await register.followsScope(reference, scope, this.work.signal);
    } catch (error) {
      if (registerProblem(error) === undefined) throw error;
    }
  }

  /** What is claimed, in parts about which different things are known; the whole at last. */
  private steps(covers: ConversationSet): readonly { readonly ids: ConversationSet; readonly earlier?: Earlier }[] {
    const { own, hold } = this;
    const { unregistered } = this.registration;
    const apart = unregistered === null ? ConversationSet.empty : unregistered.placed.union(unregistered.before);
    // A hold that is there and has no claim was made by 0.1.0, or imported: nobody looked what was held before it.
    const isOld = own === undefined && (unregistered?.old ?? true);
    const old = isOld ? hold.known.minus(apart) : ConversationSet.empty;
    return [
      ...(old.size === 0 ? [] : [{ ids: old, earlier: { placed: old, before: 'unknown' as const } }]),
      ...(apart.size === 0 || unregistered === null ? [] : [{ ids: apart, earlier: unregistered }]),
      { ids: covers },
    ];
  }

  /** The claim that state names or has lost; undefined for none. */
  private async reference(
    register: Register,
    mayTakeOver: boolean,
  ): Promise<ConversationClaim['reference'] | undefined> {
    const { own } = this;
    const { signal } = this.work;
    if (own === undefined) {
      const lost = mayTakeOver ? register.find(this.hold.key) : undefined;
      return lost === undefined ? undefined : register.takeOver(lost.id, signal);
    }
    const claim = liveClaimOf(register, own);
    return own.epoch === null ? register.takeOver(claim.id, signal) : register.reference(claim.id);
  }

  /** A hold with another name or reference is another claim over the same. */
  private async renamed(register: Register, claim: ConversationClaim, bits: HoldBits): Promise<ConversationClaim> {
    const { key } = this.hold;
    const { signal } = this.work;
    const { name, matter } = claim.claim.key;
    if (name === key.name && matter === key.matter) return claim;
    const keep = await register.conversations(claim.claim, signal);
    const reason = `Renamed: matter "${key.matter}", name "${key.name}".`;
    const next = await register.replaceConversations(claim.reference, { key, keep, reason }, bits, signal);
    await register.nothingLifted(claim.claim.id, signal);
    return next;
  }

  private async protectClaimed(
    claim: ConversationClaim,
    bits: HoldBits,
    holdId: string | null,
    tried: ConversationSet,
  ): Promise<ProtectOutcome> {
    const { api, signal } = this.work;
    const { request } = this.hold;
    const { setting } = claim;
    const free = await setting.ready(tried, signal);
    let blocked = tried.minus(free);
    const seen = await this.lookedAt(bits, holdId, free);
    const progress = this.progressOver(seen === undefined ? tried : tried.minus(seen));
    const beforeSet = (ids: ConversationSet): Promise<void> => {
      progress.add(ids.size);
      return this.untilReady(setting, ids);
    };
    let outcome = await progress.during(() =>
      api.protect(request, holdId, free, signal, { beforeSet, ...(seen === undefined ? {} : { seen }) }),
    );
    while (blocked.size > 0 && outcome.stoppedBy === null) {
      // Others are lifting these: what was seen of them a moment ago is worth nothing.
      await setting.wait(signal);
      const now = await setting.ready(blocked, signal);
      if (now.size === 0) continue;
      outcome = merged(outcome, await api.protect(request, outcome.holdId ?? holdId, now, signal, { beforeSet }));
      blocked = blocked.minus(now);
    }
    if (outcome.stoppedBy instanceof ClaimRefused) throw outcome.stoppedBy;
    if (signal.aborted || outcome.held.size === 0) return outcome;
    this.note = () => this.orLifted(claim, bits, () => this.finish(claim, outcome));
    if (!this.isMoreToCome) await this.noteSeen();
    return outcome;
  }

  /**
   * Notes that what was set was seen, where {@link isMoreToCome} kept that back: from then on the claim is that of a hold which is
   * there, and a creation that is killed afterwards could not carry it on.
   */
  async noteSeen(): Promise<void> {
    const { note } = this;
    this.note = undefined;
    await note?.();
  }

  /** The look after the last request. A register that fails by now has the claim already. */
  private async finish({ setting, reference }: ConversationClaim, { holdId, held }: ProtectOutcome): Promise<void> {
    const { signal, diagnostics } = this.work;
    try {
      if (holdId !== null) await (await this.opened()).knownAs(reference, holdId, signal);
      await setting.finish(held.size, signal);
    } catch (error) {
      const problem = registerProblem(error);
      if (problem === undefined) throw error;
      diagnostics.warn(
        'Register could not be used to the end',
        `${this.hold.named} is held and claimed; that it was seen to be held could not be noted. ${problem.message}`,
      );
    }
  }

  /** Waits until nobody lifts these. A register that cannot be read does not keep a claimed conversation from being held. */
  private async untilReady(setting: ConversationClaim['setting'], ids: ConversationSet): Promise<void> {
    const { signal } = this.work;
    try {
      while ((await setting.ready(ids, signal)).size < ids.size) await setting.wait(signal);
    } catch (error) {
      if (registerProblem(error) === undefined) throw error;
    }
  }

  /** What of these is protected now, without asking twice; undefined where the API looks at the whole hold anyway. */
  private async lookedAt(
    bits: HoldBits,
    holdId: string | null,
    ids: ConversationSet,
  ): Promise<ConversationSet | undefined> {
    const { api, signal } = this.work;
    if (bits.whole) return undefined;
    const rest = ids.minus(bits.asked);
    const looked = rest.size === 0 ? rest : (await api.status(holdId, rest, signal)).held;
    return looked.union(bits.held).and(ids);
  }

  private async protectUnregistered(
    holdId: string | null,
    covers: ConversationSet,
    tried: ConversationSet,
  ): Promise<ProtectOutcome> {
    const { api, signal } = this.work;
    const { known } = this.hold;
    const { placed, before, old } = this.registration.unregistered ?? {
      placed: ConversationSet.empty,
      before: ConversationSet.empty,
      old: this.own === undefined && known.size > 0,
    };
    // What it is known to protect is claimed already, or will be as what 0.1.0 has held.
    const news = covers.minus(known).minus(placed).minus(before);
    const seen = api.abilities.releasesParts ? (await api.status(holdId, tried, signal)).held : undefined;
    const progress = this.progressOver(seen === undefined ? tried : tried.minus(seen));
    const beforeSet = (ids: ConversationSet): Promise<void> => Promise.resolve(progress.add(ids.size));
    const outcome = await progress.during(() =>
      api.protect(this.hold.request, holdId, tried, signal, { beforeSet, ...(seen === undefined ? {} : { seen }) }),
    );
    const held = news.and(seen ?? ConversationSet.empty);
    const mine = news.and(outcome.held).minus(held);
    if (this.own === undefined || this.registration.unregistered !== null || news.size > 0) {
      const unregistered = { before: before.union(held), placed: placed.union(mine), old };
      this.registration = { reference: undefined, unregistered };
    }
    return outcome;
  }

  private progressOver(missing: ConversationSet): Progress {
    const what = `${this.hold.named} is being set`;
    return new Progress({ log: this.work.log, what, thing: 'conversation', total: missing.size });
  }

  /** Opened once an apply, unless that fails. */
  private opened(): Promise<Register> {
    this.register ??= this.work.client.register.open(this.work.signal);
    return this.register;
  }
}

function nothingTried(holdId: string | null): ProtectOutcome {
  const none = ConversationSet.empty;
  const standing = { gone: none, withoutRecordings: none, recorded: none };
  return { holdId, held: none, alreadyHeld: 0, failures: [], standing, stoppedBy: null };
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]: Value });
}

function merged(one: ProtectOutcome, other: ProtectOutcome): ProtectOutcome {
  return {
    holdId: other.holdId ?? one.holdId,
    held: one.held.union(other.held),
    alreadyHeld: one.alreadyHeld + other.alreadyHeld,
    failures: [...one.failures, ...other.failures],
    standing: {
      gone: one.standing.gone.union(other.standing.gone),
      withoutRecordings: one.standing.withoutRecordings.union(other.standing.withoutRecordings),
      recorded: one.standing.recorded.union(other.standing.recorded),
    },
    stoppedBy: other.stoppedBy,
  };
}
