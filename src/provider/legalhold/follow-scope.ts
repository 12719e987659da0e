/** What a refresh finds in the scope of a hold that was not there before. In no plan's way: what cannot be found out is unknown. */
import type { ReadContext } from '../../framework';
import { ConversationSet, follow, GenesysError, type Followed, type Looks } from '../../genesys';
import { formatInstant, parseOpenInterval } from '../../time';
import type { Compliance } from '../compliance';
import { messageOf } from '../failures';
import type { Unknown } from './evidence';
import type { HoldPrivate, Ledger } from './ledger';
import type { LegalHoldSchema } from './schema';
import { filtersOf } from './scope-argument';

type Context = ReadContext<LegalHoldSchema, Compliance, HoldPrivate>;

/** What was found. */
export interface News {
  /** In scope, and in no ledger yet. */
  readonly late: ConversationSet;
  readonly followed: Followed | null;
  readonly unknown: readonly Unknown[];
}

/** Looks for what has come into the scope since. */
export async function followScope(context: Context, looks: Looks, ledger: Ledger): Promise<News> {
  const { client, state, signal } = context;
  const { followed } = ledger;
  if (state.scope === null || followed === null) return nothingNew(followed);
  const { start } = parseOpenInterval(state.scope.interval);
  const watched = { scope: filtersOf(state.scope), start, followed, known: ledger.scope };
  try {
    const seen = await follow(looks, watched, client.now().getTime(), signal);
    return {
      late: seen.late,
      followed: seen.followed,
      unknown: seen.isWhole ? [] : [unknownSince(followed, undefined)],
    };
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    return { ...nothingNew(followed), unknown: [unknownSince(followed, messageOf(error))] };
  }
}

/** The ledger with what was found: a gap until an apply holds it, whoever else may hold it already. */
export function withNews(ledger: Ledger, { late, followed }: News): Ledger {
  const fresh = late.minus(ledger.scope);
  if (fresh.size === 0) return { ...ledger, followed };
  const gaps = ledger.gaps;
  return {
    ...ledger,
    all: ledger.all.union(fresh),
    scope: ledger.scope.union(fresh),
    late: ledger.late.union(fresh),
    gaps: gaps === null ? null : { ...gaps, late: gaps.late.union(fresh) },
    followed,
  };
}

function nothingNew(followed: Followed | null): News {
  return { late: ConversationSet.empty, followed, unknown: [] };
}

function unknownSince({ seenAt }: Followed, why: string | undefined): Unknown {
  const since = formatInstant(seenAt);
  const what = `It is unknown whether conversations have come into scope since ${since}: not all of it was looked at.`;
  return { what, why };
}
