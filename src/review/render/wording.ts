/** Words that the renderers share. */

import { isTerraformWarning } from '../terraform-log';
import type { Origin } from '../../facts';
import {
  tally,
  type Action,
  type Change,
  type Item,
  type Level,
  type ReviewReport,
  type Target,
  type WorkEstimate,
} from '../report';
import { counted, number } from '../../words';

/** What a level is called beside an item. */
export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  error: 'error',
  warn: 'warning',
  unknown: 'unknown',
  note: 'note',
  pass: 'passed',
};

/** What Terraform is about to do, as a heading of a row. */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  destroy: 'destroy',
  replace: 'replace',
  forget: 'take out of the state',
  update: 'change in place',
  create: 'create',
  import: 'import',
  move: 'move',
  read: 'read',
  none: 'leave as it is',
};

/** Address with the attribute, as one writes it in an expression. */
export function resourceOf({ address, attribute }: Origin): string {
  return attribute === undefined ? address : `${address}.${attribute}`;
}

/** What the author of the code knows: construct path and source line, as far as known; one or two texts, or none. */
export function codeOf({ address, constructPath, source }: Origin): readonly string[] {
  return [constructPath === address ? undefined : constructPath, source].filter((part) => part !== undefined);
}

/** What was looked at is called a plan in a review, and a stack in a run for drift. */
export function thingOf({ kind }: ReviewReport): string {
  return kind === 'review' ? 'plan' : 'stack';
}

/** Old and new values of a change, a line each, with how many more there are. `shown` writes a value. */
export function valueLines(
  { values = [], moreValues = 0 }: Pick<Change, 'values' | 'moreValues'>,
  shown: (text: string) => string,
): readonly string[] {
  const lines = values.map(({ attribute, before, after }) => {
    const change = [
      ...(before === null ? [] : [after === null ? `- ${shown(before)}` : shown(before)]),
      ...(after === null ? [] : [before === null ? `+ ${shown(after)}` : shown(after)]),
    ];
    return `${shown(attribute)}: ${change.join(' -> ')}`;
  });
  return moreValues === 0 ? lines : [...lines, `and ${counted(moreValues, 'value')} more`];
}

/** `1 to destroy, 2 to create, 40 to leave as they are`. */
export function countsText({ counts }: Target): string {
  const verbs = { ...ACTION_WORDS, none: 'leave as they are' };
  const parts = (Object.keys(ACTION_WORDS) as Action[])
    .filter((action) => (counts[action] ?? 0) > 0)
    .map((action) => `${number(counts[action] ?? 0)} to ${verbs[action]}`);
  return parts.length === 0 ? 'no resources' : parts.join(', ');
}

/** The last line: `2 errors, 1 warning, 41 passed in 2 plans; 1 of them could not be looked at in full`. */
export function summaryOf(report: ReviewReport): string {
  const { error, warn, unknown, note, pass, ignored } = tally(report);
  const some = (count: number, words: string): readonly string[] => (count > 0 ? [`${number(count)} ${words}`] : []);
  const isDrift = report.kind === 'drift';
  const pending = report.items.filter(({ category, level }) => category === 'pending' && level === 'note').length;
  const noise = report.items.filter(({ category, level }) => category === 'noise' && level === 'note').length;
  const rest = note - pending - noise;
  const parts = [
    counted(error, 'error'),
    counted(warn, 'warning'),
    ...some(unknown, 'unknown'),
    ...some(pending, 'not applied yet'),
    ...some(noise, 'only computed'),
    ...(rest > 0 ? [counted(rest, 'note')] : []),
    ...some(ignored, 'ignored'),
    ...some(pass, isDrift ? 'settled' : 'passed'),
  ];
  const total = report.targets.length;
  const unseen = report.targets.filter(({ state }) => state !== 'complete').length;
  const which = total === 1 ? ', which' : `; ${number(unseen)} of them`;
  const look = unseen === 0 ? '' : `${which} could not be looked at in full`;
  return `${parts.join(', ')} in ${counted(total, thingOf(report))}${look}.`;
}

