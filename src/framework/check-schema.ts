/**
 * The rules that core and good manners put on a schema, checked in tests: a schema that breaks one of core's makes
 * Terraform refuse the whole provider when it loads.
 * Source: hashicorp/terraform v1.11.4, internal/configs/configschema/internal_validate.go and internal/providers/functions.go.
 */
import type { CtyType } from '../plugin';
import type { FunctionDefinition, ProviderDefinition } from './definition';
import type { Attribute, Block, Schema } from './schema';
import { timeoutsBlockOf, TIMEOUTS } from './timeouts';
import type { SchemaRole } from './runtime/wire-schema';
import { insideOf, type ObjectShape } from './values/cty-type';
import { formatPath } from './values/path';
import { widenAttribute } from './values/widen';

const ATTRIBUTE_NAME = /^[a-z_][a-z0-9_]*$/;
const BLOCK_NAME = /^[a-z0-9_]+$/;
const FUNCTION_NAME = /^[a-z_][a-z0-9_]*$/;
const RESERVED: Readonly<Record<SchemaRole, readonly string[]>> = {
  provider: ['alias', 'version'],
  resource: ['connection', 'count', 'depends_on', 'for_each', 'lifecycle', 'provider', 'provisioner'],
  'data source': ['count', 'depends_on', 'for_each', 'lifecycle', 'provider'],
  'ephemeral resource': ['count', 'depends_on', 'for_each', 'lifecycle', 'provider'],
};

/** Everything wrong with a schema, one sentence each; empty when it is sound. `name` begins each sentence. */
export function checkSchema(schema: Schema, role: SchemaRole, name: string): string[] {
  return new SchemaCheck(name, schema, role).run();
}

class SchemaCheck {
  readonly #problems: string[] = [];

  constructor(
    private readonly name: string,
    private readonly schema: Schema,
    private readonly role: SchemaRole,
  ) {}

  run(): string[] {
    const { schema, role } = this;
    if (!Number.isInteger(schema.version) || schema.version < 0)
      this.say([], 'has a version that is not a whole number');
    if (role !== 'resource' && schema.version !== 0) this.say([], 'has a version, which only resources need');
    this.text([], schema.description);
    for (const reserved of RESERVED[role]) {
      if (reserved in schema.attributes || reserved in schema.blocks) {
        this.say([reserved], 'has a name that Terraform keeps for itself');
      }
    }
    this.members(schema, [], false);
    return this.#problems;
  }

  private members(shape: ObjectShape, path: readonly string[], inSet: boolean): void {
    for (const [name, attribute] of Object.entries(shape.attributes)) {
      const at = [...path, name];
      if (!ATTRIBUTE_NAME.test(name)) this.say(at, 'has a name that is not lower-case letters, digits and underscores');
      if (name in shape.blocks) this.say(at, 'is both an attribute and a block');
      this.attribute(attribute, at, inSet);
    }
    for (const [name, block] of Object.entries(shape.blocks)) this.block(name, block, [...path, name], inSet);
  }

  private attribute(attribute: Attribute, path: readonly string[], inSet: boolean): void {
    const { options, shape } = attribute;
    const { required, optional, computed, default: preset } = options;
    this.text(path, options.description);
    const ways = [required, optional, computed && !optional].filter(Boolean).length;
    if (ways !== 1 || (required && computed)) {
      this.say(path, 'must be exactly one of required, optional, computed, optional and computed');
    }
    if (preset !== undefined && (!optional || computed))
      this.say(path, 'has a default, so it must be optional, and no more');
    if (preset !== undefined)
      widenAttribute(attribute, preset, (_, problem) => this.say(path, `has a default that ${problem}`), []);
    if (computed && !optional) this.computedOnly(attribute, path);
    if (options.grows && options.requiresReplace)
      this.say(path, 'grows and requires replacement: the plan of the resource decides, or the schema');
    if (options.keepIfUnchanged && !computed) this.say(path, 'keeps its value, which only a computed attribute does');
    if (options.equals && inSet) this.say(path, 'has equals inside a set, where elements cannot be told apart');
    const inside = insideOf(shape);
    if (inside) this.members(inside, path, inSet || shape.kind === 'set_nested');
  }

  private computedOnly({ options }: Attribute, path: readonly string[]): void {
    if (options.validators?.length) this.say(path, 'has validators, but users cannot set it');
    if (options.requiresReplace) this.say(path, 'requires replacement, but users cannot set it');
    if (options.grows) this.say(path, 'grows, but users cannot set it');
  }

