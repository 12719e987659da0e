import { enumerated } from '../../words';
import type { Moment } from '../../facts';
import type { Example, Prose, Rule, Source } from '../rule';
import { code, paragraph, table } from './markdown';

const LANGUAGES = { hcl: 'hcl', cdktf: 'ts', json: 'json', console: 'console' } as const;

const WHEN: Readonly<Record<Moment, string>> = { synth: 'at synth', plan: 'in the plan', live: 'live' };

/** The page of a rule, in Markdown: docs/rules/<id>.md, and what `explain` prints. */
export function rulePage(rule: Rule): string {
  const { id, title, severity, moments, looksAt, why, remedy, compliant, nonCompliant, sources } = rule;
  const parts = [
    `# ${id}`,
    paragraph(sentence(title)),
    `Severity: ${severity}. Decided ${enumerated(moments.map((moment) => WHEN[moment]))}.`,
    ...section('What it looks at', prose(looksAt)),
    ...section('Why', prose(why)),
    ...section('What to do', prose(remedy)),
    ...section('Compliant', compliant.map(example)),
    ...section('Not compliant', nonCompliant.map(example)),
    ...section('Sources', sources.length === 0 ? [] : [sources.map(source).join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(heading: string, parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [] : [`## ${heading}`, ...parts];
}

function prose(parts: Prose): readonly string[] {
  return parts.map((part) => (typeof part === 'string' ? paragraph(part) : table(part)));
}

function example({ language, text, caption }: Example): string {
  const block = code(LANGUAGES[language], text);
  return caption === undefined ? block : `${paragraph(caption)}\n\n${block}`;
}

function source({ title, url }: Source): string {
  return url === undefined ? `- ${title}` : `- [${title}](${url})`;
}

/** A half sentence as a whole one. It may begin with code. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
