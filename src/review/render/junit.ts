import type { Item, ReviewReport, Target } from '../report';
import { visible } from './visible';
import { LEVEL_WORDS, resourceOf } from './wording';

/**
 * JUnit's XML, as Jenkins and GitLab read it: a suite for each target, and in it a case for each answer, passes too. A
 * mistake is a failure, what could not be looked at is an error, and what is unknown or is ignored is skipped, with the
 * reason. The names of cases stay the same from run to run.
 */
export function renderJunit(report: ReviewReport): string {
  const names = new Set([...report.targets.map(({ name }) => name), ...report.items.map(({ target }) => target)]);
  const states = new Map(report.targets.map((target) => [target.name, target]));
  const members = new Map<string, Item[]>([...names].map((name) => [name, []]));
  for (const item of report.items) members.get(item.target)?.push(item);
  const suites = [...names].map((name) => suiteOf(name, states.get(name), members.get(name) ?? []));
  const sum = (key: 'tests' | 'failures' | 'errors'): number => suites.reduce((all, one) => all + one[key], 0);
  const head = attributes({
    name: `genesyscloud-compliance ${report.kind}`,
    tests: sum('tests'),
    failures: sum('failures'),
    errors: sum('errors'),
  });
  const lines = suites.map(({ text }) => text);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', head, lines, '')}\n`;
}

interface Suite {
  readonly text: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
}

function suiteOf(name: string, target: Target | undefined, items: readonly Item[]): Suite {
  const failures = items.filter(isFailure).length;
  const skipped = items.filter((item) => !isFailure(item) && skipReason(item) !== undefined).length;
  const errors = target === undefined || target.state === 'complete' ? 0 : 1;
  // A suite always has a case: where nothing belongs to this product, Jenkins would else complain about an empty report.
  const cases = [...(target === undefined ? [] : [lookCase(target)]), ...items.map(itemCase)];
  const head = attributes({ name, tests: cases.length, failures, errors, skipped });
  return { text: element('testsuite', head, cases, '  '), tests: cases.length, failures, errors };
}

function lookCase({ state, problems }: Target): string {
  const head = attributes({ name: 'could be looked at', classname: 'look' });
  if (state === 'complete') return element('testcase', head, [], '    ');
  const message = state === 'failed' ? 'Nothing could be read' : 'Read in part';
  return element('testcase', head, [outcome('error', state, message, problems.join('\n'))], '    ');
}

function itemCase(item: Item): string {
  const { id, rule, level, headline } = item;
  const name = id.startsWith(`${rule} `) ? id.slice(rule.length + 1) : id;
  const head = attributes({ name, classname: rule });
  const skip = skipReason(item);
  const inner = isFailure(item)
    ? [outcome('failure', LEVEL_WORDS[level], headline, details(item))]
    : skip !== undefined
      ? [outcome('skipped', item.ignored === undefined ? 'unknown' : 'ignored', skip, details(item))]
      : level === 'note'
        ? [`      <system-out>${escaped(noteText(item))}</system-out>`]
        : [];
  return element('testcase', head, inner, '    ');
}

function noteText({ headline, text, consequences = [] }: Item): string {
  return [`${headline}. ${text}`, ...consequences.map((one) => `- ${one.headline} (${one.rule})`)].join('\n');
}

function isFailure({ level, ignored }: Item): boolean {
  return ignored === undefined && (level === 'error' || level === 'warn');
}

/** Why it neither passes nor fails. */
function skipReason({ level, ignored, headline }: Item): string | undefined {
  if (level === 'pass') return undefined;
  if (ignored !== undefined) return `Ignored until ${ignored.until}: ${ignored.reason}`;
  return level !== 'unknown' ? undefined : /^unknown/i.test(headline) ? headline : `Unknown: ${headline}`;
}

function details({ headline, text, place, evidence, remedy, help, firstSeen, consequences = [] }: Item): string {
  const seen = evidence.map(({ what, text: said }) => `${what}${said === undefined ? '' : `:\n${said}`}`);
  const where = [place.constructPath, place.source, resourceOf(place)].filter((part) => part !== undefined).join(', ');
  return [
    `${headline}.`,
    consequences.map((one) => `- ${one.headline} (${one.rule})`).join('\n'),
    text,
    `At ${where}`,
    ...seen,
    ...(remedy === '' ? [] : [`What to do:\n${remedy}`]),
    ...(firstSeen === undefined ? [] : [`First seen: ${firstSeen}`]),
    ...(help === undefined ? [] : [`More: ${help}`]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function outcome(name: 'failure' | 'error' | 'skipped', type: string, message: string, text: string): string {
  return `      <${name}${attributes({ type, message })}>${escaped(text)}</${name}>`;
}

function element(name: string, head: string, inner: readonly string[], indent: string): string {
  if (inner.length === 0) return `${indent}<${name}${head}/>`;
  return `${indent}<${name}${head}>\n${inner.join('\n')}\n${indent}</${name}>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Of what {@link visible} leaves, XML 1.0 takes every character. https://www.w3.org/TR/xml/#charsets */
function escaped(text: string): string {
  return visible(text).replace(/[&<>"]/g, (char) => REFERENCES[char] ?? char);
}
