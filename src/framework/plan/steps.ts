/**
 * The steps of a plan before the resource's own hook, each a pure function over whole values. Order and meaning as in
 * hashicorp/terraform-plugin-framework, internal/fwserver/server_planresourcechange.go.
 */
import type { Value } from '../../plugin';
import { isUnknown, UNKNOWN } from '../../plugin';
import { correlate, type Correlated } from '../values/correlate';
import { attributeType, insideOf, type ObjectShape } from '../values/cty-type';
import { sameValue, whollyKnown } from '../values/equality';
import type { Attribute, Block } from '../schema';
import { isCollection, isObject, memberOf, type ObjectValue } from '../values/walk';
import { widenAttribute } from '../values/widen';

type Elementwise = (inside: ObjectShape, each: Correlated) => Value;

/**
 * Completes core's proposal: defaults where the user said nothing, and the prior spelling where the new one means the
 * same (`equals`). Core's proposal holds prior values where a computed attribute is not configured.
 */
export function completeProposal(shape: ObjectShape, config: Value, prior: Value, proposed: Value): ObjectValue {
  return mapMembers(shape, (name, member) => {
    const wanted = memberOf(config, name);
    const before = memberOf(prior, name);
    const value = memberOf(proposed, name);
    return 'nesting' in member
      ? mapBlock(member, wanted, before, value, completeElement)
      : completeAttribute(member, wanted, before, value);
  });
}

const completeElement: Elementwise = (inside, { config, prior, proposed }) =>
  completeProposal(inside, config, prior, proposed);

function completeAttribute(attribute: Attribute, config: Value, prior: Value, proposed: Value): Value {
  const { options } = attribute;
  if (isUnknown(config)) return proposed;
  let value = proposed;
  if (config === null) {
    if (options.default === undefined) return proposed;
    value = defaultOf(attribute);
  } else {
    value = mapNested(attribute, config, prior, proposed, completeElement);
  }
  return keepsSpelling(attribute, prior, value) ? prior : value;
}

/** An attribute's default as a value; null when there is none. checkSchema holds defaults to their type. */
export function defaultOf(attribute: Attribute): Value {
  return widenAttribute(attribute, attribute.options.default, () => undefined, []);
}

function keepsSpelling({ options }: Attribute, prior: Value, value: Value): boolean {
  return (
    options.equals !== undefined &&
    prior !== null &&
    value !== null &&
    whollyKnown(prior) &&
    whollyKnown(value) &&
    options.equals(prior, value)
  );
}

/** Fills defaults into a configuration, so that what reads it finds the types it was promised. */
export function withDefaults(shape: ObjectShape, config: Value): ObjectValue {
  return completeProposal(shape, config, null, config);
}

/**
 * Marks what the provider computes as unknown, where the user did not set it; what keeps (`keepIfUnchanged`) stays as
 * long as there is a prior object to keep it from.
 */
export function markComputedUnknown(shape: ObjectShape, config: Value, prior: Value, planned: Value): ObjectValue {
  return mapMembers(shape, (name, member) => {
    const wanted = memberOf(config, name);
    const before = memberOf(prior, name);
    const value = memberOf(planned, name);
    if ('nesting' in member) return mapBlock(member, wanted, before, value, markElement);
    const { options } = member;
    if (wanted !== null) return mapNested(member, wanted, before, value, markElement);
    if (!options.computed || options.default !== undefined) return value;
    return options.keepIfUnchanged && isObject(prior) ? value : UNKNOWN;
  });
}

const markElement: Elementwise = (inside, { config, prior, proposed }) =>
  markComputedUnknown(inside, config, prior, proposed);

/**
 * Keeps the spelling of `before` wherever `after` means the same: for what an API returns, after apply and on read.
 */
export function keepSpelling(shape: ObjectShape, before: Value, after: ObjectValue): ObjectValue {
  return mapMembers(shape, (name, member) => {
    const old = memberOf(before, name);
    const value = memberOf(after, name);
    if ('nesting' in member) return mapBlock(member, value, old, value, keepElement);
    if (keepsSpelling(member, old, value)) return old;
    const inner = mapNested(member, value, old, value, keepElement);
    // The same set in another order: answer with the old one, so that nothing seems to move.
    return sameValue(attributeType(member), old, inner) ? old : inner;
  });
}

const keepElement: Elementwise = (inside, { prior, proposed }) =>
  isObject(proposed) ? keepSpelling(inside, prior, proposed) : proposed;

function mapMembers(shape: ObjectShape, map: (name: string, member: Attribute | Block) => Value): ObjectValue {
  const result: { [name: string]: Value } = {};
  for (const [name, attribute] of Object.entries(shape.attributes)) result[name] = map(name, attribute);
  for (const [name, block] of Object.entries(shape.blocks)) result[name] = map(name, block);
  return result;
}

function mapNested({ shape }: Attribute, config: Value, prior: Value, value: Value, each: Elementwise): Value {
  const inside = insideOf(shape);
  return inside ? mapInside(nestingOf(shape.kind), inside, config, prior, value, each) : value;
}

function mapBlock(block: Block, config: Value, prior: Value, value: Value, each: Elementwise): Value {
  return mapInside(block.nesting, block, config, prior, value, each);
}

function mapInside(
  nesting: 'single' | 'list' | 'set' | 'map',
  inside: ObjectShape,
  config: Value,
  prior: Value,
  value: Value,
  each: Elementwise,
): Value {
  if (config === null || isUnknown(config) || value === null || isUnknown(value)) return value;
  if (nesting === 'single') return each(inside, { key: undefined, config, prior, proposed: value });
  if (!isCollection(config)) return value;
  const pairs = correlate(nesting, inside, config, prior, value);
  if (nesting !== 'map') return pairs.map((pair) => each(inside, pair));
  return new Map(pairs.map((pair) => [String(pair.key), each(inside, pair)]));
}

/** How a nested attribute holds its objects. */
export function nestingOf(kind: string): 'single' | 'list' | 'set' | 'map' {
  if (kind.startsWith('list')) return 'list';
  if (kind.startsWith('set')) return 'set';
  return kind.startsWith('map') ? 'map' : 'single';
}
