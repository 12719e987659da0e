/** Numbers and lists in words, and attributes to be told: shared by the plan review, the run for drift, and the renderers. */

const NUMBERS = new Intl.NumberFormat('en-US');

/** `2,000`. */
export function number(count: number): string {
  return NUMBERS.format(count);
}

/** `1 conversation`, `2,000 conversations`. */
export function counted(count: number, thing: string): string {
  return `${number(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`; more than `most` are counted. */
export function enumerated(words: readonly string[], most = 4): string {
  if (words.length > most) return `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** A number of state; `fallback` when there is none. */
export function numberAt(values: Readonly<Record<string, unknown>>, name: string, fallback = 0): number {
  const value = values[name];
  return typeof value === 'number' ? value : fallback;
}

/** A text of state, or undefined for none. */
export function textAt(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
