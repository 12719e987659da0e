import fc from 'fast-check';
import {
  block,
  s,
  schema,
  UNKNOWN,
  type Attribute,
  type Attributes,
  type Block,
  type Schema,
  type Value,
} from '../../../src/framework';

const DESCRIPTION = 'Something.';

const presence = fc.constantFrom(
  { required: true },
  { optional: true },
  { computed: true },
  { computed: true, keepIfUnchanged: true },
  { optional: true, computed: true },
  { optional: true, computed: true, keepIfUnchanged: true },
  { optional: true, requiresReplace: true },
  { optional: true, preset: true },
);

const ALPHABET = ['', 'a', 'A', 'b', '__proto__', 'é', '0'];
const NUMBERS = [0, 1, -7, 0.1, 2.5, 9007199254740991];

const primitiveValue: Record<string, fc.Arbitrary<Value>> = {
  string: fc.constantFrom(...ALPHABET),
  number: fc.constantFrom(...NUMBERS),
  bool: fc.boolean(),
};

/* eslint-disable @typescript-eslint/no-explicit-any -- schemas that are only known at run time have no static types */
function attribute(depth: number): fc.Arbitrary<Attribute> {
  const kind = fc.constantFrom('string', 'number', 'bool', 'list', 'set', 'map', ...(depth > 0 ? NESTED : []));
  return fc
    .tuple(
      kind,
      presence,
      fc.constantFrom('string', 'number', 'bool'),
      attributes(Math.max(0, depth - 1)),
      fc.boolean(),
    )
    .map(
      ([what, { preset, ...how }, element, inside, folded]: [string, any, string, Attributes, boolean]): Attribute => {
        const simple = what in primitiveValue;
        const options = {
          description: DESCRIPTION,
          ...how,
          ...(preset && simple && { default: { string: 'preset', number: 3, bool: true }[what] }),
          ...(folded &&
            what === 'string' &&
            !how.computed && { equals: (a: string, b: string) => a.toLowerCase() === b.toLowerCase() }),
        };
        if (simple) return (s as any)[what](options);
        if (what in COLLECTIONS) return (s as any)[what](element, options);
        return (s as any)[what](inside, options);
      },
    );
}
/* eslint-enable @typescript-eslint/no-explicit-any */

const NESTED = ['singleNested', 'listNested', 'setNested', 'mapNested'];
const COLLECTIONS = { list: true, set: true, map: true };

function attributes(depth: number): fc.Arbitrary<Attributes> {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), {
    minLength: 1,
    maxLength: depth > 0 ? 5 : 3,
  });
  if (depth === 0) {
    return names.chain((chosen) =>
      fc
        .tuple(...chosen.map(() => leaf()))
        .map((all) => Object.fromEntries(chosen.map((name, i) => [name, all[i] as Attribute]))),
    );
  }
  return names.chain((chosen) =>
    fc
      .tuple(...chosen.map(() => attribute(depth)))
      .map((all) => Object.fromEntries(chosen.map((name, i) => [name, all[i] as Attribute]))),
  );
}

function leaf(): fc.Arbitrary<Attribute> {
  return fc.tuple(fc.constantFrom('string', 'number', 'bool'), presence).map(([what, how]) => {
    const { preset, ...rest } = how as { preset?: boolean };
    const options = {
      description: DESCRIPTION,
      ...rest,
      ...(preset && { default: { string: 'preset', number: 3, bool: true }[what] }),
    };
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
    return (s as any)[what](options) as Attribute;
  });
}

const blocks: fc.Arbitrary<{ readonly [name: string]: Block }> = fc
  .uniqueArray(fc.constantFrom('x', 'y'), { maxLength: 2 })
  .chain((names) =>
    fc.tuple(...names.map(() => fc.tuple(fc.constantFrom('single', 'list', 'set'), attributes(0)))).map((all) =>
      Object.fromEntries(
        names.map((name, i) => {
          const [nesting, inside] = all[i] as ['single' | 'list' | 'set', Attributes];
          return [name, { ...block.list({ description: DESCRIPTION }, inside), nesting } as Block];
        }),
      ),
    ),
  );

/** Any schema of two levels. */
export const anySchema: fc.Arbitrary<Schema> = fc
  .tuple(attributes(2), blocks)
  .map(([inside, nested]) => schema({ description: DESCRIPTION, attributes: inside, blocks: nested }));

interface Shape {
  readonly attributes: Attributes;
  readonly blocks: { readonly [name: string]: Block };
}

/** A configuration that fits a schema; `unknowns` is the share of values that are not known. */
export function anyConfig(shape: Shape, unknowns: boolean): fc.Arbitrary<Value> {
  const members: { [name: string]: fc.Arbitrary<Value> } = {};
  for (const [name, each] of Object.entries(shape.attributes)) members[name] = attributeConfig(each, unknowns);
  for (const [name, each] of Object.entries(shape.blocks)) {
    const object = anyConfig(each, unknowns);
    members[name] =
      each.nesting === 'single'
        ? fc.option(object, { nil: null })
        : elements(object, each.nesting === 'set', each.nesting === 'set' ? mostElements(each) : 3);
  }
  return fc.record(members).map((config) => ({ ...config }));
}

