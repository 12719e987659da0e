/** What a planned update still has to do for an export or a hold that is there already: the night of a rolling matter. */
import type { Known, PlannedWork } from '../../facts';
import { isMarked, isRow, markOf, originOf, rows, type Element, type PlanView, type Row } from '../../plan';
import { intervalAt, parseInterval, splitInterval, type Interval } from '../../time';

/** In one recording job of named conversations. */
const CONVERSATIONS_A_JOB = 100;
/** States of an export of which everything is exported that is going to be. */
const FINISHED: ReadonlySet<unknown> = new Set(['exported', 'incomplete', 'growing']);
const FILTERS = ['media_types', 'message_types', 'address_from', 'address_to', 'external_tag'] as const;

/** Undefined for an export that is made, or made again. */
export function exportWork(view: PlanView, element: Element): Known<PlannedWork> | undefined {
  const { before, after, action } = element;
  if (before === null || after === null || action === 'replace' || action === 'create') return undefined;
  const there = {
    pieces: numberIn(before, 'batch_count') ?? rows(before['batches']).length,
    conversations: numberIn(before, 'conversation_count') ?? 0,
  };
  const known = knowing(element);
  if (!isMarked(markOf(element.afterUnknown, 'batches'))) return known({ pieces: 0, conversations: 0, there });
  if (!FINISHED.has(before['state'])) return unknown(element);
  const repairs = repairsOf(before);
  const ids = [idsIn(before), idsIn(after)] as const;
  if (ids[1] !== undefined) {
    const had = new Set(ids[0]);
    const fresh = ids[1].filter((id) => !had.has(id)).length;
    const pieces = Math.ceil(fresh / CONVERSATIONS_A_JOB) + repairs.pieces;
    return known({ pieces, conversations: fresh + repairs.conversations, there });
  }
  const grown = growthOf(view, element, before, after, coveredBy(before), there);
  if (grown === undefined) return unknown(element);
  return known({
    pieces: grown.pieces + repairs.pieces,
    conversations: grown.conversations + repairs.conversations,
    there,
  });
}

/** Undefined for a hold that is made, or made again. */
export function holdWork(view: PlanView, element: Element): Known<PlannedWork> | undefined {
  const { before, after, action } = element;
  if (before === null || after === null || action === 'replace' || action === 'create') return undefined;
  const known = knowing(element);
  const count = numberIn(before, 'conversation_count') ?? 0;
  const missing = numberIn(before, 'missing_count') ?? 0;
  const nothing = { pieces: 0, conversations: 0, there: { pieces: 0, conversations: 0 } };
  const there = { pieces: 0, conversations: Math.max(0, count - missing) };
  if (action !== 'update') return known(nothing);
  if (!isMarked(markOf(element.afterUnknown, 'held_count'))) {
    const more = (numberIn(after, 'conversation_count') ?? count) - (numberIn(before, 'held_count') ?? count);
    return known(more > 0 ? { pieces: 0, conversations: more, there } : nothing);
  }
  const ids = idsIn(after);
  if (ids !== undefined) {
    const had = new Set(idsIn(before));
    return known({ pieces: 0, conversations: missing + ids.filter((id) => !had.has(id)).length, there });
  }
  const [was, is] = [before['scope'], after['scope']];
  if (!isRow(was) || !isRow(is)) return known({ pieces: 0, conversations: missing, there });
  const end = before['scope_end'];
  const start = startOf(was['interval']);
  const reached = typeof end === 'string' && start !== undefined ? { start, end: Date.parse(end) } : undefined;
  const steps = reached === undefined ? 0 : piecesIn(reached, textIn(was, 'batch_interval'));
  const grown = growthOf(view, element, was, is, reached, { pieces: steps, conversations: count });
  if (grown === undefined) return unknown(element);
  return known({
    pieces: grown.pieces,
    conversations: grown.conversations + missing,
    there: { pieces: steps, conversations: there.conversations },
  });
}

type Fresh = Pick<PlannedWork, 'pieces' | 'conversations'>;

/** What lies outside of what is covered, with as many conversations as the same time has brought so far. Undefined: unknown. */
function growthOf(
  { json: { timestamp } }: PlanView,
  { afterUnknown }: Element,
  was: Row,
  is: Row,
  covered: Interval | undefined,
  there: PlannedWork['there'],
): Fresh | undefined {
  const [interval, step] = [textIn(is, 'interval'), textIn(is, 'batch_interval')];
  const now = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  const isHidden = ['interval', ...FILTERS].some((name) => isMarked(markOf(afterUnknown, name)));
  const isOther = FILTERS.some((name) => JSON.stringify(was[name] ?? null) !== JSON.stringify(is[name] ?? null));
  if (interval === null || isHidden || isOther || Number.isNaN(now)) return undefined;
  let whole: Interval | null;
  try {
    whole = intervalAt(interval, step, now);
  } catch {
    return undefined;
  }
  if (whole === null) return { pieces: 0, conversations: 0 };
  // Of what was never reached there is no pace.
  if (covered === undefined || covered.end <= covered.start) return undefined;
  const parts = [
    { start: whole.start, end: Math.min(whole.end, covered.start) },
    { start: Math.max(whole.start, covered.end), end: whole.end },
  ].filter(({ start, end }) => end > start);
  const length = parts.reduce((sum, { start, end }) => sum + end - start, 0);
  return {
    pieces: parts.reduce((sum, part) => sum + piecesIn(part, step), 0),
    conversations: Math.ceil((there.conversations / (covered.end - covered.start)) * length),
  };
}

/** What came late and what failed is exported again by the conversation. */
function repairsOf(before: Row): Fresh {
  const late = numberIn(before, 'late_count') ?? 0;
  const failed = isRow(before['accepted_gaps']) ? 0 : (numberIn(before, 'failed_recording_count') ?? 0);
  const jobs = Math.ceil(late / CONVERSATIONS_A_JOB) + Math.ceil(failed / CONVERSATIONS_A_JOB);
  return { pieces: jobs, conversations: late + failed };
}

function coveredBy(before: Row): Interval | undefined {
  const intervals = rows(before['batches']).flatMap(({ interval }) => {
    try {
      return typeof interval === 'string' ? [parseInterval(interval)] : [];
    } catch {
      return [];
    }
  });
  if (intervals.length === 0) return undefined;
  return {
    start: Math.min(...intervals.map(({ start }) => start)),
    end: Math.max(...intervals.map(({ end }) => end)),
  };
}

function piecesIn({ start, end }: Interval, step: string | null): number {
  if (step === null) return 1;
  try {
    return splitInterval(`${new Date(start).toISOString()}/${new Date(end).toISOString()}`, step).length;
  } catch {
    return 1;
  }
}

function startOf(interval: unknown): number | undefined {
  const start = typeof interval === 'string' ? Date.parse(interval.split('/')[0] ?? '') : Number.NaN;
  return Number.isNaN(start) ? undefined : start;
}

function idsIn(values: Row): readonly string[] | undefined {
  const ids = values['conversation_ids'];
  return Array.isArray(ids) ? ids.map((id) => String(id).toLowerCase()) : undefined;
}

function numberIn(values: Row, name: string): number | undefined {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
}

function textIn(values: Row, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}

function knowing(element: Element): (work: PlannedWork) => Known<PlannedWork> {
  return (value) => ({ known: true, value, origin: originOf(element) });
}

function unknown(element: Element): Known<PlannedWork> {
  return { known: false, why: 'is only known after the apply', origin: originOf(element), elsewhere: true };
}
