/** The provider, killed before and after each request of an apply: the next apply converges, and nothing is exported twice. */
import { setMaxListeners } from 'node:events';
import { context } from '../framework/support/driver';
import { crash } from './play';

// A killed process takes none of its listeners away.
setMaxListeners(0, context.signal);

/** More requests than an apply makes. */
const MANY = 400;

describe.each([
  ['before', 'deletion protection', false],
  ['after', 'deletion protection', false],
  ['before', 'the compliance API', true],
  ['after', 'the compliance API', true],
] as const)('killed %s each request, with %s', (when, _api, compliance) => {
  test('leaves what the next apply finishes', async () => {
    const wrong: string[] = [];
    let at = 1;
    for (; at < MANY; at += 1) {
      const outcome = await crash(at, when, compliance);
      if (!outcome.killed) break;
      if (!outcome.converged) wrong.push(`request ${at}: not converged`);
      if (outcome.exports !== 1) wrong.push(`request ${at}: ${outcome.exports} jobs were executed`);
      wrong.push(...outcome.wrong.map((what) => `request ${at}: ${what}`));
    }
    expect(wrong).toEqual([]);
    // An apply of an export and its hold takes this many requests at least.
    expect(at).toBeGreaterThan(20);
    expect(at).toBeLessThan(MANY);
  });
});
