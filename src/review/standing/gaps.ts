/** Reads the gaps of a resource from its state. */
import { numberIn, rowsIn, textIn } from './read';
import { GAP_KINDS, isGapKind, type GapKind } from './kinds';
import type { Shortfall, Values } from './standing';

/** What the attributes about gaps say. */
export interface Gaps {
  /** False: nobody looked for gaps, as in a state of a version that had no such attributes. */
  readonly known: boolean;
  readonly shortfalls: readonly Shortfall[];
  /** All of them, as the resource counts them. */
  readonly count: number;
  readonly digest: string | null;
  readonly acceptedReason: string | null;
  readonly unknowns: readonly string[];
}

const MOST_EXAMPLES = 3;

/** Attributes that count one kind of gap completely, where `gaps` lists only the first; not the same for every resource. */
export type Counts = Readonly<Partial<Record<GapKind, string>>>;

/**
 * Gaps by kind, each with its own count and examples. `thing` says what a gap of a kind is about. A number that is null, or
 * a digest that is missing where there are gaps, is unknown: it is neither zero nor accepted.
 */
export function gapsOf(values: Values, thing: (kind: GapKind) => string, counts: Counts = {}): Gaps {
  const none: Gaps = { known: false, shortfalls: [], count: 0, digest: null, acceptedReason: null, unknowns: [] };
  if (!('gap_count' in values)) return none;
  const count = numberIn(values, 'gap_count');
  if (count === null) {
    // As Terraform shows a state that a version without these attributes wrote. The counts still say what is missing.
    const why = 'gap_count has no value, because nobody looked. A refresh or an apply looks';
    return { ...none, unknowns: [`It is unknown whether something is missing: ${why}.`] };
  }

  const digest = textIn(values, 'gaps_sha256');
  const accepted = rowsIn(values, 'accepted_gaps')[0] ?? {};
  const isAccepted = count > 0 && digest !== null && textIn(accepted, 'sha256')?.toLowerCase() === digest.toLowerCase();
  const shortfalls = byKind(values, count, counts).map(({ kind, size, listed }): Shortfall => ({
    kind,
    count: size ?? weightOf(listed),
    atLeast: size === null,
    thing: kind === 'unnamed' ? 'gap' : thingOf(listed, thing(kind)),
    ...examplesIn(listed.slice(0, MOST_EXAMPLES)),
    acceptable: digest !== null,
    accepted: isAccepted,
  }));
  return {
    known: true,
    shortfalls,
    count,
    digest: count > 0 ? digest : null,
    acceptedReason: isAccepted ? (textIn(accepted, 'reason') ?? 'no reason given') : null,
    unknowns: [],
  };
}

interface OfKind {
  readonly kind: GapKind | 'unnamed';
  /** Null: more than are listed, and how many is unknown. */
  readonly size: number | null;
  readonly listed: readonly Values[];
}

/** `gaps` lists the first hundred: the numbers of the rest come from the counts of single kinds, and from what is left. */
function byKind(values: Values, total: number, counts: Counts): readonly OfKind[] {
  const rows = new Map<OfKind['kind'], Values[]>();
  for (const row of rowsIn(values, 'gaps')) {
    const kind = isGapKind(row['kind']) ? row['kind'] : 'unnamed';
    rows.set(kind, [...(rows.get(kind) ?? []), row]);
  }
  const all = [...rows.values()].flat();
  const isComplete = all.length >= total || weightOf(all) >= total;
  if (isComplete) return [...rows].map(([kind, listed]) => ({ kind, size: weightOf(listed), listed }));

  const counted = new Map(GAP_KINDS.map((kind) => [kind, numberIn(values, counts[kind] ?? '') ?? 0] as const));
  for (const [kind, count] of counted) if (count > 0 && !rows.has(kind)) rows.set(kind, []);
  const kinds = [...rows].map(([kind, listed]): OfKind => {
    const own = kind === 'unnamed' ? 0 : (counted.get(kind) ?? 0);
    return { kind, size: own >= Math.max(weightOf(listed), 1) ? own : null, listed };
  });
  const left = total - kinds.reduce((sum, { size, listed }) => sum + (size ?? weightOf(listed)), 0);
  const uncounted = kinds.filter(({ size }) => size === null);
  if (uncounted.length === 0 && left > 0) return [...kinds, { kind: 'unnamed', size: left, listed: [] }];
  // Where one kind alone is not counted, the rest is of that kind.
  const [only] = uncounted;
  if (uncounted.length !== 1 || only === undefined) return kinds;
  return kinds.map((one) => (one === only ? { ...one, size: weightOf(one.listed) + Math.max(left, 0) } : one));
}

/** What cannot be named one by one is one entry with its number. */
const RECORDINGS = /^(?:totals\/(\d+)$|([\d,]+) recordings? of (?:export|conversation) )/;
const MORE = /: (\d+) more$/;

/** How many things the entries stand for. */
function weightOf(rows: readonly Values[]): number {
  return rows.reduce((sum, row) => {
    const id = textIn(row, 'id') ?? '';
    const [, total, recordings] = RECORDINGS.exec(id) ?? [];
    const [, more] = MORE.exec(id) ?? [];
    const named = total ?? recordings?.replaceAll(',', '') ?? more;
    return sum + (named === undefined ? 1 : Number(named));
  }, 0);
}

/** Recordings are counted as such, whether they are named or not. */
function thingOf(rows: readonly Values[], thing: string): string {
  if (thing !== 'conversation') return thing;
  const recordings = rows.filter((row) => isAboutRecordings(textIn(row, 'id') ?? '')).length;
  if (recordings === 0) return thing;
  return recordings === rows.length ? 'recording' : 'gap';
}

/** A recording is named by its conversation and itself. */
const NAMED = /^[0-9a-f-]{36}\//i;

function isAboutRecordings(id: string): boolean {
  return RECORDINGS.test(id) || NAMED.test(id);
}

/** A reason that all of them have is said once. */
function examplesIn(rows: readonly Values[]): Pick<Shortfall, 'examples' | 'reason'> {
  const [reason, ...others] = new Set(rows.map((row) => textIn(row, 'detail')));
  if (reason === undefined || reason === null || others.length > 0) return { examples: rows.map(example) };
  return { examples: rows.map((row) => textIn(row, 'id') ?? 'unknown id'), reason };
}

function example(gap: Values): string {
  const [id, detail] = [textIn(gap, 'id') ?? 'unknown id', textIn(gap, 'detail')];
  return detail === null ? id : `${id} (${detail})`;
}
