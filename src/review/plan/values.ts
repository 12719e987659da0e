/** Old and new values of what a plan changes, attribute by attribute. */
import { isMarked, isRow, markOf, type Values } from '../../plan';
import { number } from '../../words';
import { sameValue } from '../differences';
import { ATTRIBUTES } from '../resources/attribute-table';
import type { Subject } from '../resources/subject';
import type { ValueChange } from '../report';

/** More are counted. */
const MOST_VALUES = 10;

/** Longer values lose their middle: names, intervals and ARNs differ at their ends. */
const LONGEST_VALUE = 100;

/** What of a bucket is shown elsewhere: its policy by what it allows before and after. */
const SHOWN_ELSEWHERE: readonly string[] = ['policy'];

/** Old and new values, and how many more there are. */
export interface ValueChanges {
  readonly values?: readonly ValueChange[];
  readonly moreValues?: number;
}

/** Those of an export, a hold, a bucket or one of its settings; nothing for what is made or goes as a whole. */
export function valueChangesOf(subject: Subject): ValueChanges {
  const { element, differences } = subject;
  const isShown = ['update', 'replace'].includes(element.action) && element.before !== null && element.after !== null;
  const row = ATTRIBUTES[element.type];
  if (!isShown || (row === undefined && !element.type.startsWith('aws_s3_bucket'))) return {};
  const skipped = new Set([...SHOWN_ELSEWHERE, ...(row?.computed ?? [])]);
  const found = differences
    .filter(({ attribute }) => !skipped.has(attribute))
    .flatMap(({ attribute, before, after, sensitive }) =>
      sensitive ? [{ attribute, before: SECRET, after: SECRET }] : compared(attribute, before, after),
    );
  const open = row === undefined ? [] : [...row.scope, ...row.record, ...row.others];
  const unknown = open
    .filter((name) => isRow(element.afterUnknown) && element.afterUnknown[name] === true)
    .map((attribute) => ({ attribute, before: oldValue(subject, attribute), after: LATER }));
  const all = [...found, ...unknown];
  return {
    ...(all.length === 0 ? {} : { values: all.slice(0, MOST_VALUES) }),
    ...(all.length > MOST_VALUES ? { moreValues: all.length - MOST_VALUES } : {}),
  };
}

const SECRET = '(sensitive)';
const LATER = '(known after the apply)';
const NOTHING = '(none)';

function oldValue({ element, before }: Subject, name: string): string {
  return isMarked(markOf(element.beforeSensitive, name)) ? SECRET : cut(shownValue(before[name]));
}

/** What differs between two values: entries of a set that come and go, the inner values of a block, or the values. */
function compared(attribute: string, before: unknown, after: unknown): readonly ValueChange[] {
  if (sameValue(before, after)) return [];
  // A block of Terraform is a list with one entry.
  const [was, is] = [blockOf(before), blockOf(after)];
  if (was !== undefined && is !== undefined) {
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
    return names.flatMap((name) => compared(`${attribute}.${name}`, was[name], is[name]));
  }
  if (Array.isArray(before) || Array.isArray(after)) return entriesOf(attribute, listOf(before), listOf(after));
  return [{ attribute, ...shortened(shownValue(before), shownValue(after)) }];
}

function blockOf(value: unknown): Values | undefined {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return isRow(only) ? only : undefined;
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];

/** Entries that go, then those that come. Terraform gives sets in any order. */
function entriesOf(attribute: string, before: readonly unknown[], after: readonly unknown[]): readonly ValueChange[] {
  const [old, now] = [before, after].map((list) => new Set(list.map(shownValue))) as [Set<string>, Set<string>];
  const gone = [...old].filter((text) => !now.has(text));
  const come = [...now].filter((text) => !old.has(text));
  return [
    ...gone.map((text) => ({ attribute, before: cut(text), after: null })),
    ...come.map((text) => ({ attribute, before: null, after: cut(text) })),
  ];
}

function shownValue(value: unknown): string {
  if (value === undefined || value === null || value === '') return NOTHING;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Both cut, unless the cut would hide what differs: then from a little before the first difference. */
function shortened(before: string, after: string): Pick<ValueChange, 'before' | 'after'> {
  const [was, is] = [cut(before), cut(after)];
  if (was !== is) return { before: was, after: is };
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const from = (text: string): string => `…${cut(text.slice(Math.max(0, same - 20)))}`;
  return { before: from(before), after: from(after) };
}

/** Without its middle where it is too long. */
function cut(text: string): string {
  if (text.length <= LONGEST_VALUE) return text;
  const half = LONGEST_VALUE / 2 - 10;
  return `${text.slice(0, half)}… (${number(text.length - 2 * half)} more characters) …${text.slice(-half)}`;
}
