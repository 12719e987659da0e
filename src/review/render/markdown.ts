import type { Change, ReviewReport, WorkEstimate } from '../report';
import { fit, fittedText, type Part } from './fitting';
import { fence, prose } from './markdown-escape';
import {
  changeLine,
  changeRow,
  folding,
  ignoreLine,
  itemEntry,
  itemLine,
  lossLine,
  offLine,
  permissionEntry,
  problemLine,
  short,
  targetLine,
  type Entries,
} from './markdown-item';
import { mermaid } from './mermaid';
import { allClear, groupsOf, summaryOf, workText, type Group } from './wording';
import { number } from '../../words';

/** GitHub takes 65,536 characters. */
const MOST_CHARACTERS = 64_000;

/** For the first line, the title, the last lines, and what each part says about entries that were left out. */
const RESERVED = 8_000;

/** How much matters what, from the top: what comes first when there is too much to say. */
const RANKS = {
  unseen: 0,
  losses: 1,
  does: 2,
  full: 3,
  folded: 4,
  work: 5,
  permissions: 6,
  changes: 7,
  picture: 8,
  lines: 9,
  last: 10,
};

/** What is longer is counted, and stands in the other forms. What the plan removes is never cut. */
const MOST_ENTRIES = 10;

/** Larger pictures are not drawn. */
const LARGEST_PICTURE = 12_000;

const PARAGRAPH = '\n\n';

/**
 * A comment for a pull request, always under 65,000 characters. Its first line is a comment of HTML by which the next run
 * finds it, `<!-- genesyscloud-compliance:review -->`. First what the plan does to exports and holds, then what protection it
 * removes, open and whole; then findings, ten of a kind, and folded what only some want to know. `run`: where the whole
 * report is. When it is too long, whole entries are left out from the least important upward, and it says so.
 */
export function renderMarkdown(report: ReviewReport, run?: string): string {
  const fitted = fit(partsOf(report), MOST_CHARACTERS - RESERVED);
  const left = fitted.reduce((sum, one) => sum + one.left, 0);
  const clear = allClear(report);
  const blocks = [
    `<!-- genesyscloud-compliance:${report.kind} -->\n## ${prose(short(report.title))}`,
    ...(clear === undefined ? [] : [clear]),
    ...fitted.map(fittedText),
    ...(left === 0 ? [] : [cutText(left, run)]),
    `<sub>${summaryOf(report)}${run === undefined ? '' : ` [The run](${run})`}</sub>`,
  ];
  return `${blocks.join(PARAGRAPH)}\n`;
}

function cutText(left: number, run: string | undefined): string {
  const entries = left === 1 ? '1 entry is' : `${number(left)} entries are`;
  const where = run === undefined ? '' : ` See [the run](${run}), or run`;
  return `**${entries} left out here.**${where === '' ? ' Run' : where} it with \`--format text\` or \`--format json=FILE\` for all of them.`;
}

/** All that is said below the title, in the order in which it is read. */
function partsOf(report: ReviewReport): readonly Part[] {
  const { kind, targets, changes, permissions, off, stale } = report;
  const entries: Entries = { several: targets.length > 1, labelled: kind === 'drift' };
  const groups = groupsOf(report);
  const group = (form: Group['form']): readonly Part[] =>
    groups.filter((one) => one.form === form).map((one, index) => groupPart(one, index, entries));
  const parts: readonly Part[] = [
    doesPart(report, entries),
    ...alerts(report, entries),
    ...group('full'),
    ...group('folded'),
    folded('Permissions before and after', permissions, (one) => permissionEntry(one, entries), {
      rank: RANKS.permissions,
    }),
    tablePart(changes, entries),
    workPart(report),
    picturePart(report),
    ...group('lines'),
    folded('Rules switched off', off, offLine, { rank: RANKS.last, gap: '\n' }),
    folded('Ignores to be removed', stale, ignoreLine, { rank: RANKS.last, gap: '\n' }),
    folded('Looked at', targets, targetLine, { rank: RANKS.last, gap: '\n' }),
  ];
  return parts.filter((part) => part.entries.length > 0).map((part) => ({ most: MOST_ENTRIES, ...part }));
}

