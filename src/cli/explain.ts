import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CommandError, textOf, type Command } from './command';
import { packageInfo } from './package-root';

/** What a rule is called: room and name. Nothing else reaches the file system. */
const RULE = /^[a-z0-9-]+\/[a-z0-9-]+$/;

/** `genesyscloud-compliance explain` */
export const explain: Command = {
  name: 'explain',
  summary: 'say what a rule demands, why, and how to fix what it finds',
  details:
    'Prints the page of a rule, e.g. "genesyscloud-compliance explain hold/release-guard"; without a rule, the list of all.\n' +
    'Findings name their rule in brackets. The pages are part of the package (docs/rules), so they match its version.',
  argument: 'rule',
  options: [
    { name: 'rule', value: 'RULE', description: 'the rule; may be written without --rule' },
    { name: 'help', description: 'print this text' },
  ],
  run(options, terminal) {
    const folder = join(packageInfo().root, 'docs', 'rules');
    const rule = textOf(options, 'rule');
    if (rule === undefined) {
      terminal.out(readFileSync(join(folder, 'README.md'), 'utf8'));
      return Promise.resolve(0);
    }
    const page = join(folder, `${rule}.md`);
    if (!RULE.test(rule) || !existsSync(page)) {
      throw new CommandError(`There is no rule "${rule}". The rules are:\n${known(folder)}`);
    }
    terminal.out(readFileSync(page, 'utf8'));
    return Promise.resolve(0);
  },
};

function known(folder: string): string {
  const rules = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md') && entry.name !== 'README.md')
    .map((entry) => relative(folder, join(entry.path, entry.name)).replaceAll('\\', '/').replace(/\.md$/, ''));
  return rules
    .sort()
    .map((rule) => `  ${rule}`)
    .join('\n');
}
