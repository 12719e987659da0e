import type { Value } from '../../plugin';
import { isUnknown } from '../../plugin';

/** An object value: attributes and blocks by name. */
export interface ObjectValue {
  readonly [name: string]: Value;
}

/** True for a known, non-null object (never for collections and unknown values). */
export function isObject(value: Value): value is ObjectValue {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** True for a known list, set or map. */
export function isCollection(value: Value): value is readonly Value[] | ReadonlyMap<string, Value> {
  return Array.isArray(value) || value instanceof Map;
}

/** The elements of a collection, in order. */
export function elementsOf(value: readonly Value[] | ReadonlyMap<string, Value>): readonly Value[] {
  return value instanceof Map ? [...(value as ReadonlyMap<string, Value>).values()] : (value as readonly Value[]);
}

/** An element by position or key; null when there is none. */
export function elementAt(value: Value, key: string | number): Value {
  if (typeof key === 'number') return Array.isArray(value) ? ((value as readonly Value[])[key] ?? null) : null;
  return value instanceof Map ? ((value as ReadonlyMap<string, Value>).get(key) ?? null) : null;
}

/** A member of an object; null when the object is null, unknown when it is unknown. */
export function memberOf(value: Value, name: string): Value {
  if (isUnknown(value)) return value;
  return isObject(value) ? (value[name] ?? null) : null;
}
