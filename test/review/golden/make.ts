/**
 * Makes the golden plans and answers anew: `npx tsx test/review/golden/make.ts [case …]`. Without names, all of them.
 * Takes the real terraform on the PATH, and nothing else; where nothing changed, the files stay the same to the byte.
 * With --answers first the plans stay as they are, and only what is said about them is written.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersTo, folderOf, logText } from './answers';
import { GOLDEN_CASES } from './cases';
import { record } from './record';

async function main(words: readonly string[]): Promise<void> {
  const onlyAnswers = words[0] === '--answers';
  const names = onlyAnswers ? words.slice(1) : words;
  for (const golden of GOLDEN_CASES.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const folder = folderOf(golden.name);
    mkdirSync(folder, { recursive: true });
    if (!onlyAnswers) {
      const { plan, log } = await record(golden);
      writeFileSync(join(folder, 'plan.json'), `${JSON.stringify(plan, null, 1)}\n`);
      if (log.length > 0) writeFileSync(join(folder, 'plan.log'), logText(log));
      const tree = golden.after['cdk.tf.json'];
      if (tree !== undefined) writeFileSync(join(folder, 'cdk.tf.json'), tree);
    }
    for (const [file, text] of Object.entries(await answersTo(golden.name))) writeFileSync(join(folder, file), text);
    console.log(golden.name);
  }
}

void main(process.argv.slice(2));
