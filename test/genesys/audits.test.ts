/** The audits of an organization, read from the simulator: pages, windows, and what a missing right says. */
import { createAuditTrail, USES } from '../../src/genesys';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Session } from '../simulator/session';
import { fastClock, never, seeded, uuid } from './helpers';

const DAY = 86_400_000;
const IDS = Array.from({ length: 700 }, (_, n) => uuid(n + 1));

let simulator: Simulator;
const clock = fastClock(20);
beforeAll(async () => {
  simulator = await startSimulator({
    now: clock.now,
    rateLimitPerMinute: 1e6,
    protectedLimit: 1000,
    pendingMs: 1000,
    tokenLifetimeSeconds: 1e9,
  });
  simulator.seed({
    conversations: IDS.map((id) => ({ id, start: '2026-01-10T12:00:00Z' })),
    clients: [
      {
        id: 'auditor',
        secret: 'auditor-1',
        permissions: USES.find(({ purpose }) => purpose.includes('--who'))?.all ?? [],
      },
      { id: 'blind', secret: 'blind-1', permissions: [] },
    ],
  });
});
afterAll(() => simulator.stop());

function trailOf(clientId: string) {
  return createAuditTrail(
    {
      clientId,
      clientSecret: `${clientId}-1`,
      region: 'us-east-1',
      gateway: { protocol: 'http', host: '127.0.0.1', port: Number(new URL(simulator.url).port) },
      requestsPerMinute: 1e6,
      retryTimeoutMs: 60_000,
      holdApi: 'auto',
    },
    { clock, random: seeded() },
  );
}

test('every message of every page and window is read, and none of another action', async () => {
  const session = await Session.join(simulator);
  const began = clock.now() - DAY;
  const change = async (protect: boolean): Promise<void> => {
    for (let at = 0; at < IDS.length; at += 100) {
      await session.put(`/api/v2/recordings/deletionprotection?protect=${protect}`, {
        conversationIds: IDS.slice(at, at + 100),
      });
    }
  };
  await change(true);
  simulator.advance(45 * DAY);
  await change(false);
  const until = clock.now() + 46 * DAY;
  const record = await trailOf('auditor').read({ actions: ['RevokeProtection'], since: began, until }, never);
  if ('unread' in record) throw new Error(record.unread);
  expect(record.from).toBe(began);
  expect(new Set(record.acts.map(({ doing }) => doing.kind === 'protection' && doing.conversation))).toEqual(
    new Set(IDS),
  );
  expect(record.acts.every(({ doing }) => doing.kind === 'protection' && !doing.on)).toBe(true);
});

test('a client without the permission is told which one', async () => {
  const record = await trailOf('blind').read(
    { actions: ['RevokeProtection'], since: clock.now() - DAY, until: clock.now() },
    never,
  );
  expect(record).toEqual({
    name: 'the audits of Genesys Cloud',
    unread: 'the client lacks the permission audits:audit:view',
  });
});
