/** One entry of a report in Markdown, and what it is made of. */
import type { Evidence } from '../../rules';
import type { Change, Item, PermissionChange, ReviewReport, Target } from '../report';
import { code, fence, prose } from './markdown-escape';
import { clipped, oneLine, visible } from './visible';
import { ACTION_WORDS, codeOf, countsText, LEVEL_WORDS, resourceOf, valueLines } from './wording';
import { number } from '../../words';

/** Longest texts that are shown, in characters. One entry must not push out the others. */
const LONGEST = { line: 240, paragraph: 1_500, quote: 2_000 };

/** What is longer than this in Markdown is shown by its first lines only. */
const LARGEST_ENTRY = 10_000;

/** Evidence up to this length is shown in its line. */
const SHORT_QUOTE = 120;
const MOST_EVIDENCE = 20;
const MOST_CONSEQUENCES = 10;
const MOST_PROBLEMS = 6;

export interface Entries {
  /** Whether entries name the target they were found in. */
  readonly several: boolean;
  /** Whether entries name their level, because their heading does not. */
  readonly labelled: boolean;
}

/** An item with all that is known about it. */
export function itemEntry(item: Item, entries: Entries): string {
  const { headline, level, place, target, text, evidence, remedy, rule, help, changed, firstSeen } = item;
  const label = entries.labelled ? `${capital(LEVEL_WORDS[level])}: ` : '';
  const head = [
    `#### ${label}${prose(short(headline))}`,
    [
      placeLine(place, target, entries),
      `rule ${code(short(rule))}`,
      ...(firstSeen === undefined ? [] : [`known since ${prose(short(firstSeen))}`]),
    ].join(' · '),
  ];
  const body = [
    consequenceLines(item).join('\n'),
    paragraphs(clipped(text, LONGEST.paragraph)),
    ...(remedy === '' ? [] : ['**What to do**', steps(clipped(remedy, LONGEST.quote))]),
    ...(changed === undefined
      ? []
      : [
          `Severity set from ${LEVEL_WORDS[changed.from]} to ${LEVEL_WORDS[item.severity]}: ${prose(short(changed.reason))}`,
        ]),
    evidenceText(evidence, place.address),
    ...(help === undefined ? [] : [`More: ${code(short(help))}`]),
  ];
  const whole = joined([...head, ...body]);
  const cut = 'The details of this entry are too long to be shown here.';
  return whole.length <= LARGEST_ENTRY ? whole : joined([...head, cut]);
}

/** What follows from the item's one cause. */
function consequenceLines({ consequences = [] }: Item): readonly string[] {
  const lines = consequences
    .slice(0, MOST_CONSEQUENCES)
    .map((one) => `- ${prose(short(one.headline))} (${code(short(one.rule))})`);
  const more = consequences.length - lines.length;
  return more > 0 ? [...lines, `- and ${number(more)} more`] : lines;
}

/** An item in one line, with what follows from it below. */
export function itemLine(item: Item, entries: Entries): string {
  const { headline, level, place, target, rule, ignored, firstSeen, text } = item;
  const label = ignored === undefined ? '' : `${capital(LEVEL_WORDS[level])}: `;
  const rest =
    ignored !== undefined
      ? ` **Ignored until ${prose(short(ignored.until))}**: ${prose(short(ignored.reason))}`
      : text === ''
        ? ''
        : ` ${prose(short(text))}`;
  const since = firstSeen === undefined || level === 'pass' ? '' : `, known since ${prose(short(firstSeen))}`;
  const line = `- ${label}${prose(short(headline))} (${placeLine(place, target, entries)}, ${code(short(rule))}${since}).${rest}`;
  return [line, ...consequenceLines(item).map((one) => `  ${one}`)].join('\n');
}

/** A change that gives something up, in a quote. */
export function lossLine(change: Change, entries: Entries): string {
  const { sentences, place, target, action } = change;
  const told = sentences.length === 0 ? ['removes protection'] : sentences;
  const what = told.map((sentence) => prose(short(sentence))).join('; ');
  const line = `> - **${what}** (${ACTION_WORDS[action]}): ${placeLine(place, target, entries)}`;
  return [line, ...valueLines(change, quoted).map((value) => `>   - ${value}`)].join('\n');
}

/** A change in one line: what it means, and where. */
export function changeLine(change: Change, entries: Entries): string {
  const { sentences, place, target, action } = change;
  const means = sentences.slice(0, 3).map((sentence) => prose(short(sentence)));
  const line = `- ${means.join('; ')} (${ACTION_WORDS[action]}): ${placeLine(place, target, entries)}`;
  return [line, ...valueLines(change, quoted).map((value) => `  - ${value}`)].join('\n');
}

const quoted = (text: string): string => code(short(text));

