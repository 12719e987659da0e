/** What is in the scope of a hold by scope, asked of Genesys Cloud without bounds: for an apply, which holds all of it. */
import { ConversationSet, GenesysError, RECORDED_AFTER_MS, type Followed, type RecordingLook } from '../../genesys';
import { parseOpenInterval, type Interval } from '../../time';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { scopeIn } from './apply';
import { earlier } from './followed';
import { bothRecordings, NO_RECORDINGS, RecordingsSeen } from './held-recordings';
import type { Ledger } from './ledger';
import type { Scope } from './scope';
import { NOTHING_SHARED } from './shared-recordings';
import { filtersOf, piecesOf, reachOf, type ScopeArgument } from './scope-argument';

/**
 * Everything that is in scope now. Conversations without recordings are left out: there is nothing to hold, and they are looked
 * at again as long as something may come. One whose recordings cannot be read is in.
 *
 * @param reached where the scope ended when it was last looked at; null for a new one
 */
export async function lookedScope(
  client: Compliance,
  scope: ScopeArgument,
  reached: number | null,
  signal: AbortSignal,
): Promise<Scope> {
  const now = client.now().getTime();
  const interval = reachOf(scope, now, reached);
  if (interval === null) return { ...NOTHING, followed: null };
  return lookedAt(client, scope, interval, signal);
}

/**
 * A changed scope without forgetting what the hold knows: what was held once and has no recordings now is in scope all the same,
 * as lost, and no smaller scope.
 *
 * @param isGrown whether everything that was in scope is in scope still, found by a look or not
 */
export function withKnown(scope: Scope, before: Ledger, isGrown: boolean): Scope {
  const { followed } = scope;
  const emptied = followed === null ? ConversationSet.empty : followed.without.and(before.scope);
  const stays = isGrown ? before.scope : emptied;
  return {
    ...scope,
    conversations: scope.conversations.union(stays),
    followed:
      followed === null
        ? null
        : { ...followed, without: followed.without.minus(stays), young: followed.young.minus(stays) },
  };
}

/**
 * The scope of a hold with what has come into it: what the steps have in them that have ended since, and what had no recordings
 * and has some now. Undefined where there is nothing to look at.
 */
export async function grownScope(
  client: Compliance,
  scope: ScopeArgument,
  before: Ledger,
  signal: AbortSignal,
): Promise<Scope | undefined> {
  const { followed } = before;
  const steps = newSteps(client, scope, followed);
  if (followed === null) {
    return steps === undefined ? undefined : lookedAt(client, scope, steps, signal);
  }
  const interval = { start: followed.end - RECORDED_AFTER_MS, end: steps?.end ?? followed.end };
  if (steps === undefined && followed.young.size === 0) return undefined;
  const { start } = parseOpenInterval(scope.interval);
  // From a little before, so that what has ended too long ago to be recorded late is no longer asked about.
  const found = await lookedAt(client, scope, { ...interval, start: Math.max(start, interval.start) }, signal);
  const again = await lookedAtRecordings(client, followed.young, signal);
  const more = found.followed as Followed;
  const without = followed.without.minus(again.recorded).union(more.without).minus(before.scope);
  return {
    ...scopeIn(before),
    recordings: bothRecordings(before.recordings, found.recordings),
    conversations: ConversationSet.unionOf([before.scope, found.conversations.minus(without), again.recorded]),
    followed: {
      end: more.end,
      seenAt: followed.seenAt,
      openSince: earlier(followed.openSince, more.openSince),
      without,
      young: more.young.and(without),
    },
  };
}

function lookedAtRecordings(
  client: Compliance,
  conversations: ConversationSet,
  signal: AbortSignal,
): Promise<RecordingLook> {
  return explained('Scope of the hold could not be looked at', ['scope'], () =>
    client.genesys.looks(null).recordings(conversations, client.now().getTime(), signal),
  );
}

/** None where that cannot be asked: what the hold has already is repaired all the same. */
async function bareAmong(client: Compliance, late: ConversationSet, signal: AbortSignal): Promise<ConversationSet> {
  try {
    return (await client.genesys.looks(null).recordings(late, client.now().getTime(), signal)).withoutRecordings;
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    return ConversationSet.empty;
  }
}

/** What a refresh has found in scope without being able to tell that it has recordings: what has none is not held. */
export async function withoutBare(client: Compliance, before: Ledger, signal: AbortSignal): Promise<Ledger> {
  const { gaps, followed } = before;
  if (gaps === null || followed === null || gaps.late.size === 0) return before;
  const bare = await bareAmong(client, gaps.late, signal);
  if (bare.size === 0) return before;
  return {
    ...before,
    all: before.all.minus(bare),
    scope: before.scope.minus(bare),
    late: before.late.minus(bare),
    gaps: { ...gaps, late: gaps.late.minus(bare) },
    followed: { ...followed, without: followed.without.union(bare), young: followed.young.union(bare) },
  };
}

/** The whole steps that have ended since; undefined where none has. */
export function newSteps(client: Compliance, scope: ScopeArgument, followed: Followed | null): Interval | undefined {
  const reached = followed?.end ?? null;
  const interval = reachOf(scope, client.now().getTime(), reached);
  if (interval === null || (reached !== null && interval.end <= reached)) return undefined;
  return reached === null ? interval : { start: reached, end: interval.end };
}

async function lookedAt(
  client: Compliance,
  scope: ScopeArgument,
  interval: Interval,
  signal: AbortSignal,
): Promise<Scope> {
  const seenAt = client.now().getTime();
  const looks = client.genesys.looks(null);
  const recently = seenAt - RECORDED_AFTER_MS;
  return explained('Scope of the hold could not be looked at', ['scope'], async () => {
    const found = await looks.inScope(filtersOf(scope), piecesOf(interval, scope.batch_interval), recently, signal);
    const youngest = Math.min(interval.end, seenAt);
    const rows = new RecordingsSeen();
    const options = { take: rows.take };
    const { withoutRecordings: without } = await looks.recordings(found.conversations, youngest, signal, options);
    return {
      ...NOTHING,
      conversations: found.conversations.minus(without),
      recordings: { ...NO_RECORDINGS, known: rows.seen },
      followed: { end: interval.end, seenAt, openSince: found.openSince, without, young: found.recent.and(without) },
    };
  });
}

const NOTHING = {
  conversations: ConversationSet.empty,
  late: ConversationSet.empty,
  exported: ConversationSet.empty,
  lost: ConversationSet.empty,
  lostRecordings: 0,
  recordings: NO_RECORDINGS,
  sharing: NOTHING_SHARED,
};
