/** Recordings that belong to several conversations, as the simulator answers. */
import { ConversationSet, createGenesys, ProcessState, type Genesys } from '../../src/genesys';
import { startSimulator, type Simulator } from '../../src/simulator';
import { contractIsThere, validateAgainstContract } from '../support/contract';
import { never, seeded, uuid, VirtualClock } from './helpers';

let simulator: Simulator;
let genesys: Genesys;

beforeEach(async () => {
  const clock = new VirtualClock();
  simulator = await startSimulator({ seed: 'none', now: () => clock.now() });
  simulator.seed({
    conversations: [
      {
        id: uuid(1),
        start: '2026-01-20T10:00:00Z',
        recordings: [{ associatedConversationIds: [uuid(2), uuid(3)] }, {}],
      },
      { id: uuid(2), start: '2026-01-20T10:00:00Z' },
      { id: uuid(3), start: '2026-01-20T10:00:00Z', recordings: 0 },
    ],
  });
  genesys = createGenesys(
    {
      clientId: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'],
      clientSecret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'],
      region: 'us-east-1',
      gateway: { protocol: 'http', host: '127.0.0.1', port: Number(new URL(simulator.url).port) },
      requestsPerMinute: 300,
      retryTimeoutMs: 1_000,
      holdApi: 'deletion_protection',
    },
    { clock, random: seeded(), state: new ProcessState() },
  );
});
afterEach(() => simulator.stop());

const ids = (...numbers: readonly number[]) => ConversationSet.of(numbers.map(uuid));

test('names the other conversations, and those that were looked at', async () => {
  const { shared, looked } = await genesys.holds.shared(ids(1, 2, 3), 10, never);

  expect([...shared]).toEqual([[uuid(1), [uuid(2), uuid(3)]]]);
  expect(looked.equals(ids(1, 2, 3))).toBe(true);
  if (contractIsThere) expect(validateAgainstContract(simulator.requests(), { complianceApi: false })).toEqual([]);
});

test('asks about no more than it may', async () => {
  const { looked } = await genesys.holds.shared(ids(1, 2, 3), 2, never);

  expect(looked.size).toBe(2);
  expect(simulator.requests().filter(({ path }) => path.endsWith('/recordings'))).toHaveLength(2);
});

test('a conversation that is not there shares nothing', async () => {
  const { shared, looked } = await genesys.holds.shared(ids(9), 10, never);
  expect([shared.size, looked.size]).toEqual([0, 1]);
});

test('a recording that is being transcoded says nothing: its conversation was not looked at', async () => {
  simulator.addFault({ path: `/api/v2/conversations/${uuid(1)}/recordings`, status: 202, body: '' });

  const { shared, looked } = await genesys.holds.shared(ids(1, 2), 10, never);

  expect(shared.size).toBe(0);
  expect(looked.equals(ids(2))).toBe(true);
});