/** Blocks that GitHub and GitLab set off by colour, and that elsewhere are quotes. */
function alerts({ changes, targets }: ReviewReport, entries: Entries): readonly Part[] {
  const alert = (kind: string, title: string, lines: readonly (() => string)[]): Omit<Part, 'rank'> => ({
    title,
    head: `> [!${kind}]\n> **${title}:**\n>\n`,
    entries: lines,
    gap: '\n',
    tail: '',
  });
  const lost = changes.filter(({ loses }) => loses).map((one) => () => lossLine(one, entries));
  const unseen = targets.filter(({ state }) => state !== 'complete').map((one) => () => problemLine(one));
  return [
    {
      ...alert('CAUTION', 'Applying this removes protection. It', lost),
      rank: RANKS.losses,
      // Never cut, unless a comment has no room for it.
      most: Number.POSITIVE_INFINITY,
    },
    { ...alert('WARNING', 'Could not be looked at in full', unseen), rank: RANKS.unseen },
  ];
}

/** What happens to exports and holds, in the words of the matter; what is removed stands below. */
function doesPart({ changes }: ReviewReport, entries: Entries): Part {
  const own = changes.filter(({ type, loses }) => type.startsWith('genesyscloud_') && !loses);
  const lines = own.map((one) => () => changeLine(one, entries));
  return {
    rank: RANKS.does,
    title: 'What the plan does',
    head: '**This plan:**\n\n',
    entries: lines,
    gap: '\n',
    tail: '',
  };
}

function groupPart({ title, items, form }: Group, index: number, entries: Entries): Part {
  // Groups of one form come in the order of their weight.
  const rank = RANKS[form] + index / 10;
  if (form === 'lines') return folded(title, items, (one) => itemLine(one, entries), { rank, gap: '\n' });
  const part = folded(title, items, (one) => itemEntry(one, entries), { rank });
  return form === 'folded' ? part : { ...part, head: `### ${title} (${number(items.length)})\n\n`, tail: '' };
}

interface Folded {
  readonly rank: number;
  readonly open?: boolean;
  readonly gap?: string;
}

function folded<T>(title: string, all: readonly T[], entry: (one: T) => string, given: Folded): Part {
  const { rank, open = false, gap = PARAGRAPH } = given;
  const [head, tail] = folding(`${title} (${number(all.length)})`, open);
  return { rank, title, head, entries: all.map((one) => () => entry(one)), gap, tail };
}

function tablePart(changes: readonly Change[], entries: Entries): Part {
  const title = 'What the plan does to exports, holds and what they rely on';
  const part = folded(title, changes, (one) => changeRow(one, entries), { rank: RANKS.changes, gap: '\n' });
  return { ...part, head: `${part.head}| action | resource | what it means |\n| --- | --- | --- |\n` };
}

function workPart({ work }: ReviewReport): Part {
  const told = (all: WorkEstimate): string =>
    [workText(all), ...all.basis.slice(0, 8).map((one) => prose(short(one)))].join(' ');
  const entries = work === null ? [] : [() => told(work)];
  const [head, tail] = folding('Work when it is applied');
  return { rank: RANKS.work, title: 'Work when it is applied', head, entries, gap: PARAGRAPH, tail };
}

function picturePart({ picture }: ReviewReport): Part {
  const drawn = picture === null ? undefined : mermaid(picture);
  const [head, tail] = folding('Picture');
  const entries = drawn === undefined || drawn.length > LARGEST_PICTURE ? [] : [() => fence(drawn, 'mermaid')];
  return { rank: RANKS.picture, title: 'Picture', head, entries, gap: PARAGRAPH, tail };
}
