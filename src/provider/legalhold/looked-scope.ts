/** What is in the scope of a hold by scope, asked of Genesys Cloud without bounds: for an apply, which holds all of it. */
import { ConversationSet } from '../../genesys';
import type { Interval } from '../../time';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import type { Followed } from './followed';
import type { Scope } from './scope';
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

/** What the steps have in them that have ended since a scope was last looked at; undefined where none has. */
export async function lookedSteps(
  client: Compliance,
  scope: ScopeArgument,
  followed: Followed | null,
  signal: AbortSignal,
): Promise<Scope | undefined> {
  const interval = newSteps(client, scope, followed);
  return interval === undefined ? undefined : lookedAt(client, scope, interval, signal);
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
  return explained('Scope of the hold could not be looked at', ['scope'], async () => {
    const found = await looks.inScope(filtersOf(scope), piecesOf(interval, scope.batch_interval), signal);
    const youngest = Math.min(interval.end, seenAt);
    const { withoutRecordings: without } = await looks.recordings(found.conversations, youngest, signal);
    return {
      ...NOTHING,
      conversations: found.conversations.minus(without),
      followed: { end: interval.end, seenAt, openSince: found.openSince, without },
    };
  });
}

const NOTHING = {
  conversations: ConversationSet.empty,
  late: ConversationSet.empty,
  exported: ConversationSet.empty,
  lost: ConversationSet.empty,
  lostRecordings: 0,
};
