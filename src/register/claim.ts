/**
 * Making and growing a claim: first the entry, then the bit, then a look. The numbers are the steps of
 * docs/design/register.md.
 */
import { ConversationSet } from '../conversations';
import type { Approvals } from './approvals';
import { noApprovals, requireApproved } from './approving';
import { BeforeJudge, type Earlier } from './before';
import type { Bits } from './bits';
import type { ClaimKey, EntryBody } from './entry';
import type { Parts } from './parts';
import { ClaimRefused } from './refused';
import { liftConversations } from './release-conversations';
import { Setting } from './setting';
import { isLive, liveClaims, releasedOf, sameKey, type ClaimView, type View } from './view';

/** What is to be claimed. */
export interface ClaimRequest {
  readonly key: ClaimKey;
  readonly ids: ConversationSet;
  /**
   * How many claims of the key were released when the plan was made: a run that slept through a release must not hold again what
   * was let go. @default not compared
   */
  readonly releasedSeen?: number;
  /** Bits of this matter that were set before its claim is written. @default none were */
  readonly earlier?: Earlier;
  /** The scope that it follows, for whoever imports it. @default a list or an export */
  readonly scope?: string;
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

/** Claims these conversations and sets their bits. Throws {@link ClaimRefused}. */
export async function makeClaim(
  parts: Parts,
  request: ClaimRequest,
  bits: Bits<ConversationSet>,
  signal: AbortSignal,
): Promise<Claimed> {
  const { claim, adopted } = await writeClaim(parts, request, bits, signal);
  if (adopted) return growClaim(parts, claim.id, request.ids, bits, signal, { adopted });
  return setClaimed(parts, claim, request.ids, false, bits, signal);
}

/** The claim's entry alone, or the unfinished claim of this key. */
export async function writeClaim(
  parts: Parts,
  request: ClaimRequest,
  bits: Bits<ConversationSet>,
  signal: AbortSignal,
): Promise<{ readonly claim: ClaimView; readonly adopted: boolean }> {
  const { ids, earlier } = request;
  const judge = new BeforeJudge(parts, bits);
  return beginClaim(parts, request, signal, async (view, own) => {
    const said = await judge.before(view, own, ids, signal, earlier);
    return { kind: 'conversations', ids: await parts.sets.put({ covers: ids, ...said }, signal) };
  });
}

/** Appends a claim, unless there is one of its key: an unfinished one is carried on. [6, 7] */
export async function beginClaim(
  parts: Parts,
  { key, releasedSeen, scope }: Pick<ClaimRequest, 'key' | 'releasedSeen' | 'scope'>,
  signal: AbortSignal,
  covers: (view: View, own: ClaimView) => Promise<Extract<EntryBody, { readonly kind: 'claim' }>['covers']>,
): Promise<{ readonly claim: ClaimView; readonly adopted: boolean }> {
  const { log } = parts;
  const own = unborn(parts.newId(), key);
  let adopted: ClaimView | undefined;
  await log.append(async (view) => {
    if (releasedSeen !== undefined && releasedOf(view, key) > releasedSeen) {
      parts.report?.('stale create stopped');
      throw new ClaimRefused('stale', undefined);
    }
    const live = liveClaims(view).find((claim) => sameKey(claim.key, key));
    // What was seen to be held once is some state's; what never was, is nobody's: its run was killed.
    if (live !== undefined && live.held !== null) throw new ClaimRefused('live', live);
    adopted = live;
    if (live !== undefined) return undefined;
    const { approvers } = parts;
    const pinned = approvers === undefined ? {} : { approvers };
    const scoped = scope === undefined ? {} : { scope };
    return { kind: 'claim', claim: own.id, key, covers: await covers(view, own), ...scoped, ...pinned };
  }, signal);
  if (adopted !== undefined) parts.report?.('claim adopted');
  return { claim: living(log.view, adopted?.id ?? own.id), adopted: adopted !== undefined };
}

/** Adds to a claim what it does not cover yet, and sets what is not set of all of it. */
export async function growClaim(
  parts: Parts,
  id: string,
  ids: ConversationSet,
  bits: Bits<ConversationSet>,
  signal: AbortSignal,
  { adopted = false, earlier }: { readonly adopted?: boolean; readonly earlier?: Earlier } = {},
): Promise<Claimed> {
  const { claim, covers } = await writeGrowth(parts, id, ids, bits, signal, earlier);
  return setClaimed(parts, claim, covers, adopted, bits, signal);
}

/** The entry of a growth alone. */
export async function writeGrowth(
  parts: Parts,
  id: string,
  ids: ConversationSet,
  bits: Bits<ConversationSet>,
  signal: AbortSignal,
  earlier?: Earlier,
): Promise<{ readonly claim: ClaimView; readonly covers: ConversationSet }> {
  const { log, sets } = parts;
  const judge = new BeforeJudge(parts, bits);
  let covers = ids;
  await log.append(async (view) => {
    const claim = living(view, id);
    const known = await sets.covers(claim, signal);
    const added = ids.minus(known);
    covers = known.union(ids);
    if (added.size === 0) return undefined;
    const said = await judge.before(view, claim, added, signal, earlier);
    return {
      kind: 'grow',
      claim: id,
      covers: { kind: 'conversations', ids: await sets.put({ covers: added, ...said }, signal) },
    };
  }, signal);
  return { claim: living(log.view, id), covers };
}

/**
 * Replaces a claim by one of the same matter that covers less, in one entry; {@link liftConversations} of the old one then
 * lifts what fell out.
 */
export async function narrowClaim(
  parts: Parts,
  id: string,
  { key, keep, reason, approvals }: Narrowing,
  bits: Bits<ConversationSet>,
  signal: AbortSignal,
): Promise<ClaimView> {
  const { log, sets } = parts;
  const judge = new BeforeJudge(parts, bits);
  const next = parts.newId();
  await log.append(async (view) => {
    const replaced = living(view, id);
    const leaves = (await sets.covers(replaced, signal)).minus(keep).size > 0;
    const given = approvals ?? noApprovals(parts);
    const approved = leaves ? await requireApproved(parts, view, replaced, 'release', { reason }, given, signal) : {};
    const own = unborn(next, key);
    const said = await judge.before(view, own, keep, signal);
    const covers = { kind: 'conversations' as const, ids: await sets.put({ covers: keep, ...said }, signal) };
    return { kind: 'claim', claim: next, key, covers, replaces: { claim: id, reason, ...approved } };
  }, signal);
  return living(log.view, next);
}

/** A claim over less, or under another name. */
export interface Narrowing {
  readonly key: ClaimKey;
  readonly keep: ConversationSet;
  readonly reason: string;
  /** Needed where something falls out that must be approved. @default none */
  readonly approvals?: Approvals;
}

/** Looks, sets what is missing, looks again; what others are lifting waits for them. */
export async function setClaimed(
  parts: Parts,
  claim: ClaimView,
  covers: ConversationSet,
  adopted: boolean,
  bits: Bits<ConversationSet>,
  signal: AbortSignal,
): Promise<Claimed> {
  const { log, timing } = parts;
  const setting = new Setting<ConversationSet>(parts, claim);
  const seen: ConversationSet[] = [];
  let todo = covers;
  try {
    while (todo.size > 0) {
      const done: ConversationSet[] = [];
      for (const chunk of (await setting.ready(todo, signal)).parts(timing.chunk)) {
        const free = await setting.ready(chunk, signal);
        const held = await bits.seen(free, signal, claim);
        // The look took time, too.
        const missing = await setting.ready(free.minus(held), signal);
        if (missing.size > 0) await bits.set(missing, signal, claim);
        seen.push(held, missing.size === 0 ? missing : await bits.seen(missing, signal, claim));
        done.push(held, missing);
      }
      todo = todo.minus(ConversationSet.unionOf(done));
      if (todo.size > 0) await setting.wait(signal);
    }
    const all = ConversationSet.unionOf(seen);
    await setting.finish(all.size, signal);
    return { claim: claim.id, epoch: log.view.claims.get(claim.id)?.epoch ?? 1, covers, seen: all, adopted };
  } catch (error) {
    // Whoever released it may have looked before the last bit was set here.
    if (error instanceof ClaimRefused && error.reason === 'dropped')
      await liftConversations(parts, claim.id, bits, signal);
    throw error;
  }
}

/** The claim, if nobody dropped it. */
export function living(view: View, id: string): ClaimView {
  const claim = view.claims.get(id);
  if (claim !== undefined && isLive(claim)) return claim;
  throw new ClaimRefused('dropped', claim);
}

/** A claim that is not written yet. */
function unborn(id: string, key: ClaimKey): ClaimView {
  return {
    id,
    key,
    parts: [],
    state: 'setting',
    epoch: 1,
    since: '',
    actor: '',
    hold: null,
    held: null,
    reason: null,
    until: null,
    replacedBy: null,
    revision: 0,
    approvers: null,
    approvals: null,
  };
}