/** A change as a row of a table: action, resource, what it means. */
export function changeRow(change: Change, entries: Entries): string {
  const { place, target, action, previousAddress, sentences, loses, type } = change;
  const moved = previousAddress === undefined ? '' : `, before ${code(short(previousAddress))}`;
  const means = sentences.slice(0, 5).map((sentence) => prose(short(sentence)));
  // Those of exports, holds and losses stand above, where they are read in any case.
  const values = loses || type.startsWith('genesyscloud_') ? [] : valueLines(change, quoted);
  const cells = [
    `${loses ? '**removes protection**: ' : ''}${ACTION_WORDS[action]}`,
    `${placeLine(place, target, entries)}${moved}`,
    [...means, ...values].join('<br>'),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Lines of a policy that go and come. */
export function permissionEntry(
  { holder, place, target, removed, added, unseen }: PermissionChange,
  entries: Entries,
): string {
  const lines = [...removed.map((line) => `- ${oneLine(line)}`), ...added.map((line) => `+ ${oneLine(line)}`)];
  return joined([
    `**${prose(short(holder))}**, policy ${placeLine(place, target, entries)}`,
    ...(lines.length === 0 ? [] : [fence(clipped(lines.join('\n'), 2 * LONGEST.quote), 'diff')]),
    ...(unseen === null ? [] : [`Unknown: ${prose(short(unseen))}`]),
  ]);
}

/** Construct path and source line first: the author of the code knows them. */
export function placeLine(place: Item['place'], target: string, { several }: Entries): string {
  const names = [...codeOf(place), resourceOf(place)].map((name) => code(short(name)));
  return `${names.join(', ')}${several ? ` in ${code(short(target))}` : ''}`;
}

/** A part that is folded away, or open to begin with. The heading is of our own making. */
export function folding(heading: string, open = false): readonly [head: string, tail: string] {
  return [`<details${open ? ' open' : ''}>\n<summary><b>${heading}</b></summary>\n\n`, '\n\n</details>'];
}

/** Why a target is not complete. */
export function problemLine({ name, state, problems }: Target): string {
  const more = problems.length - MOST_PROBLEMS;
  const told = [
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => prose(clipped(problem, LONGEST.paragraph))),
    ...(more > 0 ? [`And ${number(more)} more.`] : []),
  ];
  const how = state === 'failed' ? 'nothing could be read' : 'read in part';
  const [first = '', ...others] = told;
  const line = `> - ${code(short(name))}, ${how}${first === '' ? '' : `: ${first}`}`;
  return [line, ...others.map((one) => `>   - ${one}`)].join('\n');
}

/** What was looked at. */
export function targetLine(target: Target): string {
  const counts = target.state === 'failed' ? 'nothing could be read' : countsText(target);
  const none = target.concerned || target.state === 'failed' ? '' : '; none of it belongs to exports or holds';
  return `- ${code(short(target.name))}: ${counts}${none}`;
}

/** A rule that was switched off. */
export function offLine({ rule, reason }: ReviewReport['off'][number]): string {
  return `- ${code(short(rule))}: ${prose(short(reason))}`;
}

/** An ignore that does nothing any more. */
export function ignoreLine({ ignore, why }: ReviewReport['stale'][number]): string {
  const { rule, address, attribute, reason, until } = ignore;
  const place = resourceOf({ address, ...(attribute === undefined ? {} : { attribute }) });
  return `- ${code(short(rule))} at ${code(short(place))}: ${prose(short(why))}. It was to be ignored until ${prose(short(until))}: ${prose(short(reason))}`;
}

/** A name or a sentence, cut where it is too long for a line. */
export function short(text: string): string {
  return clipped(text, LONGEST.line);
}

function evidenceText(evidence: readonly Evidence[], address: string): string {
  const told = evidence.slice(0, MOST_EVIDENCE).map(({ what, text, origin }) => {
    const at = origin.address === address ? '' : `, at ${code(short(resourceOf(origin)))}`;
    return { name: `${prose(short(what))}${at}`, text };
  });
  if (told.every(({ text = '' }) => text.length <= SHORT_QUOTE && !text.includes('\n')) && told.length <= 3) {
    return told.map(({ name, text }) => `- ${name}${text === undefined ? '' : `: ${code(text)}`}`).join('\n');
  }
  const [head, tail] = folding(`Evidence (${number(evidence.length)})`);
  const blocks = told.map(({ name, text }) =>
    text === undefined ? name : joined([`${name}:`, fence(clipped(text, LONGEST.quote))]),
  );
  return `${head}${joined(blocks)}${tail}`;
}

/** Each line a paragraph of its own. */
function paragraphs(text: string): string {
  return joined(visible(text).split('\n').map(prose));
}

/** A remedy: prose, but for what is to be copied: lines that open a block, and what follows up to its end. */
function steps(text: string): string {
  const parts: { readonly copied: boolean; readonly lines: string[] }[] = [];
  for (const line of visible(text).split('\n')) {
    const last = parts.at(-1);
    const copied = /^[\s{[]|[{[]$/.test(line) || (last?.copied === true && /^[}\])"]/.test(line));
    if (last?.copied === copied) last.lines.push(line);
    else parts.push({ copied, lines: [line] });
  }
  return joined(parts.map(({ copied, lines }) => (copied ? fence(lines.join('\n')) : paragraphs(lines.join('\n')))));
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** Blocks, with an empty line between them. */
export function joined(blocks: readonly string[]): string {
  return blocks.filter((block) => block !== '').join('\n\n');
}
