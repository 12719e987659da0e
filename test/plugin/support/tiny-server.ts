import {
  BlockNesting,
  ObjectNesting,
  Severity,
  UNKNOWN,
  createLogger,
  decodeDynamic,
  decodeRawJson,
  encodeJson,
  encodeMsgpack,
  encodeType,
  type CtyType,
  type ProviderServer,
  type Schema,
  type Value,
} from '../../../src/plugin';

/** Source address of the tiny provider. */
export const TINY_ADDRESS = 'terraform.local/example/tiny';

/** The type of `tiny_thing`: enough shapes to see that values arrive. */
export const THING: CtyType = [
  'object',
  { id: 'string', name: 'string', size: 'number', labels: ['map', 'string'], tags: ['set', 'string'] },
];
const NOTHING: CtyType = ['object', {}];

type Thing = { readonly [attribute: string]: Value };

const THING_SCHEMA: Schema = {
  version: 0n,
  block: {
    attributes: [
      { name: 'id', type: encodeType('string'), computed: true, description: 'Made at apply.' },
      { name: 'name', type: encodeType('string'), required: true },
      { name: 'size', type: encodeType('number'), optional: true },
      { name: 'labels', type: encodeType(['map', 'string']), optional: true },
      { name: 'tags', type: encodeType(['set', 'string']), optional: true },
    ],
    blockTypes: [],
  },
};

/** A schema that uses every field of the protocol. Never used by a resource, but Terraform reads it. */
export const FULL_SCHEMA: Schema = {
  version: 7n,
  block: {
    version: 7n,
    description: 'Everything.',
    descriptionKind: 1,
    deprecated: true,
    attributes: [
      {
        name: 'secret',
        type: encodeType('string'),
        optional: true,
        sensitive: true,
        writeOnly: true,
        deprecated: true,
      },
      {
        name: 'inner',
        nestedType: {
          nesting: ObjectNesting.List,
          attributes: [{ name: 'deep', type: encodeType(['list', 'bool']), optional: true, descriptionKind: 1 }],
        },
        optional: true,
        computed: true,
      },
    ],
    blockTypes: [
      {
        typeName: 'part',
        nesting: BlockNesting.List,
        minItems: 1n,
        maxItems: 300n,
        block: { attributes: [{ name: 'n', type: encodeType('number'), required: true }], blockTypes: [] },
      },
    ],
  },
};

const error = (summary: string, attribute?: string) => ({
  severity: Severity.Error,
  summary,
  ...(attribute === undefined ? {} : { attribute: { steps: [{ attributeName: attribute }] } }),
});

/** A provider written by hand, without any framework. Names of things tell it what to do wrong. */
export function tinyServer(overrides: Partial<ProviderServer> = {}): ProviderServer {
  const log = createLogger('tiny');
  const nothing = () => Promise.resolve({});
  let configured = 0;
  const server: ProviderServer = {
    GetMetadata: () => Promise.resolve({ resources: [{ typeName: 'tiny_thing' }] }),
    GetProviderSchema: () =>
      Promise.resolve({
        provider: { version: 0n, block: { attributes: [], blockTypes: [] } },
        resourceSchemas: new Map([
          ['tiny_thing', THING_SCHEMA],
          ['tiny_full', FULL_SCHEMA],
        ]),
        dataSourceSchemas: new Map(),
        functions: new Map([
          [
            'shout',
            {
              parameters: [{ name: 'text', type: encodeType('string') }],
              return: { type: encodeType('string') },
              summary: 'Louder.',
            },
          ],
        ]),
        ephemeralResourceSchemas: new Map(),
        serverCapabilities: { planDestroy: true, getProviderSchemaOptional: true },
      }),
    GetFunctions: () => Promise.resolve({ functions: new Map() }),
    ValidateProviderConfig: nothing,
    ConfigureProvider: (request) => {
      decodeDynamic(request.config, NOTHING);
      configured += 1;
      log.info('Configured', { times: configured, terraform: request.terraformVersion, big: 2n ** 70n });
      return Promise.resolve({});
    },
    StopProvider: nothing,
    ValidateResourceConfig: (request) => {
      const config = decodeDynamic(request.config, THING) as Thing;
      return Promise.resolve(config.name === 'bad' ? { diagnostics: [error('No such name', 'name')] } : {});
    },
    UpgradeResourceState: (request) => {
      const state = decodeRawJson(request.rawState?.json ?? new Uint8Array(), THING);
      return Promise.resolve({ upgradedState: { msgpack: encodeMsgpack(state, THING) } });
    },
    ReadResource: (request) => {
      const state = decodeDynamic(request.currentState, THING);
      return Promise.resolve({ newState: { json: encodeJson(state, THING) }, private: request.private });
    },
    PlanResourceChange: (request) => {
      const proposed = decodeDynamic(request.proposedNewState, THING) as Thing | null;
      const prior = decodeDynamic(request.priorState, THING) as Thing | null;
      if (proposed === null) return Promise.resolve({ plannedState: { msgpack: encodeMsgpack(null, THING) } });
      const planned = { ...proposed, id: prior?.id ?? UNKNOWN };
      return Promise.resolve({
        plannedState: { msgpack: encodeMsgpack(planned, THING) },
        plannedPrivate: Buffer.from('{"planned":true}'),
        requiresReplace: prior === null ? [] : [{ steps: [{ attributeName: 'name' }] }],
      });
    },
    ApplyResourceChange: async (request, { signal }) => {
      const planned = decodeDynamic(request.plannedState, THING) as Thing | null;
      if (planned === null) return { newState: { msgpack: encodeMsgpack(null, THING) } };
      if (planned.name === 'crash') setImmediate(() => badlyNamedFunction());
      if (planned.name === 'crash' || planned.name === 'wait') {
        log.info('Waiting');
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return { newState: { msgpack: encodeMsgpack(null, THING) }, diagnostics: [error('Stopped')] };
      }
      const state = { ...planned, id: `id-of-${String(planned.name)}` };
      return { newState: { msgpack: encodeMsgpack(state, THING) }, private: request.plannedPrivate };
    },
    ImportResourceState: nothing,
    MoveResourceState: nothing,
    ValidateDataResourceConfig: nothing,
    ReadDataSource: nothing,
    CallFunction: (request) => {
      const text = decodeDynamic(request.arguments[0], 'string') as string;
      if (text === '') return Promise.resolve({ error: { text: 'Nothing to shout.', functionArgument: 0n } });
      return Promise.resolve({ result: { msgpack: encodeMsgpack(text.toUpperCase(), 'string') } });
    },
    ValidateEphemeralResourceConfig: nothing,
    OpenEphemeralResource: nothing,
    RenewEphemeralResource: nothing,
    CloseEphemeralResource: nothing,
  };
  return { ...server, ...overrides };
}

function badlyNamedFunction(): void {
  throw new TypeError('the tiny provider has a bug');
}
