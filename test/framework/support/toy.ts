/** A small provider for tests: things in a Map, so that anything can be done to them behind Terraform's back. */
import {
  atLeast,
  block,
  DiagnosticError,
  FunctionFailure,
  matches,
  oneOf,
  s,
  schema,
  timeouts,
  type DataSourceDefinition,
  type EphemeralDefinition,
  type ProviderDefinition,
  type ResourceDefinition,
  type StateOf,
} from '../../../src/framework';

const PREFIXED = matches(/^[a-z][a-z0-9-]*$/, 'a lower-case name');

export const thingSchema = schema({
  version: 2,
  description: 'A thing.',
  attributes: {
    id: s.string({ computed: true, keepIfUnchanged: true, description: 'Id.' }),
    name: s.string({ required: true, validators: [PREFIXED], description: 'Name.' }),
    zone: s.string({ optional: true, default: 'a', requiresReplace: true, description: 'Zone.' }),
    size: s.number({ optional: true, validators: [atLeast(0)], description: 'Size.' }),
    span: s.string({
      optional: true,
      description: 'Span, in any case.',
      equals: (left, right) => left.toLowerCase() === right.toLowerCase(),
    }),
    labels: s.map('string', { optional: true, description: 'Labels.' }),
    ids: s.set('string', { optional: true, description: 'Ids.' }),
    numbers: s.list('number', { optional: true, description: 'Numbers.' }),
    enabled: s.bool({ optional: true, default: true, description: 'Enabled.' }),
    revision: s.number({ computed: true, description: 'Counts updates.' }),
    ratio: s.number({ computed: true, description: 'A fraction.' }),
    parts: s.listNested(
      {
        key: s.string({ required: true, description: 'Key.' }),
        weight: s.number({ optional: true, default: 1, description: 'Weight.' }),
        serial: s.string({ computed: true, keepIfUnchanged: true, description: 'Serial.' }),
      },
      { optional: true, description: 'Parts.' },
    ),
    batches: s.listNested(
      {
        name: s.string({ computed: true, description: 'Name.' }),
        count: s.number({ computed: true, description: 'Count.' }),
      },
      { computed: true, description: 'Batches.' },
    ),
  },
  blocks: {
    target: block.single(
      { description: 'Target.' },
      {
        bucket: s.string({ required: true, requiresReplace: true, description: 'Bucket.' }),
        prefix: s.string({ optional: true, default: '', description: 'Prefix.' }),
      },
    ),
    rule: block.list(
      { description: 'Rule.', maxItems: 3 },
      { text: s.string({ required: true, description: 'Text.' }) },
    ),
    timeouts: timeouts({ create: '10m', read: '1m', update: '10m', delete: '10m' }),
  },
});

export type Thing = StateOf<typeof thingSchema>;

export interface World {
  readonly things: Map<string, Thing>;
  /** Method calls, as `create:name`. */
  readonly calls: string[];
  /** Runs inside create, update and delete before anything happens. */
  hook?: (operation: string, name: string, signal: AbortSignal) => Promise<void> | void;
  protect: boolean;
}

export function emptyWorld(): World {
  return { things: new Map(), calls: [], protect: false };
}

export interface Client {
  readonly world: World;
  readonly token: string;
}

function settle(planned: Partial<Thing>, config: Thing, id: string, revision: number): Thing {
  return {
    ...config,
    id,
    revision,
    ratio: 0.1,
    parts:
      config.parts?.map((part, index) => ({
        ...part,
        serial: planned.parts?.[index]?.serial ?? `${id}-${index}`,
      })) ?? null,
    batches: [{ name: `${config.name}-1`, count: 3 }],
    span: planned.span ?? null,
  };
}

