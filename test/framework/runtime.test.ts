import {
  block,
  createProviderServer,
  DiagnosticError,
  Interrupted,
  s,
  schema,
  UNKNOWN,
  Unknown,
  type PlanContext,
  type ProviderDefinition,
  type ResourceDefinition,
  type StateOf,
} from '../../src/framework';
import { decodeDynamic, encodeMsgpack, Severity } from '../../src/plugin';
import { context, Driver, recordingLog, type Obj } from './support/driver';
import { emptyWorld, toyProvider, type World } from './support/toy';

const small = schema({
  description: 'Small.',
  attributes: {
    id: s.string({ computed: true, keepIfUnchanged: true, description: 'Id.' }),
    name: s.string({ required: true, description: 'Name.' }),
    note: s.string({ optional: true, description: 'Note.' }),
    total: s.number({ computed: true, description: 'Total.' }),
    place: s.string({ optional: true, computed: true, requiresReplace: true, description: 'Place.' }),
    span: s.string({
      optional: true,
      description: 'Span.',
      equals: (left, right) => left.toLowerCase() === right.toLowerCase(),
    }),
    list: s.list('string', { optional: true, description: 'List.' }),
    parts: s.setNested(
      { key: s.string({ required: true, requiresReplace: true, description: 'Key.' }) },
      { optional: true, description: 'Parts.' },
    ),
  },
  blocks: { gate: block.list({ description: 'Gate.' }, { code: s.string({ required: true, description: 'Code.' }) }) },
});
type Small = StateOf<typeof small>;
type Resource = ResourceDefinition<typeof small, object, { readonly n: number }>;

function provider(resource: Partial<Resource>): ProviderDefinition<ReturnType<typeof schema>, object> {
  const complete = async ({ planned }: { planned: Partial<Small> }): Promise<Small> =>
    ({ id: 'i', total: 1, place: 'p', ...planned }) as Small;
  return {
    schema: schema({ description: 'P.', attributes: {} }),
    version: '0',
    configure: () => ({}),
    resources: [
      {
        type: 'p_small',
        schema: small,
        create: complete,
        update: complete,
        read: async ({ state }: { state: Small }) => state,
        delete: async () => undefined,
        ...resource,
      } as Resource,
    ],
    dataSources: [],
    functions: [],
  };
}
const open = (resource: Partial<Resource>, options = {}): Promise<Driver> =>
  Driver.open(provider(resource), 'p_small', options);
const planHook = (plan: (c: PlanContext<typeof small, object, { readonly n: number }>) => void): Promise<Driver> =>
  open({ plan });

