/**
 * Following a scope: what has come into it since it was last looked at. Conversations reach Genesys Cloud's analytics up to two
 * days late, recordings too, and a conversation that continues may still get one. A scope is settled when none of that can happen.
 */
import { ConversationSet } from '../conversations';
import type { Interval } from '../time';
import { OVERLAP_MS, RECORDED_AFTER_MS } from './lateness';
import type { ExportScope, Followed, Following, Looks } from './model';

/** A scope that is known up to here is asked for as a whole, which costs some fifteen requests. */
const MOST_ASKED_WHOLE = 10_000;

/** What is followed. */
export interface Watched {
  readonly scope: ExportScope;
  /** Start of its interval, in milliseconds since 1970. */
  readonly start: number;
  readonly followed: Followed;
  /** Every conversation that is known to be in scope, without those that had no recordings. */
  readonly known: ConversationSet;
  /** A conversation that has nothing but screen recordings has nothing. @default false */
  readonly leavesOutScreens?: boolean;
  /** What had not ended at this instant is recent. @default two days before now: a recording may still be made */
  readonly recently?: number;
}

/** Whether no conversation can come into a scope any more. */
export function isSettled({ end, seenAt, openSince, young }: Followed): boolean {
  return seenAt - end >= OVERLAP_MS && openSince === null && young.size === 0;
}

/**
 * Looks for what is new: a scope of some thousand conversations as a whole, a larger one from seven days before it was last
 * looked at, or from where its oldest open conversation began. What the bounds of the looks cut off is unknown, and asked for
 * again. Looks without bounds ask for all of it, also when it is settled. Throws GenesysError.
 *
 * @param now in milliseconds since 1970
 */
export async function follow(looks: Looks, watched: Watched, now: number, signal: AbortSignal): Promise<Following> {
  const { followed, known, scope, leavesOutScreens = false } = watched;
  const { without } = followed;
  if (looks.isBounded && isSettled(followed)) {
    return { late: ConversationSet.empty, followed, recent: ConversationSet.empty, isWhole: true };
  }
  const interval = looks.isBounded ? windowOf(watched) : { start: watched.start, end: followed.end };
  const recently = watched.recently ?? now - RECORDED_AFTER_MS;
  const look = await looks.inScope(scope, [interval], recently, signal);
  const strangers = look.conversations.minus(known).minus(without);
  // What has had no recordings is asked again while one may come; what is new comes first.
  const [fresh, again] = [
    await looks.recordings(strangers, now, signal, { leavesOutScreens }),
    await looks.recordings(followed.young, now, signal, { leavesOutScreens }),
  ];
  const bare = without.union(fresh.withoutRecordings).minus(again.recorded);
  const stillYoung = look.isWhole ? look.recent.and(bare) : followed.young.union(fresh.withoutRecordings).and(bare);
  return {
    // A stranger of which nothing could be found out is taken to have recordings: the apply finds out.
    late: strangers.minus(fresh.withoutRecordings).union(again.recorded),
    followed: {
      end: followed.end,
      ...(look.isWhole
        ? { seenAt: now, openSince: look.openSince }
        : { seenAt: followed.seenAt, openSince: followed.openSince }),
      without: bare,
      young: stillYoung.union(again.unknown),
    },
    recent: look.recent,
    isWhole: look.isWhole && again.unknown.size === 0,
  };
}

function windowOf({ start, followed, known }: Watched): Interval {
  const { end, seenAt, openSince, without } = followed;
  if (known.size + without.size <= MOST_ASKED_WHOLE) return { start, end };
  const from = Math.min(Math.min(seenAt, end) - OVERLAP_MS, openSince ?? Infinity);
  return { start: Math.max(start, from), end };
}
