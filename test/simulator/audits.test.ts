import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Session, smsQuery } from './session';

const DAY = 86_400_000;
const AUDITS = '/api/v2/audits/query';
const QUALITY = '/api/v2/quality/conversations/audits/query';
const YEAR = '2026-01-01T00:00:00Z/2027-06-01T00:00:00Z';
const IDS = Array.from({ length: 5 }, (_, n) => `${n}0000000-0000-4000-8000-000000000000`);
const ANNA = { id: '11111111-1111-4111-8111-111111111111', name: 'Anna Archivist' };
let s: Session;

beforeEach(async () => {
  s = await Session.start({
    pendingMs: 1000,
    tokenLifetimeSeconds: 1e9,
    rateLimitPerMinute: 1e6,
    seed: {
      conversations: IDS.map((id) => ({ id, start: '2026-02-20T10:00:00Z' })),
      clients: [
        { id: 'console', secret: 'x', user: ANNA },
        { id: 'blind', secret: 'x', without: ['audits:audit:view', 'audits:interactionDetails:view'] },
      ],
    },
  });
});
afterEach(() => s.simulator.stop());

const protect = (by: Session, ids: readonly string[], wanted: boolean, address?: string): Promise<unknown> =>
  by.send(
    'PUT',
    `/api/v2/recordings/deletionprotection?protect=${wanted}`,
    { conversationIds: ids },
    address === undefined ? {} : { 'x-forwarded-for': address },
  );

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers freely
async function audits(path: string, body: Record<string, unknown>, parameters = ''): Promise<any[]> {
  const { status, body: job } = await s.post(path, { interval: YEAR, ...body });
  expect(status).toBe(202);
  s.pass(1000);
  const { body: results } = await s.get(`${path}/${job.id}/results?pageSize=500${parameters}`);
  return results.entities;
}

test('a release is written down with user, client, address and time, one message a conversation', async () => {
  await protect(s, IDS, true);
  s.pass(DAY);
  const console = await s.as({ id: 'console', secret: 'x' });
  await protect(console, IDS.slice(0, 2), false, '198.51.100.7');
  const found = await audits(
    AUDITS,
    { serviceName: 'Quality', filters: [{ property: 'Action', value: 'RevokeProtection' }] },
    '&expand=user',
  );
  expect(found.map(({ context }) => context.conversationId)).toEqual(IDS.slice(0, 2));
  expect(found[0]).toMatchObject({
    action: 'RevokeProtection',
    entityType: 'Recording',
    entity: { id: IDS[0] },
    user: { id: ANNA.id, name: ANNA.name },
    client: { id: 'console' },
    remoteIp: ['198.51.100.7'],
    level: 'USER',
    eventDate: '2026-03-02T00:00:00.000Z',
  });
  expect(new Set(found.map(({ id }) => id)).size).toBe(2);
  const [unexpanded] = await audits(AUDITS, { filters: [{ property: 'UserId', value: ANNA.id }] });
  expect(unexpanded.user).toEqual({ id: ANNA.id, selfUri: expect.any(String) as string });
});

test('the audits of a conversation have names of their own', async () => {
  await protect(s, IDS, true);
  const found = await audits(QUALITY, { filters: [{ property: 'ConversationId', value: IDS[3] }] });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    action: 'ApplyProtection',
    remoteIps: ['127.0.0.1'],
    client: { id: s.simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] },
  });
  expect(found[0].user).toBeUndefined();
});

test('what changes nothing is not written down; jobs, settings, integrations and deletions are', async () => {
  await protect(s, IDS, true);
  await protect(s, IDS, true);
  await protect(s, IDS.slice(0, 1), false);
  await protect(s, IDS.slice(0, 1), false);
  await s.runJob(smsQuery('2026-02-01T00:00:00Z/2026-02-28T00:00:00Z'));
  await s.put('/api/v2/recording/settings', { maxSimultaneousStreams: 2 });
  await s.put('/api/v2/analytics/dataretention/settings', { retentionDays: 400 });
  await s.send('PATCH', `/api/v2/integrations/${s.simulator.integrationId}`, { intendedState: 'DISABLED' });
  s.simulator.erase({ conversationIds: [IDS[4] ?? ''] });
  const found = await audits(AUDITS, {});
  const counts: Record<string, number> = {};
  for (const { action, entityType } of found)
    counts[`${action} ${entityType}`] = (counts[`${action} ${entityType}`] ?? 0) + 1;
  expect(counts).toEqual({
    'ApplyProtection Recording': 5,
    'RevokeProtection Recording': 1,
    'Create BulkActions': 1,
    'Execute BulkActions': 1,
    'Update RecordingSettings': 1,
    'Update DataRetention': 1,
    'Update Integration': 1,
    'Delete Recording': 1,
  });
  const changed = found.find(({ entityType }) => entityType === 'Integration');
  expect(changed.propertyChanges).toEqual([
    { property: 'intendedState', oldValues: ['ENABLED'], newValues: ['DISABLED'] },
  ]);
  const deleted = found.find(({ action, entityType }) => `${action} ${entityType}` === 'Delete Recording');
  expect(deleted).toMatchObject({ level: 'SYSTEM', context: { conversationId: IDS[4] }, remoteIp: [] });
});

