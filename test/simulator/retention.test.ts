import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { Session, smsQuery } from './session';

const DAY = 86_400_000;
/** The session's own clock begins on 1 March 2026. */
const [A, B, C] = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
];
const sessions: Session[] = [];

async function start(options: SimulatorOptions = {}): Promise<Session> {
  const session = await Session.start({ seed: 'none', tokenLifetimeSeconds: 1e9, ...options });
  sessions.push(session);
  return session;
}

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.simulator.stop();
});

function protect(s: Session, conversationIds: readonly string[], wanted = true): Promise<unknown> {
  return s.put(`/api/v2/recordings/deletionprotection?protect=${wanted}`, { conversationIds });
}

async function recordings(s: Session, id: string): Promise<number> {
  const { status, body } = await s.get(`/api/v2/conversations/${id}/recordings`);
  return status === 200 ? (body as unknown[]).length : -status;
}

async function deleteDates(s: Session, id: string): Promise<(string | undefined)[]> {
  const { body } = await s.get(`/api/v2/conversations/${id}/recordingmetadata`);
  return (body as { deleteDate?: string }[]).map(({ deleteDate }) => deleteDate);
}

const conversation = (id: string, more = {}): { id: string; start: string } => ({
  id,
  start: '2026-02-20T10:00:00Z',
  ...more,
});

describe('a delete date', () => {
  const seed = {
    conversations: [A, B].map((id) => conversation(id, { recordings: [{ deleteDate: '2026-03-11T00:00:00Z' }] })),
  };

  test('deletes the recording when it has passed, and not before', async () => {
    const s = await start({ seed });
    s.simulator.advance(10 * DAY - 1);
    expect(await recordings(s, A)).toBe(1);
    s.simulator.advance(1);
    expect(await recordings(s, A)).toBe(0);
    expect(s.simulator.state().deletions).toContainEqual({
      conversationId: A,
      recordingId: expect.any(String) as string,
      at: '2026-03-11T00:00:00.000Z',
      cause: 'delete-date',
    });
    const { body } = await s.get('/api/v2/recordings/retention/query?retentionThresholdDays=0');
    expect(body.entities).toEqual([]);
  });

  test('waits while the conversation is protected, and counts again after the release', async () => {
    const s = await start({ seed });
    await protect(s, [A]);
    s.simulator.advance(40 * DAY);
    expect([await recordings(s, A), await recordings(s, B)]).toEqual([1, 0]);
    expect(await deleteDates(s, A)).toEqual(['2026-03-11T00:00:00.000Z']);
    await protect(s, [A], false);
    expect(await recordings(s, A)).toBe(0);
    expect(s.simulator.state().deletions.map(({ conversationId, at }) => [conversationId, at])).toEqual([
      [B, '2026-03-11T00:00:00.000Z'],
      [A, '2026-04-10T00:00:00.000Z'],
    ]);
  });

  test('waits for a legal hold of the compliance API, too', async () => {
    const s = await start({ seed, complianceApi: true });
    const { body } = await s.post('/api/v2/compliance/legalholds', { name: 'Acme', conversationIds: [A] });
    s.simulator.advance(40 * DAY);
    expect([await recordings(s, A), await recordings(s, B)]).toEqual([1, 0]);
    await s.send('DELETE', `/api/v2/compliance/legalholds/${body.id}`);
    expect(await recordings(s, A)).toBe(0);
  });

  test('a hold lifted behind everybody is as good as a release', async () => {
    const s = await start({ seed });
    await protect(s, [A]);
    s.simulator.advance(40 * DAY);
    s.simulator.releaseQuietly([A]);
    expect(await recordings(s, A)).toBe(0);
  });

  test('is set by a bulk job DELETE, and by hand', async () => {
    const s = await start({ seed: { conversations: [conversation(A), conversation(B)] } });
    const { body } = await s.post('/api/v2/recording/jobs', {
      action: 'DELETE',
      actionDate: '2026-03-05T00:00:00.000Z',
      conversationQuery: smsQuery('2026-02-01T00:00:00Z/2026-02-28T00:00:00Z'),
    });
    s.pass(1000);
    await s.put(`/api/v2/recording/jobs/${body.id}`, { state: 'PROCESSING' });
    s.pass(1500);
    expect(await deleteDates(s, A)).toEqual(['2026-03-05T00:00:00.000Z']);
    const set = await s.post('/__simulator/delete-dates', { conversationIds: [A], deleteDate: null });
    expect(set.body).toEqual({ recordings: 1 });
    s.simulator.advance(10 * DAY);
    expect([await recordings(s, A), await recordings(s, B)]).toEqual([1, 0]);
    await s.post('/__simulator/delete-dates', { all: true, deleteDate: '2026-01-01T00:00:00Z' });
    expect(await recordings(s, A)).toBe(0);
  });

  test('an export that is under way when the recording goes brings no file; one that is due by then does', async () => {
    const s = await start({
      seed: {
        conversations: [conversation(A, { recordings: [{ deleteDate: '2026-03-01T00:00:03Z' }] }), conversation(B)],
      },
      exportDelayMs: 60_000,
    });
    const whole = { conversationQuery: smsQuery('2026-02-01T00:00:00Z/2026-02-28T00:00:00Z') };
    const job = await s.runJob(whole.conversationQuery);
    expect(job.body.state).toBe('FULFILLED');
    s.simulator.advance(DAY);
    expect(s.simulator.state()).toMatchObject({ recordings: 1, buckets: [{ keys: 4 }] });
    // The export date moves to the delete date, so its file is there before it goes: after it, it never comes.
    const late = await start({
      seed: {
        conversations: [conversation(A, { recordings: [{ deleteDate: '2026-03-01T00:00:02Z' }] }), conversation(B)],
      },
      exportDelayMs: 60_000,
    });
    await late.runJob(whole.conversationQuery);
    late.simulator.advance(DAY);
    expect(late.simulator.state()).toMatchObject({ recordings: 1, buckets: [{ keys: 2 }] });
  });
});