/** What a person reads when no problems were found; undefined when there is something. */
export function allClear(report: ReviewReport): string | undefined {
  const { kind, targets, items, changes } = report;
  if (targets.some(({ state }) => state !== 'complete')) return undefined;
  if (items.some(({ level }) => level !== 'pass' && level !== 'note')) return undefined;
  const thing = thingOf(report);
  if (targets.length === 0) return `There was no ${thing} to look at.`;
  if (!targets.some(({ concerned }) => concerned) && items.length === 0 && changes.length === 0) {
    const where = targets.length === 1 ? `this ${thing}` : `these ${counted(targets.length, thing)}`;
    return `Nothing in ${where} belongs to recording exports or legal holds, so there is nothing to say about it.`;
  }
  if (kind === 'drift')
    return 'No drift: everything is held, exported, or accepted as it is, and as Terraform left it.';
  const passed = items.filter(({ level }) => level === 'pass').length;
  return passed === 0 ? 'No problems found.' : `No problems found: ${counted(passed, 'check')} passed.`;
}

/** The estimate: what is known of it, and what the apply will show. */
export function workText({ jobs, requests, seconds, conversations }: WorkEstimate): string {
  const known = [
    ...(jobs === null ? [] : [counted(jobs, 'recording job')]),
    ...(requests === null ? [] : [`at least ${counted(requests, 'request')}`]),
    ...(conversations === null ? [] : [`${counted(conversations, 'conversation')} put on hold`]),
  ];
  const open = [
    ...(seconds === null ? ['time'] : []),
    ...(jobs === null ? ['recording jobs'] : []),
    ...(requests === null ? ['requests'] : []),
    ...(conversations === null ? ['conversations put on hold'] : []),
  ];
  const told = [...(seconds === null ? [] : [`At least ${duration(seconds)}`]), known.join(', ')].filter(
    (part) => part !== '',
  );
  return [
    ...(told.length === 0 ? [] : [`${told.join(': ')}.`]),
    ...(open.length === 0 ? [] : [`Known after the apply: ${open.join(', ')}.`]),
  ].join(' ');
}

/** `45 s`, `3 min`, `2 h 40 min`. */
function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  const rest = minutes % 60;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** Items that people read under one heading. */
export interface Group {
  readonly title: string;
  readonly items: readonly Item[];
  /** `full`: to be read in any case. `folded`: with all details, for whoever wants them. `lines`: one line each. */
  readonly form: 'full' | 'folded' | 'lines';
}

/** The items of a report but passes of rules, in the order in which people should read them; no group is empty. */
export function groupsOf({ kind, items }: ReviewReport): readonly Group[] {
  const isOpen = (item: Item): boolean =>
    item.ignored === undefined && item.level !== 'pass' && !isTerraformWarning(item);
  const group = (title: string, form: Group['form'], test: (item: Item) => boolean): Group => ({
    title,
    form,
    items: items.filter(test),
  });
  const byLevel = (level: Level) => (item: Item) => isOpen(item) && item.level === level;
  const byCategory = (category: Item['category']) => (item: Item) => isOpen(item) && item.category === category;
  const isIgnored = ({ ignored, level }: Item): boolean => ignored !== undefined && level !== 'pass';
  const groups: readonly Group[] =
    kind === 'review'
      ? [
          group('Errors', 'full', byLevel('error')),
          group('Warnings', 'folded', byLevel('warn')),
          group('Unknown', 'folded', byLevel('unknown')),
          group("Terraform's own warnings", 'folded', isTerraformWarning),
          group('Notes', 'lines', byLevel('note')),
          group('Ignored', 'lines', isIgnored),
        ]
      : [
          group('Drift', 'full', (item) => byCategory('drift')(item) || byCategory(undefined)(item)),
          group('Could not be looked at', 'full', byCategory('unseen')),
          group("Terraform's own warnings", 'folded', isTerraformWarning),
          group('Ignored drift', 'lines', isIgnored),
          group('Settled since the last run', 'lines', ({ level }) => level === 'pass'),
          group('Pending changes (not drift)', 'lines', byCategory('pending')),
          group('Computed values and unrelated resources (not drift)', 'lines', byCategory('noise')),
        ];
  return groups.filter(({ items: members }) => members.length > 0);
}
