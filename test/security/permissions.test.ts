/** The table of permissions, tried: with all of a use it works, without any one of them it fails with that one's name. */
import { ConversationSet, createGenesys, GenesysError, ProcessState, USES, type Genesys } from '../../src/genesys';
import { startSimulator, type Simulator } from '../../src/simulator';
import { fastClock, never, seeded } from '../genesys/helpers';

const JANUARY = '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z';

const useOf = (begin: string) => USES.find(({ purpose }) => purpose.startsWith(begin)) ?? fail();

/** Works with a client that has exactly these permissions, in an organization of its own. */
async function withClient<T>(
  permissions: readonly string[],
  work: (genesys: Genesys, simulator: Simulator) => Promise<T>,
): Promise<T> {
  const clock = fastClock(20);
  const simulator = await startSimulator({ now: clock.now });
  simulator.seed({
    clients: [{ id: 'little', secret: 'little-secret-1', permissions }],
    conversations: CONVERSATIONS.map((id) => ({ id, start: '2026-01-10T12:00:00Z' })),
  });
  try {
    const genesys = createGenesys(
      {
        clientId: 'little',
        clientSecret: 'little-secret-1',
        region: 'us-east-1',
        gateway: { protocol: 'http', host: '127.0.0.1', port: Number(new URL(simulator.url).port) },
        requestsPerMinute: 300,
        retryTimeoutMs: 60_000,
        holdApi: 'deletion_protection',
      },
      { clock, random: seeded(), state: new ProcessState() },
    );
    return await work(genesys, simulator);
  } finally {
    await simulator.stop();
  }
}

const CONVERSATIONS = [1, 2, 3].map((at) => `0000000${at}-0000-4000-8000-000000000001`);
const someConversations = (): ConversationSet => ConversationSet.of(CONVERSATIONS);

async function missingIn(work: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return undefined;
  expect(error).toBeInstanceOf(GenesysError);
  return (error as GenesysError).missingPermission;
}

const runExport = (genesys: Genesys, simulator: Simulator): Promise<unknown> =>
  genesys.exports.run(
    {
      integrationId: simulator.integrationId,
      scope: { interval: JANUARY, mediaTypes: ['message'], messageTypes: ['sms'] },
      includeScreenRecordings: false,
      includeRecordingsWithSensitiveData: false,
      includeMetadata: false,
    },
    [],
    { waitFor: 'exported', signal: never },
  );

describe('a client that runs exports', () => {
  const { all, oneOf } = useOf('runs exports');
  const whole = [...all, ...oneOf.map(([first]) => first!)];

  test('needs no more than the table says', async () => {
    await withClient(whole, async (genesys, simulator) => {
      expect(await missingIn(runExport(genesys, simulator))).toBeUndefined();
      expect(await missingIn(genesys.integration(simulator.integrationId, never))).toBeUndefined();
    });
  }, 60_000);

  // Cancelling and reading the integration are not part of a run that goes well.
  test.each(whole.filter((one) => !['recording:job:delete', 'integrations:integration:view'].includes(one)))(
    'fails without %s, and names it',
    async (permission) => {
      await withClient(
        whole.filter((one) => one !== permission),
        async (genesys, simulator) => {
          expect(await missingIn(runExport(genesys, simulator))).toContain(permission);
        },
      );
    },
    60_000,
  );
});

describe('holds by deletion protection', () => {
  test('the client that places them cannot release one', async () => {
    const { all } = useOf('places holds by deletion protection');
    expect(all).toEqual(['recording:deletionProtection:apply']);
    await withClient(all, async (genesys) => {
      const api = await genesys.holds.choose('deletion_protection', never);
      const conversations = someConversations();
      expect((await api.protect({ name: 'Acme' }, null, conversations, never)).failures).toEqual([]);
      const released = missingIn(api.lift(null, conversations, () => undefined, never));
      expect(await released).toBe('recording:deletionProtection:revoke');
    });
  }, 60_000);

  test('the client that releases them cannot place one', async () => {
    await withClient(useOf('releases holds by deletion protection').all, async (genesys) => {
      const api = await genesys.holds.choose('deletion_protection', never);
      const placed = missingIn(api.protect({ name: 'Acme' }, null, someConversations(), never));
      expect(await placed).toBe('recording:deletionProtection:apply');
    });
  }, 60_000);

  test('reading them takes no permission to protect', async () => {
    const { all } = useOf('reads holds by deletion protection');
    expect(all).toEqual([]);
    await withClient(all, async (genesys) => {
      const api = await genesys.holds.choose('deletion_protection', never);
      expect((await api.status(null, someConversations(), never)).held.size).toBe(0);
    });
  }, 60_000);
});
