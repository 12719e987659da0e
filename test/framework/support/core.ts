/**
 * Core's side, written again from its behaviour and from the wire schema alone, so that it shares nothing with the
 * runtime it judges. Source: hashicorp/terraform v1.11.4, internal/plans/objchange.
 */
import {
  BlockNesting,
  isUnknown,
  ObjectNesting,
  parseType,
  type CtyType,
  type SchemaAttribute,
  type SchemaBlock,
  type Value,
} from '../../../src/plugin';

type Obj = { readonly [name: string]: Value };
type Nesting = 'single' | 'list' | 'set' | 'map';

const OBJECT_NESTING: Record<number, Nesting> = {
  [ObjectNesting.Single]: 'single',
  [ObjectNesting.List]: 'list',
  [ObjectNesting.Set]: 'set',
  [ObjectNesting.Map]: 'map',
};
const BLOCK_NESTING: Record<number, Nesting> = {
  [BlockNesting.Single]: 'single',
  [BlockNesting.List]: 'list',
  [BlockNesting.Set]: 'set',
};

const wrap = (nesting: Nesting, object: CtyType): CtyType => (nesting === 'single' ? object : [nesting, object]);

function attributeTypeOf(attribute: SchemaAttribute): CtyType {
  if (attribute.type) return parseType(attribute.type);
  const nested = attribute.nestedType;
  const members = Object.fromEntries((nested?.attributes ?? []).map((each) => [each.name, attributeTypeOf(each)]));
  return wrap(OBJECT_NESTING[nested?.nesting ?? 0] ?? 'single', ['object', members]);
}

export function impliedType(block: SchemaBlock): CtyType {
  return [
    'object',
    Object.fromEntries([
      ...block.attributes.map((attribute) => [attribute.name, attributeTypeOf(attribute)] as const),
      ...block.blockTypes.map(
        (nested) =>
          [nested.typeName, wrap(BLOCK_NESTING[nested.nesting] ?? 'single', impliedType(nested.block))] as const,
      ),
    ]),
  ];
}

/** One text for equal values: sets sorted, unknown values alike. */
export function canonical(value: Value, type: CtyType): string {
  if (value === null) return 'null';
  if (isUnknown(value)) return '?';
  if (typeof type === 'string') return `${typeof value}:${String(value)}`;
  switch (type[0]) {
    case 'object':
      return `{${Object.entries(type[1])
        .map(([name, member]) => `${name}=${canonical((value as Obj)[name] ?? null, member)}`)
        .join()}}`;
    case 'map':
      return `{${[...(value as Map<string, Value>)]
        .map(([key, element]) => `${JSON.stringify(key)}=${canonical(element, type[1])}`)
        .sort()
        .join()}}`;
    case 'tuple':
      throw new Error('no tuples here');
    default: {
      const elements = (value as Value[]).map((element) => canonical(element, type[1]));
      return `[${(type[0] === 'set' ? elements.sort() : elements).join()}]`;
    }
  }
}

const get = (object: Value, name: string): Value =>
  object === null ? null : isUnknown(object) ? object : ((object as Obj)[name] ?? null);

/** The elements of a collection under the keys that identify them. */
function entries(value: Value): Map<string | number, Value> {
  if (value instanceof Map) return value as Map<string, Value>;
  return new Map(Array.isArray(value) ? (value as Value[]).map((element, index) => [index, element]) : []);
}

