/**
 * `npm run answers -- --seeds 10000 [--first 0]`: plays applies against a Genesys Cloud that answers falsely, and prints what
 * was said and is not true. A seed that fails is played again by `npm run answers -- --first SEED --seeds 1`.
 */
import { parseArgs } from 'node:util';
import { play } from '../test/answers/play';
import { PAIRS } from '../test/answers/pairs';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '10000' }, first: { type: 'string', default: '0' } },
  });
  const [first, seeds] = [Number(values.first), Number(values.seeds)];
  const begun = Date.now();
  const met = new Map(PAIRS.map(({ operation, kind }) => [`${operation} ${kind}`, 0]));
  const reasons = new Map<string, number>();
  let converged = 0;
  let wrong = 0;
  for (let seed = first; seed < first + seeds; seed += 1) {
    const outcome = await play(seed);
    if (outcome.converged) converged += 1;
    for (const pair of new Set(outcome.met)) met.set(pair, (met.get(pair) ?? 0) + 1);
    if (outcome.wrong.length > 0) {
      wrong += 1;
      console.log(`seed ${seed}: ${outcome.wrong.join('; ')}`);
    }
    if (!outcome.converged || seeds === 1) {
      const reason = (outcome.errors.at(-1) ?? 'no error').split('\n')[0] ?? '';
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (seeds === 1) console.log(outcome);
    }
  }
  const rare = [...met].filter(([, times]) => times < 10);
  console.log(`seeds ${first} to ${first + seeds - 1} in ${Math.round((Date.now() - begun) / 1_000)} s`);
  console.log(`converged to fully held: ${converged} (${((100 * converged) / seeds).toFixed(1)} %)`);
  console.log(`said what is not true: ${wrong}`);
  console.log(`pairs of operation and false answer: ${met.size}, met less than ten times: ${rare.length}`);
  for (const [pair, times] of rare.slice(0, 30)) console.log(`  ${pair}: ${times}`);
  for (const [reason, times] of [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 15))
    console.log(`  ${times} x ${reason}`);
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
