/**
 * `npm run fuzz -- --pairs 100000 --seed 1`: asks the evaluator about random policies with expressions in them, and holds its
 * answers against what the expressions turn out to be, by a second evaluator. Prints the seed of whatever is wrong.
 */
import { parseArgs } from 'node:util';
import { play } from '../test/iam/fuzz/play';

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const wanted = Number(values.pairs);
const first = Number(values.seed);
if (!Number.isSafeInteger(wanted) || wanted < 1 || !Number.isSafeInteger(first)) {
  console.error('Give --pairs a whole number above 0, and --seed a whole number.');
  process.exit(2);
}
const begun = performance.now();
const wrong: string[] = [];
let [pairs, sure, seed] = [0, 0, first];
for (; pairs < wanted; seed += 1) {
  const played = play(seed);
  pairs += played.pairs;
  sure += played.sure;
  wrong.push(...played.wrong);
}
const seconds = ((performance.now() - begun) / 1000).toFixed(1);
for (const one of wrong.slice(0, 10)) console.error(one);
console.log(
  `${pairs} pairs from seed ${first} to ${seed - 1} in ${seconds} s: ${sure} sure answers, ${wrong.length} wrong ones.`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
