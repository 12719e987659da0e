/** The product and the simulator have one clock: ages are by the dates of Genesys Cloud's answers, not by this machine's. */
import { createGenesys, type Genesys } from '../../src/genesys';
import { ProcessState } from '../../src/genesys/process-state';
import { startSimulator, type Simulator } from '../../src/simulator';
import { systemClock } from '../../src/time';

const DAY = 86_400_000;
const never = new AbortController().signal;
const ID = 'aaaaaaaa-0000-4000-8000-000000000000';
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({
    pendingMs: 0,
    processingMs: 0,
    exportDelayMs: 0,
    seed: { conversations: [{ id: ID, start: '2026-01-10T10:00:00Z' }] },
  });
});
afterEach(() => simulator.stop());

/** A machine whose clock is off by so much. */
function machine(off = 0): Genesys {
  return createGenesys(
    {
      clientId: simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'],
      clientSecret: simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'],
      region: 'us-east-1',
      gateway: { protocol: 'http', host: '127.0.0.1', port: Number(new URL(simulator.url).port) },
      requestsPerMinute: 10_000,
      retryTimeoutMs: 300_000,
      holdApi: 'auto',
    },
    { clock: { ...systemClock, now: () => Date.now() + off }, state: new ProcessState() },
  );
}

async function exportOnce(genesys: Genesys): Promise<void> {
  await genesys.organizationId(never);
  const spec = {
    integrationId: simulator.integrationId,
    scope: { conversationIds: [ID], mediaTypes: [], messageTypes: [] },
    includeScreenRecordings: false,
    includeRecordingsWithSensitiveData: false,
    includeMetadata: false,
  };
  await genesys.exports.run(spec, [], { waitFor: 'fulfilled', signal: never });
}

test('a job whose id was lost is adopted within a day of Genesys Cloud, and not after it', async () => {
  await exportOnce(machine());
  simulator.advance(DAY - 600_000);
  await exportOnce(machine());
  expect(simulator.state().jobs).toHaveLength(1);
  simulator.advance(DAY);
  await exportOnce(machine());
  expect(simulator.state().jobs).toHaveLength(2);
});

test.each([3 * DAY, -3 * DAY])('a machine whose clock is off by %p ms adopts it all the same', async (off) => {
  await exportOnce(machine());
  await exportOnce(machine(off));
  expect(simulator.state().jobs).toHaveLength(1);
});
