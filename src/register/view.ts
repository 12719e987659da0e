/** What a register's log says, entry by entry. */
import { OBJECT_HOLD } from '../words';
import type { Approvers } from './approvers';
import type { ClaimKey, Cover, Entry } from './entry';

/** Part of what a claim covers, and the number of the entry that says so. */
export type Part = Cover & { readonly number: number };

/**
 * `setting` bits are being set · `held` all were set and seen · `dropped` they are being lifted · `done` nothing of it is
 * set any more
 */
export type ClaimState = 'setting' | 'held' | 'dropped' | 'done';

/** One matter's need. */
export interface ClaimView {
  readonly id: string;
  readonly key: ClaimKey;
  readonly parts: readonly Part[];
  readonly state: ClaimState;
  /** Grows when another state takes the claim over; an older state is refused. */
  readonly epoch: number;
  readonly since: string;
  readonly actor: string;
  /** The scope that it follows, as its hold wrote it; null for a list or an export, and where that was not written. */
  readonly scope?: string | null;
  /** What the hold API calls its hold; null where that knows none. */
  readonly hold: string | null;
  /** How many were held when that was last said; null before. */
  readonly held: number | null;
  /** Why it was dropped. */
  readonly reason: string | null;
  /** When it was dropped. */
  readonly until: string | null;
  /** The claim of the same matter that took its place when it was dropped. */
  readonly replacedBy: string | null;
  /** Number of the last entry that changed what it covers, or its approvers. */
  readonly revision: number;
  /** Who must approve its release; null: nobody. */
  readonly approvers: Approvers | null;
  /** Texts of the approvals that it was dropped with; null where nobody had to approve, and while it is not dropped. */
  readonly approvals: readonly string[] | null;
}

/** A section of a release that was begun. */
export interface LiftView {
  /** Number of its entry. */
  readonly number: number;
  readonly claim: string;
  readonly first: string;
  readonly last: string;
  /** Others have gone on without an aborted one; it stays until its owner has looked. */
  readonly state: 'open' | 'aborted';
}

/** Everything the log says up to an entry. */
export interface View {
  /** The register's id; null before the first entry. */
  readonly register: string | null;
  /** Number of the last entry. */
  readonly last: number;
  readonly claims: ReadonlyMap<string, ClaimView>;
  /** Those that are not closed. */
  readonly lifts: ReadonlyMap<number, LiftView>;
}

/** What a snapshot says. */
export interface StartingPoint {
  readonly register: string;
  readonly last: number;
  readonly claims: readonly ClaimView[];
  readonly lifts: readonly LiftView[];
}

/** Grows with the log; what it gives out is never changed. */
export class GrowingView implements View {
  register: string | null = null;
  last = 0;
  readonly claims = new Map<string, ClaimView>();
  readonly lifts = new Map<number, LiftView>();

  /** Begins where a snapshot ends. */
  startFrom({ register, last, claims, lifts }: StartingPoint): void {
    this.register = register;
    this.last = last;
    for (const claim of claims) this.claims.set(claim.id, claim);
    for (const lift of lifts) this.lifts.set(lift.number, lift);
  }

  /** Takes one more entry. What it says of a claim that is not there, or is dropped, changes nothing. */
  follow(entry: Entry): void {
    const { body, number } = entry;
    this.last = number;
    switch (body.kind) {
      case 'open':
        this.register ??= body.register;
        return;
      case 'claim':
        this.begin(entry, body);
        return;
      case 'grow':
        this.change(body.claim, LIVE, ({ parts }) => ({
          parts: [...parts, { ...body.covers, number }],
          state: 'setting',
          revision: number,
        }));
        return;
      case 'scoped':
        this.change(body.claim, LIVE, () => ({ scope: body.scope }));
        return;
      case 'known-as':
        this.change(body.claim, LIVE, () => ({ hold: body.hold }));
        return;
      case 'held':
        this.change(body.claim, LIVE, () => ({ state: 'held', held: body.count }));
        return;
      case 'lost':
        this.change(body.claim, LIVE, () => ({ held: body.count }));
        return;
      case 'take-over':
        this.change(body.claim, LIVE, () => ({ epoch: body.epoch }));
        return;
      case 'drop':
        this.change(body.claim, LIVE, () => ({
          state: 'dropped',
          reason: body.reason,
          until: entry.at,
          approvals: body.approvals ?? null,
        }));
        return;
      case 'approvers':
        this.change(body.claim, LIVE, () => ({ approvers: body.approvers, revision: number }));
        return;
      case 'done':
        this.change(body.claim, ['dropped'], () => ({ state: 'done' }));
        return;
      case 'lift': {
        const { claim, first, last } = body;
        this.lifts.set(number, { number, claim, first, last, state: 'open' });
        return;
      }
      case 'abort': {
        const lift = this.lifts.get(body.lift);
        if (lift !== undefined) this.lifts.set(body.lift, { ...lift, state: 'aborted' });
        return;
      }
      case 'close':
        this.lifts.delete(body.lift);
    }
  }

