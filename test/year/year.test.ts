/** Fifty years of a legal department. `npm run year -- --seeds 1000` plays more of them. */
import { COUNTERS, playYear } from './play';

test('in fifty years nothing that is said is untrue, and nothing late stays unseen', async () => {
  const totals = new Map<string, number>();
  for (let seed = 0; seed < 50; seed += 1) {
    const { wrong, counts } = await playYear(seed);
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    for (const name of COUNTERS) totals.set(name, (totals.get(name) ?? 0) + counts[name]);
  }
  // A year in which nothing of it happens proves nothing. That nothing is exported again is what is hoped for.
  for (const name of COUNTERS.filter((each) => each !== 'exported again'))
    expect({ name, times: totals.get(name) }).not.toEqual({ name, times: 0 });
}, 300_000);
