/**
 * What a look at a hold means: for each conversation that is not held, why. Pure.
 */
import { ConversationSet, ConversationSetBuilder, type HoldFailure, type Standing } from '../../genesys';
import type { Gap } from '../gaps';
import { isHeldUnclaimed } from './claim';
import { lostByConversation, type HeldRecordings } from './held-recordings';
import { HOLD_GAPS, type HoldGap, type HoldGaps, type Ledger } from './ledger';
import type { Scope } from './scope';
import { number } from '../../words';

/** What was seen. */
export interface Look {
  /** Conversations that are protected now. */
  readonly held: ConversationSet;
  /** What is known of the others. */
  readonly standing: Standing;
}

/**
 * Sorts what is not held. `released` is only what was seen to be held before; `lost` only what had recordings that we know
 * of; what was not looked at this time stays what it was.
 *
 * @param before the ledger as the last look left it; undefined for a new hold
 */
export function gapsOf(scope: Scope, before: Ledger | undefined, { held, standing }: Look): HoldGaps {
  const found = Object.fromEntries(HOLD_GAPS.map((kind) => [kind, new ConversationSetBuilder()])) as {
    readonly [K in HoldGap]: ConversationSetBuilder;
  };
  for (const id of scope.conversations) {
    if (!held.has(id)) found[kindOf(id, earlier(id, before), scope, standing)].add(id);
  }
  return Object.fromEntries(HOLD_GAPS.map((kind) => [kind, found[kind].build()])) as unknown as HoldGaps;
}

/** What is held and has something that could be held: what was lost once is not there again before it was seen. */
export function heldWithRecordings(
  held: ConversationSet,
  { gaps }: Ledger,
  { gone, withoutRecordings, recorded }: Standing,
): ConversationSet {
  const lost = (gaps?.lost ?? ConversationSet.empty).minus(recorded);
  return held.minus(gone).minus(withoutRecordings).minus(lost);
}

/** What the last look said: held, a kind of gap, or nothing. */
function earlier(id: string, before: Ledger | undefined): HoldGap | 'held' | undefined {
  if (before === undefined || before.gaps === null || !before.scope.has(id)) return undefined;
  const { gaps } = before;
  return HOLD_GAPS.find((kind) => gaps[kind].has(id)) ?? 'held';
}

function kindOf(
  id: string,
  before: HoldGap | 'held' | undefined,
  { exported, lost }: Scope,
  { gone, withoutRecordings, recorded }: Standing,
): HoldGap {
  const wasHeld = before === 'held' || before === 'released';
  const hadRecordings = wasHeld || before === 'lost' || exported.has(id);
  if (gone.has(id)) return hadRecordings ? 'lost' : 'gone';
  if (withoutRecordings.has(id)) return hadRecordings ? 'lost' : 'unprotectable';
  if (!recorded.has(id)) {
    // Nobody has asked this time: it is what it was, and nothing worse is said than that it is not held.
    if (before !== undefined && before !== 'held') return before;
    if (lost.has(id)) return 'lost';
  }
  return wasHeld ? 'released' : 'failed';
}

const WORDS: { readonly [K in HoldGap]: string } = {
  failed: 'Not held. Whether it was held before is unknown.',
  gone: 'Genesys Cloud does not know this conversation.',
  late: 'It came into scope later, and no apply has held it yet.',
  lost: 'It was exported or held, and has no recordings any more.',
  released: 'It was held, and is not any more.',
  unprotectable: 'The conversation has no recordings, so there is nothing to protect.',
};

const UNREGISTERED =
  'The register could not be used, so that no claim says that this hold needs its conversations: a release of another hold would let go of them. The next apply writes the claim.';

/** The gaps in the order of the digest, one by one. Reasons are those of this look, else those that state has. */
export function* gapList(
  ledger: Ledger,
  exportJobId: string | null,
  failures: readonly HoldFailure[],
  known: readonly { readonly id: string | null; readonly kind: string | null; readonly detail: string | null }[],
): Generator<Gap> {
  const { gaps, lostRecordings } = ledger;
  if (gaps === null) return;
  if (isHeldUnclaimed(ledger.unregistered)) yield { kind: 'unregistered', id: 'claim', detail: UNREGISTERED };
  const reasons = new Map(
    failures.map(({ conversationId, code, message }) => [conversationId, `${message} (${code})`]),
  );
  const kept = new Map(known.map(({ id, kind, detail }) => [`${kind} ${id}`, detail]));
  for (const kind of HOLD_GAPS) {
    if (kind === 'lost' && lostRecordings > 0) yield lostWithoutName(lostRecordings, exportJobId);
    if (kind === 'lost') yield* lostOfSome(ledger.recordings);
    for (const id of gaps[kind]) {
      const reason = kind === 'failed' || kind === 'released' || kind === 'lost' ? reasons.get(id) : undefined;
      yield { kind, id, detail: reason ?? kept.get(`${kind} ${id}`) ?? WORDS[kind] };
    }
  }
}

function lostWithoutName(count: number, exportJobId: string | null): Gap {
  const recordings = count === 1 ? '1 recording' : `${number(count)} recordings`;
  return {
    kind: 'lost',
    id: `${recordings} of export ${exportJobId ?? 'unknown'}`,
    detail: `The export took ${recordings} more than there are now. Of which conversations is unknown.`,
  };
}

/** The conversation is held: what is left of it is safe. */
function* lostOfSome(recordings: HeldRecordings): Generator<Gap> {
  for (const [id, count] of lostByConversation(recordings)) {
    yield {
      kind: 'lost',
      id: `${count === 1 ? '1 recording' : `${number(count)} recordings`} of conversation ${id}`,
      detail: `The conversation is held and has other recordings; ${count === 1 ? 'this one was' : 'these were'} there at an earlier look and ${count === 1 ? 'is' : 'are'} gone.`,
    };
  }
}

/** How many gaps there are. */
export function gapCount({ gaps, lostRecordings, unregistered, recordings }: Ledger): number {
  if (gaps === null) return 0;
  const others =
    recordings.lost.conversations.size + (lostRecordings > 0 ? 1 : 0) + (isHeldUnclaimed(unregistered) ? 1 : 0);
  return HOLD_GAPS.reduce((total, kind) => total + gaps[kind].size, others);
}