  private begin(entry: Entry, body: Extract<Entry['body'], { readonly kind: 'claim' }>): void {
    if (this.claims.has(body.claim)) return;
    const { replaces } = body;
    const replaced = replaces === undefined ? undefined : this.claims.get(replaces.claim);
    // What was dropped meanwhile cannot be replaced any more: the drop wins.
    if (replaces !== undefined && (replaced === undefined || !LIVE.includes(replaced.state))) return;
    this.claims.set(body.claim, {
      id: body.claim,
      key: body.key,
      parts: [{ ...body.covers, number: entry.number }],
      state: 'setting',
      epoch: replaced?.epoch ?? 1,
      since: entry.at,
      actor: entry.actor,
      scope: body.scope ?? replaced?.scope ?? null,
      hold: null,
      held: null,
      reason: null,
      until: null,
      replacedBy: null,
      revision: entry.number,
      // Who replaces a claim of his own does not get rid of its approvers.
      approvers: replaced?.approvers ?? body.approvers ?? null,
      approvals: null,
    });
    if (replaces === undefined) return;
    this.change(replaces.claim, LIVE, () => ({
      state: 'dropped',
      reason: replaces.reason,
      until: entry.at,
      replacedBy: body.claim,
      approvals: replaces.approvals ?? null,
    }));
  }

  private change(
    id: string,
    states: readonly ClaimState[],
    what: (claim: ClaimView) => Partial<Omit<ClaimView, 'id' | 'key'>>,
  ): void {
    const claim = this.claims.get(id);
    if (claim !== undefined && states.includes(claim.state)) this.claims.set(id, { ...claim, ...what(claim) });
  }
}

const LIVE: readonly ClaimState[] = ['setting', 'held'];

/** Whether the matter has not let go of it. */
export function isLive({ state }: ClaimView): boolean {
  return LIVE.includes(state);
}

/** Claims whose bits must stay: everybody's who has not dropped. */
export function liveClaims(view: View): readonly ClaimView[] {
  return [...view.claims.values()].filter(isLive);
}

/** Claims that may still have bits set, dropped ones included. */
export function unfinishedClaims(view: View): readonly ClaimView[] {
  return [...view.claims.values()].filter(({ state }) => state !== 'done');
}

export function sameKey(left: ClaimKey, right: ClaimKey): boolean {
  return sameBits(left, right) && left.organization === right.organization && sameMatter(left, right);
}

function sameMatter(left: ClaimKey, right: ClaimKey): boolean {
  return left.matter === right.matter && left.name === right.name;
}

/**
 * Whether both are about the same bits. Those of files are in S3, whichever organization exports there; those of conversations
 * belong to the organization, and to the hold API: what one of them holds, the other cannot release.
 */
export function sameBits(left: ClaimKey, right: ClaimKey): boolean {
  if (left.resourceType !== right.resourceType || left.holdApi !== right.holdApi) return false;
  return left.resourceType === OBJECT_HOLD || left.organization === right.organization;
}

/** How many claims of this key were released: a create stops when there are more than its plan saw. */
export function releasedOf(view: View, key: ClaimKey): number {
  return [...view.claims.values()].filter(
    (claim) => sameKey(claim.key, key) && !isLive(claim) && claim.replacedBy === null,
  ).length;
}
