import { counted, number } from '../../words';
import { gapsOf } from './gaps';
import type { GapKind } from './kinds';
import { numberIn, rowsIn, textIn, unknownsAmong } from './read';
import type { Shortfall, Standing, StateResource, Values } from './standing';

const VERSION = 'object version';

const thingOf = (kind: GapKind): string => (kind === 'absent' ? 'conversation' : VERSION);

/** How an object hold stands. */
export function objectHoldStanding({ address, values, tainted = false, before }: StateResource): Standing {
  const gaps = gapsOf(values, thingOf, { lost: 'lost_count' });
  const shortfalls = [...gaps.shortfalls, ...beyondGaps(values, gaps.shortfalls, before)];
  const locks = values['object_lock_legal_hold'] !== false;
  const tags = rowsIn(values, 'tags').some((row) => Object.keys(row).length > 0);
  const unknowns = [
    ...unknownsAmong(values, {
      status: 'how the object hold stands',
      version_count: 'how many object versions are in scope',
      ...(locks ? { held_count: 'how many object versions are held' } : {}),
      ...(tags ? { tagged_count: 'how many object versions are tagged' } : {}),
      missing_count: 'how many object versions are missing',
      ...(textIn(values, 'export_job_id') === null
        ? {}
        : { absent_conversation_count: 'whether each conversation has its files' }),
    }),
    ...gaps.unknowns,
  ];
  return {
    address,
    subject: 'object-hold',
    title: `The object hold on s3://${textIn(values, 'bucket') ?? '?'}/${textIn(values, 'prefix') ?? ''}`,
    words: wordsOf(values, locks, tags),
    scope: numberIn(values, 'version_count'),
    shortfalls,
    unknowns,
    notLookedAt: [],
    digest: gaps.digest,
    acceptedReason: gaps.acceptedReason,
    seenAt: textIn(values, 'verified_at'),
    tainted,
  };
}

function wordsOf(values: Values, locks: boolean, tags: boolean): string {
  const total = numberIn(values, 'version_count');
  const part = (name: string, verb: string): string => {
    const count = numberIn(values, name);
    if (count === null || total === null) return `it is unknown how many object versions are ${verb}`;
    return `${number(count)} of ${counted(total, VERSION)} ${count === 1 ? 'is' : 'are'} ${verb}`;
  };
  const [hidden, applied] = [numberIn(values, 'hidden_count'), textIn(values, 'applied_at')];
  return [
    ...(locks ? [part('held_count', 'held')] : []),
    ...(tags ? [part('tagged_count', 'tagged')] : []),
    ...(hidden !== null && hidden > 0
      ? [`${counted(hidden, 'key')} ${hidden === 1 ? 'is' : 'are'} under a delete marker`]
      : []),
    ...(applied === null ? [] : [`last held at ${applied}`]),
  ].join(', ');
}

/** What lacks a lock or a tag and is not among the gaps, and what a state of a version without gaps says. */
function beyondGaps(values: Values, gaps: readonly Shortfall[], before: Values | undefined): readonly Shortfall[] {
  const found: Shortfall[] = [];
  const has = (kind: GapKind): boolean => gaps.some((gap) => gap.kind === kind);
  const changes = before === undefined ? NO_CHANGE : changesBetween(before, values);
  const hasGaps = numberIn(values, 'gap_count') !== null;
  const absent = numberIn(values, 'absent_conversation_count') ?? 0;
  // Among those without files may be some whose recordings could not be exported: which are gaps, the list says.
  if (absent > 0 && !hasGaps) found.push(shortfall('absent', absent));
  const lost = Math.max(numberIn(values, 'lost_count') ?? 0, 'gap_count' in values ? 0 : changes.gone);
  if (lost > 0 && !has('lost')) found.push(shortfall('lost', lost, rowsIn(values, 'lost').map(versionName)));
  found.push(...lacking(values, gaps, changes));
  const status = textIn(values, 'status');
  if (status !== null && status !== 'active' && found.length === 0 && gaps.every(({ accepted }) => accepted)) {
    found.push({ ...shortfall('unexplained', 1), count: null, examples: [`status ${status}`] });
  }
  return found;
}

