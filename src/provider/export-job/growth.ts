/**
 * What a changed scope asks for beyond what was exported already: nothing, some batches more, or another export. Pure.
 *
 * What was exported is never taken back: files stay, and so does what the export covers. So a narrower scope asks for nothing,
 * and only what was never covered is new.
 */
import type { ConversationId, ExportScope, ExportSpec, ScopeFilters } from '../../genesys';
import {
  endOfSteps,
  formatInterval,
  MOST_BATCHES,
  parseInterval,
  parseOpenInterval,
  stepsUntil,
  type Interval,
} from '../../time';
import { filtersOf, overlap, regionOf, shared, without, type Region } from './regions';

/** A part of a scope that was never exported, and that gets one batch, or several of named conversations. */
export type NewPart =
  | { readonly kind: 'interval'; readonly interval: string; readonly filters: ScopeFilters }
  /** No query says just this: the conversations in scope are listed, and those that are not covered are named. */
  | { readonly kind: 'rest'; readonly interval: string; readonly filters: ScopeFilters }
  | { readonly kind: 'named'; readonly conversationIds: readonly ConversationId[] };

/** What is to be done about a scope. */
export type Growth =
  /** Everything in it is covered. */
  | { readonly kind: 'covered' }
  | { readonly kind: 'grows'; readonly parts: readonly NewPart[] }
  /** It asks for something else, or in another way: `why` names the arguments. */
  | { readonly kind: 'replaces'; readonly why: readonly ScopeArgument[]; readonly shares: boolean };

/** The arguments of an export that decide what it covers, and how. */
export type ScopeArgument =
  | 'integration_id'
  | 'interval'
  | 'conversation_ids'
  | 'media_types'
  | 'message_types'
  | 'address_from'
  | 'address_to'
  | 'external_tag'
  | 'include_metadata'
  | 'include_screen_recordings'
  | 'include_recordings_with_sensitive_data'
  | 'action_date'
  | 'action_age';

/** What an export has covered: where by interval, as many as there were different filters. */
export type Reach = readonly ExportScope[];

/**
 * Compares what is asked for with what an export, which asked for `before`, has covered. Throws a RangeError for a scope that
 * needs too many batches.
 */
export function growthOf(before: ExportSpec, reach: Reach, wanted: ExportSpec): Growth {
  const others = changedManner(before, wanted);
  const shares = sharesScope(reach, wanted.scope);
  if (others.length > 0) return { kind: 'replaces', why: others, shares };
  if (!shares) return { kind: 'replaces', why: changedScope(before.scope, wanted.scope), shares };
  const parts = wanted.scope.interval === undefined ? newIds(reach, wanted.scope) : newParts(reach, wanted);
  return parts.length === 0 ? { kind: 'covered' } : { kind: 'grows', parts };
}

/** How it is exported: another manner makes other files, so everything is exported again. */
function changedManner(before: ExportSpec, wanted: ExportSpec): readonly ScopeArgument[] {
  const differs = (name: Exclude<keyof ExportSpec, 'scope' | 'batchInterval'>) => before[name] !== wanted[name];
  return [
    ...(differs('integrationId') ? (['integration_id'] as const) : []),
    ...(differs('includeMetadata') ? (['include_metadata'] as const) : []),
    ...(differs('includeScreenRecordings') ? (['include_screen_recordings'] as const) : []),
    ...(differs('includeRecordingsWithSensitiveData') ? (['include_recordings_with_sensitive_data'] as const) : []),
    ...(instantOf(before.actionDate) === instantOf(wanted.actionDate) ? [] : (['action_date'] as const)),
    ...(differs('actionAge') ? (['action_age'] as const) : []),
  ];
}

function instantOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Date.parse(date);
}

/** The arguments by which two scopes differ. */
export function changedScope(before: ExportScope, wanted: ExportScope): readonly ScopeArgument[] {
  const text = (value: unknown): string => JSON.stringify(value ?? null);
  const names = {
    interval: 'interval',
    conversationIds: 'conversation_ids',
    mediaTypes: 'media_types',
    messageTypes: 'message_types',
    addressFrom: 'address_from',
    addressTo: 'address_to',
    externalTag: 'external_tag',
  } as const satisfies { readonly [Name in keyof Required<ExportScope>]: ScopeArgument };
  return (Object.keys(names) as (keyof typeof names)[])
    .filter((name) => text(before[name]) !== text(wanted[name]))
    .map((name) => names[name]);
}

/** Whether a scope has something in common with what is covered, or follows it without a gap. */
function sharesScope(reach: Reach, wanted: ExportScope): boolean {
  return reach.some((covered) => {
    if (!overlap(regionOf(covered), regionOf(wanted))) return false;
    if (wanted.interval === undefined || covered.interval === undefined) {
      const ids = new Set(covered.conversationIds);
      return wanted.conversationIds?.some((id) => ids.has(id)) ?? false;
    }
    const [mine, theirs] = [parseInterval(wanted.interval), parseInterval(covered.interval)];
    return mine.start <= theirs.end && theirs.start <= mine.end;
  });
}

function newIds(reach: Reach, wanted: ExportScope): readonly NewPart[] {
  const { conversationIds = [], ...filters } = wanted;
  const covering = reach.filter((covered) => without(regionOf(filters), [regionOf(covered)]).length === 0);
  const known = new Set(covering.flatMap((covered) => covered.conversationIds ?? []));
  const ids = conversationIds.filter((id) => !known.has(id));
  return ids.length === 0 ? [] : [{ kind: 'named', conversationIds: ids }];
}

