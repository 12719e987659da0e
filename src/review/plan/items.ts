/** Answers of rules, as a report tells them. */
import { causesOf, isBeyondPlans, plainText, RULES, type Cause, type Finding } from '../../rules';
import type { Origin } from '../../facts';
import { counted, sentenceCase } from '../../words';
import { LEVELS, type Item, type Level } from '../report';
import type { Places } from './places';

const CAUSES: ReadonlyMap<string, string> = new Map(RULES.map(({ id, why }) => [id, plainText(why[0])]));

/** Answers of rules as items: one for each cause, notes for what no plan can know, and the passes. */
export function itemsOf(findings: readonly Finding[], places: Places, today: string): readonly Item[] {
  const byTarget = new Map<string, Finding[]>();
  for (const finding of findings) {
    const target = places.targetOf(finding.subject);
    const list = byTarget.get(target);
    if (list === undefined) byTarget.set(target, [finding]);
    else list.push(finding);
  }
  return [...byTarget.values()].flatMap((all) => {
    const isNote = (one: Finding): boolean => isBeyondPlans(one) || isCounting(one);
    return [
      ...causesOf(all.filter((one) => !isNote(one))).map((cause) =>
        withIgnore(itemOf(cause, places), cause, places, today),
      ),
      ...causesOf(all.filter(isBeyondPlans)).map((cause) => environmentNote(cause, places)),
      ...countingNote(all.filter(isCounting), places),
    ];
  });
}

/** Days within which a first apply is over. */
const FIRST_APPLY_DAYS = 7;

/**
 * What is only known after the apply cannot be mended before the first one: the entry that lives with it for a week is ready to
 * be pasted, for whoever cannot write ARNs from names.
 */
function withIgnore(item: Item, { findings }: Cause, places: Places, today: string): Item {
  const [{ status, ignored, message }] = findings;
  if (status !== 'unknown' || ignored !== undefined || !/only known after the apply/.test(message)) return item;
  const until = new Date(Date.parse(today) + FIRST_APPLY_DAYS * 86_400_000).toISOString().slice(0, 10);
  const entries = new Map(
    findings.map(({ rule, subject, detail }) => {
      const { address } = places.placeOf(subject);
      const exactly = { ...(detail === undefined ? {} : { detail }), status: 'unknown' };
      const entry = { rule, address, ...exactly, reason: 'unknown before the first apply', until };
      return [JSON.stringify(entry), entry];
    }),
  );
  const text = [...entries.keys()].map((entry) => `  ${entry}`).join(',\n');
  return {
    ...item,
    remedy: `${item.remedy}\nOr live with it until it was applied once. In the file of --settings:\n{ "ignores": [\n${text}\n] }`,
  };
}

/** Rules that need numbers which Genesys Cloud alone knows. */
const COUNTING: readonly string[] = ['hold/capacity', 'api/rate-limit', 'hold/deletion-window'];

/** How many conversations there are no plan can know. It weighs nothing, unless somebody said that it does. */
function isCounting({ rule, status, severity, changed, ignored }: Finding): boolean {
  const isOpen = status === 'unknown' && ignored === undefined && changed === undefined;
  return isOpen && severity === 'warn' && COUNTING.includes(rule);
}

/** What the machine decides that applies. Its remedy stands in the text, for notes are told in one line. */
function environmentNote(cause: Cause, places: Places): Item {
  const item = itemOf(cause, places);
  const { rest } = split(cause.findings[0]);
  return { ...item, level: 'note', text: `${rest} ${cause.remedy.replace(':\n', ': ')}` };
}

function countingNote(findings: readonly Finding[], places: Places): readonly Item[] {
  const [first] = findings;
  if (first === undefined) return [];
  const [, ...others] = findings;
  const { help: _, ...item } = itemOf(
    {
      findings: [first, ...others],
      headline: null,
      consequences: findings.map(({ message }) => sentence(message)),
      remedy: '',
    },
    places,
  );
  return [
    {
      ...item,
      level: 'note',
      severity: 'warn',
      headline: `No plan can know ${unknowable(findings)}, so ${counted(findings.length, 'check')} ${findings.length === 1 ? 'waits' : 'wait'} for the apply`,
      text: 'Have them counted before you apply: genesyscloud-compliance preflight asks Genesys Cloud.',
      evidence: [],
      consequences: findings.map(({ id, rule, message }) => ({ id, rule, headline: sentence(message) })),
    },
  ];
}

function unknowable(findings: readonly Finding[]): string {
  const isOfDates = ({ rule }: Finding): boolean => rule === 'hold/deletion-window';
  const what = [
    ...(findings.every(isOfDates) ? [] : ['how many conversations there are']),
    ...(findings.some(isOfDates) ? ['when recordings are deleted'] : []),
  ];
  return what.join(' and ');
}

function sentence(message: string): string {
  return message.replace(/\.$/, '');
}