describe('a plan', () => {
  test.each<[string, (c: PlanContext<typeof small, object, { readonly n: number }>) => void, RegExp]>([
    ['changes what is configured', ({ planned }) => (planned.name = 'other'), /"name" differs in the plan/],
    ['sets what is not computed', ({ planned }) => (planned.note = 'x'), /"note" is not computed/],
    ['adds a block', ({ planned }) => (planned.gate = [{ code: 'x' }]), /"gate" has 0 elements .* and 1 in the plan/],
    [
      'has the wrong type',
      ({ planned }) => ((planned as Obj & { total: unknown }).total = 'x'),
      /"total" expected a number/,
    ],
    [
      'has an attribute too many',
      ({ planned }) => ((planned as unknown as { extra: unknown }).extra = 1),
      /is not in the schema/,
    ],
  ])('that %s is reported with the attribute, as the bug it is', async (_, plan, message) => {
    const driver = await planHook(plan);
    const { diagnostics } = await driver.plan(null, { name: 'a' });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.detail).toMatch(message);
    expect(diagnostics[0]?.detail).toMatch(/bug in the provider/);
  });

  test('hands private data on, also to the second half of a replacement', async () => {
    const seen: unknown[] = [];
    const driver = await planHook((c) => {
      seen.push([c.prior?.name ?? null, c.priorPrivate]);
      c.plannedPrivate = { n: (c.priorPrivate?.n ?? 0) + 1 };
    });
    const first = await driver.plan(driver.object({ id: 'i', name: 'a', total: 1 }), { name: 'b' });
    const second = await driver.plan(null, { name: 'b' }, first.plannedPrivate);
    expect(seen).toEqual([
      ['a', null],
      [null, { n: 1 }],
    ]);
    expect(Buffer.from(second.plannedPrivate ?? []).toString()).toBe('{"data":{"n":2}}');
  });

  test('can be made an update by the resource, and keeps what keeps', async () => {
    const driver = await planHook((c) => c.markComputedUnknown());
    const { planned } = await driver.plan(driver.object({ id: 'i', name: 'a', total: 1 }), { name: 'a' });
    expect(planned).toMatchObject({ id: 'i', total: UNKNOWN });
  });

  test('names each replacement once, and points at a set instead of into it', async () => {
    const driver = await planHook((c) => (c.requiresReplace(['name']), c.requiresReplace(['name'])));
    const prior = driver.object({ id: 'i', name: 'a', total: 1, parts: [{ key: 'x' }] });
    const { requiresReplace } = await driver.plan(prior, { name: 'b', parts: [{ key: 'y' }] });
    expect(requiresReplace).toEqual([{ steps: [{ attributeName: 'name' }] }, { steps: [{ attributeName: 'parts' }] }]);
  });

  test('does not replace because of something computed that the user left open', async () => {
    const driver = await open({});
    const prior = driver.object({ id: 'i', name: 'a', total: 1, place: 'here' });
    expect((await driver.plan(prior, { name: 'b' })).requiresReplace).toEqual([]);
    const chosen = await driver.plan(prior, { name: 'b', place: 'there' });
    expect(chosen.requiresReplace).toEqual([{ steps: [{ attributeName: 'place' }] }]);
  });

  test('echoes what is known of an unknown value', async () => {
    const driver = await open({});
    const { planned } = await driver.plan(null, { name: new Unknown({ prefix: 'pre-', nullable: false }) });
    expect(planned?.name).toMatchObject({ refinement: { prefix: 'pre-', nullable: false } });
  });

  test('works without a client while the provider is not configured', async () => {
    let client: unknown = 'unset';
    const server = createProviderServer(provider({ plan: (c) => void (client = c.client) }))();
    const driver = await open({});
    const config = driver.wire(driver.object({ name: 'a' }));
    const request = {
      typeName: 'p_small',
      priorState: driver.wire(null),
      proposedNewState: config,
      config,
      priorPrivate: new Uint8Array(),
    };
    expect((await server.PlanResourceChange(request, context)).diagnostics).toEqual([]);
    expect(client).toBeUndefined();
  });

  test('refuses numbers that JavaScript would falsify, at their attribute', async () => {
    const world = emptyWorld();
    const driver = await Driver.open(toyProvider(world), 'toy_thing');
    const found = await driver.validate({ name: 'Wrong', size: 2n ** 60n, numbers: [1, null] });
    expect(found.map((each) => each.attribute?.steps)).toEqual([
      [{ attributeName: 'size' }],
      [{ attributeName: 'numbers' }, { elementKeyInt: 1n }],
      [{ attributeName: 'name' }],
    ]);
  });
});

