/** Words that the renderers share. */
import type { Origin } from '../../rules';
import {
  tally,
  type Action,
  type Item,
  type Level,
  type ReviewReport,
  type Target,
  type WorkEstimate,
} from '../report';

/** `1 conversation`, `2,000 conversations`. */
export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;
}

/** What a level is called beside an item. */
export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  error: 'error',
  warn: 'warning',
  unknown: 'cannot be told',
  note: 'note',
  pass: 'passed',
};

/** What Terraform is about to do, as a heading of a row. */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  destroy: 'destroy',
  replace: 'destroy and make anew',
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

/** `1 to destroy, 2 to create, 40 to leave as they are`. */
export function countsText({ counts }: Target): string {
  const verbs = { ...ACTION_WORDS, none: 'leave as they are' };
  const parts = (Object.keys(ACTION_WORDS) as Action[])
    .filter((action) => (counts[action] ?? 0) > 0)
    .map((action) => `${(counts[action] ?? 0).toLocaleString('en-US')} to ${verbs[action]}`);
  return parts.length === 0 ? 'no resources' : parts.join(', ');
}

/** The last line: `2 errors, 1 warning, 41 passed in 2 plans; 1 of them could not be looked at in full`. */
export function summaryOf(report: ReviewReport): string {
  const { error, warn, unknown, note, pass, ignored } = tally(report);
  const parts = [
    counted(error, 'error'),
    counted(warn, 'warning'),
    ...(unknown > 0 ? [`${unknown.toLocaleString('en-US')} cannot be told`] : []),
    ...(note > 0 ? [counted(note, 'note')] : []),
    ...(ignored > 0 ? [`${ignored.toLocaleString('en-US')} ignored`] : []),
    ...(pass > 0 ? [`${pass.toLocaleString('en-US')} ${report.kind === 'review' ? 'passed' : 'settled'}`] : []),
  ];
  const unseen = report.targets.filter(({ state }) => state !== 'complete').length;
  const look = unseen === 0 ? '' : `; ${unseen} of them could not be looked at in full`;
  return `${parts.join(', ')} in ${counted(report.targets.length, thingOf(report))}${look}.`;
}

/** What a person reads when there is nothing to object to; undefined when there is something. */
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
  if (kind === 'drift') return 'No drift: everything is as Terraform left it.';
  const passed = items.filter(({ level }) => level === 'pass').length;
  return passed === 0 ? 'Nothing to object to.' : `Nothing to object to: ${counted(passed, 'check')} passed.`;
}

/** The estimate in one sentence. */
export function workText({ jobs, requests, seconds, conversations }: WorkEstimate): string {
  const told = (count: number | null, thing: string, prefix = ''): string =>
    count === null ? `a number of ${thing}s known after the apply` : `${prefix}${counted(count, thing)}`;
  const time = seconds === null ? 'The time is not known before the apply' : `At least ${duration(seconds)}`;
  const work = [
    told(jobs, 'recording job'),
    told(requests, 'request', 'at least '),
    `${told(conversations, 'conversation')} to put on hold`,
  ];
  return `${time}: ${work[0]}, ${work[1]}, ${work[2]}.`;
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
  const isOpen = ({ ignored, level }: Item): boolean => ignored === undefined && level !== 'pass';
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
          group('Cannot be told', 'folded', byLevel('unknown')),
          group('Notes', 'lines', byLevel('note')),
          group('Ignored', 'lines', isIgnored),
        ]
      : [
          group('Drift', 'full', (item) => byCategory('drift')(item) || byCategory(undefined)(item)),
          group('Could not be looked at', 'full', byCategory('unseen')),
          group('Ignored drift', 'lines', isIgnored),
          group('Settled since the last run', 'lines', ({ level }) => level === 'pass'),
          group('Configured and not applied yet, which is no drift', 'lines', byCategory('pending')),
          group('Computed values that moved by themselves, which is no drift', 'lines', byCategory('noise')),
        ];
  return groups.filter(({ items: members }) => members.length > 0);
}
