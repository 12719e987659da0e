import { simulateWithout } from './bundle';
import { LEFT_OUT } from './left-out';
import { simulate } from './simulate';

const SEEDS = Array.from({ length: 500 }, (_, index) => index + 1);

describe('matters on several machines over shared conversations', () => {
  it('keeps the invariants, whatever is killed, paused, lost or late', async () => {
    const broken: string[] = [];
    for (const seed of SEEDS) {
      const result = await simulate(seed);
      if (result.broken.length > 0) broken.push(`seed ${seed}: ${result.broken.join('; ')}`);
    }
    expect(broken).toEqual([]);
  });

  it('replays a seed exactly', async () => {
    const [once, again] = [await simulate(17), await simulate(17)];
    expect(again.counters.entries()).toEqual(once.counters.entries());
  });
});

describe('the protocol with a step left out', () => {
  it.each(LEFT_OUT.filter(({ seeds }) => seeds.length > 0))('breaks without $step', async (leftOut) => {
    const play = await simulateWithout(leftOut);
    for (const seed of leftOut.seeds) expect((await play(seed)).broken).not.toEqual([]);
  });
});
