import { DiagnosticError } from '../../src/framework';
import type { ReadDataContext } from '../../src/framework/definition';
import type { Compliance } from '../../src/provider';
import { holdsDataSource } from '../../src/provider/holds/data-source';
import type { HoldsSchema } from '../../src/provider/holds/schema';
import { openRegister, RegisterProblem, type Register } from '../../src/register';
import { conversations, FakeConversations, quickClock } from '../register/support/fake-bits';
import { MemoryStore } from '../support/registers';

const FOREVER = new AbortController().signal;
type Context = ReadDataContext<HoldsSchema, Compliance>;

const store = new MemoryStore();
const open = (): Promise<Register> =>
  openRegister(
    {
      address: 's3://x/y',
      store,
      s3: () => Promise.reject(new Error('no S3')),
      clock: quickClock(),
      random: Math.random,
      actor: 'ann',
    },
    FOREVER,
  );

function read(config: Partial<Context['config']>) {
  const client = { register: { open } } as unknown as Compliance;
  const whole = { matter: null, conversation_id: null, object: null, include_released: null, ...config };
  return holdsDataSource.read({ client, config: whole, signal: FOREVER } as unknown as Context);
}

beforeAll(async () => {
  const bits = new FakeConversations();
  for (const [matter, from, to] of [
    ['ACME-1', 0, 3],
    ['GLOBEX-2', 2, 5],
  ] as const) {
    const key = {
      organization: 'org',
      resourceType: 'genesyscloud_compliance_legalhold',
      holdApi: 'deletion_protection',
      matter,
      name: matter,
    };
    const { reference } = await (await open()).claimConversations({ key, ids: conversations(from, to) }, bits, FOREVER);
    if (matter === 'ACME-1') await (await open()).releaseConversations(reference, 'settled', bits, FOREVER);
  }
});

test('gives live claims, by name, and released ones when asked', async () => {
  const { id, claims } = await read({});
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(claims).toMatchObject([
    { matter: 'GLOBEX-2', state: 'held', covered_count: 4, held_count: 4, released_at: null },
  ]);

  const all = await read({ include_released: true });
  expect(all.claims).toMatchObject([
    { matter: 'ACME-1', state: 'done', release_reason: 'settled' },
    { matter: 'GLOBEX-2' },
  ]);
});

test('gives who holds one conversation, and of one matter', async () => {
  const [id = ''] = conversations(2, 2);
  expect((await read({ conversation_id: id.toUpperCase() })).claims).toMatchObject([{ matter: 'GLOBEX-2' }]);
  expect((await read({ conversation_id: id, matter: 'ACME-1' })).claims).toEqual([]);
  expect((await read({ object: 's3://bucket/key' })).claims).toEqual([]);
});

test('a register that cannot be read is an error, never an empty list', async () => {
  store.reach = () => {
    throw new RegisterProblem('unreachable', 'The register at s3://x/y could not be listed: no answer.');
  };
  await expect(read({})).rejects.toThrow(DiagnosticError);
  await expect(read({})).rejects.toMatchObject({ summary: 'Register could not be read' });
});
