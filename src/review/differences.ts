/** What differs between two states of an object, attribute by attribute, with secrets covered. */

import { type ObjectChange, type Values, isMarked, markOf } from '../plan';

/** One attribute that differs. */
export interface Difference {
  /** Name of the attribute at the top of the schema: what an ignore names. */
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly sensitive: boolean;
}

/**
 * Attributes that differ between before and after. Not a difference: null against an empty text or collection, JSON texts
 * that say the same, and the order of a list of plain values, which providers return as they please.
 */
export function differencesOf(change: ObjectChange): readonly Difference[] {
  const before: Values = change.before ?? {};
  const after: Values = change.after ?? {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => !isUnknown(change.after_unknown, name) && !sameValue(before[name], after[name]))
    .map((name) => ({
      attribute: name,
      before: before[name],
      after: after[name],
      sensitive: isMarked(markOf(change.before_sensitive, name)) || isMarked(markOf(change.after_sensitive, name)),
    }));
}

/** Whether two values mean the same to whoever reads them. */
export function sameValue(a: unknown, b: unknown): boolean {
  return isEqual(a, b) || JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

/** Whether two values are the same as they stand: nearly all of a plan, which then need not be brought into one form. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((one, index) => isEqual(one, b[index]));
  }
  if (Array.isArray(b)) return false;
  const names = Object.keys(a);
  if (Object.keys(b).length !== names.length) return false;
  return names.every((name) => name in b && isEqual((a as Values)[name], (b as Values)[name]));
}

/** A value as an evidence shows it: JSON texts unfolded, secrets covered, cut after a few hundred characters. */
export function shown(value: unknown, sensitive = false): string {
  if (sensitive) return '(sensitive)';
  if (value === undefined || value === null) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** Whether an attribute, or a part of it, is not known before the apply. */
export function isUnknown(marks: unknown, attribute: string): boolean {
  return isMarked(markOf(marks, attribute));
}

/** The attributes without those that are sensitive, or have a sensitive part. */
export function withoutSecrets(values: Values | null | undefined, marks: unknown): Values {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([name]) => !isMarked(markOf(marks, name))));
}

function canonical(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? null : (documentIn(value) ?? value);
  if (Array.isArray(value)) {
    if (value.length === 0) return null;
    const items: readonly unknown[] = value.map(canonical);
    return items.every((item) => typeof item !== 'object') ? [...items].sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, canonical(inner)] as const)
    .filter(([, inner]) => inner !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** The document in a text, with its keys in order; undefined when it holds none. */
function documentIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return canonical(JSON.parse(text));
  } catch {
    return undefined;
  }
}
