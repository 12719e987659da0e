/** The word somebody meant: for "did you mean". */

/** The candidate that is closest to a word with a typing mistake; undefined when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const given = word.toLowerCase();
  const rated = candidates
    .map((candidate) => ({ candidate, steps: distance(given, candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  const [best] = rated;
  const begun = candidates.filter((one) => {
    const known = one.toLowerCase();
    return given.length >= 3 && (known.startsWith(given) || (known.length >= 3 && given.startsWith(known)));
  });
  if (begun.length === 1) return begun[0];
  return best !== undefined && best.steps <= Math.max(1, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}

/** ` Did you mean "status"?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[], before = ''): string {
  const meant = nearest(word, candidates);
  return meant === undefined || meant === word ? '' : ` Did you mean "${before}${meant}"?`;
}

/** Letters to change, add, leave out or swap with their neighbour. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (rows[row - 1]?.[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (rows[row - 1]?.[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (rows[row - 2]?.[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows[row] = current;
  }
  return rows[a.length]?.[b.length] ?? 0;
}
