import type { Change, ReviewReport, WorkEstimate } from '../report';
import { fit, fittedText, type Part } from './fitting';
import { fence, prose } from './markdown-escape';
import {
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
  losses: 0,
  unseen: 1,
  work: 2,
  picture: 3,
  full: 4,
  permissions: 5,
  changes: 6,
  folded: 7,
  lines: 8,
  last: 9,
};

/** Parts that come before the errors leave room for them. */
const MOST_LOSSES = 20;
const MOST_UNSEEN = 10;

/** Larger pictures are not drawn. */
const LARGEST_PICTURE = 12_000;

const PARAGRAPH = '\n\n';

/**
 * A comment for a pull request, always under 65,000 characters. Its first line is a comment of HTML by which the next run
 * finds it, `<!-- genesyscloud-compliance:review -->`. What protection the plan removes comes first, errors are open, the rest is
 * folded. When it is too long, whole entries are left out from the least important upward, and it says so.
 */
export function renderMarkdown(report: ReviewReport): string {
  const fitted = fit(partsOf(report), MOST_CHARACTERS - RESERVED);
  const left = fitted.reduce((sum, one) => sum + one.left, 0);
  const clear = allClear(report);
  const blocks = [
    `<!-- genesyscloud-compliance:${report.kind} -->\n## ${prose(short(report.title))}`,
    ...(clear === undefined ? [] : [clear]),
    ...fitted.map(fittedText),
    ...(left === 0 ? [] : [cutText(left)]),
    `<sub>${summaryOf(report)}</sub>`,
  ];
  return `${blocks.join(PARAGRAPH)}\n`;
}

function cutText(left: number): string {
  const entries = left === 1 ? '1 entry is' : `${number(left)} entries are`;
  return `**Cut to fit into a comment: ${entries} left out, the least important ones.** Run it with \`--format text\` or \`--format json=FILE\` for all of them.`;
}

/** All that is said below the title, in the order in which it is read. */
function partsOf(report: ReviewReport): readonly Part[] {
  const { kind, targets, changes, permissions, off, stale } = report;
  const entries: Entries = { several: targets.length > 1, labelled: kind === 'drift' };
  const groups = groupsOf(report);
  const group = (form: Group['form']): readonly Part[] =>
    groups.filter((one) => one.form === form).map((one, index) => groupPart(one, index, entries));
  const parts: readonly Part[] = [
    ...alerts(report, entries),
    ...group('full'),
    ...group('folded'),
    workPart(report),
    picturePart(report),
    folded('Permissions before and after', permissions, (one) => permissionEntry(one, entries), {
      rank: RANKS.permissions,
      open: permissions.length <= 3,
    }),
    tablePart(changes, entries),
    ...group('lines'),
    folded('Rules switched off', off, offLine, { rank: RANKS.last, gap: '\n' }),
    folded('Ignores to be removed', stale, ignoreLine, { rank: RANKS.last, gap: '\n' }),
    folded('Looked at', targets, targetLine, { rank: RANKS.last, gap: '\n' }),
  ];
  return parts.filter((part) => part.entries.length > 0);
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
      most: MOST_LOSSES,
    },
    { ...alert('WARNING', 'Could not be looked at in full', unseen), rank: RANKS.unseen, most: MOST_UNSEEN },
  ];
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
    ['**Work when it is applied.**', workText(all), ...all.basis.slice(0, 8).map((one) => prose(short(one)))].join(' ');
  const entries = work === null ? [] : [() => told(work)];
  return { rank: RANKS.work, title: 'Work when it is applied', head: '', entries, gap: PARAGRAPH, tail: '' };
}

function picturePart({ picture }: ReviewReport): Part {
  const drawn = picture === null ? undefined : mermaid(picture);
  const [head, tail] = folding('Picture', picture?.nodes.some(({ loses }) => loses) === true);
  const entries = drawn === undefined || drawn.length > LARGEST_PICTURE ? [] : [() => fence(drawn, 'mermaid')];
  return { rank: RANKS.picture, title: 'Picture', head, entries, gap: PARAGRAPH, tail };
}
