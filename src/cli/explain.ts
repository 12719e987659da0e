import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES, rulePage, rulesIndex } from '../rules';
import { CommandError, textOf, type Command } from './command';
import { didYouMean } from './nearest';
import { packageInfo } from './package-root';
import { formatOptions, outputsOf, PLAIN_FORMATS, writeOutputs } from './report-outputs';

/** `genesyscloud-compliance explain` */
export const explain: Command = {
  name: 'explain',
  summary: 'say what a rule demands, why, and how to fix what it finds',
  details:
    'Prints the page of a rule, e.g. "genesyscloud-compliance explain hold/release-guard"; "explain drift" prints all about\n' +
    'drift; without a rule, the list of all. What it prints is that of this version.\n' +
    'Exit code: 0, or 1 when there is no such rule.',
  argument: 'rule',
  examples: ['explain', 'explain hold/release-guard', 'explain drift'],
  options: [
    { name: 'rule', value: 'RULE', description: 'the rule; may be written without --rule' },
    ...formatOptions(PLAIN_FORMATS),
  ],
  async run(options, terminal) {
    const outputs = outputsOf(options, PLAIN_FORMATS);
    const docs = join(packageInfo().root, 'docs');
    const [drift, review] = ['drift.md', 'review.md'].map((name) => readFileSync(join(docs, name), 'utf8')) as [
      string,
      string,
    ];
    const rule = textOf(options, 'rule');
    const page =
      rule === undefined
        ? `${rulesIndex(RULES)}\n${section(drift, '## Rules') ?? ''}`
        : rule === 'drift'
          ? drift
          : (section(drift, `### ${rule}`) ?? section(review, `### ${rule}`) ?? pageOf(rule));
    if (page === undefined) {
      const inPages = [...`${drift}\n${review}`.matchAll(/^### ([a-z]+\/[a-z-]+)$/gm)].map(([, id = '']) => id);
      const all = [...RULES.map(({ id }) => id), ...inPages];
      throw new CommandError(
        `There is no rule "${rule}".${didYouMean(rule ?? '', all)} The rules are:\n${all.map((id) => `  ${id}`).join('\n')}`,
      );
    }
    const json = `${JSON.stringify({ version: 1, rule: rule ?? null, page }, null, 2)}\n`;
    await writeOutputs(outputs, (format) => (format === 'json' ? json : page), terminal);
    return 0;
  },
};

function pageOf(id: string): string | undefined {
  const rule = RULES.find((one) => one.id === id);
  return rule === undefined ? undefined : rulePage(rule);
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
