import type { Value } from '../../plugin';
import { isUnknown } from '../../plugin';
import { whollyKnown } from './equality';
import { elementsOf, isCollection, isObject } from './walk';

/**
 * The known part of a plan: unknown members of objects are left out, and so is a collection that is not known to its
 * last element (half a list would look like a whole one). Undefined when nothing is known.
 */
export function knownPart(value: Value): Value | undefined {
  if (isUnknown(value)) return undefined;
  if (isObject(value)) {
    const known = Object.entries(value).flatMap(([name, member]) => {
      const part = knownPart(member);
      return part === undefined ? [] : [[name, part] as const];
    });
    return Object.fromEntries(known);
  }
  if (!isCollection(value)) return value;
  if (elementsOf(value).some((element) => !isObject(element) && !whollyKnown(element))) return undefined;
  if (!(value instanceof Map)) return elementsOf(value).map((element) => knownPart(element) ?? null);
  const entries = value as ReadonlyMap<string, Value>;
  return new Map([...entries].map(([key, element]) => [key, knownPart(element) ?? null]));
}

/** The same value with null for what is not known: state cannot hold unknown values. */
export function unknownAsNull(value: Value): Value {
  if (isUnknown(value)) return null;
  if (whollyKnown(value)) return value;
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unknownAsNull(member)]));
  }
  if (!isCollection(value)) return value;
  if (!(value instanceof Map)) return elementsOf(value).map(unknownAsNull);
  const entries = value as ReadonlyMap<string, Value>;
  return new Map([...entries].map(([key, element]) => [key, unknownAsNull(element)]));
}