describe('policies of the organization', () => {
  test('give what comes after them its delete dates, the first that matches, screens a year at most', async () => {
    const s = await start();
    s.simulator.seed({ conversations: [conversation(C)] });
    const set = await s.post('/__simulator/settings', {
      retention: {
        policies: [
          { name: 'SMS', mediaTypes: ['message'], messageTypes: ['sms'], deleteAfterDays: 30 },
          { name: 'calls', mediaTypes: ['voice'], deleteAfterDays: 3650 },
        ],
      },
    });
    expect(set.status).toBe(200);
    s.simulator.seed({
      conversations: [
        conversation(A),
        conversation(B, { mediaType: 'voice', recordings: [{ media: 'audio' }, { media: 'screen' }] }),
      ],
    });
    expect(await deleteDates(s, A)).toEqual(['2026-03-22T10:05:00.000Z']);
    expect(await deleteDates(s, B)).toEqual(['2036-02-18T10:05:00.000Z', '2027-02-20T10:05:00.000Z']);
    expect(await deleteDates(s, C)).toEqual([undefined]);
  });

  test('screen recordings can have a limit of their own', async () => {
    const s = await start({ retention: { screenRecordingDays: 90 } });
    s.simulator.seed({
      conversations: [conversation(B, { mediaType: 'voice', recordings: [{ media: 'audio' }, { media: 'screen' }] })],
    });
    expect(await deleteDates(s, B)).toEqual([undefined, '2026-05-21T10:05:00.000Z']);
  });

  test.each([
    [{ maximumDays: 30 }, 'from 90'],
    [{ screenRecordingDays: 400 }, 'from 1 to 365'],
    [{ policies: [{ deleteAfterDays: -1 }] }, 'deleteAfterDays'],
    [{ policies: [{ deleteAfter: 1 }] }, 'unknown field deleteAfter'],
    [{ maximum: 90 }, 'unknown field maximum'],
    [{ sharedRecordingNeeds: 'none' }, 'expected all, any or own'],
  ])('%j is refused', async (retention, why) => {
    const s = await start();
    const { status, body } = await s.post('/__simulator/settings', { retention });
    expect(status).toBe(400);
    expect(body.message).toContain(why);
  });
});

describe('the maximum retention of the organization', () => {
  test('takes whole conversations that have no policy, is at least 90 days and is never unset', async () => {
    const s = await start({ seed: { conversations: [conversation(A), conversation(B)] } });
    const path = '/api/v2/analytics/dataretention/settings';
    expect((await s.get(path)).body).toEqual({});
    expect((await s.put(path, { retentionDays: 89 })).status).toBe(400);
    expect((await s.put(path, { retentionDays: 90 })).body).toEqual({ retentionDays: 90 });
    expect((await s.post('/__simulator/settings', { retention: { maximumDays: null } })).status).toBe(400);
    await protect(s, [A]);
    s.simulator.advance(90 * DAY);
    expect([await recordings(s, A), await recordings(s, B)]).toEqual([1, -404]);
    const query = { ...smsQuery('2026-02-15T00:00:00Z/2026-03-01T00:00:00Z') };
    const { body } = await s.post('/api/v2/analytics/conversations/details/query', query);
    expect(body.totalHits).toBe(1);
  });

  test('takes protected ones, too, where the organization is said to work so', async () => {
    const s = await start({
      seed: { conversations: [conversation(A)] },
      retention: { maximumDays: 90, protectionStopsMaximum: false },
    });
    await protect(s, [A]);
    s.simulator.advance(90 * DAY);
    expect(await recordings(s, A)).toBe(-404);
    expect(s.simulator.state()).toMatchObject({ protected: [], deletions: [{ cause: 'maximum-retention' }] });
  });
});

