/** The state of a stack as lines for people. */
import { counted } from '../words';
import { ageInWords, followingWords } from './as-of';
import { examplesOf, saysOf, type Shortfall } from './standing';
import type { Status, StatusEntry } from './status';

/** How the block that accepts gaps is written: in HCL, or in TypeScript for stacks of cdktf. */
export type Language = 'hcl' | 'cdktf';

const MARKS: Readonly<Record<StatusEntry['state'], string>> = { done: ' ', open: '!', unknown: '?' };

/** When status is asked, and what more there is to say about an entry. */
export interface StatusTelling {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly language: Language;
  /** What the register says about an entry; undefined where none was asked. */
  readonly note: (entry: StatusEntry) => string | undefined;
}

/** Lines about one stack, indented by two. */
export function statusLines({ hasState, entries }: Status, telling: StatusTelling): readonly string[] {
  if (!hasState) {
    return [
      '  No state here: nothing has been applied in this folder, or its state was emptied. This says nothing about what is held.',
      '  Check the folder, the workspace and the backend; "terraform init" and "terraform apply" make a state.',
    ];
  }
  if (entries.length === 0) return ['  The state has no export and no hold.'];
  return entries.flatMap((entry) => entryLines(entry, telling));
}

function entryLines(entry: StatusEntry, { now, language, note }: StatusTelling): readonly string[] {
  const { title, words, address, shortfalls, unknowns, notLookedAt, tainted, following, scopeEnd } = entry;
  const follows = followingWords(following, scopeEnd);
  const registered = note(entry);
  return [
    `  ${MARKS[entry.state]} ${title}, ${asOf(entry, now)}: ${words} (${address})`,
    ...(follows === '' ? [] : [`      ${follows}`]),
    ...(registered === undefined ? [] : [`      ${registered}`]),
    ...shortfalls.map((one) => `      ${shortfallLine(entry, one)}`),
    ...(tainted ? ['      Its creation ended with an error: the next apply replaces it.'] : []),
    ...unknowns.map((text) => `      ${text}`),
    ...notLookedAt.map((text) => `      ${text}`),
    ...acceptLines(entry, language).map((line) => `      ${line}`),
  ];
}

/** `as written down 12 days ago (2026-03-01T00:00:00.000Z)`: what follows in the line is of that time, and not of now. */
function asOf({ seenAt }: StatusEntry, now: number): string {
  const age = seenAt === null ? null : ageInWords(seenAt, now);
  return seenAt === null || age === null
    ? 'as the state has it, from an unknown time'
    : `as written down ${age} (${seenAt})`;
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
