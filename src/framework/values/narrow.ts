import type { Value } from '../../plugin';
import { Decimal, isUnknown, UNKNOWN } from '../../plugin';
import { insideOf, type ObjectShape } from './cty-type';
import type { Path } from '../diagnostics';
import type { AttributeShape, Block } from '../schema';
import { isObject, type ObjectValue } from './walk';

/** Says what is wrong with a value, and where. */
export type Report = (path: Path, problem: string) => void;

/**
 * Turns a decoded object into what resources see. The shapes are the same; refused are the values that the types of a
 * resource leave out: numbers that a JavaScript number cannot hold, and null elements of collections.
 */
export function narrowObject(shape: ObjectShape, value: ObjectValue, report: Report, path: Path = []): ObjectValue {
  const result: { [name: string]: Value } = {};
  for (const [name, attribute] of Object.entries(shape.attributes)) {
    result[name] = narrowAttribute(attribute.shape, value[name] ?? null, report, [...path, name]);
  }
  for (const [name, block] of Object.entries(shape.blocks)) {
    result[name] = narrowBlocks(block, value[name] ?? null, report, [...path, name]);
  }
  return result;
}

function narrowBlocks(shape: Block, value: Value, report: Report, path: Path): Value {
  if (isObject(value)) return narrowObject(shape, value, report, path);
  if (isUnknown(value) && shape.nesting === 'single') return unknownObject(shape);
  if (!Array.isArray(value)) return value;
  return value.map((element: Value, index) => narrowElement(shape, element, report, [...path, index]));
}

function narrowAttribute(shape: AttributeShape, value: Value, report: Report, path: Path): Value {
  if (value === null || isUnknown(value)) return value;
  const inside = insideOf(shape);
  if (shape.kind === 'single_nested')
    return inside && isObject(value) ? narrowObject(inside, value, report, path) : value;
  if (Array.isArray(value)) {
    return value.map((element: Value, index) => narrowElement(inside, element, report, [...path, index]));
  }
  if (value instanceof Map) {
    const map = value as ReadonlyMap<string, Value>;
    return new Map([...map].map(([key, element]) => [key, narrowElement(inside, element, report, [...path, key])]));
  }
  return narrowNumber(value, report, path);
}

function narrowElement(inside: ObjectShape | undefined, value: Value, report: Report, path: Path): Value {
  if (value === null) {
    report(path, 'An element here is null. Leave it out, or give it a value.');
    return value;
  }
  if (!inside) return isUnknown(value) ? value : narrowNumber(value, report, path);
  // An unknown object is one whose attributes are all unknown: so resources need no third case. Core accepts the echo.
  if (isUnknown(value)) return unknownObject(inside);
  return isObject(value) ? narrowObject(inside, value, report, path) : value;
}

/** Also for a single block of a `dynamic` block whose `for_each` is unknown: it may turn out to be absent. */
function unknownObject({ attributes, blocks }: ObjectShape): ObjectValue {
  const inner = Object.entries(blocks).map(([name, block]): [string, Value] => [
    name,
    block.nesting === 'single' ? unknownObject(block) : UNKNOWN,
  ]);
  return Object.fromEntries([...Object.keys(attributes).map((name): [string, Value] => [name, UNKNOWN]), ...inner]);
}

function narrowNumber(value: Value, report: Report, path: Path): Value {
  if (typeof value !== 'bigint' && !(value instanceof Decimal)) return value;
  report(
    path,
    `The number ${value instanceof Decimal ? value.text : value} is beyond what this provider computes with exactly ` +
      '(integers up to 2^53, about 15 significant digits). Use a smaller or shorter number.',
  );
  return null;
}