describe('what comes late, and what goes', () => {
  test('a conversation is nowhere before it appears', async () => {
    const s = await start({ seed: { conversations: [conversation(A, { appears: '2026-03-05T00:00:00Z' })] } });
    const query = smsQuery('2026-02-15T00:00:00Z/2026-03-01T00:00:00Z');
    const hits = async (): Promise<number> =>
      (await s.post('/api/v2/analytics/conversations/details/query', query)).body.totalHits as number;
    expect(await hits()).toBe(0);
    expect(await recordings(s, A)).toBe(-404);
    expect(s.simulator.state()).toMatchObject({ conversations: 0, recordings: 0 });
    s.simulator.advance(4 * DAY);
    expect(await hits()).toBe(1);
    expect(await recordings(s, A)).toBe(1);
  });

  test('a recording of a conversation that is there can come later, by the seed or afterwards', async () => {
    const s = await start({
      seed: { conversations: [conversation(A, { recordings: [{}, { appears: '2026-03-05T00:00:00Z' }] })] },
    });
    expect(await recordings(s, A)).toBe(1);
    s.simulator.advance(4 * DAY);
    expect(await recordings(s, A)).toBe(2);
    s.simulator.seed({ recordings: [{ conversationId: A, start: '2026-03-05T10:00:00Z' }] });
    expect(await recordings(s, A)).toBe(3);
    const refused = await s.post('/__simulator/seed', {
      conversations: [conversation(C)],
      recordings: [{ conversationId: B }],
    });
    expect(refused.status).toBe(400);
    expect(await recordings(s, C)).toBe(-404);
  });

  test('conversations and recordings vanish when their seed says so, protected or not', async () => {
    const s = await start({
      seed: {
        conversations: [
          conversation(A, { vanishes: '2026-03-05T00:00:00Z' }),
          conversation(B, { recordings: [{}, { vanishes: '2026-03-05T00:00:00Z' }] }),
        ],
      },
    });
    await protect(s, [A, B]);
    s.simulator.advance(4 * DAY);
    expect([await recordings(s, A), await recordings(s, B)]).toEqual([-404, 1]);
    expect(s.simulator.state().protected).toEqual([B]);
  });

  test('by hand: vanish takes conversations, erase takes recordings unless protection is said to stop it', async () => {
    const s = await start({ seed: { conversations: [A, B, C].map((id) => conversation(id)) } });
    expect((await s.post('/__simulator/vanish', { conversationIds: [C] })).body).toEqual({ vanished: 1 });
    await protect(s, [A, B]);
    expect((await s.post('/__simulator/erase', { conversationIds: [A] })).body).toEqual({ erased: 1, spared: 0 });
    expect(s.simulator.state()).toMatchObject({ protected: [A, B], recordings: 1 });
    await s.post('/__simulator/settings', { retention: { protectionStopsErasure: true } });
    const [shown] = s.simulator.conversations().filter(({ id }) => id === B);
    const recordingIds = [shown?.recordings[0]?.id];
    expect((await s.post('/__simulator/erase', { recordingIds })).body).toEqual({ erased: 0, spared: 1 });
    for (const wrong of [{}, { all: true, conversationIds: [B] }, { conversationIds: [C] }, { ids: [B] }]) {
      expect((await s.post('/__simulator/erase', wrong)).status).toBe(400);
    }
  });

  test('a job remembers its conversations although one is gone', async () => {
    const s = await start({ seed: { conversations: [conversation(A), conversation(B)] } });
    const { body } = await s.createJob(smsQuery('2026-02-01T00:00:00Z/2026-02-28T00:00:00Z'));
    s.simulator.vanish([A]);
    s.pass(1000);
    await s.put(`/api/v2/recording/jobs/${body.id}`, { state: 'PROCESSING' });
    s.pass(4000);
    const exported = s.simulator.state().exports.map(({ conversationId }) => conversationId);
    expect(exported).toEqual([B]);
  });
});

