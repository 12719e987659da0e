/** The golden plans are what terraform makes of them today. Some are made anew here; `make.ts` makes all of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, logText } from './answers';
import { GOLDEN_CASES } from './cases';
import { record } from './record';

test.each(['shortened', 'wrapped', 'policy-weakened', 'cdktf-wrapped', 'destroy-all-refused'])('%s', async (name) => {
  const golden = GOLDEN_CASES.find((one) => one.name === name)!;

  const { plan, log } = await record(golden);

  expect(plan).toEqual(JSON.parse(readFileSync(join(folderOf(name), 'plan.json'), 'utf8')));
  if (log.length > 0) expect(logText(log)).toBe(readFileSync(join(folderOf(name), 'plan.log'), 'utf8'));
  const tree = golden.after['cdk.tf.json'];
  if (tree === undefined) return;
  expect(JSON.parse(readFileSync(join(folderOf(name), 'cdk.tf.json'), 'utf8'))).toEqual(JSON.parse(tree));
});
