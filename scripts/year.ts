/**
 * `npm run year -- --seeds 1000 [--first 0]`: plays years of a legal department, with retention, late conversations, erasures
 * and applies at random nights, and prints what was said and is not true. A seed that fails is played again by
 * `npm run year -- --first SEED --seeds 1`.
 */
import { parseArgs } from 'node:util';
import { COUNTERS, playYear } from '../test/year/play';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '1000' }, first: { type: 'string', default: '0' } },
  });
  const [first, seeds] = [Number(values.first), Number(values.seeds)];
  const begun = Date.now();
  const totals = new Map<string, number>();
  let wrong = 0;
  for (let seed = first; seed < first + seeds; seed += 1) {
    const year = await playYear(seed);
    for (const name of COUNTERS) {
      const [so, now] = [totals.get(name) ?? 0, year.counts[name]];
      totals.set(name, name.startsWith('most') ? Math.max(so, now) : so + now);
    }
    if (year.wrong.length === 0) continue;
    wrong += 1;
    console.log(`seed ${seed}: ${year.wrong.join('\n  ')}`);
  }
  console.log(
    `years ${first} to ${first + seeds - 1} in ${Math.round((Date.now() - begun) / 1_000)} s; wrong: ${wrong}`,
  );
  for (const [name, times] of totals) console.log(`  ${name}: ${times}`);
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
