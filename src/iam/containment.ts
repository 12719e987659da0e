/**
 * Whether patterns cover or meet a set of texts, three-valued in the presence of symbols.
 *
 * Both questions are answered twice. The *sure* pass takes each symbol as a letter of its own: what holds then holds
 * whatever the symbols stand for. The *possible* pass takes each symbol as any text: what fails then fails always. Where
 * the two disagree the answer is unknown.
 *
 * The wanted set is written as a pattern too, `arn:aws:s3:::recordings/*` for every object of a bucket. It names things that
 * exist, so its symbols never hold wildcards; the symbols of a policy may.
 */
import { type Pattern, type Unit, sameUnit, symbolsOf } from './pattern';
import { NO, type Truth, YES, unknown } from './truth';

/** More positions than any real policy has to be followed through; beyond it the answer is unknown rather than late. */
const EFFORT = 500_000;
/** Pairs of positions of two patterns: two of 2,000 characters each. Beyond it, the same. */
const MOST_PAIRS = 4_000_000;
/** Units of a wanted set: each is a step deeper. No name that AWS takes is as long. */
const LONGEST_WANTED = 4_000;

/** Whether every text of `wanted` is matched by at least one of `patterns`. No patterns cover nothing. */
export function covers(patterns: readonly Pattern[], wanted: Pattern): Truth {
  const near = patterns.filter((pattern) => meets(pattern, wanted).is !== 'no');
  if (near.length === 0) return NO;
  const cut = withoutCommonEnds([...near, wanted]);
  const rest = cut.slice(0, -1);
  if (rest.some(isAnything)) return YES;
  if (cut.at(-1)!.length > LONGEST_WANTED) return tooComplex();
  const sure = coversAll(rest, cut.at(-1)!, 'sure');
  if (sure === true) return YES;
  if (sure === 'exhausted') return tooComplex();
  if (!cut.some(hasSymbols)) return NO;
  const possible = coversAll(rest, cut.at(-1)!, 'possible');
  if (possible === false) return NO;
  return possible === 'exhausted' ? tooComplex() : undecided(cut);
}

/** Whether at least one text of `wanted` is matched by `pattern`. */
export function meets(pattern: Pattern, wanted: Pattern): Truth {
  const cut = withoutCommonEnds([pattern, wanted]);
  const [rest, restWanted] = [cut[0]!, cut[1]!];
  if (isAnything(rest) || isAnything(restWanted)) return YES;
  // What is left begins or ends differently: nearly all that is compared.
  if (areApart(rest[0], restWanted[0]) || areApart(rest.at(-1), restWanted.at(-1))) return NO;
  if ((rest.length + 1) * (restWanted.length + 1) > MOST_PAIRS) return tooComplex();
  if (intersect(rest, restWanted, 'sure')) return YES;
  if (!hasSymbols(rest) && !hasSymbols(restWanted)) return NO;
  return intersect(rest, restWanted, 'possible') ? undecided(cut) : NO;
}

function isAnything(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0]!.kind === 'many';
}

/** Whether these are two characters, and not the same one. */
function areApart(a: Unit | undefined, b: Unit | undefined): boolean {
  return a?.kind === 'char' && b?.kind === 'char' && a.text !== b.text;
}

function hasSymbols(pattern: Pattern): boolean {
  return pattern.some((unit) => unit.kind === 'symbol');
}

function tooComplex(): Truth {
  return unknown({ kind: 'other', text: 'patterns with too many wildcards to be compared' });
}

function undecided(patterns: readonly Pattern[]): Truth {
  const symbols = new Map(patterns.flatMap(symbolsOf).map((symbol) => [symbol.text, symbol]));
  return unknown(
    ...[...symbols.values()].map(({ origin, text }) => ({
      kind: origin === 'terraform' ? ('token' as const) : ('variable' as const),
      text,
    })),
  );
}

/**
 * Cuts what all patterns begin and end with. For a text x without wildcards, xA lies in xB exactly when A lies in B, so this
 * changes no answer, and it lets `${bucket.arn}` be told from `${bucket.arn}/*` although nobody knows the ARN. Symbols may
 * be cut as well: the last pattern is the wanted set, in which they hold no wildcards.
 */
function withoutCommonEnds(patterns: readonly Pattern[]): readonly Pattern[] {
  const shortest = patterns.reduce((least, { length }) => Math.min(least, length), Infinity);
  let front = 0;
  while (front < shortest && agree(patterns, (pattern) => pattern[front])) front += 1;
  let back = 0;
  while (front + back < shortest && agree(patterns, (pattern) => pattern[pattern.length - 1 - back])) back += 1;
  return patterns.map((pattern) => pattern.slice(front, pattern.length - back));
}

/** Whether all are the same character or the same symbol. */
function agree(patterns: readonly Pattern[], unitOf: (pattern: Pattern) => Unit | undefined): boolean {
  const first = unitOf(patterns[0]!);
  if (first === undefined || first.kind === 'one' || first.kind === 'many') return false;
  for (const pattern of patterns) {
    const unit = unitOf(pattern);
    if (unit === undefined || !sameUnit(unit, first)) return false;
  }
  return true;
}

type Pass = 'sure' | 'possible';

/** A letter of the texts that are tried: one that is written somewhere, one that is written nowhere, or a symbol. */
type Letter =
  { readonly kind: 'char'; readonly text: string } | { readonly kind: 'fresh' } | (Unit & { kind: 'symbol' });

const FRESH: Letter = { kind: 'fresh' };

