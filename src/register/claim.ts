/**
 * Making and growing a claim: first the entry, then the bit, then a look. The numbers are the steps of
 * docs/design/register.md.
 */
import { ConversationSet } from '../conversations';
import { seenOf, type Bits } from './bits';
import type { ClaimKey } from './entry';
import type { Report } from './events';
import { LiftWatch } from './lifts';
import type { Log, RegisterClock } from './log';
import { liftOwn } from './release';
import type { SetStore } from './sets';
import type { Timing } from './timing';
import { liveClaims, releasedOf, sameKey, unfinishedClaims, type ClaimView, type View } from './view';

/** What a claim or a release works with. */
export interface Parts {
  readonly log: Log;
  readonly sets: SetStore;
  readonly clock: RegisterClock;
  readonly timing: Timing;
  readonly newId: () => string;
  readonly report?: Report;
}

/** A claim cannot be made. */
export class ClaimRefused extends Error {
  override readonly name = 'ClaimRefused';

  constructor(
    /** `live`: there is one of this key. `stale`: one was released since the plan. `dropped`: it was released meanwhile. */
    readonly reason: 'live' | 'stale' | 'dropped',
    readonly claim: ClaimView | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** How a claim stands after its bits were set and looked at. */
export interface Claimed {
  readonly claim: string;
  readonly epoch: number;
  /** Everything the claim covers. */
  readonly covers: ConversationSet;
  /** What of it was seen set. */
  readonly seen: ConversationSet;
  /** An unfinished claim of the same key was carried on. */
  readonly adopted: boolean;
}

/**
 * Claims these conversations and sets their bits. `releasedSeen` is how many claims of the key were released when the plan
 * was made: a run that slept through a release must not hold again what was let go. Throws {@link ClaimRefused}.
 */
export async function makeClaim(
  parts: Parts,
  request: { readonly key: ClaimKey; readonly ids: ConversationSet; readonly releasedSeen?: number },
  bits: Bits,
  signal: AbortSignal,
): Promise<Claimed> {
  const { log, sets } = parts;
  const { key, ids, releasedSeen } = request;
  const judge = new BeforeJudge(parts, bits);
  const id = parts.newId();
  let adopted: ClaimView | undefined;
  await log.append(async (view) => {
    if (releasedSeen !== undefined && releasedOf(view, key) > releasedSeen) {
      parts.report?.('stale create stopped');
      throw new ClaimRefused(
        'stale',
        undefined,
        'A claim of this matter and name was released after the plan was made.',
      );
    }
    const live = liveClaims(view).find((claim) => sameKey(claim.key, key));
    if (live !== undefined && live.state !== 'setting') {
      throw new ClaimRefused('live', live, `The register has claim ${live.id} of this matter and name already.`);
    }
    adopted = live;
    if (live !== undefined) return undefined;
    const before = await judge.before(view, ids, signal);
    return {
      kind: 'claim',
      claim: id,
      key,
      covers: await sets.put(ids, signal),
      before: await sets.put(before, signal),
    };
  }, signal);
  if (adopted === undefined) return setClaimed(parts, id, ids, false, bits, signal);
  parts.report?.('claim adopted');
  return growClaim(parts, adopted.id, ids, bits, signal, true);
}

/** Adds to a claim what it does not cover yet, and sets what is not set of all of it. */
export async function growClaim(
  parts: Parts,
  id: string,
  ids: ConversationSet,
  bits: Bits,
  signal: AbortSignal,
  adopted = false,
): Promise<Claimed> {
  const { log, sets } = parts;
  const judge = new BeforeJudge(parts, bits);
  let covers = ids;
  await log.append(async (view) => {
    const claim = living(view, id);
    const known = await sets.covers(claim, signal);
    const added = ids.minus(known);
    covers = known.union(ids);
    if (added.size === 0) return undefined;
    const before = await judge.before(view, added, signal);
    return { kind: 'grow', claim: id, covers: await sets.put(added, signal), before: await sets.put(before, signal) };
  }, signal);
  return setClaimed(parts, id, covers, adopted, bits, signal);
}

/** Looks, sets what is missing, looks again; what others are lifting waits for them. */
async function setClaimed(
  parts: Parts,
  id: string,
  covers: ConversationSet,
  adopted: boolean,
  bits: Bits,
  signal: AbortSignal,
): Promise<Claimed> {
  const { log, timing } = parts;
  const watch = new LiftWatch(parts);
  const seen: ConversationSet[] = [];
  let todo = covers;
  const dropped = async (): Promise<ClaimRefused> => {
    // It was dropped while bits were being set: whoever released it may have looked before the last of them.
    parts.report?.('claim dropped meanwhile');
    await liftOwn(parts, id, bits, signal);
    return new ClaimRefused('dropped', log.view.claims.get(id), `Claim ${id} was released while it was being set.`);
  };
  /** A look at the log that is older than a lease may have missed a release of this very claim. [11] */
  const fresh = async (): Promise<void> => {
    if (log.age > timing.leaseMs) {
      parts.report?.('looked before setting');
      await log.read(signal);
    }
    if (!isLive(log.view, id)) throw await dropped();
  };
  while (todo.size > 0) {
    const done: ConversationSet[] = [];
    for (const chunk of todo.minus(watch.blocked(todo, id)).parts(timing.chunk)) {
      await fresh();
      const held = await bits.seen(chunk, signal);
      const missing = chunk.minus(held);
      // The look took time, too.
      await fresh();
      if (watch.blocked(chunk, id).size > 0) continue;
      if (missing.size > 0) await bits.set(missing, signal);
      seen.push(held, missing.size === 0 ? missing : await bits.seen(missing, signal));
      done.push(chunk);
    }
    todo = todo.minus(ConversationSet.unionOf(done));
    if (watch.blocked(todo, id).size > 0) await watch.wait(id, signal);
  }
  const all = ConversationSet.unionOf(seen);
  // A release that began meanwhile waits a lease for us, no longer. [12]
  await log.read(signal);
  if (!isLive(log.view, id)) throw await dropped();
  await log.append(
    (view) => (view.claims.get(id)?.state === 'setting' ? { kind: 'held', claim: id, count: all.size } : undefined),
    signal,
  );
  if (!isLive(log.view, id)) throw await dropped();
  return { claim: id, epoch: log.view.claims.get(id)?.epoch ?? 1, covers, seen: all, adopted };
}

function isLive(view: View, id: string): boolean {
  return liveClaims(view).some((claim) => claim.id === id);
}

function living(view: View, id: string): ClaimView {
  const claim = liveClaims(view).find((one) => one.id === id);
  if (claim !== undefined) return claim;
  throw new ClaimRefused('dropped', view.claims.get(id), `Claim ${id} was released.`);
}

/**
 * Says which conversations were held by nobody known before a claim. [8] Where other claims cover one that are not done,
 * theirs is inherited: a bit that another matter is about to lift must not be taken for somebody unknown's. Where none
 * does, the bit is read, after the log.
 */
class BeforeJudge {
  constructor(
    private readonly parts: Parts,
    private readonly bits: Bits,
  ) {}

  async before(view: View, ids: ConversationSet, signal: AbortSignal): Promise<ConversationSet> {
    let covered = ConversationSet.empty;
    let inherited = ConversationSet.empty;
    for (const claim of unfinishedClaims(view)) {
      const shared = (await this.parts.sets.covers(claim, signal)).and(ids);
      if (shared.size === 0) continue;
      covered = covered.union(shared);
      const theirs = (await this.parts.sets.before(claim, signal)).and(shared);
      if (theirs.size > 0) this.parts.report?.('before inherited');
      inherited = inherited.union(theirs);
    }
    return inherited.union(await seenOf(this.bits, ids.minus(covered), this.parts.timing.chunk, signal));
  }
}
