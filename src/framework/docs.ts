/** What documentation needs to know of a provider, as plain data: pages are rendered from it, and nothing is said twice. */
import type { CtyType } from '../plugin';
import type { Parameter, ProviderDefinition } from './definition';
import type { Attribute, AttributeShape, Schema } from './schema';
import { insideOf, type ObjectShape } from './values/cty-type';

/** One attribute or block. */
export interface MemberDocs {
  readonly name: string;
  /** For people: "String", "List of Number", "Attributes List", "Block Set". */
  readonly type: string;
  readonly description: string;
  readonly sensitive: boolean;
  readonly deprecated?: string;
  /** As it would be written in HCL. */
  readonly default?: string;
  readonly requiresReplace: boolean;
  /** Whether a change may be had in place. */
  readonly grows?: true;
  /** What its value must be, each half a sentence. */
  readonly rules: readonly string[];
  /** The inside of nested attributes and blocks. */
  readonly members?: MemberGroups;
}

/** Attributes and blocks in the groups that registries show. */
export interface MemberGroups {
  readonly required: readonly MemberDocs[];
  readonly optional: readonly MemberDocs[];
  readonly readOnly: readonly MemberDocs[];
}

/** A page about something with a schema. */
export interface SchemaDocs {
  /** Type name; empty for the provider itself. */
  readonly type: string;
  readonly description: string;
  readonly members: MemberGroups;
  /** Resources only: whether `terraform import` works. */
  readonly importable: boolean;
}

/** A page about a function. */
export interface FunctionDocs {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** `split_interval(interval string, step string) list of string` */
  readonly signature: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly type: string;
    readonly description: string;
    readonly variadic: boolean;
  }[];
}

/** The whole documentation. Lists are sorted by name. */
export interface ProviderDocs {
  readonly provider: SchemaDocs;
  readonly resources: readonly SchemaDocs[];
  readonly dataSources: readonly SchemaDocs[];
  readonly ephemeralResources: readonly SchemaDocs[];
  readonly functions: readonly FunctionDocs[];
}

/** Describes a provider. */
export function describeProvider<S extends Schema, Client>(provider: ProviderDefinition<S, Client>): ProviderDocs {
  const pages = (
    all: readonly { readonly type: string; readonly schema: unknown; readonly import?: unknown }[],
  ): SchemaDocs[] =>
    all
      .map(({ type, schema, import: importer }) => page(type, schema as Schema, importer !== undefined))
      .sort(byName((docs) => docs.type));
  return {
    provider: page('', provider.schema, false),
    resources: pages(provider.resources),
    dataSources: pages(provider.dataSources),
    ephemeralResources: pages(provider.ephemeralResources ?? []),
    functions: provider.functions.map(functionDocs).sort(byName((docs) => docs.name)),
  };
}

function page(type: string, schema: Schema, importable: boolean): SchemaDocs {
  return { type, description: schema.description, members: groups(schema), importable };
}

function groups(shape: ObjectShape): MemberGroups {
  const attributes = Object.entries(shape.attributes);
  const pick = (wanted: (attribute: Attribute) => boolean): MemberDocs[] =>
    attributes.filter(([, attribute]) => wanted(attribute)).map(([name, attribute]) => attributeDocs(name, attribute));
  const blocks = Object.entries(shape.blocks).map(([name, block]) => ({
    needed: (block.minItems ?? 0) > 0,
    docs: {
      name,
      type: { single: 'Block', list: 'Block List', set: 'Block Set' }[block.nesting],
      description: block.description,
      sensitive: false,
      requiresReplace: block.requiresReplace === true,
      rules: blockRules(block),
      members: groups(block),
    },
  }));
  const sorted = (members: readonly MemberDocs[]): MemberDocs[] => [...members].sort(byName((docs) => docs.name));
  return {
    required: sorted([
      ...pick(({ options }) => options.required === true),
      ...blocks.filter((b) => b.needed).map((b) => b.docs),
    ]),
    optional: sorted([
      ...pick(({ options }) => options.optional === true),
      ...blocks.filter((b) => !b.needed).map((b) => b.docs),
    ]),
    readOnly: sorted(pick(({ options }) => options.computed === true && options.optional !== true)),
  };
}

function blockRules({ minItems, maxItems }: { readonly minItems?: number; readonly maxItems?: number }): string[] {
  return [
    ...(minItems === undefined ? [] : [`at least ${minItems}`]),
    ...(maxItems === undefined ? [] : [`at most ${maxItems}`]),
  ];
}

function attributeDocs(name: string, { shape, options }: Attribute): MemberDocs {
  const inside = insideOf(shape);
  return {
    name,
    type: shapeName(shape),
    description: options.description,
    sensitive: options.sensitive === true,
    ...(options.deprecated !== undefined && { deprecated: options.deprecated }),
    ...(options.default !== undefined && { default: hcl(options.default) }),
    requiresReplace: options.requiresReplace !== undefined,
    ...(options.grows === true && { grows: true }),
    rules: (options.validators ?? []).map((validator) => validator.description),
    ...(inside && { members: groups(inside) }),
  };
}

function shapeName(shape: AttributeShape): string {
  switch (shape.kind) {
    case 'list':
    case 'set':
    case 'map':
      return `${title(shape.kind)} of ${title(shape.element)}`;
    case 'single_nested':
      return 'Attributes';
    case 'list_nested':
      return 'Attributes List';
    case 'set_nested':
      return 'Attributes Set';
    case 'map_nested':
      return 'Attributes Map';
    case 'bool':
      return 'Boolean';
    default:
      return title(shape.kind);
  }
}

function functionDocs({
  name,
  summary,
  description,
  parameters,
  variadic,
  returns,
}: ProviderDefinition<Schema, unknown>['functions'][number]): FunctionDocs {
  const written = (parameter: Parameter): string => `${parameter.name} ${typeText(parameter.type)}`;
  const inputs = [...parameters.map(written), ...(variadic ? [`${written(variadic)}...`] : [])];
  const docs = (parameter: Parameter, repeated: boolean): FunctionDocs['parameters'][number] => ({
    name: parameter.name,
    type: typeText(parameter.type),
    description: parameter.description,
    variadic: repeated,
  });
  return {
    name,
    summary,
    description,
    signature: `${name}(${inputs.join(', ')}) ${typeText(returns)}`,
    parameters: [...parameters.map((each) => docs(each, false)), ...(variadic ? [docs(variadic, true)] : [])],
  };
}

function typeText(type: CtyType): string {
  if (typeof type === 'string') return type;
  switch (type[0]) {
    case 'list':
    case 'set':
    case 'map':
      return `${type[0]} of ${typeText(type[1])}`;
    case 'tuple':
      return `tuple of ${type[1].map(typeText).join(', ')}`;
    case 'object':
      return `object of ${Object.entries(type[1])
        .map(([name, each]) => `${name} ${typeText(each)}`)
        .join(', ')}`;
  }
}

/** JSON is HCL for the values a default can have, maps aside. */
function hcl(value: unknown): string {
  return value instanceof Map
    ? `{ ${[...(value as Map<string, unknown>)].map(([key, each]) => `${JSON.stringify(key)} = ${hcl(each)}`).join(', ')} }`
    : JSON.stringify(value);
}

function title(text: string): string {
  return text === 'bool' ? 'Boolean' : text.charAt(0).toUpperCase() + text.slice(1);
}

function byName<T>(name: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => (name(a) < name(b) ? -1 : 1);
}