test('legal holds of the compliance API are written down, too', async () => {
  s.simulator.configure({ complianceApi: true });
  const { body } = await s.post('/api/v2/compliance/legalholds', { name: 'Acme', conversationIds: IDS.slice(0, 2) });
  await s.post(`/api/v2/compliance/legalholds/${body.id}/conversations`, { conversationIds: IDS.slice(0, 3) });
  await s.send('DELETE', `/api/v2/compliance/legalholds/${body.id}`);
  const found = await audits(AUDITS, {});
  expect(found.map(({ action, entityType }) => `${action} ${entityType}`)).toEqual([
    'Create LegalHold',
    ...Array<string>(3).fill('ApplyProtection Recording'),
    'Delete LegalHold',
    ...Array<string>(3).fill('RevokeProtection Recording'),
  ]);
});

test('a release behind everybody leaves a trace only when the test names who did it', async () => {
  await protect(s, IDS, true);
  await s.post('/__simulator/release', { conversationIds: IDS.slice(0, 1) });
  await s.post('/__simulator/release', {
    conversationIds: IDS.slice(1, 2),
    by: { userId: ANNA.id, userName: ANNA.name, address: '203.0.113.9' },
  });
  const found = await audits(AUDITS, { filters: [{ property: 'Action', value: 'RevokeProtection' }] });
  expect(found.map(({ entity, remoteIp }) => [entity.id, remoteIp])).toEqual([[IDS[1], ['203.0.113.9']]]);
  expect((await s.post('/__simulator/release', { conversationIds: [], by: { name: 'x' } })).status).toBe(400);
});

test('without the right there is no answer; the right for one is not the right for the other', async () => {
  const blind = await s.as({ id: 'blind', secret: 'x' });
  for (const [path, permission] of [
    [AUDITS, 'audits:audit:view'],
    [`${AUDITS}/realtime`, 'audits:audit:view'],
    [QUALITY, 'audits:interactionDetails:view'],
  ]) {
    const { status, body } = await blind.post(path ?? '', { interval: YEAR, filters: [] });
    expect(status).toBe(403);
    expect(body.message).toContain(permission);
  }
});

test('a query is a job: its results come when it has finished, in pages, and only at its own address', async () => {
  await protect(s, IDS, true);
  const { body: job } = await s.post(AUDITS, { interval: YEAR });
  expect(job.state).toBe('Queued');
  expect((await s.get(`${AUDITS}/${job.id}/results`)).status).toBe(400);
  s.pass(1000);
  expect((await s.get(`${AUDITS}/${job.id}`)).body.state).toBe('Succeeded');
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await s.get(`${AUDITS}/${job.id}/results?pageSize=2${cursor}`);
    seen.push(...body.entities.map(({ entity }: { entity: { id: string } }) => entity.id));
    cursor = body.cursor === undefined ? '' : `&cursor=${body.cursor}`;
  } while (cursor !== '');
  expect(seen).toEqual(IDS);
  expect((await s.get(`${QUALITY}/${job.id}`)).status).toBe(404);
  expect((await s.get(`${AUDITS}/${job.id}/results?pageSize=501`)).status).toBe(400);
});

test('the realtime query answers at once, newest first on demand, and for 14 days only', async () => {
  await protect(s, IDS, true);
  s.pass(60_000);
  await protect(s, IDS.slice(0, 1), false);
  const ask = (interval: string): ReturnType<Session['post']> =>
    s.post(`${AUDITS}/realtime`, { interval, sort: [{ name: 'Timestamp', sortOrder: 'DESC' }], pageSize: 2 });
  const { body } = await ask('2026-02-28T00:00:00Z/2026-03-02T00:00:00Z');
  expect(body).toMatchObject({ total: 6, pageCount: 3, entities: [{ action: 'RevokeProtection' }, {}] });
  expect((await ask('2026-02-10T00:00:00Z/2026-03-02T00:00:00Z')).status).toBe(400);
});

test('after a year nothing is left', async () => {
  await protect(s, IDS, true);
  s.pass(364 * DAY);
  expect(await audits(AUDITS, {})).toHaveLength(5);
  s.pass(2 * DAY);
  expect(await audits(AUDITS, {})).toHaveLength(0);
});

test.each([
  [{ interval: 'yesterday' }],
  [{ serviceName: 'Recordings' }],
  [{ filters: [{ property: 'Actor', value: 'x' }] }],
  [{ filters: [{ property: 'Action', value: '' }] }],
  [{ sort: [{ name: 'Action', sortOrder: 'ASC' }] }],
  [{ limit: 5 }],
])('%j is refused', async (change) => {
  expect((await s.post(AUDITS, { interval: YEAR, ...change })).status).toBe(400);
});

test('the service mapping says what there is', async () => {
  const { body } = await s.get(`${AUDITS}/servicemapping`);
  expect(body.services.map(({ name }: { name: string }) => name)).toContain('Quality');
});

test('audits are kept over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  const running: Simulator[] = [];
  try {
    const start = async (): Promise<Session> => {
      const simulator = await startSimulator({ dataDir: folder, pendingMs: 0 });
      running.push(simulator);
      return Session.join(simulator);
    };
    const first = await start();
    const ids = first.simulator
      .conversations()
      .slice(0, 2)
      .map(({ id }) => id);
    await protect(first, ids, true);
    const second = await start();
    const interval = `${new Date(Date.now() - DAY).toISOString()}/${new Date(Date.now() + DAY).toISOString()}`;
    const { body } = await second.post(`${AUDITS}/realtime`, { interval });
    expect(body.entities.map(({ entity }: { entity: { id: string } }) => entity.id)).toEqual(ids);
  } finally {
    for (const simulator of running) await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