/** AssertPlanValid. */
export function planProblems(block: SchemaBlock, prior: Value, config: Value, planned: Value, at = ''): string[] {
  if ((planned === null) !== (config === null)) return [`${at}: existence differs`];
  if (planned === null) return [];
  const problems = block.attributes.flatMap((attribute) => attributeProblems(attribute, prior, config, planned, at));
  for (const nested of block.blockTypes) {
    const where = `${at}.${nested.typeName}`;
    const nesting = BLOCK_NESTING[nested.nesting] ?? 'single';
    const type = wrap(nesting, impliedType(nested.block));
    const [before, wanted, after] = [
      get(prior, nested.typeName),
      get(config, nested.typeName),
      get(planned, nested.typeName),
    ];
    if (nesting !== 'single' && after === null) problems.push(`${where}: null instead of no blocks`);
    else if (canonical(after, type) === canonical(wanted, type)) continue;
    else if (isUnknown(wanted) || isUnknown(after)) problems.push(`${where}: unknown dynamic block was changed`);
    else if (nesting === 'single') problems.push(...planProblems(nested.block, before, wanted, after, where));
    else if (nesting !== 'set') {
      const [olds, wants, news] = [entries(before), entries(wanted), entries(after)];
      if (wants.size !== news.size) problems.push(`${where}: block count`);
      for (const [key, element] of news) {
        problems.push(
          ...planProblems(nested.block, olds.get(key) ?? null, wants.get(key) ?? null, element, `${where}[${key}]`),
        );
      }
    }
  }
  return problems;
}

function attributeProblems(
  attribute: SchemaAttribute,
  priorObject: Value,
  configObject: Value,
  plannedObject: Value,
  at: string,
): string[] {
  const { name, computed, optional, nestedType } = attribute;
  const where = `${at}.${name}`;
  const type = attributeTypeOf(attribute);
  const [prior, config, planned] = [get(priorObject, name), get(configObject, name), get(plannedObject, name)];
  if (canonical(planned, type) === canonical(config, type)) return [];
  if (prior !== null && config !== null && canonical(planned, type) === canonical(prior, type)) return [];
  if (computed && !optional) return [];
  if (config === null) return computed ? [] : [`${where}: value for a non-computed attribute`];
  if (!nestedType) return [`${where}: neither config nor prior`];
  if (planned === null) return [`${where}: absent`];
  if (isUnknown(planned)) return [`${where}: unknown for a configured value`];
  if (isUnknown(config)) return [`${where}: known for an unknown value`];
  const nesting = OBJECT_NESTING[nestedType.nesting] ?? 'single';
  const each = (olds: Value, wants: Value, news: Value, inside: string): string[] =>
    nestedType.attributes.flatMap((member) => attributeProblems(member, olds, wants, news, inside));
  if (nesting === 'single') return each(prior, config, planned, where);
  const [olds, wants, news] = [entries(prior), entries(config), entries(planned)];
  if (wants.size !== news.size) return [`${where}: count`];
  if (nesting === 'set') return [];
  return [...news].flatMap(([key, element]) =>
    wants.has(key)
      ? each(olds.get(key) ?? null, wants.get(key) ?? null, element, `${where}[${key}]`)
      : [`${where}[${key}]: not configured`],
  );
}

/** AssertObjectCompatible; also what core demands of the plan that it makes again at apply. */
export function resultProblems(type: CtyType, planned: Value, actual: Value, at = ''): string[] {
  if (isUnknown(planned)) {
    const { nullable, prefix } = planned.refinement;
    if (nullable === false && actual === null) return [`${at}: null, and promised not to be`];
    return prefix !== undefined && typeof actual === 'string' && !actual.startsWith(prefix) ? [`${at}: prefix`] : [];
  }
  if (isUnknown(actual)) return [`${at}: was known, now unknown`];
  if (planned === null || actual === null) return planned === actual ? [] : [`${at}: null or not`];
  if (typeof type === 'string') return planned === actual ? [] : [`${at}: ${String(planned)} became ${String(actual)}`];
  if (type[0] === 'object') {
    return Object.entries(type[1]).flatMap(([name, member]) =>
      resultProblems(member, get(planned, name), get(actual, name), `${at}.${name}`),
    );
  }
  const element = type[1] as CtyType;
  const [olds, news] = [entries(planned), entries(actual)];
  if (type[0] === 'set') {
    const fits = (a: Value, b: Value): boolean => resultProblems(element, a, b).length === 0;
    const [wanted, found] = [[...olds.values()], [...news.values()]];
    const matched =
      wanted.every((a) => found.some((b) => fits(a, b))) && found.every((b) => wanted.some((a) => fits(a, b)));
    return matched && found.length <= wanted.length ? [] : [`${at}: sets do not correlate`];
  }
  const keys = new Set([...olds.keys(), ...news.keys()]);
  return [...keys].flatMap((key) =>
    olds.has(key) && news.has(key)
      ? resultProblems(element, olds.get(key) ?? null, news.get(key) ?? null, `${at}[${key}]`)
      : [`${at}[${key}]: vanished or appeared`],
  );
}

