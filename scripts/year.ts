/**
 * `npm run year -- --seeds 1000 [--first 0]`: plays years of a legal department, with retention, late conversations, erasures
 * and applies at random nights, and prints what was said and is not true. A seed that fails is played again by
 * `npm run year -- --first SEED --seeds 1`.
 */
import { parseArgs } from 'node:util';
import { COUNTERS, Totals } from '../test/year/counters';
import { playYear } from '../test/year/play';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '1000' }, first: { type: 'string', default: '0' } },
  });
  const [first, seeds] = [Number(values.first), Number(values.seeds)];
  const begun = Date.now();
  const totals = new Totals();
  let wrong = 0;
  for (let seed = first; seed < first + seeds; seed += 1) {
    const year = await playYear(seed);
    totals.add(year.counts);
    if (year.wrong.length === 0) continue;
    wrong += 1;
    console.log(`seed ${seed}: ${year.wrong.join('\n  ')}`);
  }
  console.log(
    `years ${first} to ${first + seeds - 1} in ${Math.round((Date.now() - begun) / 1_000)} s; wrong: ${wrong}`,
  );
  for (const name of COUNTERS) console.log(`  ${name}: ${totals.of(name)}`);
  return wrong === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