describe('an apply', () => {
  test.each<[string, Partial<Small>, RegExp]>([
    ['another value', { name: 'other' }, /"name" came back with another value/],
    ['a value for null', { note: 'x' }, /"note" was planned as null/],
    ['null for a list', { list: null }, /"list" was planned with a value and came back null/],
    ['a longer list', { list: ['a', 'b'] }, /"list" was planned with 1 elements and came back with 2/],
    ['another set', { parts: [{ key: 'z' }] }, /"parts" lacks an element/],
    ['a number that is none', { total: Number.NaN }, /"total" NaN is not a number/],
  ])('that returns %s is reported with the attribute, and the state is kept', async (_, change, message) => {
    const driver = await open({
      create: async ({ planned }) => ({ id: 'i', total: 1, ...planned, ...change }) as Small,
    });
    const { diagnostics, state } = await driver.create({ name: 'a', list: ['a'], parts: [{ key: 'k' }] });
    expect(diagnostics.map((each) => each.detail).join()).toMatch(message);
    expect(state).toMatchObject({ id: 'i' });
  });

  test('brings text into the form that core compares', async () => {
    const driver = await open({ create: async ({ planned }) => ({ ...planned, id: 'e\u0301', total: 1 }) as Small });
    expect(await driver.create({ name: 'a' })).toMatchObject({ diagnostics: [], state: { id: '\u00e9' } });
  });

  test('keeps the planned spelling where the API answers in other words', async () => {
    const driver = await open({
      create: async ({ planned }) => ({ id: 'i', total: 1, place: 'p', ...planned, span: 'LONG' }) as Small,
    });
    expect(await driver.create({ name: 'a', span: 'Long' })).toMatchObject({
      diagnostics: [],
      state: { span: 'Long' },
    });
  });

  test('that fails keeps what was saved, and private data; without a save nothing on create, the prior on update', async () => {
    const fail = async (c: { private: unknown }): Promise<never> => {
      c.private = { n: 7 };
      throw new DiagnosticError('No', 'Nothing works.', ['name']);
    };
    const driver = await open({
      create: async (c) => {
        if (c.config.note) c.save({ ...c.config, id: 'half' });
        return fail(c);
      },
      update: fail,
    });
    const saved = await driver.create({ name: 'a', note: 'save' });
    expect(saved.state).toMatchObject({ id: 'half', name: 'a' });
    expect(Buffer.from(saved.private ?? []).toString()).toBe('{"data":{"n":7}}');
    expect(saved.diagnostics).toEqual([
      {
        severity: Severity.Error,
        summary: 'No',
        detail: 'Nothing works.',
        attribute: { steps: [{ attributeName: 'name' }] },
      },
    ]);
    expect((await driver.create({ name: 'a' })).state).toBeNull();
    const prior = driver.object({ id: 'i', name: 'a', total: 1 });
    const { planned } = await driver.plan(prior, { name: 'b' });
    expect((await driver.apply(prior, { name: 'b' }, planned)).state).toEqual(prior);
  });

  test('gets defaults in its configuration and leaves out what is not known', async () => {
    let got: unknown;
    const driver = await open({
      create: async (c) => {
        got = c.planned;
        return { ...c.config, id: 'i', total: 1 };
      },
    });
    await driver.create({ name: 'a' });
    expect(got).toEqual({ name: 'a', note: null, span: null, list: null, parts: null, gate: [] });
  });

  test('ends on StopProvider, on a cancelled call, and never touches another session', async () => {
    const waiting: ((name: string) => void)[] = [];
    const resource: Partial<Resource> = {
      create: ({ signal, config }) =>
        new Promise((_, reject) => {
          waiting.forEach((tell) => tell(config.name));
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    };
    const factory = createProviderServer(provider(resource), { log: recordingLog() });
    const [one, two] = [factory(), factory()];
    const driver = await open(resource);
    const { planned } = await driver.plan(null, { name: 'a' });
    const request = {
      typeName: 'p_small',
      priorState: driver.wire(null),
      plannedState: driver.wire(planned),
      config: driver.wire(driver.object({ name: 'a' })),
      plannedPrivate: new Uint8Array(),
    };
    for (const each of [one, two]) {
      await each.ConfigureProvider({ terraformVersion: '1', config: { json: Buffer.from('{}') } }, context);
    }
    const cancel = new AbortController();
    const stopped = one.ApplyResourceChange(request, context);
    let other = 'running';
    const cancelled = two.ApplyResourceChange(request, { signal: cancel.signal }).finally(() => (other = 'over'));
    await one.StopProvider({}, context);
    expect((await stopped).diagnostics?.[0]?.summary).toBe('Creating p_small was stopped');
    expect(other).toBe('running');
    cancel.abort();
    expect((await cancelled).diagnostics?.[0]?.summary).toBe('Creating p_small was stopped');
  });

  test('is told why it ends', async () => {
    let reason: unknown;
    const timers: (() => void)[] = [];
    const after = (_ms: number, run: () => void): (() => void) => {
      timers.push(run);
      return () => undefined;
    };
    const world = emptyWorld();
    world.hook = (_operation, _name, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          reject(new Error('socket hang up'));
        });
        timers.forEach((run) => run());
      });
    const driver = await Driver.open(toyProvider(world), 'toy_thing', { after });
    const { diagnostics } = await driver.create({ name: 'a' });
    expect(reason).toBeInstanceOf(Interrupted);
    expect(reason).toMatchObject({ reason: 'timeout' });
    expect(diagnostics[0]?.summary).toBe('Creating toy_thing timed out');
    expect(diagnostics[0]?.detail).toContain('within 10m');
  });
});

