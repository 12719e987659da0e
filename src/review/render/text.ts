import type { Evidence } from '../../rules';
import type { Change, Item, PermissionChange, ReviewReport } from '../report';
import { oneLine, visible } from './visible';
import {
  ACTION_WORDS,
  allClear,
  codeOf,
  countsText,
  groupsOf,
  LEVEL_WORDS,
  resourceOf,
  summaryOf,
  valueLines,
  workText,
  type Group,
} from './wording';
import { number } from '../../words';

/** Prose is broken here; commands, addresses and evidence never are, so that they can be copied. */
const WIDTH = 100;

/** For a terminal: what could not be looked at, then worst first, and a last line that sums up. Without colours. */
export function renderText(report: ReviewReport): string {
  const several = report.targets.length > 1;
  const clear = allClear(report);
  const lost = report.changes.filter(({ loses }) => loses);
  const kept = report.changes.filter(({ loses }) => !loses);
  const sections: readonly (readonly string[])[] = [
    [oneLine(report.title)],
    ...(clear === undefined ? [] : [[clear]]),
    section(
      'Could not be looked at in full',
      report.targets
        .filter(({ state }) => state !== 'complete')
        .flatMap(({ name, state, problems }) => [
          `${oneLine(name)}: ${state === 'failed' ? 'nothing could be read' : 'read in part'}`,
          ...problems.flatMap((problem) => indented(wrapped(visible(problem)))),
        ]),
    ),
    section(
      'Protection this plan removes',
      lost.flatMap((change) => changeLines(change, several)),
    ),
    ...groupsOf(report).map((group) => groupLines(group, report, several)),
    section(
      lost.length > 0 ? 'What else the plan does' : 'What the plan does',
      kept.flatMap((change) => changeLines(change, several)),
    ),
    section(
      'Permissions before and after',
      report.permissions.flatMap((change) => permissionLines(change, several)),
    ),
    section(
      'Work when it is applied',
      report.work === null
        ? []
        : [workText(report.work), ...report.work.basis.flatMap((text) => wrapped(visible(text)))],
    ),
    section(
      'Rules switched off',
      report.off.map(({ rule, reason }) => `${oneLine(rule)}: ${oneLine(reason)}`),
    ),
    section(
      'Ignores to be removed',
      report.stale.flatMap(({ ignore: { rule, address, attribute, reason, until }, why }) => {
        const place = resourceOf({ address, ...(attribute === undefined ? {} : { attribute }) });
        const decided = `it was to be ignored until ${oneLine(until)}: ${oneLine(reason)}`;
        return [`${oneLine(rule)} ${oneLine(place)}: ${oneLine(why)}`, ...indented([decided])];
      }),
    ),
    section(
      'Looked at',
      report.targets
        .filter(({ state }) => state !== 'failed')
        .map(
          (target) =>
            `${oneLine(target.name)}: ${countsText(target)}${target.concerned ? '' : '; none of it concerns exports or holds'}`,
        ),
    ),
    [summaryOf(report)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(inert).join('\n'))
    .join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title.toUpperCase(), ...indented(lines)];
}

function groupLines({ title, items, form }: Group, report: ReviewReport, several: boolean): readonly string[] {
  const heading = `${title} (${number(items.length)})`;
  if (form === 'lines') {
    return section(
      heading,
      items.flatMap((item) => shortLines(item, several)),
    );
  }
  // Under a heading of a review all items have the level that the heading names.
  const labelled = report.kind === 'drift';
  return [
    heading.toUpperCase(),
    ...items.flatMap((item, index) => [...(index === 0 ? [] : ['']), ...indented(itemLines(item, labelled, several))]),
  ];
}