  private block(name: string, block: Block, path: readonly string[], inSet: boolean): void {
    if (!BLOCK_NAME.test(name)) this.say(path, 'has a name that is not lower-case letters, digits and underscores');
    this.text(path, block.description);
    const { minItems = 0, maxItems } = block;
    if (block.nesting === 'single' && (block.minItems !== undefined || maxItems !== undefined)) {
      this.say(path, 'is a single block, so it has no least and greatest number');
    }
    if (minItems < 0 || (maxItems !== undefined && (maxItems < minItems || maxItems < 1))) {
      this.say(path, 'has a greatest number of blocks below the least');
    }
    if (timeoutsBlockOf({ attributes: {}, blocks: { [TIMEOUTS]: block } }) && (name !== TIMEOUTS || path.length > 1)) {
      this.say(path, `was made by timeouts() and must be called "${TIMEOUTS}", at the top`);
    }
    this.members(block, path, inSet || block.nesting === 'set');
  }

  private text(path: readonly string[], description: string): void {
    if (description.trim() === '') this.say(path, 'has no description');
    else if (!/[.!?`)|]$/.test(description.trim())) this.say(path, 'has a description that is not a whole sentence');
  }

  private say(path: readonly string[], problem: string): void {
    this.#problems.push(`${this.name}${path.length === 0 ? '' : `: ${formatPath(path)}`} ${problem}.`);
  }
}

/** The same for a whole provider: every schema, functions, and names that occur twice. */
export function checkProvider<S extends Schema, Client>(provider: ProviderDefinition<S, Client>): string[] {
  const { resources, dataSources, ephemeralResources = [], functions } = provider;
  return [
    ...checkSchema(provider.schema, 'provider', 'provider'),
    ...resources.flatMap(({ type, schema }) => checkSchema(schema as Schema, 'resource', `resource ${type}`)),
    ...dataSources.flatMap(({ type, schema }) => checkSchema(schema as Schema, 'data source', `data source ${type}`)),
    ...ephemeralResources.flatMap(({ type, schema }) =>
      checkSchema(schema as Schema, 'ephemeral resource', `ephemeral resource ${type}`),
    ),
    ...resources.filter(({ update }) => !update).flatMap(({ type, schema }) => withoutUpdate(type, schema as Schema)),
    ...resources.flatMap(({ type, schema, upgrades }) => missingUpgrades(type, schema as Schema, upgrades ?? {})),
    ...functions.flatMap(checkFunction),
    ...twice(
      'resource',
      resources.map(({ type }) => type),
    ),
    ...twice(
      'data source',
      dataSources.map(({ type }) => type),
    ),
    ...twice(
      'ephemeral resource',
      ephemeralResources.map(({ type }) => type),
    ),
    ...twice(
      'function',
      functions.map(({ name }) => name),
    ),
  ];
}

function withoutUpdate(type: string, schema: Schema): string[] {
  const settable = Object.entries(schema.attributes).filter(
    ([, { options }]) => (options.required || options.optional) && options.requiresReplace !== true,
  );
  const blocks = Object.entries(schema.blocks).filter(([name, block]) => name !== TIMEOUTS && !block.requiresReplace);
  return [...settable, ...blocks].map(
    ([name]) => `resource ${type}: ${name} can change, but the resource has no update; it must require replacement.`,
  );
}

function missingUpgrades(
  type: string,
  { version }: Schema,
  upgrades: { readonly [version: number]: unknown },
): string[] {
  return Object.keys(upgrades)
    .filter((from) => Number(from) >= version)
    .map((from) => `resource ${type}: upgrades from version ${from}, but the schema is at version ${version}.`);
}

function checkFunction({ name, parameters, variadic, returns, description }: FunctionDefinition): string[] {
  const problems: string[] = [];
  const names = [...parameters, ...(variadic ? [variadic] : [])].map((parameter) => parameter.name);
  if (!FUNCTION_NAME.test(name)) problems.push(`function ${name} has a name that is not an identifier.`);
  if (description.trim() === '') problems.push(`function ${name} has no description.`);
  for (const parameter of names) {
    if (!FUNCTION_NAME.test(parameter))
      problems.push(`function ${name}: parameter ${parameter} has a name that is not an identifier.`);
  }
  if (!isType(returns)) problems.push(`function ${name} returns no type.`);
  return [...problems, ...twice(`function ${name}: parameter`, names)];
}

function isType(type: CtyType | undefined): boolean {
  return type !== undefined && (typeof type === 'string' || Array.isArray(type));
}

function twice(kind: string, names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
    (name) => `${kind} ${name} occurs twice.`,
  );
}
