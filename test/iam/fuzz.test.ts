/** Seeds that never change; `npm run fuzz -- --pairs 100000 --seed N` plays others. */
import { play } from './fuzz/play';

test('500 seeds: no answer is contradicted by what the expressions turn out to be', () => {
  const played = Array.from({ length: 500 }, (_, seed) => play(seed));
  expect(played.flatMap(({ wrong }) => wrong)).toEqual([]);
  const count = (of: 'pairs' | 'sure'): number => played.reduce((sum, one) => sum + one[of], 0);
  expect(count('pairs')).toBeGreaterThan(1000);
  expect(count('sure')).toBeGreaterThan(300);
});
