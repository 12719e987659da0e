/** Reads attributes of a state. What is missing, null or of another type is null: never zero, never empty. */
import type { Values } from './standing';

export function numberIn(values: Values, name: string): number | null {
  const value = values[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** An empty text is none. */
export function textIn(values: Values, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The texts of a list; none where there is no list. */
export function textsIn(values: Values, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? (value as unknown[]).filter((one) => typeof one === 'string') : [];
}

/** Nested blocks and attributes: one object, or a list of them. */
export function rowsIn(values: Values, name: string): readonly Values[] {
  const value = values[name];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one): one is Values => typeof one === 'object' && one !== null && !Array.isArray(one));
}

/** A sentence for each attribute that has no value, although it always has one where somebody looked. */
export function unknownsAmong(values: Values, names: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(names)
    .filter(([name]) => values[name] === null || values[name] === undefined)
    .map(([name, what]) => `It is unknown ${what}: ${name} has no value.`);
}
