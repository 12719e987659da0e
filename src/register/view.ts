/** What a register's log says, entry by entry. */
import type { ClaimKey, Entry, SetReference } from './entry';

/** Part of what a claim covers. */
export interface Coverage {
  readonly covers: SetReference;
  readonly before: SetReference;
}

/**
 * `setting` bits are being set · `held` all were set and seen · `dropped` they are being lifted · `done` nothing of it is
 * set any more
 */
export type ClaimState = 'setting' | 'held' | 'dropped' | 'done';

/** One matter's need. */
export interface ClaimView {
  readonly id: string;
  readonly key: ClaimKey;
  readonly parts: readonly Coverage[];
  readonly state: ClaimState;
  /** Grows when another state takes the claim over; an older state is refused. */
  readonly epoch: number;
  readonly since: string;
  readonly actor: string;
  /** Why it was dropped. */
  readonly reason: string | null;
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

/** Grows with the log; what it gives out is never changed. */
export class GrowingView implements View {
  register: string | null = null;
  last = 0;
  readonly claims = new Map<string, ClaimView>();
  readonly lifts = new Map<number, LiftView>();

  /** Takes one more entry. What it says of a claim that is not there, or is dropped, changes nothing. */
  follow(entry: Entry): void {
    const { body } = entry;
    this.last = entry.number;
    switch (body.kind) {
      case 'open':
        this.register ??= body.register;
        return;
      case 'claim':
        if (this.claims.has(body.claim)) return;
        this.claims.set(body.claim, {
          id: body.claim,
          key: body.key,
          parts: [{ covers: body.covers, before: body.before }],
          state: 'setting',
          epoch: 1,
          since: entry.at,
          actor: entry.actor,
          reason: null,
        });
        return;
      case 'grow':
        this.change(body.claim, ['setting', 'held'], ({ parts }) => ({
          parts: [...parts, { covers: body.covers, before: body.before }],
          state: 'setting',
        }));
        return;
      case 'held':
        this.change(body.claim, ['setting'], () => ({ state: 'held' }));
        return;
      case 'take-over':
        this.change(body.claim, ['setting', 'held'], () => ({ epoch: body.epoch }));
        return;
      case 'drop':
        this.change(body.claim, ['setting', 'held'], () => ({ state: 'dropped', reason: body.reason }));
        return;
      case 'done':
        this.change(body.claim, ['dropped'], () => ({ state: 'done' }));
        return;
      case 'lift':
        this.lifts.set(entry.number, {
          number: entry.number,
          claim: body.claim,
          first: body.first,
          last: body.last,
          state: 'open',
        });
        return;
      case 'abort': {
        const lift = this.lifts.get(body.lift);
        if (lift !== undefined) this.lifts.set(body.lift, { ...lift, state: 'aborted' });
        return;
      }
      case 'close':
        this.lifts.delete(body.lift);
    }
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

/** Claims whose bits must stay: everybody's who has not dropped. */
export function liveClaims(view: View): readonly ClaimView[] {
  return [...view.claims.values()].filter(({ state }) => state === 'setting' || state === 'held');
}

/** Claims that may still have bits set, dropped ones included. */
export function unfinishedClaims(view: View): readonly ClaimView[] {
  return [...view.claims.values()].filter(({ state }) => state !== 'done');
}

export function sameKey(left: ClaimKey, right: ClaimKey): boolean {
  return (
    left.organization === right.organization &&
    left.resourceType === right.resourceType &&
    left.holdApi === right.holdApi &&
    left.matter === right.matter &&
    left.name === right.name
  );
}

/** How many claims of this key were released: a create stops when there are more than its plan saw. */
export function releasedOf(view: View, key: ClaimKey): number {
  return [...view.claims.values()].filter(
    (claim) => sameKey(claim.key, key) && (claim.state === 'dropped' || claim.state === 'done'),
  ).length;
}
