import type { Element } from './tree';
import type { Values } from './values';

/** Why nobody knows before the apply whether there is any instance of an element; null where its number is written. */
export function whyPerhapsAbsent(element: Element, values: Values): string | null {
  const { count, for_each: each } = element.attributes;
  if (count !== undefined) {
    const plain = String(values.plain(count, element));
    if (plain === '0') return `has a count of 0`;
    return /^\d+$/.test(plain) ? null : `has a count that only the plan tells: ${plain}`;
  }
  const plain = each === undefined ? undefined : values.plain(each, element);
  if (typeof plain !== 'string') return null;
  const written = /^\$\{toset\(\[(.*)\]\)\}$/s.exec(plain)?.[1];
  if (written === undefined) return `is made for each of what only the plan tells: ${plain}`;
  return written.trim() === '' ? 'is made for each of nothing' : null;
}