const thing: ResourceDefinition<typeof thingSchema, Client, { readonly seen: number }> = {
  type: 'toy_thing',
  schema: thingSchema,
  plan(context) {
    if (context.prior === null) context.plannedPrivate = { seen: (context.priorPrivate?.seen ?? 0) + 1 };
  },
  planDestroy({ prior, client }) {
    if (client?.world.protect) {
      throw new DiagnosticError('Thing is protected', `"${prior.name}" is protected. Set protect to false.`, ['name']);
    }
  },
  async create({ client, config, planned, signal, save, ...context }) {
    const { world } = client;
    world.calls.push(`create:${config.name}`);
    const id = `id-${config.name}`;
    const state = settle(planned, config, id, 1);
    if (config.name.startsWith('half')) {
      world.things.set(id, state);
      save({ ...state, batches: null, ratio: null });
    }
    await world.hook?.('create', config.name, signal);
    world.things.set(id, state);
    context.private = { seen: 1 };
    return state;
  },
  async read({ client, state }) {
    client.world.calls.push(`read:${state.id}`);
    return client.world.things.get(state.id ?? '') ?? null;
  },
  async update({ client, config, planned, prior, signal }) {
    client.world.calls.push(`update:${config.name}`);
    await client.world.hook?.('update', config.name, signal);
    const state = settle(planned, config, prior.id ?? '', (prior.revision ?? 0) + 1);
    client.world.things.set(prior.id ?? '', state);
    return state;
  },
  async delete({ client, prior, signal }) {
    client.world.calls.push(`delete:${prior.name}`);
    await client.world.hook?.('delete', prior.name, signal);
    client.world.things.delete(prior.id ?? '');
  },
  async import({ id, client }) {
    if (!client.world.things.has(id)) throw new DiagnosticError('No such thing', `There is no thing "${id}".`);
    return { state: { id } };
  },
  upgrades: {
    1: (state) => {
      const { title, ...rest } = state;
      return { ...rest, name: title ?? null };
    },
  },
};

const lookUpSchema = schema({
  description: 'Looks a thing up.',
  attributes: {
    name: s.string({ required: true, description: 'Name.' }),
    size: s.number({ computed: true, description: 'Size.' }),
  },
});

const lookUp: DataSourceDefinition<typeof lookUpSchema, Client> = {
  type: 'toy_thing',
  schema: lookUpSchema,
  async read({ client, config }) {
    const found = client.world.things.get(`id-${config.name}`);
    if (!found) throw new DiagnosticError('No such thing', `There is no thing called "${config.name}".`, ['name']);
    return { name: config.name, size: found.size };
  },
};

const ticketSchema = schema({
  description: 'A ticket.',
  attributes: {
    purpose: s.string({ required: true, description: 'Purpose.' }),
    secret: s.string({ computed: true, sensitive: true, description: 'Secret.' }),
  },
});

const ticket: EphemeralDefinition<typeof ticketSchema, Client> = {
  type: 'toy_ticket',
  schema: ticketSchema,
  async open({ client, config }) {
    client.world.calls.push(`open:${config.purpose}`);
    return { result: { purpose: config.purpose, secret: 'ticket-secret' }, private: { n: 1 } };
  },
  async close({ client, private: kept }) {
    client.world.calls.push(`close:${JSON.stringify(kept)}`);
  },
};

export const providerSchema = schema({
  description: 'Toys.',
  attributes: {
    token: s.string({ optional: true, sensitive: true, description: 'Token.' }),
    mode: s.string({ optional: true, default: 'quick', validators: [oneOf('quick', 'slow')], description: 'Mode.' }),
  },
});

export function toyProvider(world: World): ProviderDefinition<typeof providerSchema, Client> {
  return {
    schema: providerSchema,
    version: '1.2.3',
    configure({ config }) {
      if (typeof config.token === 'object' && config.token !== null) return undefined;
      return { world, token: config.token ?? '' };
    },
    resources: [thing],
    dataSources: [lookUp],
    ephemeralResources: [ticket],
    functions: [
      {
        name: 'double',
        summary: 'Doubles.',
        description: 'Twice the number.',
        parameters: [{ name: 'number', description: 'A number.', type: 'number' }],
        returns: 'number',
        call(number) {
          if (typeof number !== 'number') throw new FunctionFailure('Not a small number.', 0);
          return number * 2;
        },
      },
    ],
  };
}
