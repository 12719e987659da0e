import { encodeType, startServer, type AttachableServer, type ProviderServer } from '../../src/plugin';
import { decodeDynamic, Severity, type RpcName } from '../../src/plugin';
import { OutsideClient, type Message } from './support/outside-client';
import { FULL_SCHEMA, THING, tinyServer } from './support/tiny-server';

/** Starts a provider whose methods are replaced, and an outside client for it. */
async function connect(overrides: Partial<ProviderServer> = {}): Promise<OutsideClient> {
  server = await startServer(() => tinyServer(overrides), { address: 'terraform.local/example/tiny' });
  client = new OutsideClient(`unix:${server.address.address}`);
  return client;
}

let server: AttachableServer | undefined;
let client: OutsideClient | undefined;

afterEach(async () => {
  client?.close();
  await server?.close();
});

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('an outside gRPC client', () => {
  test('reads a schema that uses every field', async () => {
    const outside = await connect();
    const response = await outside.provider('GetProviderSchema');
    expect(response).toEqual({
      provider: { version: '0', block: {} },
      resourceSchemas: {
        tiny_thing: expect.anything() as unknown,
        tiny_full: {
          version: '7',
          block: {
            version: '7',
            description: 'Everything.',
            descriptionKind: 1,
            deprecated: true,
            attributes: [
              {
                name: 'secret',
                type: bytes('"string"'),
                optional: true,
                sensitive: true,
                writeOnly: true,
                deprecated: true,
              },
              {
                name: 'inner',
                nestedType: {
                  nesting: 2,
                  attributes: [{ name: 'deep', type: bytes('["list","bool"]'), optional: true, descriptionKind: 1 }],
                },
                optional: true,
                computed: true,
              },
            ],
            blockTypes: [
              {
                typeName: 'part',
                nesting: 2,
                minItems: '1',
                maxItems: '300',
                block: { attributes: [{ name: 'n', type: bytes('"number"'), required: true }] },
              },
            ],
          },
        },
      },
      functions: {
        shout: {
          parameters: [{ name: 'text', type: bytes('"string"') }],
          return: { type: bytes('"string"') },
          summary: 'Louder.',
        },
      },
      serverCapabilities: { planDestroy: true, getProviderSchemaOptional: true },
    });
  });

  test('reads every kind of schema and the metadata', async () => {
    const outside = await connect({
      GetProviderSchema: () =>
        Promise.resolve({
          provider: FULL_SCHEMA,
          resourceSchemas: new Map(),
          dataSourceSchemas: new Map([['tiny_data', { version: 2n, block: { attributes: [], blockTypes: [] } }]]),
          ephemeralResourceSchemas: new Map([
            ['tiny_secret', { version: 3n, block: { attributes: [], blockTypes: [] } }],
          ]),
          providerMeta: { version: 4n, block: { attributes: [], blockTypes: [] } },
          functions: new Map([
            [
              'f',
              {
                parameters: [],
                variadicParameter: {
                  name: 'rest',
                  type: encodeType('dynamic'),
                  allowNullValue: true,
                  allowUnknownValues: true,
                  description: 'd',
                  descriptionKind: 1,
                },
                return: { type: encodeType('bool') },
                description: 'D',
                descriptionKind: 1,
                deprecationMessage: 'Use g.',
              },
            ],
          ]),
          serverCapabilities: { moveResourceState: true },
        }),
      GetMetadata: () =>
        Promise.resolve({
          dataSources: [{ typeName: 'd' }],
          resources: [{ typeName: 'r' }],
          functions: [{ name: 'f' }],
          ephemeralResources: [{ typeName: 'e' }],
          serverCapabilities: { planDestroy: true },
        }),
    });
    expect(await outside.provider('GetProviderSchema')).toMatchObject({
      provider: { version: '7' },
      dataSourceSchemas: { tiny_data: { version: '2' } },
      ephemeralResourceSchemas: { tiny_secret: { version: '3' } },
      providerMeta: { version: '4' },
      functions: {
        f: {
          variadicParameter: {
            name: 'rest',
            type: bytes('"dynamic"'),
            allowNullValue: true,
            allowUnknownValues: true,
            description: 'd',
            descriptionKind: 1,
          },
          description: 'D',
          descriptionKind: 1,
          deprecationMessage: 'Use g.',
        },
      },
      serverCapabilities: { moveResourceState: true },
    });
    expect(await outside.provider('GetMetadata')).toEqual({
      dataSources: [{ typeName: 'd' }],
      resources: [{ typeName: 'r' }],
      functions: [{ name: 'f' }],
      ephemeralResources: [{ typeName: 'e' }],
      serverCapabilities: { planDestroy: true },
    });
  });

  test('sees where a diagnostic belongs, element 0 and empty keys among it', async () => {
    const outside = await connect({
      ValidateProviderConfig: () =>
        Promise.resolve({
          diagnostics: [
            { severity: Severity.Warning, summary: 'General', detail: 'No place.' },
            {
              severity: Severity.Error,
              summary: 'Placed',
              attribute: {
                steps: [
                  { attributeName: 'a' },
                  { elementKeyInt: 0n },
                  { elementKeyString: '' },
                  { elementKeyInt: -1n },
                ],
              },
            },
          ],
        }),
    });
    expect(await outside.provider('ValidateProviderConfig')).toEqual({
      diagnostics: [
        { severity: 2, summary: 'General', detail: 'No place.' },
        {
          severity: 1,
          summary: 'Placed',
          attribute: {
            steps: [{ attributeName: 'a' }, { elementKeyInt: '0' }, { elementKeyString: '' }, { elementKeyInt: '-1' }],
          },
        },
      ],
    });
  });

  const value = { msgpack: bytes('m') };
  const other = { json: bytes('j') };
  const capabilities = { deferralAllowed: true, writeOnlyAttributesAllowed: true };
  const diagnostics = [{ severity: 1, summary: 's' }];
  const secret = bytes('private');

  /** What is sent, what the provider must see, what it answers, and what must arrive, for each RPC with fields of its own. */
  const exchanges: readonly [RpcName, Message, Message, Message, Message][] = [
    ['ConfigureProvider', { terraformVersion: '1.11.4', config: value, clientCapabilities: capabilities }, {}, {}, {}],
    ['ValidateResourceConfig', { typeName: 't', config: value, clientCapabilities: capabilities }, {}, {}, {}],
    ['ValidateDataResourceConfig', { typeName: 't', config: value }, {}, { diagnostics }, { diagnostics }],
    ['ValidateEphemeralResourceConfig', { typeName: 't', config: value }, {}, { diagnostics }, { diagnostics }],
    [
      'UpgradeResourceState',
      { typeName: 't', version: '-3', rawState: { json: bytes('{}'), flatmap: { a: 'b', c: '' } } },
      {
        version: -3n,
        rawState: {
          json: bytes('{}'),
          flatmap: new Map([
            ['a', 'b'],
            ['c', ''],
          ]),
        },
      },
      { upgradedState: value, diagnostics },
      { upgradedState: value, diagnostics },
    ],
    [
      'ReadResource',
      {
        typeName: 't',
        currentState: value,
        private: secret,
        providerMeta: other,
        clientCapabilities: capabilities,
      },
      {},
      { newState: other, private: secret, diagnostics },
      { newState: other, private: secret, diagnostics },
    ],
    [
      'PlanResourceChange',
      {
        typeName: 't',
        priorState: value,
        proposedNewState: other,
        config: value,
        priorPrivate: secret,
        providerMeta: other,
        clientCapabilities: capabilities,
      },
      {},
      {
        plannedState: value,
        requiresReplace: [{ steps: [{ attributeName: 'x' }] }],
        plannedPrivate: secret,
        diagnostics,
      },
      {
        plannedState: value,
        requiresReplace: [{ steps: [{ attributeName: 'x' }] }],
        plannedPrivate: secret,
        diagnostics,
      },
    ],
    [
      'ApplyResourceChange',
      {
        typeName: 't',
        priorState: value,
        plannedState: other,
        config: value,
        plannedPrivate: secret,
        providerMeta: other,
      },
      {},
      { newState: value, private: secret, diagnostics },
      { newState: value, private: secret, diagnostics },
    ],
    [
      'ImportResourceState',
      { typeName: 't', id: 'a,b', clientCapabilities: capabilities },
      {},
      { importedResources: [{ typeName: 't', state: value, private: secret }], diagnostics },
      { importedResources: [{ typeName: 't', state: value, private: secret }], diagnostics },
    ],
    [
      'MoveResourceState',
      {
        sourceProviderAddress: 'p',
        sourceTypeName: 's',
        sourceSchemaVersion: '9223372036854775807',
        sourceState: { json: bytes('{}') },
        targetTypeName: 't',
        sourcePrivate: secret,
      },
      { sourceSchemaVersion: 9223372036854775807n, sourceState: { json: bytes('{}'), flatmap: new Map() } },
      { targetState: value, targetPrivate: secret, diagnostics },
      { targetState: value, targetPrivate: secret, diagnostics },
    ],
    [
      'ReadDataSource',
      { typeName: 't', config: value, providerMeta: other, clientCapabilities: capabilities },
      {},
      { state: value, diagnostics },
      { state: value, diagnostics },
    ],
    [
      'CallFunction',
      { name: 'f', arguments: [value, other] },
      {},
      { result: value, error: { text: 'e', functionArgument: 0n } },
      { result: value, error: { text: 'e', functionArgument: '0' } },
    ],
    [
      'OpenEphemeralResource',
      { typeName: 't', config: value, clientCapabilities: capabilities },
      {},
      { result: value, renewAt: 1_700_000_000_123, private: secret, diagnostics },
      { result: value, renewAt: { seconds: '1700000000', nanos: 123_000_000 }, private: secret, diagnostics },
    ],
    [
      'RenewEphemeralResource',
      { typeName: 't', private: secret },
      {},
      { renewAt: -1, private: secret },
      { renewAt: { seconds: '-1', nanos: 999_000_000 }, private: secret },
    ],
    ['CloseEphemeralResource', { typeName: 't', private: secret }, {}, { diagnostics }, { diagnostics }],
    ['StopProvider', {}, {}, { error: 'e' }, { error: 'e' }],
    ['GetFunctions', {}, {}, { functions: new Map(), diagnostics }, { diagnostics }],
  ];

  test.each(exchanges)('exchanges every field of %s', async (rpc, sent, differs, answered, arrives) => {
    let seen: unknown;
    const method = (request: unknown): Promise<unknown> => {
      seen = request;
      return Promise.resolve(answered);
    };
    const outside = await connect({ [rpc]: method } as Partial<ProviderServer>);
    expect(await outside.provider(rpc, sent)).toEqual(arrives);
    expect(seen).toEqual({ ...sent, ...differs });
  });

  test('is told what a request without fields means: nulls and empty bytes', async () => {
    let seen: unknown;
    const outside = await connect({
      PlanResourceChange: (request) => {
        seen = request;
        expect(decodeDynamic(request.config, THING)).toBeNull();
        return Promise.resolve({});
      },
    });
    await outside.provider('PlanResourceChange');
    expect(seen).toEqual({
      typeName: '',
      priorState: {},
      proposedNewState: {},
      config: {},
      priorPrivate: new Uint8Array(),
    });
  });
});
