import { playWithout } from './bundle';
import { Counters } from './counters';
import { LEFT_OUT } from './left-out';
import { SCRIPTS } from './scripts';
import { simulate } from './simulate';

const SEEDS = Array.from({ length: 500 }, (_, index) => index + 1);

describe('matters on several machines over shared conversations', () => {
  it('keeps the invariants, whatever is killed, paused, lost or late, and meets all of it', async () => {
    const broken: string[] = [];
    const counters = new Counters();
    for (const seed of SEEDS) {
      const result = await simulate(seed);
      counters.merge(result.counters);
      if (result.broken.length > 0) broken.push(`seed ${seed}: ${result.broken.join('; ')}`);
    }
    expect(broken).toEqual([]);
    expect(counters.entries().filter(([, count]) => count === 0)).toEqual([]);
  });

  it('replays a seed exactly', async () => {
    const [once, again] = [await simulate(17), await simulate(17)];
    expect(again.counters.entries()).toEqual(once.counters.entries());
  });

  it.each(Object.keys(SCRIPTS))('keeps them in the script about %s', async (step) => {
    expect((await SCRIPTS[step]!()).broken).toEqual([]);
  });
});

describe('the protocol with a step left out', () => {
  it.each(LEFT_OUT)('breaks without $step', async (leftOut) => {
    const play = await playWithout(leftOut);
    const script = play.SCRIPTS[leftOut.step];
    const results = [
      ...(script === undefined ? [] : [await script()]),
      ...(await Promise.all(leftOut.seeds.map((seed) => play.simulate(seed)))),
    ];
    expect(results).not.toEqual([]);
    for (const { broken } of results) expect(broken).not.toEqual([]);
  });
});
