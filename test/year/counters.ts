/** What a year has in it: a year without any of it proves nothing. */
export const COUNTERS = [
  'applies',
  'looks',
  'quiet plans',
  'late conversations held',
  'deleted before any apply',
  'deleted after a warning',
  'deleted after the release',
  'erased while held',
  'protected by hand',
  'applies that were killed',
  'releases',
  'releases that were killed',
  'releases refused without a reason',
  'kept for the other matter',
  'let go of',
  'left held as a person wanted it',
  'nothing held in the end',
  'questions: conversation',
  'questions: matter',
  'orphans found',
  'orphans: none',
  'status: done',
  'status: open',
  'drift: clean',
  'drift: red',
  'drift: unknown',
  'reconciled',
  'jobs',
  'exported again',
  'most requests a look',
] as const;

export type Counter = (typeof COUNTERS)[number];

/** Counts of several years together. */
export class Totals {
  private readonly sums = new Map<Counter, number>(COUNTERS.map((name) => [name, 0]));

  add(counts: Readonly<Record<Counter, number>>): void {
    for (const name of COUNTERS) {
      const [so, now] = [this.of(name), counts[name]];
      this.sums.set(name, name.startsWith('most') ? Math.max(so, now) : so + now);
    }
  }

  of(name: Counter): number {
    return this.sums.get(name) ?? 0;
  }
}