/** Versions without lock or tags: released, come late, or lacking them for another reason. */
function lacking(values: Values, gaps: readonly Shortfall[], changes: typeof NO_CHANGE): readonly Shortfall[] {
  const named = gaps
    .filter(({ kind }) => ['released', 'late', 'failed', 'unnamed'].includes(kind))
    .reduce((sum, { count }) => sum + (count ?? 0), 0);
  const total = numberIn(values, 'version_count') ?? 0;
  const short = (name: string): number => Math.max(total - (numberIn(values, name) ?? total), 0);
  const [unlocked, untagged] = [short('held_count'), short('tagged_count')];
  const missing = Math.max(numberIn(values, 'missing_count') ?? 0, unlocked, untagged);
  if (missing <= named && untagged === 0) return [];
  const lacks = (what: string): readonly string[] =>
    rowsIn(values, 'missing')
      .filter((row) => textIn(row, 'lacks') === what)
      .map(versionName);
  const status = textIn(values, 'status');
  if (numberIn(values, 'gap_count') !== null) {
    // Versions without a lock are gaps of their own; those that lack a tag alone are not.
    const late = gaps
      .filter(({ kind }) => kind === 'late' || kind === 'failed')
      .reduce((sum, { count }) => sum + (count ?? 0), 0);
    const [locks, tags] = [Math.max(unlocked - named, 0), Math.max(untagged - late, 0)];
    return [
      ...(locks > 0 ? [shortfall('unlocked', locks)] : []),
      ...(tags > 0 ? [shortfall('untagged', tags, lacks('tags'))] : []),
    ];
  }
  // A version that came late lacks both, and is one thing.
  const late = Math.min(changes.late, Math.max(unlocked, untagged));
  const [locks, tags] = [Math.max(unlocked - late, 0), Math.max(untagged - late, 0)];
  const wasReleased = status === 'partially_released' || status === 'released';
  const released = changes.released > 0 ? Math.min(changes.released, locks) : wasReleased ? locks : 0;
  // Examples only where all that are listed are of the same set.
  const same = (count: number, all: number, what: string): readonly string[] => (count === all ? lacks(what) : []);
  return [
    ...(released > 0 ? [shortfall('released', released, same(released, unlocked, 'legal hold'))] : []),
    ...(locks > released
      ? [shortfall('unlocked', locks - released, same(locks - released, unlocked, 'legal hold'))]
      : []),
    ...(tags > 0 ? [shortfall('untagged', tags, same(tags, untagged, 'tags'))] : []),
    ...(late > 0
      ? [shortfall('late', late, locks + tags === 0 ? rowsIn(values, 'missing').map(versionName) : [])]
      : []),
    // Could not be read: neither with nor without.
    ...(Math.max(unlocked, untagged) === 0 ? [shortfall('failed', missing - named, failures(values))] : []),
  ];
}

const NO_CHANGE = { gone: 0, late: 0, released: 0 };

/** What a look found against the one before. A version that is gone takes its lock with it, which is not told twice. */
function changesBetween(before: Values, after: Values): typeof NO_CHANGE {
  const fell = (name: string): number => {
    const [was, is] = [numberIn(before, name), numberIn(after, name)];
    return was === null || is === null ? 0 : was - is;
  };
  const gone = Math.max(fell('version_count'), 0);
  return { gone, late: Math.max(-fell('version_count'), 0), released: Math.max(fell('held_count') - gone, 0) };
}

function shortfall(kind: Shortfall['kind'], count: number, examples: readonly string[] = []): Shortfall {
  const thing = kind === 'absent' ? 'conversation' : VERSION;
  return { kind, count, atLeast: false, thing, examples: examples.slice(0, 3), acceptable: false, accepted: false };
}

function versionName(row: Values): string {
  const [key, version] = [textIn(row, 'key') ?? '?', textIn(row, 'version_id')];
  return version === null ? key : `${key} (version ${version})`;
}

function failures(values: Values): readonly string[] {
  return rowsIn(values, 'failures').map(
    (row) => `${versionName(row)}: ${textIn(row, 'message') ?? textIn(row, 'code') ?? 'no reason given'}`,
  );
}