describe('a required argument', () => {
  test.each<[string, Obj, string]>([
    ['at the top', {}, 'name'],
    ['in a nested attribute', { name: 'a', parts: [{ key: null }] }, 'key'],
    ['in a block', { name: 'a', gate: [{ code: null }] }, 'code'],
  ])('%s that is null is missing', async (_, config, name) => {
    const driver = await open({});
    const diagnostics = await driver.validate(config);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.summary).toBe('Missing required argument');
    expect(diagnostics[0]?.detail).toContain(`"${name}" is required`);
  });

  test('that is not known yet is not missing, nor is what a dynamic block has not made yet', async () => {
    const driver = await Driver.open(toyProvider(emptyWorld()), 'toy_thing');
    expect(await driver.validate({ name: UNKNOWN, target: UNKNOWN, rule: UNKNOWN, parts: UNKNOWN })).toEqual([]);
    expect((await driver.plan(null, { name: UNKNOWN, target: UNKNOWN })).diagnostics).toEqual([]);
  });
});

describe('a read', () => {
  test('answers in JSON, keeps private data, and says null for what is gone', async () => {
    const driver = await open({
      read: async (c) => {
        if (c.state.name === 'gone') return null;
        c.private = { n: (c.private?.n ?? 0) + 1 };
        return { ...c.state, total: 0.1 };
      },
    });
    const found = await driver.read(driver.object({ id: 'i', name: 'a', total: 1 }));
    expect(Buffer.from(found.newState?.json ?? []).toString()).toContain('"total":0.1');
    expect(Buffer.from(found.private ?? []).toString()).toBe('{"data":{"n":1}}');
    const gone = await driver.read(driver.object({ name: 'gone' }));
    expect(Buffer.from(gone.newState?.json ?? []).toString()).toBe('null');
  });

  test('keeps the spelling of the state where the API says the same in other words', async () => {
    const world = emptyWorld();
    const driver = await Driver.open(toyProvider(world), 'toy_thing');
    const { state } = await driver.create({ name: 'a', span: 'Long' });
    const stored = world.things.get('id-a');
    if (stored) world.things.set('id-a', { ...stored, span: 'LONG', enabled: false });
    expect((await driver.read(state)).state).toMatchObject({ span: 'Long', enabled: false });
  });

  test.each([
    ['no JSON', 'x{'],
    ['a list', '[1]'],
  ])('of a state whose private data is %s is refused, and says what to do', async (_, text) => {
    const driver = await open({});
    const state = driver.object({ id: 'i', name: 'a', total: 1 });
    const damaged = Buffer.from(text);
    for (const { diagnostics } of [
      await driver.read(state, damaged),
      await driver.plan(state, { name: 'a' }, damaged),
      await driver.apply(state, null, null, damaged),
    ]) {
      expect(diagnostics).toHaveLength(1);
      expect(diagnostics[0]?.summary).toBe('State of p_small is damaged');
      expect(diagnostics[0]?.detail).toContain('terraform state rm');
    }
  });

  test('that fails leaves the state alone', async () => {
    const log = recordingLog();
    const driver = await open(
      {
        read: async () => {
          throw new TypeError('x is undefined');
        },
      },
      { log },
    );
    const state = driver.object({ id: 'i', name: 'a', total: 1 });
    const answer = await driver.read(state);
    expect(answer.state).toEqual(state);
    expect(answer.diagnostics[0]).toMatchObject({ summary: 'Reading p_small failed unexpectedly' });
    expect(answer.diagnostics[0]?.detail).toContain('TypeError: x is undefined');
    expect(log.lines.join()).toContain('runtime.test');
  });
});

