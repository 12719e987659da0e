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
    'Prints the page of a rule, e.g. "genesyscloud-compliance explain hold/release-guard"; "explain drift" prints all about\n' +
    'drift; without a rule, the list of all. The pages are part of the package (docs), so they match its version.',
  argument: 'rule',
  options: [
    { name: 'rule', value: 'RULE', description: 'the rule; may be written without --rule' },
    { name: 'help', description: 'print this text' },
  ],
  run(options, terminal) {
    const docs = join(packageInfo().root, 'docs');
    const folder = join(docs, 'rules');
    const drift = readFileSync(join(docs, 'drift.md'), 'utf8');
    const rule = textOf(options, 'rule');
    const page =
      rule === undefined
        ? `${readFileSync(join(folder, 'README.md'), 'utf8')}\n${section(drift, '## Rules') ?? ''}`
        : rule === 'drift'
          ? drift
          : (section(drift, `### ${rule}`) ?? pageOf(folder, rule));
    if (page === undefined) {
      const all = [...known(folder), ...[...drift.matchAll(/^### (drift\/.*)$/gm)].map(([, id = '']) => id)];
      throw new CommandError(`There is no rule "${rule}". The rules are:\n${all.map((id) => `  ${id}`).join('\n')}`);
    }
    terminal.out(page);
    return Promise.resolve(0);
  },
};

function pageOf(folder: string, rule: string): string | undefined {
  const page = join(folder, `${rule}.md`);
  return RULE.test(rule) && existsSync(page) ? readFileSync(page, 'utf8') : undefined;
}

/** A section of a page: its heading and everything up to the next one of its level. */
function section(page: string, heading: string): string | undefined {
  const lines = page.split('\n');
  const from = lines.indexOf(heading);
  if (from < 0) return undefined;
  const level = `${heading.split(' ')[0]} `;
  const length = lines.slice(from + 1).findIndex((line) => line.startsWith(level));
  return `${lines
    .slice(from, length < 0 ? undefined : from + 1 + length)
    .join('\n')
    .trimEnd()}\n`;
}

function known(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md') && entry.name !== 'README.md')
    .map((entry) => relative(folder, join(entry.path, entry.name)).replaceAll('\\', '/').replace(/\.md$/, ''))
    .sort();
}
