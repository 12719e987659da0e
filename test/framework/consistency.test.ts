import fc from 'fast-check';
import {
  createProviderServer,
  type Attribute,
  type ResourceDefinition,
  type Schema,
  type Value,
} from '../../src/framework';
import { decodeDynamic, encodeMsgpack, type ProviderServer, type SchemaBlock } from '../../src/plugin';
import { canonical, hasUnknown, impliedType, planProblems, proposedNew, resultProblems } from './support/core';
import { anyConfig, anySchema, madeUp, resolved } from './support/random-schema';

const context = { signal: new AbortController().signal };
const RUNS = Number(process.env.FUZZ_RUNS ?? 150);

/** A resource over any schema: it takes what is planned and makes up what is not known. */
function echo(schema: Schema): ResourceDefinition<Schema, object> {
  const complete = async ({ planned }: { planned: object }): Promise<never> => fill(schema, planned as Value) as never;
  return {
    type: 'any',
    schema,
    create: complete,
    update: complete,
    read: async ({ state }) => reversedSets(schema, state as Value) as never,
    delete: async () => undefined,
  };
}

interface Shape {
  readonly attributes: Schema['attributes'];
  readonly blocks: Schema['blocks'];
}

function fill(shape: Shape, planned: Value): Value {
  if (planned === null) return null;
  const given = planned as { [name: string]: Value | undefined };
  const member = (attribute: Attribute, value: Value | undefined): Value => {
    if (value === undefined) return madeUp(attribute);
    if (!('attributes' in attribute.shape) || value === null) return value;
    return across(value, { attributes: attribute.shape.attributes, blocks: {} });
  };
  const across = (value: Value, inside: Shape): Value => {
    if (value instanceof Map) return new Map([...(value as Map<string, Value>)].map(([k, v]) => [k, fill(inside, v)]));
    return Array.isArray(value) ? value.map((element: Value) => fill(inside, element)) : fill(inside, value);
  };
  return Object.fromEntries([
    ...Object.entries(shape.attributes).map(([name, attribute]) => [name, member(attribute, given[name])] as const),
    ...Object.entries(shape.blocks).map(([name, block]) => [name, across(given[name] ?? null, block)] as const),
  ]);
}

/** An API answers sets in any order. */
function reversedSets(schema: Schema, state: Value): Value {
  return Object.fromEntries(
    Object.entries(state as { [name: string]: Value }).map(([name, value]) => [
      name,
      schema.attributes[name]?.shape.kind.startsWith('set') && Array.isArray(value) ? [...value].reverse() : value,
    ]),
  );
}

/** Core, as far as one resource is concerned. */
class Core {
  readonly type;
  constructor(
    private readonly server: ProviderServer,
    private readonly block: SchemaBlock,
  ) {
    this.type = impliedType(block);
  }

  private wire(value: Value): { msgpack: Uint8Array } {
    return { msgpack: encodeMsgpack(value, this.type) };
  }

  async plan(prior: Value, config: Value): Promise<{ planned: Value; replace: boolean }> {
    const proposed = proposedNew(this.block, prior, config);
    const response = await this.server.PlanResourceChange(
      {
        typeName: 'any',
        priorState: this.wire(prior),
        proposedNewState: this.wire(proposed),
        config: this.wire(config),
        priorPrivate: new Uint8Array(),
      },
      context,
    );
    expect(response.diagnostics).toEqual([]);
    const planned = decodeDynamic(response.plannedState, this.type);
    expect(planProblems(this.block, prior, config, planned)).toEqual([]);
    return { planned, replace: (response.requiresReplace ?? []).length > 0 };
  }

  async apply(prior: Value, config: Value, planned: Value): Promise<Value> {
    const response = await this.server.ApplyResourceChange(
      {
        typeName: 'any',
        priorState: this.wire(prior),
        plannedState: this.wire(planned),
        config: this.wire(config),
        plannedPrivate: new Uint8Array(),
      },
      context,
    );
    expect(response.diagnostics).toEqual([]);
    const state = decodeDynamic(response.newState, this.type);
    expect(hasUnknown(state)).toBe(false);
    expect(resultProblems(this.type, planned, state)).toEqual([]);
    return state;
  }

  async read(state: Value): Promise<Value> {
    const response = await this.server.ReadResource(
      { typeName: 'any', currentState: this.wire(state), private: new Uint8Array() },
      context,
    );
    expect(response.diagnostics).toEqual([]);
    return decodeDynamic(response.newState, this.type);
  }

  /** Plans with what is known, again with everything known, applies, reads, and plans once more: nothing to do. */
  async converge(prior: Value, before: Value, config: Value): Promise<Value> {
    let base = prior;
    let { planned, replace } = await this.plan(base, before);
    if (base !== null && replace) {
      base = null;
      ({ planned, replace } = await this.plan(null, before));
    }
    const again = await this.plan(base, config);
    expect(resultProblems(this.type, planned, again.planned)).toEqual([]);
    const state = await this.apply(base, config, again.planned);
    const read = await this.read(state);
    expect(canonical(read, this.type)).toBe(canonical(state, this.type));
    const empty = await this.plan(read, config);
    expect(canonical(empty.planned, this.type)).toBe(canonical(read, this.type));
    return read;
  }
}

const stories = anySchema.chain((schema) =>
  fc.record({
    schema: fc.constant(schema),
    first: anyConfig(schema, true),
    second: anyConfig(schema, true),
  }),
);

describe('core finds nothing wrong', () => {
  test('with any schema and any two configurations, one after the other, with values that are not known at first', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async ({ schema, first, second }) => {
        const factory = createProviderServer({
          schema: { version: 0, description: '', attributes: {}, blocks: {} },
          version: '0',
          configure: () => ({}),
          resources: [echo(schema)],
          dataSources: [],
          functions: [],
        });
        const server = factory();
        await server.ConfigureProvider({ terraformVersion: '1', config: { json: Buffer.from('{}') } }, context);
        const served = await server.GetProviderSchema({}, context);
        const core = new Core(server, served.resourceSchemas.get('any')?.block as SchemaBlock);
        const state = await core.converge(null, first, resolved(schema, first));
        await core.converge(state, second, resolved(schema, second));
      }),
      { numRuns: RUNS },
    );
  });
});