/** Cut where coverage begins or ends; neighbours that lack the same are one. */
function newParts(reach: Reach, { scope, batchInterval }: ExportSpec): readonly NewPart[] {
  const whole = parseInterval(scope.interval ?? '');
  const region = regionOf(scope);
  const covered = reach.flatMap((each) =>
    each.interval === undefined ? [] : [{ ...parseInterval(each.interval), region: regionOf(each) }],
  );
  const cuts = [whole.start, whole.end, ...covered.flatMap(({ start, end }) => [start, end])]
    .filter((cut) => cut >= whole.start && cut <= whole.end)
    .sort((a, b) => a - b)
    .filter((cut, index, all) => cut !== all[index - 1]);
  const lacks: { readonly interval: Interval; readonly regions: readonly Region[]; readonly key: string }[] = [];
  for (const [index, start] of cuts.entries()) {
    const end = cuts[index + 1];
    if (end === undefined) break;
    const over = covered.filter((each) => each.start <= start && each.end >= end).map((each) => each.region);
    const regions = without(region, over);
    if (regions.length === 0) continue;
    const key = JSON.stringify(regions.map((each) => filtersOf(each) ?? null));
    const last = lacks.at(-1);
    if (last?.key === key && last.interval.end === start) {
      lacks[lacks.length - 1] = { ...last, interval: { start: last.interval.start, end } };
    } else lacks.push({ interval: { start, end }, regions, key });
  }
  const pieces = lacks.flatMap(({ interval, regions }) =>
    partsOf(interval, regions, scope).map((part) => ({ interval, part })),
  );
  return pieces.flatMap(({ interval, part }) =>
    piecesOf(interval, whole.start, batchInterval).map((piece) => ({ ...part, interval: piece })),
  );
}

/** What is lacking in one interval: a query each, or, where a query cannot say it, the conversations themselves. */
function partsOf(
  interval: Interval,
  regions: readonly Region[],
  { interval: _, conversationIds: __, ...wanted }: ExportScope,
): readonly Exclude<NewPart, { kind: 'named' }>[] {
  const text = formatInterval(interval);
  const filters = regions.map(filtersOf);
  if (filters.some((each) => each === undefined)) return [{ kind: 'rest', interval: text, filters: wanted }];
  return filters.flatMap((each) => (each === undefined ? [] : [{ kind: 'interval', interval: text, filters: each }]));
}

/** An interval in steps of the grid that begins at `from`; without steps it is one piece. */
function piecesOf(interval: Interval, from: number, step: string | undefined): readonly string[] {
  if (step === undefined) return [formatInterval(interval)];
  const pieces: string[] = [];
  let { start } = interval;
  for (let steps = stepsUntil(from, step, start) + 1; start < interval.end; steps += 1) {
    if (pieces.length === MOST_BATCHES) {
      throw new RangeError(
        `What is new in scope, ${formatInterval(interval)} in steps of ${step}, makes more than ${MOST_BATCHES} batches. Use a longer batch interval, or widen the scope in several applies.`,
      );
    }
    const end = Math.min(interval.end, endOfSteps(from, step, steps));
    pieces.push(formatInterval({ start, end }));
    start = end;
  }
  return pieces;
}

/**
 * The parts of a scope by interval that are covered: what comes there late is known to lack, what comes elsewhere is new. An open
 * interval has what is covered of it.
 */
export function withinReach(reach: Reach, wanted: ExportScope): readonly ExportScope[] {
  if (wanted.interval === undefined) return [];
  const { start, end } = parseOpenInterval(wanted.interval);
  return reach.flatMap((covered) => {
    if (covered.interval === undefined) return [];
    const there = parseInterval(covered.interval);
    const part = { start: Math.max(start, there.start), end: Math.min(end ?? there.end, there.end) };
    const filters = filtersOf(shared(regionOf(covered), regionOf(wanted)));
    if (part.end <= part.start || filters === undefined || !overlap(regionOf(covered), regionOf(wanted))) return [];
    return [{ ...filters, interval: formatInterval(part) }];
  });
}

/** Two reaches in one, with as few entries as say the same: neighbours with the same filters are one. */
export function joined(reach: Reach): Reach {
  const ids = new Map<string, { readonly filters: ScopeFilters; readonly ids: Set<ConversationId> }>();
  const spans = new Map<string, { readonly filters: ScopeFilters; readonly intervals: Interval[] }>();
  for (const { interval, conversationIds, ...filters } of reach) {
    const key = JSON.stringify(filters);
    if (interval === undefined) {
      const known = ids.get(key) ?? { filters, ids: new Set() };
      for (const id of conversationIds ?? []) known.ids.add(id);
      ids.set(key, known);
    } else {
      const known = spans.get(key) ?? { filters, intervals: [] };
      known.intervals.push(parseInterval(interval));
      spans.set(key, known);
    }
  }
  return [
    ...[...ids.values()].map((each) => ({ ...each.filters, conversationIds: [...each.ids].sort() })),
    ...[...spans.values()].flatMap(({ filters, intervals }) =>
      united(intervals).map((interval) => ({ ...filters, interval: formatInterval(interval) })),
    ),
  ];
}

function united(intervals: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last === undefined || last.end < next.start) result.push(next);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
  }
  return result;
}
