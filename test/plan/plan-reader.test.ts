/** What is kept of a plan, and from which forms it is read. */
import fc from 'fast-check';
import { NotAPlan, parsePlan, PlanReader, readPlan, type PlanJson } from '../../src/plan';

const HOLD = 'genesyscloud_compliance_legalhold';

type Json = Readonly<Record<string, unknown>>;

function change(type: string, name: string, actions: readonly string[], values: Json = {}): Json {
  return {
    ...{ address: `${type}.${name}`, mode: 'managed', type, name, provider_name: 'x' },
    change: {
      ...{ actions, before: values, after: { ...values, more: 1 }, after_unknown: { id: true } },
      ...{ before_sensitive: false, after_sensitive: { secret: true } },
    },
  };
}

function stated(type: string, name: string, mode = 'managed'): Json {
  return { address: `${type}.${name}`, mode, type, name, values: { id: name }, sensitive_values: {} };
}

const plan = {
  format_version: '1.2',
  terraform_version: '1.11.4',
  variables: { secret: { value: 'x' } },
  planned_values: { root_module: { resources: [stated('aws_instance', 'a')] } },
  resource_changes: [
    change(HOLD, 'a', ['no-op'], { name: 'Matter' }),
    change('aws_instance', 'same', ['no-op'], { tags: { a: 'b' } }),
    change('aws_instance', 'grown', ['update'], { tags: { a: 'b' } }),
    change('aws_instance', 'replaced', ['delete', 'create']),
    change('aws_instance', 'new', ['create']),
    change('aws_s3_bucket', 'recordings', ['no-op'], { bucket: 'é"\\' }),
  ],
  resource_drift: [change('aws_instance', 'same', ['update'], { tags: {} })],
  prior_state: {
    format_version: '1.0',
    values: {
      root_module: {
        resources: [stated('aws_instance', 'a'), stated(HOLD, 'a')],
        child_modules: [
          {
            address: 'module.m',
            resources: [stated('aws_iam_policy_document', 'd', 'data'), stated('aws_lambda_function', 'f')],
            child_modules: [{ address: 'module.m.module.n', resources: [stated('aws_kms_key', 'k')] }],
          },
        ],
      },
    },
  },
  configuration: {
    provider_config: { aws: { name: 'aws' } },
    root_module: {
      variables: { secret: { sensitive: true } },
      resources: [
        {
          ...{ address: `${HOLD}.a`, type: HOLD, provider_config_key: 'genesyscloud' },
          ...{ expressions: { name: { constant_value: 'Matter' } }, depends_on: ['null_resource.x'] },
        },
      ],
      module_calls: {
        m: {
          source: './m',
          expressions: { a: { references: ['var.b'] } },
          module: {
            resources: [{ address: 'aws_kms_key.k', expressions: {}, count_expression: { constant_value: 2 } }],
          },
        },
      },
    },
  },
  checks: [{ status: 'pass' }],
  complete: true,
  errored: false,
};

/** Reads a plan that comes in pieces. */
function readInPieces(bytes: Buffer, size: number): PlanJson {
  const reader = new PlanReader();
  for (let at = 0; at < bytes.length; at += size) reader.push(Buffer.from(bytes.subarray(at, at + size)));
  return reader.end();
}

function why(text: string | Buffer): string {
  try {
    readInPieces(Buffer.from(text), 1_000);
  } catch (error) {
    if (error instanceof NotAPlan) return error.message;
    throw error;
  }
  throw new Error('It was read.');
}

