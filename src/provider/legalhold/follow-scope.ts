/** What a refresh finds in the scope of a hold that was not there before. In no plan's way: what cannot be found out is unknown. */
import type { ReadContext } from '../../framework';
import {
  ConversationSet,
  follow,
  FORGOTTEN_EXPORT_SETTLED_MS,
  GenesysError,
  hasStatus,
  type Followed,
  type Looks,
  type Watched,
} from '../../genesys';
import { formatInstant, parseInterval, parseOpenInterval } from '../../time';
import type { Compliance } from '../compliance';
import { exportIdInWords, parseExportId } from '../export-id';
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
  const { state } = context;
  const { followed } = ledger;
  if (state.export_job_id !== null) return followExport(context, looks, ledger, state.export_job_id);
  if (state.scope === null || followed === null) return nothingNew(followed);
  const { start } = parseOpenInterval(state.scope.interval);
  return look(context, looks, { scope: filtersOf(state.scope), start, followed, known: ledger.scope });
}

/** More recording jobs are not asked what they were to export: one request each. */
const MOST_JOBS = 5;

/** By the look of the export, where that is in this run; else its jobs say what is in scope. */
async function followExport(context: Context, looks: Looks, ledger: Ledger, exportJobId: string): Promise<News> {
  const { client, state, signal } = context;
  const late = client.exportedSets.lateOf(exportJobId);
  if (late !== undefined) return { ...nothingNew(ledger.followed), late: late.minus(ledger.scope) };
  const { jobIds } = parseExportId(exportJobId);
  const since = Date.parse(state.applied_at ?? '');
  if (jobIds.length > MOST_JOBS && client.lookBounds !== null) {
    return { ...nothingNew(ledger.followed), unknown: [unknownOf(exportJobId, undefined)] };
  }
  try {
    const { spec } = await client.genesys.exports.describe(jobIds, signal);
    const { interval } = spec.scope;
    if (interval === undefined) return nothingNew(null);
    const { start, end } = parseInterval(interval);
    const seenAt = Number.isNaN(since) ? end : since;
    const none = ConversationSet.empty;
    const followed = ledger.followed ?? { end, seenAt, openSince: null, without: none, young: none };
    return await look(context, looks, { scope: spec.scope, start, followed, known: ledger.scope });
  } catch (error) {
    // Genesys Cloud forgets jobs, and jobs of several exports are not one.
    if (!(error instanceof GenesysError) && !(error instanceof RangeError)) throw error;
    const isLongAgo = client.now().getTime() - since > FORGOTTEN_EXPORT_SETTLED_MS;
    if (hasStatus(error, 404) && isLongAgo) return nothingNew(ledger.followed);
    return { ...nothingNew(ledger.followed), unknown: [unknownOf(exportJobId, messageOf(error))] };
  }
}

async function look(
  { client, signal }: Pick<Context, 'client' | 'signal'>,
  looks: Looks,
  watched: Watched,
): Promise<News> {
  const { followed } = watched;
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

function unknownOf(exportJobId: string, why: string | undefined): Unknown {
  return {
    what: `It is unknown whether conversations have come into the scope of the export ${exportIdInWords(exportJobId)}.`,
    why,
  };
}

function unknownSince({ seenAt }: Followed, why: string | undefined): Unknown {
  const since = formatInstant(seenAt);
  const what = `It is unknown whether conversations have come into scope since ${since}: not all of it was looked at.`;
  return { what, why };
}
