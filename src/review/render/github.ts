import type { Item, ReviewReport } from '../report';
import { annotatedItems, sourceLine } from './annotations';
import { oneLine, visible } from './visible';
import { codeOf, resourceOf, summaryOf } from './wording';

type Command = 'error' | 'warning' | 'notice';

/**
 * Workflow commands of GitHub Actions, one a line, worst first: they become annotations of the run and, where the source
 * line is known, of the changed files. A run shows ten errors, ten warnings and ten notices of each step, so the last line
 * sums up. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub(report: ReviewReport): string {
  const unseen = report.targets
    .filter(({ state }) => state !== 'complete')
    .map(({ name, state, problems }) =>
      command(state === 'failed' ? 'error' : 'warning', {
        title: `${name} could not be looked at${state === 'failed' ? '' : ' in full'}`,
        message: problems.length === 0 ? 'The reason is not known.' : problems.join('\n'),
      }),
    );
  const items = annotatedItems(report);
  const lines = [
    ...unseen,
    ...items.filter(({ ignored }) => ignored === undefined).map(itemCommand),
    ...items.filter(({ ignored }) => ignored !== undefined).map(itemCommand),
    command('notice', { title: report.title, message: summaryOf(report) }),
  ];
  return `${lines.join('\n')}\n`;
}

const COMMANDS = { error: 'error', warn: 'warning', unknown: 'warning', note: 'notice', pass: 'notice' } as const;

function itemCommand({ level, headline, text, remedy, rule, place, target, ignored, consequences = [] }: Item): string {
  const source = sourceLine(place);
  const where = [...codeOf(place), resourceOf(place), target].map(oneLine).join(', ');
  const message = [
    ...(level === 'unknown' ? ['This is unknown.'] : []),
    ...consequences.map((one) => `- ${one.headline} (${one.rule})`),
    text,
    ...(remedy === '' ? [] : [`What to do: ${remedy}`]),
    ...(ignored === undefined ? [] : [`Ignored until ${ignored.until}: ${ignored.reason}`]),
    `${where} (${rule})`,
  ];
  return command(ignored === undefined ? COMMANDS[level] : 'notice', {
    ...(source === undefined ? {} : { file: source.file, line: String(source.line) }),
    title: headline,
    message: message.filter((part) => part !== '').join('\n'),
  });
}

interface Annotation {
  readonly file?: string;
  readonly line?: string;
  readonly title: string;
  readonly message: string;
}

function command(name: Command, { message, ...properties }: Annotation): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${propertyText(value)}`);
  return `::${name} ${given.join(',')}::${dataText(message)}`;
}

/** A property also ends at a colon and a comma. */
function propertyText(text: string): string {
  return dataText(oneLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function dataText(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}
