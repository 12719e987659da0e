/** Attributes of state that are told in words. */

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
