/** Numbers and lists in English. */
import { withoutEnd } from './ends';

/** `2,000`. By hand: the first number that Intl writes costs a quarter of what starting Node costs, in every process. */
export function number(count: number): string {
  const [whole = '', fraction = ''] = (Number.isInteger(count) ? String(count) : count.toFixed(3)).split('.');
  const rest = withoutEnd(fraction, '0');
  const groups: string[] = [];
  let end = whole.length;
  const sign = whole.startsWith('-') ? 1 : 0;
  for (; end - sign > 3; end -= 3) groups.unshift(whole.slice(end - 3, end));
  groups.unshift(whole.slice(0, end));
  return `${groups.join(',')}${rest === '' ? '' : `.${rest}`}`;
}

/** `1 conversation`, `2,000 conversations`, `2 batches`. */
export function counted(count: number, thing: string, things = `${thing}s`): string {
  return `${number(count)} ${numberOf(count, thing, things)}`;
}

/** The word that fits the count: `conversation` for one, `conversations` otherwise. */
export function numberOf(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** `a`, `a and b`, `a, b and c`; more than `most` are counted. */
export function enumerated(words: readonly string[], most = 4): string {
  if (words.length > most) return `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