/**
 * Walks `wanted` against all patterns at once, as automata: a set of positions says how far each pattern may have come.
 * For `?` and `*` in wanted the letter that is written nowhere is the hardest to match, so it alone needs to be tried; for
 * `*` every number of them, until nothing changes.
 */
function coversAll(patterns: readonly Pattern[], wanted: Pattern, pass: Pass): boolean | 'exhausted' {
  const automaton = new Automaton(patterns, pass);
  const tried = new Map<string, boolean>();
  let effort = 0;

  const walk = (at: number, positions: readonly number[]): boolean | 'exhausted' => {
    if (positions.length === 0) return false;
    if (automaton.isCertain(positions)) return true;
    const unit = wanted[at];
    if (unit === undefined) return automaton.accepts(positions);
    const key = `${at}|${positions.join()}`;
    const before = tried.get(key);
    if (before !== undefined) return before;
    if ((effort += 1 + positions.length) > EFFORT) return 'exhausted';
    const result = follow(unit, at, positions);
    if (result !== 'exhausted') tried.set(key, result);
    return result;
  };

  const follow = (unit: Unit, at: number, positions: readonly number[]): boolean | 'exhausted' => {
    switch (unit.kind) {
      case 'char':
        return walk(at + 1, automaton.step(positions, unit));
      case 'one':
        return walk(at + 1, automaton.step(positions, FRESH));
      case 'symbol':
        return walk(at + 1, pass === 'sure' ? automaton.step(positions, unit) : automaton.anywhereAfter(positions));
      case 'many':
        return walkMany(at, positions);
    }
  };

  const walkMany = (at: number, start: readonly number[]): boolean | 'exhausted' => {
    const visited = new Set<string>();
    for (let positions = start; !visited.has(positions.join()); positions = automaton.step(positions, FRESH)) {
      visited.add(positions.join());
      if ((effort += positions.length) > EFFORT) return 'exhausted';
      const result = walk(at + 1, positions);
      if (result !== true) return result;
    }
    return true;
  };

  return walk(0, automaton.start());
}

/** Several patterns as one non-deterministic automaton. A position is a unit of one of them; the end of each is accepting. */
class Automaton {
  private readonly units: readonly (Unit | null)[];
  private readonly starts: readonly number[];

  constructor(
    patterns: readonly Pattern[],
    private readonly pass: Pass,
  ) {
    const units: (Unit | null)[] = [];
    const starts: number[] = [];
    for (const pattern of patterns) {
      starts.push(units.length);
      units.push(...pattern, null);
    }
    this.units = units;
    this.starts = starts;
  }

  start(): readonly number[] {
    return this.closure(this.starts);
  }

  accepts(positions: readonly number[]): boolean {
    return positions.some((position) => this.units[position] === null);
  }

  /** True where whatever comes is matched: a pattern stands on its last unit and that takes any text. */
  isCertain(positions: readonly number[]): boolean {
    return positions.some((position) => this.loops(position) && this.units[position + 1] === null);
  }

  step(positions: readonly number[], letter: Letter): readonly number[] {
    const next: number[] = [];
    for (const position of positions) {
      if (this.loops(position)) next.push(position);
      else if (this.takes(this.units[position] ?? null, letter)) next.push(position + 1);
    }
    return this.closure(next);
  }

  /** Every position that some text leads to: what a symbol of the wanted set could bring about. */
  anywhereAfter(positions: readonly number[]): readonly number[] {
    const next: number[] = [];
    for (const position of positions) {
      for (let at = position; ; at += 1) {
        next.push(at);
        if (this.units[at] === null) break;
      }
    }
    return this.closure(next);
  }

  private loops(position: number): boolean {
    const unit = this.units[position];
    return unit?.kind === 'many' || (unit?.kind === 'symbol' && this.pass === 'possible');
  }

  private takes(unit: Unit | null, letter: Letter): boolean {
    if (unit === null) return false;
    // A symbol stands for a text of any length, so a `?` does not surely match it.
    if (unit.kind === 'one') return letter.kind !== 'symbol';
    return letter.kind !== 'fresh' && sameUnit(unit, letter);
  }

  private closure(positions: readonly number[]): readonly number[] {
    const all = new Set<number>();
    for (const position of positions) {
      for (let at = position; !all.has(at); at += 1) {
        all.add(at);
        if (!this.loops(at)) break;
      }
    }
    return [...all].sort((a, b) => a - b);
  }
}

/** Whether two patterns have a text in common: reachability over pairs of positions. */
function intersect(left: Pattern, right: Pattern, pass: Pass): boolean {
  const loops = (unit: Unit | undefined): boolean =>
    unit?.kind === 'many' || (unit?.kind === 'symbol' && pass === 'possible');
  const width = right.length + 1;
  const seen = new Uint8Array((left.length + 1) * width);
  const open: [number, number][] = [[0, 0]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [l, r] = pair;
    if (seen[l * width + r]) continue;
    seen[l * width + r] = 1;
    const a = left[l];
    const b = right[r];
    if (a === undefined && b === undefined) return true;
    if (loops(a)) {
      open.push([l + 1, r]);
      if (b !== undefined) open.push([l, r + 1]);
    }
    if (loops(b)) {
      open.push([l, r + 1]);
      if (a !== undefined) open.push([l + 1, r]);
    }
    if (a !== undefined && b !== undefined && share(a, b)) open.push([l + 1, r + 1]);
  }
  return false;
}

/** Whether one letter fits both units. */
function share(a: Unit, b: Unit): boolean {
  if (a.kind === 'one') return b.kind === 'one' || b.kind === 'char';
  if (b.kind === 'one') return a.kind === 'char';
  return (a.kind === 'char' || a.kind === 'symbol') && sameUnit(a, b);
}