/** Objects without the classes they are made of. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('of a plan', () => {
  const read = parsePlan(JSON.stringify(plan));
  const addresses = (rows: PlanJson['resource_changes']) => rows?.map(({ address }) => address);

  test('all changes are there, in their order', () => {
    expect(addresses(read.resource_changes)).toEqual(plan.resource_changes.map(({ address }) => address));
    expect(read.resource_changes?.map(({ change: { actions } }) => actions)).toEqual(
      plan.resource_changes.map((one) => (one['change'] as Json)['actions']),
    );
  });

  test('values are those of exports, holds and storage, and of what else changes', () => {
    const values = Object.fromEntries(read.resource_changes!.map(({ name, change: { after } }) => [name, after]));

    expect(values).toMatchObject({
      a: { name: 'Matter', more: 1 },
      grown: { tags: { a: 'b' }, more: 1 },
      replaced: { more: 1 },
      recordings: { bucket: 'é"\\', more: 1 },
      same: null,
      new: null,
    });
  });

  test('drift is kept whole', () => expect(read.resource_drift).toEqual(plan.resource_drift));

  test('prior state is that of exports, holds and storage, in modules too', () => {
    const root = read.prior_state?.values?.root_module;

    expect(addresses(root?.resources as never)).toEqual([`${HOLD}.a`]);
    expect(root?.child_modules?.[0]?.address).toBe('module.m');
    expect(addresses(root?.child_modules?.[0]?.resources as never)).toEqual(['aws_iam_policy_document.d']);
    expect(root?.child_modules?.[0]?.child_modules?.[0]?.resources?.[0]?.values).toEqual({ id: 'k' });
  });

  test('the configuration is there when it is asked for', () => {
    const root = read.configuration?.root_module;
    const [hold] = root?.resources ?? [];
    const key = root?.module_calls?.['m']?.module?.resources?.[0];

    expect(hold).toMatchObject({
      address: `${HOLD}.a`,
      provider_config_key: 'genesyscloud',
      depends_on: ['null_resource.x'],
    });
    expect(hold?.expressions).toEqual({ name: { constant_value: 'Matter' } });
    expect(key?.count_expression).toEqual({ constant_value: 2 });
    expect(key?.for_each_expression).toBeUndefined();
    expect(root?.module_calls?.['m']?.expressions).toEqual({ a: { references: ['var.b'] } });
    expect(root?.variables).toEqual({ secret: { sensitive: true } });
  });

  test('what else it says is kept, and what only repeats is not', () => {
    expect(read).toMatchObject({ variables: plan.variables, checks: plan.checks, complete: true, errored: false });
    expect(read).not.toHaveProperty('planned_values');
  });
});

test('given any order of fields, any white space and any cuts, then the same is read', () => {
  const expected = plain(parsePlan(JSON.stringify(plan)));
  const shuffled = (value: unknown, turn: number): unknown => {
    if (Array.isArray(value)) return value.map((one) => shuffled(one, turn + 1));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([name, inner]) => [name, shuffled(inner, turn + 1)] as const);
    const by = (name: string): number =>
      [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) + turn) % 97, 7);
    return Object.fromEntries(entries.sort(([a], [b]) => by(a) - by(b)));
  };
  const sorted = (value: unknown): unknown => shuffled(value, 0);
  fc.assert(
    fc.property(fc.nat(50), fc.integer({ min: 1, max: 700 }), fc.constantFrom(undefined, 2), (turn, size, space) => {
      const text = Buffer.from(JSON.stringify(shuffled(plan, turn), null, space));
      expect(sorted(plain(readInPieces(text, size)))).toEqual(sorted(expected));
    }),
    { numRuns: 60, seed: 20261129 },
  );
});

test('given escapes in the names of fields, and names that are twice, then it is read as JSON.parse does', () => {
  const text = JSON.stringify({
    format_version: '1.2',
    resource_changes: [change('aws_instance', 'a', ['no-op'], { a: 1 })],
  });
  const escaped = text
    .replace('"resource_changes"', '"resource\\u005fchanges"')
    .replace('"type"', '"t\\u0079pe":"aws_s3_bucket","type"');

  expect(parsePlan(escaped).resource_changes?.[0]).toMatchObject({ type: 'aws_instance', change: { before: null } });
  expect(
    parsePlan(text.replace('"actions"', '"actions":["update"],"actions"')).resource_changes?.[0]?.change.before,
  ).toBeNull();
  expect(parsePlan('{"format_version":"1.2","resource_changes":[1],"resource_changes":[]}').resource_changes).toEqual(
    [],
  );
});

test('given a field called __proto__, then it is a field', () => {
  const read = parsePlan('{"format_version":"1.2","resource_changes":[],"__proto__":{"errored":true}}');

  expect(read.errored).toBeUndefined();
  expect(Object.keys(read)).toContain('__proto__');
});

test('given values that are longer than pieces, then they are read', () => {
  const long = { ...plan, resource_changes: [change(HOLD, 'a', ['update'], { text: 'x'.repeat(3_000_000) })] };

  expect(readInPieces(Buffer.from(JSON.stringify(long)), 50_000).resource_changes).toEqual(long.resource_changes);
});

describe('encodings', () => {
  const text = JSON.stringify({ ...plan, variables: { name: { value: 'Größe 𝄞' } } });
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();

  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first', little],
    ['UTF-16, little end first, with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
    ['UTF-16, big end first', big],
    ['UTF-16, big end first, with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
  ])('given %s, cut anywhere, then it is read', (_, bytes) => {
    for (const size of [1, 3, 2_047, bytes.length]) {
      expect(readInPieces(bytes, size).variables).toEqual({ name: { value: 'Größe 𝄞' } });
    }
  });
});

describe('the wrapper of hashicorp/setup-terraform', () => {
  const text = JSON.stringify(plan);
  const line = '[command]/home/runner/work/_temp/1c4f/terraform-bin show -json plan\n';
  const tail = `\n::debug::Terraform exited with code 0.\n::debug::stdout: ${JSON.stringify(plan)}%0A\n\n::set-output name=exitcode::0\n`;

  test.each([
    ['its line before the plan', line + text],
    ['what it says behind it', `${line}${text}\n${tail}`],
    ['lines of Windows', `${line}${text}${tail}`.replaceAll('\n', '\r\n')],
    ['UTF-16', Buffer.from(`\ufeff${line}${text}${tail}`, 'utf16le')],
  ])('given %s, then the plan is read', (_, given) => {
    for (const size of [1, 100, 100_000]) {
      expect(readInPieces(Buffer.from(given as string), size).resource_changes).toHaveLength(
        plan.resource_changes.length,
      );
    }
  });

  test('given something else behind the plan, then it is not one', () => {
    expect(why(`${text}\n{}`)).toMatch(/not JSON/);
    expect(why(`${text}\n:: x\nError: no`)).toMatch(/not JSON/);
    expect(why(`${text} : x`)).toMatch(/not JSON/);
  });
});

describe('what is not a plan', () => {
  test.each([
    ['a plan that is cut off', JSON.stringify(plan).slice(0, -10), /not JSON/],
    [
      'a fault in what nobody asks for',
      JSON.stringify(plan).replace('"planned_values":{', '"planned_values":{,'),
      /not JSON/,
    ],
    ['a list', '[]', /not a JSON object/],
    [
      'changes that are no list',
      '{"format_version":"1.2","resource_changes":{}}',
      /resource_changes are not as Terraform/,
    ],
    [
      'a change that is a number',
      '{"format_version":"1.2","resource_changes":[1]}',
      /resource_changes are not as Terraform/,
    ],
    [
      'an old format',
      '{"format_version":"0.1","terraform_version":"0.13.7","resource_changes":[]}',
      /0\.13\.7.*Terraform 1\.1 or later/,
    ],
    [
      'a format of tomorrow',
      '{"format_version":"2.0","resource_changes":[]}',
      /Install a newer genesyscloud-compliance/,
    ],
    ['the line of the wrapper alone', '[command]/terraform show -json plan', /not JSON/],
  ])('given %s, then it says what to do', (_, text, words) => expect(why(text)).toMatch(words));
});

describe('deep nesting', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const holding = (type: string, levels: number) =>
    JSON.stringify({ ...plan, resource_changes: [change(type, 'a', ['no-op'], { value: 'HERE' })] }).replaceAll(
      '"HERE"',
      deep(levels),
    );

  test('given it where nobody looks, then the plan is read', () => {
    expect(parsePlan(holding('aws_instance', 100_000)).resource_changes).toHaveLength(1);
    expect(
      parsePlan(JSON.stringify(plan).replace('"planned_values":{', `"planned_values":{"a":${deep(100_000)},`)).complete,
    ).toBe(true);
  });

  test('given it in a hold, then it says so instead of running out of stack', () => {
    expect(parsePlan(holding(HOLD, 400)).resource_changes).toHaveLength(1);
    expect(why(holding(HOLD, 100_000))).toMatch(/nested more than 500 levels deep/);
    expect(why(`{"format_version":"1.2","variables":${deep(100_000)}}`)).toMatch(/nested more than 500 levels deep/);
  });

  test('given thousands of modules in each other, then it says so instead of running out of stack', () => {
    const levels = 20_000;
    const state = `${'{"child_modules":['.repeat(levels)}{}${']}'.repeat(levels)}`;
    const calls = `${'{"module_calls":{"a":{"module":'.repeat(levels)}{}${'}}}'.repeat(levels)}`;

    expect(why(`{"format_version":"1.2","prior_state":{"values":{"root_module":${state}}}}`)).toMatch(/levels deep/);
    expect(why(`{"format_version":"1.2","configuration":{"root_module":${calls}}}`)).toMatch(/levels deep/);
  });
});

test('given pieces that come one after the other, then the plan is read from them', async () => {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (const one of JSON.stringify(plan).match(/.{1,97}/gs) ?? []) yield await Promise.resolve(Buffer.from(one));
  }

  expect((await readPlan(pieces())).resource_changes).toHaveLength(plan.resource_changes.length);
});
