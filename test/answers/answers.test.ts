/**
 * Applies against a Genesys Cloud that answers falsely, at any request and in any way: they fail or converge, and never say
 * more than is true. `npm run answers -- --seeds 10000` plays many more.
 */
import { play } from './play';
import { PAIRS } from './pairs';

const SEEDS = 500;
const PARTS = 10;

describe('an apply that meets false answers fails or converges, and never says more than is true', () => {
  const met = new Set<string>();
  let converged = 0;

  test.each(Array.from({ length: PARTS }, (_, part) => part))('part %d of the seeds', async (part) => {
    const wrong: string[] = [];
    for (let seed = part; seed < SEEDS; seed += PARTS) {
      const outcome = await play(seed);
      if (outcome.converged) converged += 1;
      for (const pair of outcome.met) met.add(pair);
      wrong.push(...outcome.wrong.map((what) => `seed ${seed}: ${what}`));
    }
    expect(wrong).toEqual([]);
  });

  test('most of them are fully held in the end, and nearly every false answer was met', () => {
    expect(converged).toBeGreaterThan(SEEDS / 2);
    expect(met.size).toBeGreaterThan(PAIRS.length * 0.7);
  });
});
