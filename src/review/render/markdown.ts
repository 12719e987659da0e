import type { ReviewReport } from '../report';
import { fit, fittedText, type Part } from './fitting';
import { fence, prose } from './markdown-escape';
import {
  changeRow,
  folding,
  ignoreLine,
  itemEntry,
  itemLine,
  lossLine,
  permissionEntry,
  problemLine,
  short,
  targetLine,
  type Entries,
} from './markdown-item';
import { mermaid } from './mermaid';
import { allClear, counted, groupsOf, summaryOf, workText, type Group } from './wording';

/** GitHub takes 65,536 characters. */
const MOST_CHARACTERS = 64_000;

/** For the first line, the title, the last lines, and what each part says about entries that were left out. */
const RESERVED = 8_000;

/** How much matters what, from the top: what comes first when there is too much to say. */
const RANKS = {
  losses: 0,
  unseen: 1,
  work: 2,
  full: 3,
  picture: 4,
  permissions: 5,
  changes: 6,
  folded: 7,
  lines: 8,
  last: 9,
};

/** Larger pictures are not drawn. */
const LARGEST_PICTURE = 12_000;

const PARAGRAPH = '\n\n';

/**
 * A comment for a pull request, always under 65,000 characters. Its first line is a comment of HTML by which the next run
 * finds it, `<!-- genesyscloud-compliance:review -->`. What the plan gives up comes first, errors are open, the rest is
 * folded. When it is too long, whole entries are left out from the least important upward, and it says so.
 */
export function renderMarkdown(report: ReviewReport): string {
  const fitted = fit(partsOf(report), MOST_CHARACTERS - RESERVED);
  const left = fitted.reduce((sum, { part, shown }) => sum + part.entries.length - shown, 0);
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
  const entries = left === 1 ? '1 entry is' : `${left.toLocaleString('en-US')} entries are`;
  return `**Cut to fit into a comment: ${entries} left out, the least important ones.** Run it with \`--format text\` or \`--format json=FILE\` for all of them.`;
}

/** All that is said below the title, in the order in which it is read. */
function partsOf(report: ReviewReport): readonly Part[] {
  const { kind, targets, changes, permissions, work, off, stale } = report;
  const entries: Entries = { several: targets.length > 1, labelled: kind === 'drift' };
  const groups = groupsOf(report);
  const group = (form: Group['form']): readonly Part[] =>
    groups.filter((one) => one.form === form).map((one, index) => groupPart(one, index, entries));
  const lost = changes.filter(({ loses }) => loses);
  const unseen = targets.filter(({ state }) => state !== 'complete');
  const plans = counted(changes.length, 'change');
  return [
    quote(
      'CAUTION',
      'Applying this gives up what is preserved. It',
      RANKS.losses,
      lost.map((one) => lossLine(one, entries)),
    ),
    quote('WARNING', 'Could not be looked at in full', RANKS.unseen, unseen.map(problemLine)),
    ...group('full'),
    {
      rank: RANKS.work,
      title: 'Work when it is applied',
      head: '',
      entries:
        work === null
          ? []
          : [
              `**Work when it is applied.** ${[workText(work), ...work.basis.slice(0, 8).map((one) => prose(short(one)))].join(' ')}`,
            ],
      gap: PARAGRAPH,
      tail: '',
    },
    picturePart(report),
    folded(`Permissions before and after (${permissions.length.toLocaleString('en-US')})`, {
      rank: RANKS.permissions,
      entries: permissions.map((one) => permissionEntry(one, entries)),
      open: permissions.length <= 3,
    }),
    tablePart(
      `What the plan does to exports, holds and what they rely on: ${plans}`,
      changes.map((one) => changeRow(one, entries)),
    ),
    ...group('folded'),
    ...group('lines'),
    folded('Rules switched off', {
      rank: RANKS.last,
      entries: off.map(({ rule, reason }) => `- ${prose(short(rule))}: ${prose(short(reason))}`),
      gap: '\n',
    }),
    folded('Ignores to be removed', { rank: RANKS.last, entries: stale.map(ignoreLine), gap: '\n' }),
    folded('Looked at', {
      rank: RANKS.last,
      entries: targets.filter(({ state }) => state !== 'failed').map(targetLine),
      gap: '\n',
    }),
  ].filter((part) => part.entries.length > 0);
}

function groupPart({ title, items, form }: Group, index: number, entries: Entries): Part {
  const heading = `${title} (${items.length.toLocaleString('en-US')})`;
  // Groups of one form come in the order of their weight.
  const rank = RANKS[form] + index / 10;
  if (form === 'lines')
    return folded(heading, { rank, entries: items.map((one) => itemLine(one, entries)), gap: '\n' });
  const told = items.map((item) => itemEntry(item, entries));
  if (form === 'folded') return folded(heading, { rank, entries: told });
  return { rank, title, head: `### ${heading}\n\n`, entries: told, gap: PARAGRAPH, tail: '' };
}

/** A block that GitHub and GitLab set off by colour, and that elsewhere is a quote. */
function quote(kind: 'CAUTION' | 'WARNING', title: string, rank: number, lines: readonly string[]): Part {
  return { rank, title, head: `> [!${kind}]\n> **${title}:**\n>\n`, entries: lines, gap: '\n', tail: '' };
}

interface Folded {
  readonly rank: number;
  readonly entries: readonly string[];
  readonly open?: boolean;
  readonly gap?: string;
}

function folded(title: string, { rank, entries, open = false, gap = PARAGRAPH }: Folded): Part {
  const [head, tail] = folding(title, open);
  return { rank, title, head, entries, gap, tail };
}

function tablePart(title: string, rows: readonly string[]): Part {
  const part = folded(title, { rank: RANKS.changes, entries: rows, gap: '\n' });
  return { ...part, head: `${part.head}| action | resource | what it means |\n| --- | --- | --- |\n` };
}

function picturePart({ picture }: ReviewReport): Part {
  const drawn = picture === null ? undefined : mermaid(picture);
  const loses = picture?.nodes.some((node) => node.loses) === true;
  return folded('Picture', {
    rank: RANKS.picture,
    entries: drawn === undefined || drawn.length > LARGEST_PICTURE ? [] : [fence(drawn, 'mermaid')],
    open: loses,
  });
}
