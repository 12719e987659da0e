import {
  BlockNesting,
  encodeType,
  ObjectNesting,
  StringKind,
  type FunctionSignature,
  type FunctionParameter,
  type Schema as WireSchema,
  type SchemaAttribute,
  type SchemaBlock,
} from '../../plugin';
import { attributeType, type ObjectShape } from '../values/cty-type';
import type { FunctionDefinition, Parameter } from '../definition';
import type { Attribute, Attributes, Block, Schema } from '../schema';

/** Whose schema it is: a provider's own configuration has no computed attributes, whatever their defaults. */
export type SchemaRole = 'provider' | 'resource' | 'data source' | 'ephemeral resource';

/** A schema as it travels. */
export function wireSchema(schema: Schema, role: SchemaRole): WireSchema {
  return {
    version: BigInt(schema.version),
    block: wireBlock(schema, schema.description, role),
  };
}

function wireBlock(shape: ObjectShape, description: string, role: SchemaRole): SchemaBlock {
  return {
    attributes: wireAttributes(shape.attributes, role),
    blockTypes: Object.entries(shape.blocks).map(([typeName, block]) => ({
      typeName,
      nesting: NESTING[block.nesting],
      block: wireBlock(block, block.description, role),
      ...counts(block),
    })),
    description,
    descriptionKind: StringKind.Markdown,
  };
}

const NESTING = { single: BlockNesting.Single, list: BlockNesting.List, set: BlockNesting.Set } as const;

function counts({ minItems, maxItems }: Block): { minItems?: bigint; maxItems?: bigint } {
  return {
    ...(minItems !== undefined && { minItems: BigInt(minItems) }),
    ...(maxItems !== undefined && { maxItems: BigInt(maxItems) }),
  };
}

function wireAttributes(attributes: Attributes, role: SchemaRole): SchemaAttribute[] {
  return Object.entries(attributes).map(([name, attribute]) => wireAttribute(name, attribute, role));
}

const OBJECT_NESTING = {
  single_nested: ObjectNesting.Single,
  list_nested: ObjectNesting.List,
  set_nested: ObjectNesting.Set,
  map_nested: ObjectNesting.Map,
} as const;

function wireAttribute(name: string, attribute: Attribute, role: SchemaRole): SchemaAttribute {
  const { options, shape } = attribute;
  const defaulted = options.default !== undefined && role !== 'provider';
  return {
    name,
    ...('attributes' in shape
      ? { nestedType: { attributes: wireAttributes(shape.attributes, role), nesting: OBJECT_NESTING[shape.kind] } }
      : { type: encodeType(attributeType(attribute)) }),
    description: options.description,
    descriptionKind: StringKind.Markdown,
    required: options.required === true,
    optional: options.optional === true,
    computed: options.computed === true || defaulted,
    sensitive: options.sensitive === true,
    deprecated: options.deprecated !== undefined,
  };
}

/** A function's signature as it travels. */
export function wireFunction(definition: FunctionDefinition): FunctionSignature {
  return {
    parameters: definition.parameters.map(wireParameter),
    ...(definition.variadic && { variadicParameter: wireParameter(definition.variadic) }),
    return: { type: encodeType(definition.returns) },
    summary: definition.summary,
    description: definition.description,
    descriptionKind: StringKind.Markdown,
  };
}

function wireParameter({ name, description, type, allowNull }: Parameter): FunctionParameter {
  return {
    name,
    type: encodeType(type),
    allowNullValue: allowNull === true,
    description,
    descriptionKind: StringKind.Markdown,
  };
}
