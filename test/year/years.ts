/** Fixed years, for the suite: two files of them, so that two processes play them side by side. */
import { COUNTERS, Totals } from './counters';
import { playYear } from './play';

/** Plays them. Throws an error of jest for the first that says something untrue, and where nothing of a kind has happened. */
export async function expectTrueYears(first: number, years: number): Promise<void> {
  const totals = new Totals();
  for (let seed = first; seed < first + years; seed += 1) {
    const { wrong, counts } = await playYear(seed);
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    totals.add(counts);
  }
  // A year in which nothing of it happens proves nothing. That nothing is exported again is what is hoped for.
  const missing = COUNTERS.filter((name) => name !== 'exported again' && totals.of(name) === 0);
  expect(missing).toEqual([]);
}