describe('a recording of several conversations', () => {
  const shared = (sharedRecordingNeeds: 'all' | 'any' | 'own'): SimulatorOptions => ({
    seed: {
      conversations: [
        conversation(A, { recordings: [{ associatedConversationIds: [B], deleteDate: '2026-03-02T00:00:00Z' }] }),
        conversation(B, { recordings: 0 }),
      ],
    },
    retention: { sharedRecordingNeeds },
  });

  test('says so in /recordings', async () => {
    const s = await start(shared('all'));
    const { body } = await s.get(`/api/v2/conversations/${A}/recordings`);
    expect(body[0].associatedConversationIds).toEqual([A, B]);
  });

  test.each([
    ['all', [A], 0],
    ['own', [A], 1],
    ['any', [A], 1],
  ] as const)('needs %s to be protected', async (needs, ids, left) => {
    const s = await start(shared(needs));
    await protect(s, ids);
    s.simulator.advance(2 * DAY);
    expect(await recordings(s, A)).toBe(left);
  });
});

describe('over a restart', () => {
  test('deletions, lateness, dates, protection and settings stay as they were', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    const running: Simulator[] = [];
    try {
      const options: SimulatorOptions = {
        dataDir: folder,
        now: () => Date.parse('2026-03-01T00:00:00Z'),
        seed: {
          conversations: [
            conversation(A, { recordings: [{ deleteDate: '2026-03-03T00:00:00Z' }] }),
            conversation(B, {
              recordings: [{ deleteDate: '2026-03-03T00:00:00Z' }, { appears: '2026-03-20T00:00:00Z' }],
            }),
            conversation(C, { vanishes: '2026-03-03T00:00:00Z' }),
          ],
        },
      };
      const first = await startSimulator(options);
      running.push(first);
      const s = await Session.join(first);
      first.configure({ protectedLimit: 7, retention: { policies: [{ deleteAfterDays: 100 }] } });
      first.seed({ conversations: [{ start: '2026-02-01T00:00:00Z' }] });
      first.setDeleteDate({ all: true }, '2026-03-04T00:00:00Z');
      await protect(s, [B]);
      first.advance(5 * DAY);
      await s.post('/__simulator/advance', { milliseconds: 0 });
      const before = first.state();
      expect(before.deletions).toHaveLength(3);
      const seen = first.conversations();

      const second = await startSimulator(options);
      running.push(second);
      expect(second.state()).toEqual(before);
      expect(second.conversations()).toEqual(seen);
      expect(second.settings()).toMatchObject({
        protectedLimit: 7,
        retention: { policies: [{ deleteAfterDays: 100 }] },
      });
      second.advance(20 * DAY);
      expect(second.state()).toMatchObject({ recordings: 2, protected: [B] });
      second.releaseQuietly([B]);
      expect(second.state().recordings).toBe(1);
    } finally {
      for (const simulator of running) await simulator.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a request for erasure', () => {
  const PATH = '/api/v2/gdpr/requests';
  const request = { requestType: 'GDPR_DELETE', subject: { phoneNumbers: ['+13175550101'] } };
  const seed = {
    conversations: [
      conversation(A, { addressFrom: 'tel:+13175550101' }),
      conversation(B, { addressTo: '+13175550101' }),
      conversation(C, { addressFrom: '+13175550999' }),
    ],
  };

  test('is carried out after its delay, for every conversation of the subject, protected or not', async () => {
    const s = await start({ seed });
    await protect(s, [A]);
    const { status, body } = await s.post(`${PATH}?deleteConfirmed=true`, request);
    expect([status, body.status]).toEqual([202, 'INITIATED']);
    s.simulator.advance(DAY - 1);
    expect(await recordings(s, A)).toBe(1);
    s.simulator.advance(1);
    expect([await recordings(s, A), await recordings(s, B), await recordings(s, C)]).toEqual([0, 0, 1]);
    expect((await s.get(`${PATH}/${body.id}`)).body.status).toBe('COMPLETED');
    const { body: audits } = await s.post('/api/v2/audits/query/realtime', {
      interval: '2026-02-28T00:00:00Z/2026-03-05T00:00:00Z',
      filters: [{ property: 'Action', value: 'Delete' }],
    });
    expect(audits.entities).toMatchObject([
      { client: { id: s.simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] }, context: { conversationId: A } },
      { context: { conversationId: B } },
    ]);
  });

  test('spares what is protected where the organization is said to work so', async () => {
    const s = await start({ seed, erasureDelayMs: 0, retention: { protectionStopsErasure: true } });
    await protect(s, [A]);
    await s.post(`${PATH}?deleteConfirmed=true`, request);
    expect([await recordings(s, A), await recordings(s, B)]).toEqual([1, 0]);
  });

  test.each([
    [PATH, request],
    [`${PATH}?deleteConfirmed=true`, { ...request, requestType: 'GDPR_EXPORT' }],
    [`${PATH}?deleteConfirmed=true`, { ...request, subject: { name: 'Somebody' } }],
  ])('%s with %j is refused', async (path, body) => {
    const s = await start({ seed });
    expect((await s.post(path, body)).status).toBe(400);
  });
});
