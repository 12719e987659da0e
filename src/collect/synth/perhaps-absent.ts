/** Whether there is any instance of an element, as far as the program says. */
import type { Element } from './tree';
import type { Values } from './values';

/** Whether the program says that there are none: a count of 0, or nothing to make one for each of. */
export function isAbsent(element: Element, values: Values): boolean {
  const { count, for_each: each } = element.attributes;
  if (count !== undefined) return written(values.plain(count, element)) === '0';
  if (each === undefined) return false;
  const plain = values.plain(each, element);
  if (typeof plain === 'string') return EMPTY.test(written(plain));
  return typeof plain === 'object' && plain !== null && Object.keys(plain).length === 0;
}

/** `[]` and `{}` with any number of functions around that change nothing about that. */
const EMPTY = /^(?:(?:toset|tolist|tomap|concat|merge|compact|distinct)\(\s*)*(?:\[\s*\]|\{\s*\})(?:\s*\))*$/;

/** A value as its text, without the braces of an expression. */
const written = (value: unknown): string => (/^\$\{(.*)\}$/s.exec(String(value))?.[1] ?? String(value)).trim();

/** Why nobody knows before the apply whether there is any instance of an element; null where its number is written. */
export function whyPerhapsAbsent(element: Element, values: Values): string | null {
  const { count, for_each: each } = element.attributes;
  if (count !== undefined) {
    const plain = String(values.plain(count, element));
    return /^\d+$/.test(written(plain)) ? null : `has a count that only the plan tells: ${plain}`;
  }
  const plain = each === undefined ? undefined : values.plain(each, element);
  // A list of something that is written out, such as toset(["a"]).
  if (typeof plain !== 'string' || /^\$\{(?:toset\()?\[\s*"[^$]*\]\)?\}$/s.test(plain)) return null;
  return `is made for each of what only the plan tells: ${plain}`;
}
