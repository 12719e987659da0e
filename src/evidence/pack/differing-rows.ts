/** Which lines of a file were changed, removed, added or moved, by the digests that they had. Pure. */

/** One line that is not as it was. Numbers count from 1. */
export interface DifferingRow {
  readonly kind: 'changed' | 'removed' | 'added' | 'moved';
  /** Where it was; of an added line, where it is. */
  readonly row: number;
  /** Of a moved one: where it is now. */
  readonly now?: number;
}

/** Differences that are named; the rest is counted. */
const NAMED = 50;

/** Compares the digests that lines had with those that they have. */
export function differingRows(
  were: readonly string[],
  are: readonly string[],
): { readonly rows: readonly DifferingRow[]; readonly count: number } {
  const [known, there] = [new Map<string, number>(), new Map<string, number>()];
  were.forEach((digest, at) => known.set(digest, at + 1));
  are.forEach((digest, at) => there.set(digest, at + 1));
  const rows: DifferingRow[] = [];
  let count = 0;
  const say = (row: DifferingRow): void => {
    count += 1;
    if (rows.length < NAMED) rows.push(row);
  };
  let before = 0;
  let now = 0;
  while (before < were.length || now < are.length) {
    const [was, is] = [were[before], are[now]];
    if (was !== undefined && was === is) {
      before += 1;
      now += 1;
    } else if (was !== undefined && is !== undefined && !there.has(was) && !known.has(is)) {
      say({ kind: 'changed', row: before + 1 });
      before += 1;
      now += 1;
    } else if (was !== undefined && !there.has(was)) {
      say({ kind: 'removed', row: before + 1 });
      before += 1;
    } else if (is !== undefined && (!known.has(is) || was === undefined)) {
      say({ kind: 'added', row: now + 1 });
      now += 1;
    } else {
      // Both are elsewhere, too.
      const place = was === undefined ? undefined : there.get(was);
      say({ kind: 'moved', row: before + 1, ...(place === undefined ? {} : { now: place }) });
      before += 1;
      if (is !== undefined) now += 1;
    }
  }
  return { rows, count };
}

/** In words: `line 17 was changed`. */
export function rowWords({ kind, row, now }: DifferingRow): string {
  switch (kind) {
    case 'changed':
      return `line ${row} was changed`;
    case 'removed':
      return `line ${row} was removed`;
    case 'added':
      return `line ${row} was added`;
    case 'moved':
      return now === undefined ? `line ${row} is not in its place` : `line ${row} was moved to line ${now}`;
  }
}
