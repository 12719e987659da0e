import type { Value } from '../../plugin';
import { isUnknown } from '../../plugin';
import { attributeType, blockType, insideOf, type ObjectShape } from '../values/cty-type';
import type { Path } from '../diagnostics';
import { sameValue, whollyKnown } from '../values/equality';
import { nestingOf } from './steps';
import type { Attribute } from '../schema';
import { elementAt, elementsOf, isCollection, memberOf } from '../values/walk';

/** The paths whose change needs a new resource. Core drops those whose value did not change after all. */
export function replacements(
  shape: ObjectShape,
  config: Value,
  prior: Value,
  planned: Value,
  path: Path = [],
): readonly Path[] {
  const found: Path[] = [];
  for (const [name, attribute] of Object.entries(shape.attributes)) {
    const [wanted, before, after] = [memberOf(config, name), memberOf(prior, name), memberOf(planned, name)];
    const at = [...path, name];
    if (sameValue(attributeType(attribute), before, after)) continue;
    // Unset and computed: whatever apply finds out is no wish of the user's.
    if (wanted === null && attribute.options.computed && isUnknown(after)) continue;
    if (needsReplacement(attribute, before, after)) found.push(at);
    const inside = insideOf(attribute.shape);
    if (inside) found.push(...within(nestingOf(attribute.shape.kind), inside, wanted, before, after, at));
  }
  for (const [name, block] of Object.entries(shape.blocks)) {
    const [wanted, before, after] = [memberOf(config, name), memberOf(prior, name), memberOf(planned, name)];
    const at = [...path, name];
    if (sameValue(blockType(block), before, after)) continue;
    if (block.requiresReplace) found.push(at);
    found.push(...within(block.nesting, block, wanted, before, after, at));
  }
  return found;
}

function needsReplacement({ options }: Attribute, prior: Value, planned: Value): boolean {
  const rule = options.requiresReplace;
  if (rule === undefined || rule === true) return rule === true;
  if (rule === 'whenKnown') return whollyKnown(planned);
  // Not known yet: it may turn out to need one, and core does not let an update become a replacement at apply.
  if (!whollyKnown(planned)) return true;
  return rule({ prior, planned });
}

function within(
  nesting: 'single' | 'list' | 'set' | 'map',
  inside: ObjectShape,
  config: Value,
  prior: Value,
  planned: Value,
  path: Path,
): readonly Path[] {
  if (!replacesInside(inside)) return [];
  if (nesting === 'single') return replacements(inside, config, prior, planned, path);
  if (isUnknown(planned) || nesting === 'set') return [path];
  const keys = new Set([...keysOf(prior), ...keysOf(planned)]);
  return [...keys].flatMap((key) =>
    replacements(inside, elementAt(config, key), elementAt(prior, key), elementAt(planned, key), [...path, key]),
  );
}

function keysOf(value: Value): readonly (string | number)[] {
  if (value instanceof Map) return [...(value as ReadonlyMap<string, Value>).keys()];
  return isCollection(value) ? [...elementsOf(value).keys()] : [];
}

function replacesInside(shape: ObjectShape): boolean {
  return (
    Object.values(shape.attributes).some((attribute) => {
      const inside = insideOf(attribute.shape);
      return attribute.options.requiresReplace !== undefined || (inside !== undefined && replacesInside(inside));
    }) || Object.values(shape.blocks).some((block) => block.requiresReplace === true || replacesInside(block))
  );
}