describe('state of older versions', () => {
  const upgrade = async (world: World, version: number, json: string) => {
    const driver = await Driver.open(toyProvider(world), 'toy_thing');
    const answer = await driver.server.UpgradeResourceState(
      { typeName: 'toy_thing', version: BigInt(version), rawState: { json: Buffer.from(json) } },
      context,
    );
    return { ...answer, text: Buffer.from(answer.upgradedState?.json ?? []).toString(), type: driver.type };
  };

  test('goes back byte for byte when it is of this version', async () => {
    const json = '{ "id": "x",  "size": 12345678901234567890123 }';
    expect((await upgrade(emptyWorld(), 2, json)).text).toBe(json);
  });

  test('is upgraded straight to this version', async () => {
    const { text, type } = await upgrade(emptyWorld(), 1, '{"id":"x","title":"old"}');
    expect(decodeDynamic({ json: Buffer.from(text) }, type)).toMatchObject({
      id: 'x',
      name: 'old',
      rule: [],
      parts: null,
    });
  });

  test('is refused when no way leads here', async () => {
    const { diagnostics } = await upgrade(emptyWorld(), 0, '{}');
    expect(diagnostics?.[0]?.detail).toContain('written by schema version 0');
  });
});

describe('secrets of the provider', () => {
  test('are in no diagnostic and in no log line', async () => {
    const world = emptyWorld();
    const log = recordingLog();
    world.hook = () => {
      throw new Error('Bearer s3cr3t/token refused; body={"t":"s3cr3t/token"} url=?t=s3cr3t%2Ftoken');
    };
    const driver = await Driver.open(toyProvider(world), 'toy_thing', { log }, { token: 's3cr3t/token' });
    const { diagnostics } = await driver.create({ name: 'a' });
    expect(diagnostics[0]?.detail).toContain('Bearer (sensitive value) refused');
    expect(JSON.stringify(diagnostics) + log.lines.join()).not.toMatch(/s3cr3t/);
  });
});

describe('functions', () => {
  const call = (name: string, value: number | bigint) =>
    createProviderServer(toyProvider(emptyWorld()))().CallFunction(
      { name, arguments: [{ msgpack: encodeMsgpack(value, 'number') }] },
      context,
    );

  test('work on a provider that was never configured nor asked for its schema', async () => {
    expect(decodeDynamic((await call('double', 21)).result, 'number')).toBe(42);
  });

  test('name the argument at fault', async () => {
    expect((await call('double', 2n ** 70n)).error).toEqual({ text: 'Not a small number.', functionArgument: 0n });
    expect((await call('triple', 1)).error?.text).toContain('Unknown function "triple"');
  });
});

test('what is not offered is refused with the way to go', async () => {
  const server = createProviderServer(provider({}))();
  const moved = await server.MoveResourceState(
    {
      sourceProviderAddress: 'x',
      sourceTypeName: 'a_b',
      sourceSchemaVersion: 0n,
      targetTypeName: 'p_small',
      sourcePrivate: new Uint8Array(),
    },
    context,
  );
  expect(moved.diagnostics?.[0]?.summary).toBe('a_b cannot be moved to p_small');
  const imported = await server.ImportResourceState({ typeName: 'p_small', id: 'x' }, context);
  expect(imported.diagnostics?.[0]?.summary).toBe('p_small cannot be imported');
  const read = await server.ReadDataSource({ typeName: 'p_none', config: {} }, context);
  expect(read.diagnostics?.[0]?.summary).toBe('Unknown data source "p_none"');
});