/** Whether anything in a value is unknown. */
export function hasUnknown(value: Value): boolean {
  if (isUnknown(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return [...(value instanceof Map ? value.values() : Object.values(value as Obj))].some(hasUnknown);
}

/** ProposedNewState: the configuration, with prior values where a computed attribute is not set. */
export function proposedNew(block: SchemaBlock, prior: Value, config: Value): Value {
  if (config === null || isUnknown(config)) return config;
  return Object.fromEntries([
    ...block.attributes.map(
      (each) => [each.name, proposedAttribute(each, get(prior, each.name), get(config, each.name))] as const,
    ),
    ...block.blockTypes.map((nested) => {
      const nesting = BLOCK_NESTING[nested.nesting] ?? 'single';
      const [before, wanted] = [get(prior, nested.typeName), get(config, nested.typeName)];
      return [
        nested.typeName,
        inside(nesting, before, wanted, (old, next) => proposedNew(nested.block, old, next), nested.block),
      ] as const;
    }),
  ]);
}

function proposedAttribute(attribute: SchemaAttribute, prior: Value, config: Value): Value {
  if (config === null) return attribute.computed ? prior : null;
  const { nestedType } = attribute;
  if (!nestedType) return config;
  return inside(
    OBJECT_NESTING[nestedType.nesting] ?? 'single',
    prior,
    config,
    (old, next) =>
      next === null || isUnknown(next)
        ? next
        : Object.fromEntries(
            nestedType.attributes.map((each) => [
              each.name,
              proposedAttribute(each, get(old, each.name), get(next, each.name)),
            ]),
          ),
    nestedType,
  );
}

function inside(
  nesting: Nesting,
  prior: Value,
  config: Value,
  each: (prior: Value, config: Value) => Value,
  shape: Members,
): Value {
  if (config === null || isUnknown(config)) return config;
  const known = isUnknown(prior) ? null : prior;
  if (nesting === 'single') return each(known, config);
  // Core looks for the element of the prior set that could have come from this configuration.
  const rest = nesting === 'set' ? [...entries(known).values()] : [];
  const partner = (key: string | number, element: Value): Value => {
    if (nesting !== 'set') return entries(known).get(key) ?? null;
    const index = rest.findIndex((old) => couldComeFrom(shape, old, element));
    return index < 0 ? null : (rest.splice(index, 1)[0] ?? null);
  };
  const built = [...entries(config)].map(([key, element]) => [key, each(partner(key, element), element)] as const);
  return config instanceof Map ? new Map(built as [string, Value][]) : built.map(([, element]) => element);
}

interface Members {
  readonly attributes: readonly SchemaAttribute[];
}

/** Whether an object differs from its configuration only in computed attributes that are not set there. */
function couldComeFrom(shape: Members, prior: Value, config: Value): boolean {
  return shape.attributes.every((attribute) => {
    const type = attributeTypeOf(attribute);
    const [old, next] = [get(prior, attribute.name), get(config, attribute.name)];
    if (canonical(old, type) === canonical(next, type)) return true;
    if (next === null) return attribute.computed === true;
    const { nestedType } = attribute;
    if (!nestedType || old === null || isUnknown(next)) return false;
    if (nestedType.nesting === ObjectNesting.Single) return couldComeFrom(nestedType, old, next);
    const [olds, news] = [entries(old), entries(next)];
    if (olds.size !== news.size) return false;
    if (nestedType.nesting !== ObjectNesting.Set) {
      return [...news].every(
        ([key, element]) => olds.has(key) && couldComeFrom(nestedType, olds.get(key) ?? null, element),
      );
    }
    return [...news.values()].every((element) =>
      [...olds.values()].some((candidate) => couldComeFrom(nestedType, candidate, element)),
    );
  });
}
