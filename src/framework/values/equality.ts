import type { CtyType, Value } from '../../plugin';
import { Decimal, Dynamic, isUnknown } from '../../plugin';

/**
 * Whether two values of a type are the same. The order of sets does not matter, and two unknown values are the same
 * whatever is known about them (core compares them so, too).
 */
export function sameValue(type: CtyType, left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (isUnknown(left) || isUnknown(right)) return isUnknown(left) && isUnknown(right);
  if (typeof type === 'string') return sameSimple(left, right);
  switch (type[0]) {
    case 'list':
      return sameArray(left, right, (a, b) => sameValue(type[1], a, b));
    case 'set':
      return sameSet(type[1], left as readonly Value[], right as readonly Value[]);
    case 'tuple':
      return sameArray(left, right, (a, b, index) => sameValue(type[1][index] ?? 'dynamic', a, b));
    case 'map':
      return sameMap(type[1], left as ReadonlyMap<string, Value>, right as ReadonlyMap<string, Value>);
    case 'object':
      return Object.entries(type[1]).every(([name, member]) =>
        sameValue(
          member,
          (left as { [name: string]: Value })[name] ?? null,
          (right as { [name: string]: Value })[name] ?? null,
        ),
      );
  }
}

/** True when nothing inside is unknown. */
export function whollyKnown(value: Value): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Decimal) return true;
  if (isUnknown(value)) return false;
  if (value instanceof Dynamic) return whollyKnown(value.value);
  if (Array.isArray(value)) return value.every(whollyKnown);
  if (value instanceof Map) return [...value.values()].every(whollyKnown);
  return Object.values(value as { [name: string]: Value }).every(whollyKnown);
}

function sameSimple(left: Value, right: Value): boolean {
  if (left instanceof Decimal && right instanceof Decimal) return left.text === right.text;
  if (left instanceof Dynamic && right instanceof Dynamic) {
    return JSON.stringify(left.type) === JSON.stringify(right.type) && sameValue(left.type, left.value, right.value);
  }
  if (typeof left === 'bigint' || typeof right === 'bigint') return String(left) === String(right);
  return left === right;
}

function sameArray(left: Value, right: Value, same: (a: Value, b: Value, index: number) => boolean): boolean {
  const a = left as readonly Value[];
  const b = right as readonly Value[];
  return a.length === b.length && a.every((value, index) => same(value, b[index] ?? null, index));
}

function sameSet(element: CtyType, left: readonly Value[], right: readonly Value[]): boolean {
  if (left.length !== right.length) return false;
  if (element === 'string') {
    // The common large case (conversation ids) must not be quadratic.
    const known = new Set(left.filter((value) => typeof value === 'string'));
    return (
      right.every((value) => isUnknown(value) || known.has(value as string)) &&
      left.filter(isUnknown).length === right.filter(isUnknown).length
    );
  }
  const rest = [...right];
  return left.every((value) => {
    const index = rest.findIndex((other) => sameValue(element, value, other));
    if (index < 0) return false;
    rest.splice(index, 1);
    return true;
  });
}

function sameMap(element: CtyType, left: ReadonlyMap<string, Value>, right: ReadonlyMap<string, Value>): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left) {
    if (!right.has(key) || !sameValue(element, value, right.get(key) ?? null)) return false;
  }
  return true;
}