/** A cause as an item; it has the id of the finding that weighs most. */
function itemOf({ findings, headline: shared, consequences, remedy }: Cause, places: Places): Item {
  const [finding] = findings;
  const { id, rule, severity, subject, evidence, changed, ignored, status } = finding;
  const { headline, rest } = split(finding);
  const why = status === 'pass' ? '' : causeOf(finding);
  return {
    id,
    rule,
    level: LEVEL_OF[status](severity),
    severity,
    target: places.targetOf(subject),
    place: places.placeOf(subject),
    headline: shared === null ? headline : pointOf(shared, subject),
    text: [shared === null ? rest : '', why].filter((part) => part !== '').join(' '),
    evidence: evidence.map((one) => ({ ...one, origin: places.placeOf(one.origin) })),
    remedy,
    help: `npx --no-install genesyscloud-compliance explain ${rule}`,
    ...(shared === null
      ? {}
      : {
          consequences: findings.map((one, index) => ({
            id: one.id,
            rule: one.rule,
            headline: pointOf(consequences[index] ?? one.message, one.subject),
          })),
        }),
    ...(changed === undefined ? {} : { changed }),
    ...(ignored === undefined ? {} : { ignored }),
  };
}

/** Why it matters. A plan can give up very different things, each with its own consequence. */
function causeOf({ rule, detail }: Finding): string {
  const own = rule === 'hold/release-guard' ? CONSEQUENCES[detail?.split(' ')[0] ?? ''] : undefined;
  return own ?? CAUSES.get(rule) ?? '';
}

const RELEASED = 'A release cannot be taken back: what is deleted before it is held again is gone.';
const FORGOTTEN = 'It stays held in the world, but neither a plan nor a run for drift looks at it any more.';

const CONSEQUENCES: Readonly<Record<string, string>> = {
  'hold-released': RELEASED,
  'objects-released': RELEASED,
  'hold-forgotten': FORGOTTEN,
  'objects-forgotten': FORGOTTEN,
  'hold-narrowed': 'Nothing is released. They are counted in out_of_scope_count from now on.',
  'release-consented': 'Nothing is released by this plan, and nothing stands in the way of it any more.',
  'export-shrunk':
    'Files that are exported already stay where they are. What is no longer in scope is not exported if it was not yet, and a hold on this export no longer covers it.',
  'export-dropped': 'An export that Terraform no longer knows cannot be continued, and holds cannot refer to it.',
  'bucket-destroyed':
    'Exported recordings may exist nowhere else: Genesys Cloud deletes its own by its retention policies.',
  'key-lost':
    'What is encrypted with it cannot be read again, by anybody, once the waiting time of its deletion is over.',
  'versioning-off':
    'A legal hold on objects needs versions: what is written over from now on has none that could be held.',
  'mfa-delete-off': 'Whoever may delete versions of recordings that are not held can do so with a key alone.',
  'force-destroy': 'Nothing is deleted by this plan, and nothing stands in the way of it any more.',
  'public-access': 'What a bucket policy or an ACL opens is open from now on.',
  'denials-removed':
    'Whoever is allowed these actions elsewhere can delete recordings or lift what protects them from now on.',
  'objects-expire':
    'A version under an Object Lock legal hold stays, behind a delete marker; every other one that grows old enough is gone.',
};

const LEVEL_OF: Readonly<Record<Finding['status'], (severity: Finding['severity']) => Level>> = {
  fail: (severity) => severity,
  warn: () => 'warn',
  unknown: () => 'unknown',
  pass: () => 'pass',
};

/**
 * The first sentence of a message is its point. What a plan does needs no "The plan" in front, nor the address, which stands
 * beside it.
 */
function split({ message, subject }: Finding): { readonly headline: string; readonly rest: string } {
  const end = /\.(?:\s+(?=[A-Z"])|$)/.exec(message);
  const first = end === null ? message : message.slice(0, end.index);
  const rest = end === null ? '' : message.slice(end.index + end[0].length);
  return { headline: pointOf(first, subject), rest };
}

function pointOf(sentence: string, { address }: Origin): string {
  const point = sentence.replace(/^The plan (?=[a-z])/, '').replace(` (${address})`, '');
  return sentenceCase(point);
}

/** Worst first, ignored ones behind those of their level, then by place. */
export function byWeight(a: Item, b: Item): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    Number(a.ignored !== undefined) - Number(b.ignored !== undefined) ||
    ruleRank(a) - ruleRank(b) ||
    compareText(a.target, b.target) ||
    compareText(a.place.address, b.place.address) ||
    compareText(a.id, b.id)
  );
}

/** Rules are ordered by weight: what gives up a hold comes before everything else. */
const RANKS: ReadonlyMap<string, number> = new Map(RULES.map(({ id }, index) => [id, index]));
const ruleRank = ({ rule }: Item): number => RANKS.get(rule) ?? -1;

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