function itemLines(item: Item, labelled: boolean, several: boolean): readonly string[] {
  const { headline, level, place, target, text, evidence, remedy, rule, help, changed, firstSeen } = item;
  const consequences = item.consequences ?? [];
  const code = codeOf(place).map(oneLine).join(', ');
  const resource = `${oneLine(resourceOf(place))}${several ? ` in ${oneLine(target)}` : ''}`;
  const seen = evidence.flatMap((one) => evidenceLines(one, place.address));
  return [
    `${labelled ? `${LEVEL_WORDS[level]}: ` : ''}${oneLine(headline)}`,
    ...indented([
      ...field('code', code === '' ? [] : [code]),
      ...field('at', [resource]),
      ...(firstSeen === undefined ? [] : field('known', [`since ${oneLine(firstSeen)}`])),
      ...field(
        'so',
        consequences.map((one) => `${oneLine(one.headline)} (${oneLine(one.rule)})`),
      ),
      ...field('why', wrapped(visible(text))),
      ...field('seen', seen),
      ...field('do', remedy === '' ? [] : visible(remedy).split('\n')),
      ...field('rule', [`${oneLine(rule)}${help === undefined ? '' : ` (${oneLine(help)})`}`]),
      ...(changed === undefined
        ? []
        : field('set', [
            `from ${LEVEL_WORDS[changed.from]} to ${LEVEL_WORDS[item.severity]}: ${oneLine(changed.reason)}`,
          ])),
    ]),
  ];
}

/** What is quoted in several lines has a bar before it, which keeps it apart from what is said. */
function evidenceLines({ what, text, origin }: Evidence, address: string): readonly string[] {
  const name = `${oneLine(what)}${origin.address === address ? '' : `, at ${oneLine(resourceOf(origin))}`}`;
  const lines = text === undefined ? [] : visible(text).split('\n');
  if (lines.length < 2) return [[name, ...lines].join(': ')];
  return [`${name}:`, ...lines.map((line) => `| ${line}`)];
}

/** Name of the field in a column of its own. */
function field(name: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `${(index === 0 ? name : '').padEnd(7)}${line}`.trimEnd());
}

/** What does not count: the point, where, and who decided so. */
function shortLines(
  { headline, level, place, target, rule, ignored, firstSeen, text, consequences = [] }: Item,
  several: boolean,
): readonly string[] {
  const where = [...codeOf(place), resourceOf(place), rule, ...(several ? [target] : [])].map(oneLine).join(', ');
  const label = ignored === undefined ? '' : `${LEVEL_WORDS[level]}: `;
  return [
    `${label}${oneLine(headline)}`,
    ...indented([
      where,
      ...(ignored === undefined ? [] : [`ignored until ${oneLine(ignored.until)}: ${oneLine(ignored.reason)}`]),
      ...consequences.map((one) => `- ${oneLine(one.headline)} (${oneLine(one.rule)})`),
      ...(ignored === undefined && text !== '' ? wrapped(visible(text)) : []),
      ...(firstSeen === undefined || level === 'pass' ? [] : [`known since ${oneLine(firstSeen)}`]),
    ]),
  ];
}

function changeLines(change: Change, several: boolean): readonly string[] {
  const { place, action, previousAddress, sentences, target } = change;
  const names = [...codeOf(place), resourceOf(place)].map(oneLine);
  const moved = previousAddress === undefined ? '' : `, before ${oneLine(previousAddress)}`;
  return [
    `${ACTION_WORDS[action]}: ${names.join(', ')}${moved}${several ? ` in ${oneLine(target)}` : ''}`,
    ...indented([...sentences.map(oneLine), ...valueLines(change, oneLine)]),
  ];
}

function permissionLines(
  { holder, place, target, removed, added, unseen }: PermissionChange,
  several: boolean,
): readonly string[] {
  const names = [oneLine(holder), ...codeOf(place).map(oneLine), `policy ${oneLine(resourceOf(place))}`];
  return [
    `${names.join(', ')}${several ? ` in ${oneLine(target)}` : ''}`,
    ...indented([
      ...removed.map((line) => `- ${oneLine(line)}`),
      ...added.map((line) => `+ ${oneLine(line)}`),
      ...(unseen === null ? [] : [`unknown: ${oneLine(unseen)}`]),
    ]),
  ];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

/** Lines of prose, none wider than {@link WIDTH} unless a word is. */
function wrapped(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(' ')) {
      if (current !== '' && current.length + 1 + word.length > WIDTH) {
        lines.push(current);
        current = word;
      } else current = current === '' ? word : `${current} ${word}`;
    }
    return [...lines, current].filter((one) => one !== '');
  });
}

/**
 * A runner of GitHub Actions takes a line that starts with `::`, after any white space, for a command, and `##[` anywhere:
 * a name in a plan could switch off the masking of secrets.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function inert(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1\\:').replaceAll('##[', '#\\#[');
}
