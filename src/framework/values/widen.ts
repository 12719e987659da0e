import type { Value } from '../../plugin';
import { isUnknown } from '../../plugin';
import { attributeType, insideOf, type ObjectShape } from './cty-type';
import type { Path } from '../diagnostics';
import { sameValue, whollyKnown } from './equality';
import type { Report } from './narrow';
import type { Attribute, Block, Primitive } from '../schema';
import type { ObjectValue } from './walk';

/**
 * Turns what a resource returned into a value of its schema. What is left out becomes null (lists of blocks: empty).
 * Problems are reported and the part at fault becomes null, so that the rest (an id above all) can still be saved.
 * Text is brought to Unicode form NFC, as core does on arrival.
 */
export function widenObject(shape: ObjectShape, raw: unknown, report: Report, path: Path = []): ObjectValue {
  const given = (typeof raw === 'object' && raw !== null ? raw : {}) as { readonly [name: string]: unknown };
  if (given !== raw) report(path, `expected an object, got ${nameOf(raw)}`);
  const result: { [name: string]: Value } = {};
  for (const [name, attribute] of Object.entries(shape.attributes)) {
    result[name] = widenAttribute(attribute, given[name], report, [...path, name]);
  }
  for (const [name, block] of Object.entries(shape.blocks)) {
    result[name] = widenBlock(block, given[name], report, [...path, name]);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(result, name) && given[name] !== undefined) {
      report([...path, name], 'is not in the schema; remove it from the result, or add it to the schema');
    }
  }
  return result;
}

function widenBlock(block: Block, raw: unknown, report: Report, path: Path): Value {
  if (block.nesting === 'single')
    return raw === null || raw === undefined ? null : widenObject(block, raw, report, path);
  if (raw === null || raw === undefined) return [];
  if (isUnknown(raw)) return raw;
  if (!Array.isArray(raw)) {
    report(path, `expected an array of blocks, got ${nameOf(raw)}`);
    return [];
  }
  return raw.map((element: unknown, index) => widenObject(block, element, report, [...path, index]));
}

/** The value of one attribute; see {@link widenObject}. */
export function widenAttribute(attribute: Attribute, raw: unknown, report: Report, path: Path): Value {
  if (raw === null || raw === undefined) return null;
  if (isUnknown(raw)) return raw;
  const { shape } = attribute;
  const inside = insideOf(shape);
  const element = (value: unknown, step: string | number): Value => {
    const at = [...path, step];
    if (inside) return widenObject(inside, value, report, at);
    if (isUnknown(value)) return value;
    return 'element' in shape ? widenPrimitive(shape.element, value, report, at) : null;
  };
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return widenPrimitive(shape.kind, raw, report, path);
    case 'single_nested':
      return inside ? widenObject(inside, raw, report, path) : null;
    case 'list':
    case 'list_nested':
      return Array.isArray(raw) ? raw.map(element) : wrong(raw, 'an array', report, path);
    case 'set':
    case 'set_nested':
      return Array.isArray(raw) ? distinct(attribute, raw.map(element)) : wrong(raw, 'an array', report, path);
    case 'map':
    case 'map_nested':
      return raw instanceof Map
        ? new Map([...(raw as Map<string, unknown>)].map(([key, value]) => [key.normalize('NFC'), element(value, key)]))
        : wrong(raw, 'a Map', report, path);
  }
}

function widenPrimitive(kind: Primitive, raw: unknown, report: Report, path: Path): Value {
  if (kind === 'string' && typeof raw === 'string') return raw.normalize('NFC');
  if (kind === 'bool' && typeof raw === 'boolean') return raw;
  if (kind === 'number' && typeof raw === 'number') {
    if (Number.isFinite(raw) && (Number.isSafeInteger(raw) || !Number.isInteger(raw))) return raw + 0;
    report(path, `${raw} is not a number that can be stored exactly`);
    return null;
  }
  return wrong(raw, `a ${kind}`, report, path);
}

/** A set names each element once. Elements with unknown parts stay: they may become different. */
function distinct(attribute: Attribute, elements: readonly Value[]): readonly Value[] {
  const type = attributeType(attribute);
  const element = Array.isArray(type) && type[0] === 'set' ? type[1] : 'dynamic';
  if (typeof element === 'string') {
    return [...new Set(elements.filter((value) => !isUnknown(value))), ...elements.filter(isUnknown)];
  }
  return elements.filter(
    (value, i) => !whollyKnown(value) || elements.findIndex((other) => sameValue(element, other, value)) === i,
  );
}

function wrong(raw: unknown, expected: string, report: Report, path: Path): null {
  report(path, `expected ${expected}, got ${nameOf(raw)}`);
  return null;
}

/** The kind of a value, never the value itself: it may be a secret. */
function nameOf(raw: unknown): string {
  if (raw === null) return 'null';
  if (Array.isArray(raw)) return 'an array';
  if (typeof raw === 'object') return `an object (${raw.constructor?.name ?? 'no class'})`;
  return typeof raw === 'undefined' ? 'nothing' : `a ${typeof raw}`;
}
