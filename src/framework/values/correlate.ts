import type { Value } from '../../plugin';
import { isUnknown } from '../../plugin';
import { attributeType, blockType, insideOf, type ObjectShape } from './cty-type';
import { sameValue, whollyKnown } from './equality';
import { elementAt, isCollection, memberOf } from './walk';

/**
 * Elements of several values of one collection that belong together: lists by position, maps by key, sets by what the
 * configuration says about an element (its computed attributes may differ).
 */
export interface Correlated {
  /** Position or key; undefined in a set, whose elements have no address. */
  readonly key: string | number | undefined;
  readonly config: Value;
  readonly prior: Value;
  readonly proposed: Value;
}

/** Pairs each element of a known configuration with its prior and proposed ones (null where there is none). */
export function correlate(
  kind: 'list' | 'set' | 'map',
  shape: ObjectShape,
  config: Value,
  prior: Value,
  proposed: Value,
): readonly Correlated[] {
  if (!isCollection(config)) return [];
  if (kind === 'set') {
    const priors = pool(shape, prior);
    const proposals = pool(shape, proposed);
    return (config as readonly Value[]).map((element) => ({
      key: undefined,
      config: element,
      prior: priors(element),
      proposed: proposals(element) ?? element,
    }));
  }
  const keys: readonly (string | number)[] =
    config instanceof Map ? [...(config as Map<string, Value>).keys()] : [...(config as readonly Value[]).keys()];
  return keys.map((key) => {
    const element = elementAt(config, key);
    return { key, config: element, prior: elementAt(prior, key), proposed: elementAt(proposed, key) ?? element };
  });
}

/** Hands out elements of a set, each once, to the configuration element that they agree with. */
function pool(shape: ObjectShape, set: Value): (config: Value) => Value {
  const rest = Array.isArray(set) ? [...(set as readonly Value[])] : [];
  return (config) => {
    const index = rest.findIndex((candidate) => agrees(shape, config, candidate));
    return index < 0 ? null : (rest.splice(index, 1)[0] ?? null);
  };
}

/** Whether an object is the configured one, computed parts aside. */
function agrees(shape: ObjectShape, config: Value, candidate: Value): boolean {
  const attributes = Object.entries(shape.attributes).every(([name, attribute]) => {
    const wanted = memberOf(config, name);
    const found = memberOf(candidate, name);
    const { options } = attribute;
    if (wanted === null) return found === null || options.computed === true || options.default !== undefined;
    if (isUnknown(wanted) || isUnknown(found)) return isUnknown(wanted) && isUnknown(found);
    if (options.equals && whollyKnown(wanted) && whollyKnown(found) && found !== null)
      return options.equals(wanted, found);
    const inside = insideOf(attribute.shape);
    if (!inside) return sameValue(attributeType(attribute), wanted, found);
    return insideAgrees(attribute.shape.kind, inside, wanted, found);
  });
  return (
    attributes &&
    Object.entries(shape.blocks).every(([name, block]) => {
      const wanted = memberOf(config, name);
      const found = memberOf(candidate, name);
      if (wanted === null || found === null) return wanted === found;
      if (isUnknown(wanted) || isUnknown(found)) return sameValue(blockType(block), wanted, found);
      return insideAgrees(block.nesting, block, wanted, found);
    })
  );
}

function insideAgrees(kind: string, inside: ObjectShape, wanted: Value, found: Value): boolean {
  if (!isCollection(wanted)) return agrees(inside, wanted, found);
  if (!isCollection(found)) return false;
  const nesting = kind.startsWith('set') ? 'set' : kind.startsWith('map') ? 'map' : 'list';
  const size = (value: typeof wanted): number =>
    value instanceof Map ? value.size : (value as readonly Value[]).length;
  return (
    size(wanted) === size(found) &&
    correlate(nesting, inside, wanted, found, null).every(
      (pair) => pair.prior !== null && agrees(inside, pair.config, pair.prior),
    )
  );
}
