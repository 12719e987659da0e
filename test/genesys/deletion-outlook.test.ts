/** What is deleted before it is held, against the simulator's retention. */
import { ConversationSet, createGenesys, ProcessState, type DeletionQuestion, type Genesys } from '../../src/genesys';
import { startSimulator, type SeedConversation, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { contractIsThere, validateAgainstContract } from '../support/contract';
import { never, seeded, uuid, VirtualClock } from './helpers';

const DAY = 86_400_000;
const JANUARY = '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z';
const SMS = { interval: JANUARY, mediaTypes: ['message'], messageTypes: ['sms'] };
const QUESTION: DeletionQuestion = { scope: SMS, withinMs: 10 * DAY, mostPages: 10 };

let simulator: Simulator;
let genesys: Genesys;
let clock: VirtualClock;

async function start(conversations: readonly SeedConversation[], options: SimulatorOptions = {}): Promise<void> {
  clock = new VirtualClock();
  simulator = await startSimulator({ seed: 'none', now: () => clock.now(), ...options });
  simulator.seed({ conversations });
  genesys = connect(simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'], simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET']);
}

function connect(clientId: string | undefined, clientSecret: string | undefined): Genesys {
  return createGenesys(
    {
      clientId,
      clientSecret,
      region: 'us-east-1',
      gateway: { protocol: 'http', host: '127.0.0.1', port: Number(new URL(simulator.url).port) },
      requestsPerMinute: 300,
      retryTimeoutMs: 1_000,
      holdApi: 'deletion_protection',
    },
    { clock, random: seeded(), state: new ProcessState() },
  );
}

afterEach(() => simulator.stop());

/** A conversation by SMS of January; it is 1 February now. */
const sms = (n: number, deleteDate?: string, more: Partial<SeedConversation> = {}): SeedConversation => ({
  id: uuid(n),
  start: '2026-01-20T10:00:00Z',
  recordings: [{ id: uuid(100 + n), ...(deleteDate === undefined ? {} : { deleteDate }) }],
  ...more,
});

test('names what policies delete within the time, soonest first, and nothing later', async () => {
  await start([sms(1, '2026-02-08T00:00:00Z'), sms(2, '2026-02-03T00:00:00Z'), sms(3, '2026-03-01T00:00:00Z'), sms(4)]);

  const outlook = await genesys.deletions(QUESTION, never);

  expect(outlook).toMatchObject({ count: 2, unseen: [], maximumDays: null });
  expect(outlook.next).toEqual([
    { conversationId: uuid(2), recordingId: uuid(102), at: '2026-02-03T00:00:00.000Z', by: 'policy' },
    { conversationId: uuid(1), recordingId: uuid(101), at: '2026-02-08T00:00:00.000Z', by: 'policy' },
  ]);
  if (contractIsThere) expect(validateAgainstContract(simulator.requests(), { complianceApi: false })).toEqual([]);
});

test('leaves out what is protected, and what is of another channel or time', async () => {
  await start([
    sms(1, '2026-02-03T00:00:00Z'),
    sms(2, '2026-02-03T00:00:00Z'),
    sms(3, '2026-02-03T00:00:00Z', { mediaType: 'voice' }),
    sms(4, '2026-02-03T00:00:00Z', { start: '2025-12-01T10:00:00Z' }),
  ]);
  const api = genesys.holds.api('deletion_protection');
  await api.protect({ name: 'x' }, null, ConversationSet.of([uuid(1)]), never);

  const { next } = await genesys.deletions(QUESTION, never);

  expect(next.map(({ conversationId }) => conversationId)).toEqual([uuid(2)]);
});

test('knows the maximum retention, which deletes what has no policy', async () => {
  await start([sms(1), sms(2, '2026-04-17T00:00:00Z')], { retention: { maximumDays: 90 } });
  clock.time = Date.UTC(2026, 3, 15);

  const outlook = await genesys.deletions(QUESTION, never);

  expect(outlook.maximumDays).toBe(90);
  expect(outlook.next).toEqual([
    { conversationId: uuid(2), recordingId: uuid(102), at: '2026-04-17T00:00:00.000Z', by: 'policy' },
    { conversationId: uuid(1), recordingId: uuid(101), at: '2026-04-20T10:00:00.000Z', by: 'maximum-retention' },
  ]);
});

test('screen recordings have the date that their limit gives them', async () => {
  await start([], { retention: { screenRecordingDays: 365 } });
  simulator.seed({
    conversations: [
      sms(1, undefined, {
        recordings: [
          { id: uuid(101), media: 'message' },
          { id: uuid(201), media: 'screen' },
        ],
      }),
    ],
  });
  clock.time = Date.UTC(2027, 0, 15);

  const { next } = await genesys.deletions(QUESTION, never);

  expect(next.map(({ recordingId }) => recordingId)).toEqual([uuid(201)]);
});

test('asks little where nothing is due: the maximum retention and one page', async () => {
  await start([sms(1), sms(2, '2026-03-01T00:00:00Z')]);

  await genesys.deletions(QUESTION, never);

  const asked = simulator.requests().filter(({ path }) => path.startsWith('/api/'));
  expect(asked.map(({ path }) => path)).toEqual([
    '/api/v2/analytics/dataretention/settings',
    '/api/v2/recordings/retention/query',
  ]);
});

test('stays within its pages, and says that there are more recordings', async () => {
  await start(Array.from({ length: 1_001 }, (_, n) => sms(n + 1_000)));

  const { unseen } = await genesys.deletions({ ...QUESTION, mostPages: 2 }, never);

  expect(unseen).toEqual(['the organization has more recordings than 2 pages list']);
});

test('stays within three hundred conversations, and says until when it looked', async () => {
  const at = (n: number) => new Date(Date.UTC(2026, 1, 2) + n * 60_000).toISOString();
  await start(Array.from({ length: 350 }, (_, n) => sms(n + 1_000, at(n), { mediaType: 'voice' })));

  const outlook = await genesys.deletions(QUESTION, never);

  expect(outlook.count).toBe(0);
  expect(Date.parse(outlook.until)).toBe(Date.parse(at(300)) - 1);
});

test('a client without the permission still sees delete dates, and says what it does not see', async () => {
  await start([sms(1, '2026-02-03T00:00:00Z')]);
  simulator.seed({ clients: [{ id: 'narrow', secret: 'narrow-secret', without: ['analytics:dataRetention:view'] }] });

  const outlook = await connect('narrow', 'narrow-secret').deletions(QUESTION, never);

  expect(outlook).toMatchObject({ count: 1, maximumDays: undefined });
  expect(outlook.unseen).toEqual([
    'the maximum retention of the organization could not be read (the OAuth client lacks analytics:dataRetention:view)',
  ]);
});

test('named conversations need no query of the analytics', async () => {
  await start([sms(1, '2026-02-03T00:00:00Z'), sms(2, '2026-02-03T00:00:00Z')]);
  const scope = { conversationIds: [uuid(2)], mediaTypes: [], messageTypes: [] };

  const { next } = await genesys.deletions({ ...QUESTION, scope }, never);

  expect(next.map(({ conversationId }) => conversationId)).toEqual([uuid(2)]);
  expect(simulator.requests().filter(({ path }) => path.includes('/details/jobs'))).toEqual([]);
});
