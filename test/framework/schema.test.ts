import {
  block,
  checkProvider,
  checkSchema,
  createProviderServer,
  describeProvider,
  s,
  schema,
  timeouts,
} from '../../src/framework';
import { BlockNesting, ObjectNesting, parseType } from '../../src/plugin';
import { context } from './support/driver';
import { emptyWorld, toyProvider } from './support/toy';

describe('a schema on the wire', () => {
  const served = () => createProviderServer(toyProvider(emptyWorld()))().GetProviderSchema({}, context);

  test('says of each attribute what core must know', async () => {
    const thing = (await served()).resourceSchemas.get('toy_thing');
    const named = (name: string) => thing?.block.attributes.find((each) => each.name === name);
    expect(thing?.version).toBe(2n);
    expect(named('name')).toMatchObject({ required: true, optional: false, computed: false, description: 'Name.' });
    expect(named('zone')).toMatchObject({ optional: true, computed: true });
    expect(parseType(named('ids')?.type ?? new Uint8Array())).toEqual(['set', 'string']);
    expect(named('parts')).toMatchObject({ nestedType: { nesting: ObjectNesting.List } });
    expect(named('parts')?.type).toBeUndefined();
    expect(thing?.block.blockTypes.map(({ typeName, nesting, maxItems }) => [typeName, nesting, maxItems])).toEqual([
      ['target', BlockNesting.Single, undefined],
      ['rule', BlockNesting.List, 3n],
      ['timeouts', BlockNesting.Single, undefined],
    ]);
  });

  test('has no computed attributes in the provider, whatever their defaults', async () => {
    const { provider } = await served();
    expect(provider.block.attributes.map(({ name, computed }) => [name, computed])).toEqual([
      ['token', false],
      ['mode', false],
    ]);
  });

  test('is made once for all sessions, and says what the server can do', async () => {
    const factory = createProviderServer(toyProvider(emptyWorld()));
    const [first, second] = [
      await factory().GetProviderSchema({}, context),
      await factory().GetProviderSchema({}, context),
    ];
    expect(second).toBe(first);
    expect(first.serverCapabilities).toMatchObject({ planDestroy: true, getProviderSchemaOptional: true });
    expect(await factory().GetMetadata({}, context)).toMatchObject({
      resources: [{ typeName: 'toy_thing' }],
      functions: [{ name: 'double' }],
    });
  });
});

describe('the check of a schema', () => {
  const said = (attributes: Parameters<typeof schema>[0]['attributes'], blocks = {}): string[] =>
    checkSchema(schema({ description: 'A thing.', attributes, blocks }), 'resource', 'resource x');
  const description = 'Words.';

  test('finds nothing wrong with a sound one', () => {
    expect(checkProvider(toyProvider(emptyWorld()))).toEqual([]);
  });

  test.each<[string, string[], RegExp]>([
    ['names', said({ Name: s.string({ required: true, description }) }), /Name has a name that is not/],
    ['reserved names', said({ count: s.number({ required: true, description }) }), /count .* Terraform keeps/],
    ['descriptions', said({ a: s.string({ required: true, description: ' ' }) }), /a has no description/],
    [
      'inner attributes',
      said({ a: s.listNested({ B: s.bool({ required: true, description }) }, { required: true, description }) }),
      /a\.B has a name/,
    ],
    [
      'computed attributes that users are told how to set',
      said({ a: s.string({ computed: true, requiresReplace: true, description }) }),
      /a requires replacement/,
    ],
    [
      'names of both kinds',
      said({ a: s.string({ required: true, description }) }, { a: block.list({ description }, {}) }),
      /both an attribute and a block/,
    ],
    [
      'block counts',
      said({}, { b: block.list({ description, minItems: 3, maxItems: 2 }, {}) }),
      /b has a greatest number/,
    ],
    ['timeouts by another name', said({}, { limits: timeouts({ create: '1h' }) }), /must be called "timeouts"/],
  ])('looks at %s', (_, problems, message) => {
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
  });

  test('looks at a provider as a whole', () => {
    const toy = toyProvider(emptyWorld());
    const [thing] = toy.resources;
    const { update: _update, ...immutable } = thing ?? ({} as never);
    const problems = checkProvider({ ...toy, resources: [immutable, immutable] as never }).join('\n');
    expect(problems).toContain('resource toy_thing: name can change, but the resource has no update');
    expect(problems).toContain('resource toy_thing occurs twice');
  });
});

test('the documentation model says everything once, in the groups that registries show', () => {
  const docs = describeProvider(toyProvider(emptyWorld()));
  const [thing] = docs.resources;
  expect(thing).toMatchObject({ type: 'toy_thing', importable: true });
  expect(thing?.members.required.map(({ name }) => name)).toEqual(['name']);
  expect(thing?.members.readOnly.map(({ name }) => name)).toEqual(['batches', 'id', 'ratio', 'revision']);
  const optional = new Map(thing?.members.optional.map((each) => [each.name, each]));
  expect(optional.get('zone')).toMatchObject({ default: '"a"', requiresReplace: true, type: 'String' });
  expect(optional.get('ids')).toMatchObject({ type: 'Set of String' });
  expect(optional.get('size')).toMatchObject({ rules: ['at least 0'] });
  expect(optional.get('timeouts')?.members?.optional.map(({ name }) => name)).toEqual([
    'create',
    'delete',
    'read',
    'update',
  ]);
  expect(docs.functions).toMatchObject([{ signature: 'double(number number) number' }]);
});