function attributeConfig({ shape, options }: Attribute, unknowns: boolean): fc.Arbitrary<Value> {
  if (options.computed && !options.optional) return fc.constant(null);
  const maybe = (value: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
    unknowns ? fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: fc.constant(UNKNOWN) }) : value;
  const value = (): fc.Arbitrary<Value> => {
    if ('element' in shape) {
      const element = primitiveValue[shape.element] as fc.Arbitrary<Value>;
      return collection(shape.kind, shape.kind === 'set' ? element : maybe(element));
    }
    if (!('attributes' in shape)) return primitiveValue[shape.kind] as fc.Arbitrary<Value>;
    const object = anyConfig({ attributes: shape.attributes, blocks: {} }, unknowns);
    return shape.kind === 'single_nested'
      ? object
      : collection(shape.kind.split('_')[0] ?? '', object, mostElements({ attributes: shape.attributes, blocks: {} }));
  };
  const set = maybe(value());
  return options.required ? set : fc.oneof({ weight: 2, arbitrary: set }, { weight: 1, arbitrary: fc.constant(null) });
}

/**
 * Where a provider fills something in, two configured elements of a set can become the same one, and then no plan can
 * ever be empty again; Terraform has no answer to that either.
 */
function mostElements(shape: Shape): number {
  const fillsIn = ({ options, shape: inner }: Attribute): boolean =>
    options.computed === true ||
    options.default !== undefined ||
    ('attributes' in inner && Object.values(inner.attributes).some(fillsIn));
  return Object.values(shape.attributes).some(fillsIn) ? 1 : 3;
}

function collection(kind: string, element: fc.Arbitrary<Value>, mostInSet = 3): fc.Arbitrary<Value> {
  if (kind !== 'map') return elements(element, kind === 'set', kind === 'set' ? mostInSet : 3);
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...ALPHABET), element), { maxLength: 3, selector: ([key]) => key })
    .map((all) => new Map(all));
}

function elements(element: fc.Arbitrary<Value>, distinct: boolean, maxLength: number): fc.Arbitrary<Value> {
  return distinct ? fc.uniqueArray(element, { maxLength, selector: identity }) : fc.array(element, { maxLength });
}

/** The same configuration with every unknown value resolved: null where that is allowed, else a fixed value. */
export function resolved(shape: Shape, config: Value): Value {
  if (config === null) return null;
  const given = config as { [name: string]: Value };
  const result: { [name: string]: Value } = {};
  for (const [name, each] of Object.entries(shape.attributes))
    result[name] = resolvedAttribute(each, given[name] ?? null);
  for (const [name, each] of Object.entries(shape.blocks)) {
    const value = given[name] ?? null;
    result[name] = Array.isArray(value)
      ? unique(
          value.map((element: Value) => resolved(each, element)),
          each.nesting === 'set',
        )
      : resolved(each, value);
  }
  return result;
}

const FIXED: { readonly [kind: string]: Value } = { string: 'found', number: 42, bool: false };

function resolvedAttribute({ shape, options }: Attribute, value: Value): Value {
  if (value === UNKNOWN) {
    if (!options.required && Object.keys(shape).length === 1) return FIXED[shape.kind] ?? null;
    if ('element' in shape || 'attributes' in shape)
      return shape.kind === 'single_nested'
        ? madeUp({ shape, options })
        : shape.kind.startsWith('map')
          ? new Map()
          : [];
    return FIXED[shape.kind] ?? null;
  }
  if (value === null || typeof value !== 'object') return value;
  const inside = (element: Value): Value => {
    if (element === UNKNOWN) return 'element' in shape ? (FIXED[shape.element] ?? null) : null;
    return 'attributes' in shape ? resolved({ attributes: shape.attributes, blocks: {} }, element) : element;
  };
  if (value instanceof Map)
    return new Map([...(value as Map<string, Value>)].map(([key, element]) => [key, inside(element)]));
  if (Array.isArray(value)) return unique(value.map(inside), shape.kind.startsWith('set'));
  return inside(value);
}

function unique(values: Value[], distinct: boolean): Value[] {
  return distinct ? [...new Map(values.map((value) => [identity(value), value])).values()] : values;
}

/** What a provider would answer for a value it computes. */
export function madeUp({ shape, options }: Attribute): Value {
  const inside = (): Value =>
    'attributes' in shape
      ? Object.fromEntries(Object.entries(shape.attributes).map(([name, each]) => [name, madeUp(each)]))
      : null;
  switch (shape.kind) {
    case 'list':
    case 'set':
      return [FIXED[shape.element] ?? null];
    case 'map':
      return new Map([['k', FIXED[shape.element] ?? null]]);
    case 'single_nested':
      return inside();
    case 'list_nested':
    case 'set_nested':
      return [inside()];
    case 'map_nested':
      return new Map([['k', inside()]]);
    default:
      return options.optional && !options.computed && options.default === undefined
        ? null
        : (FIXED[shape.kind] ?? null);
  }
}

function identity(value: Value): string {
  return JSON.stringify(value, (_, each: unknown) => (each instanceof Map ? [...each] : each));
}
