/** The state of a stack as lines for people. */
import { counted } from '../words';
import { examplesOf, saysOf, type Shortfall } from './standing';
import type { Status, StatusEntry } from './status';

/** How the block that accepts gaps is written: in HCL, or in TypeScript for stacks of cdktf. */
export type Language = 'hcl' | 'cdktf';

const MARKS: Readonly<Record<StatusEntry['state'], string>> = { done: ' ', open: '!', unknown: '?' };

/** Lines about one stack, indented by two. */
export function statusLines({ hasState, entries }: Status, language: Language): readonly string[] {
  if (!hasState) {
    return [
      '  No state here: nothing has been applied in this folder, or its state was emptied. This says nothing about what is held.',
      '  Check the folder, the workspace and the backend; "terraform init" and "terraform apply" make a state.',
    ];
  }
  if (entries.length === 0) return ['  The state has no export and no hold.'];
  return entries.flatMap((entry) => entryLines(entry, language));
}

function entryLines(entry: StatusEntry, language: Language): readonly string[] {
  const { title, words, address, shortfalls, unknowns, notLookedAt, seenAt, tainted } = entry;
  const seen = seenAt === null ? '' : `, last seen at ${seenAt}`;
  return [
    `  ${MARKS[entry.state]} ${title}: ${words}${seen} (${address})`,
    ...shortfalls.map((one) => `      ${shortfallLine(entry, one)}`),
    ...(tainted ? ['      Its creation ended with an error: the next apply replaces it.'] : []),
    ...unknowns.map((text) => `      ${text}`),
    ...notLookedAt.map((text) => `      ${text}`),
    ...acceptLines(entry, language).map((line) => `      ${line}`),
  ];
}

function shortfallLine(entry: StatusEntry, shortfall: Shortfall): string {
  const says = saysOf(entry, shortfall);
  const accepted = shortfall.accepted ? ` Accepted: ${entry.acceptedReason ?? ''}` : '';
  return `${says.charAt(0).toUpperCase()}${says.slice(1)}. ${examplesOf(shortfall)}${accepted}`.trimEnd();
}

/** The block that accepts exactly these gaps; none where nothing can be accepted, or all is. */
function acceptLines({ digest, shortfalls, acceptedReason }: StatusEntry, language: Language): readonly string[] {
  if (digest === null || acceptedReason !== null) return [];
  const gaps = shortfalls.filter(({ acceptable }) => acceptable);
  const total = gaps.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const reason = 'why nothing can be done about these, and who decided so';
  const block =
    language === 'hcl'
      ? ['accepted_gaps = {', `  sha256 = "${digest}"`, `  reason = "${reason}"`, '}']
      : ['acceptedGaps: {', `  sha256: '${digest}',`, `  reason: '${reason}',`, '},'];
  return [
    `Where nothing can be done about ${total === 1 ? 'it' : 'them'}, accept exactly ${total === 1 ? 'this gap' : `these ${counted(total, 'gap')}`} in the resource, and apply:`,
    ...block.map((line) => `  ${line}`),
  ];
}
