import { Session } from './session';

const PROTECTION = '/api/v2/recordings/deletionprotection';
const HOLDS = '/api/v2/compliance/legalholds';
const NOBODY = '00000000-0000-4000-8000-000000000000';

async function conversationIds(s: Session): Promise<string[]> {
  const { body } = await s.get('/api/v2/recordings/retention/query?retentionThresholdDays=0&pageSize=500');
  return [...new Set<string>(body.entities.map((entity: { conversationId: string }) => entity.conversationId))];
}

describe('the retention query', () => {
  test('walks over all recordings behind a cursor, each once, and only those older than the threshold', async () => {
    const s = await Session.start();
    try {
      const seen: string[] = [];
      let next: string | undefined = '/api/v2/recordings/retention/query?retentionThresholdDays=0&pageSize=7';
      while (next !== undefined) {
        const { body } = await s.get(next);
        expect(body.entities.length).toBeLessThanOrEqual(7);
        seen.push(...body.entities.map((entity: { recordingId: string }) => entity.recordingId));
        next = body.nextUri as string | undefined;
      }
      expect(seen).toHaveLength(s.simulator.state().recordings);
      expect(new Set(seen).size).toBe(seen.length);
      // 1 March less 45 days is 15 January
      const old = await s.get('/api/v2/recordings/retention/query?retentionThresholdDays=45&pageSize=500');
      const youngest = old.body.entities
        .map((entity: { creationTime: string }) => entity.creationTime)
        .sort()
        .at(-1);
      expect(youngest < '2026-01-15T00:00:00.000Z').toBe(true);
      expect(old.body.entities.length).toBeGreaterThan(20);
      for (const wrong of [
        '',
        '?retentionThresholdDays=-1',
        '?retentionThresholdDays=0&pageSize=501',
        '?retentionThresholdDays=0&cursor=x',
      ]) {
        expect((await s.get(`/api/v2/recordings/retention/query${wrong}`)).status).toBe(400);
      }
    } finally {
      await s.simulator.stop();
    }
  });
});

describe('deletion protection', () => {
  let s: Session;
  let ids: string[];
  beforeEach(async () => {
    s = await Session.start({
      seed: {
        conversations: 150,
        clients: [{ id: 'holder', secret: 'x', without: ['recording:deletionProtection:revoke'] }],
      },
      protectedLimit: 120,
    });
    ids = await conversationIds(s);
  });
  afterEach(() => s.simulator.stop());

  const held = async (some: readonly string[]): Promise<string[]> =>
    (await s.post(PROTECTION, { conversationIds: some })).body.map((one: { id: string }) => one.id);

  test('is applied, asked for and revoked, any number of times', async () => {
    const some = ids.slice(0, 100);
    expect((await s.put(`${PROTECTION}?protect=true`, { conversationIds: some })).status).toBe(204);
    expect((await s.put(PROTECTION, { conversationIds: some })).status).toBe(204);
    expect((await held([...some.slice(0, 3), NOBODY])).sort()).toEqual(some.slice(0, 3).sort());
    await s.put(`${PROTECTION}?protect=false`, { conversationIds: some.slice(0, 2) });
    expect(await held(some.slice(0, 3))).toEqual([some[2]]);
  });

  test('names the conversations over the limit, and holds the others', async () => {
    await s.put(PROTECTION, { conversationIds: ids.slice(0, 100) });
    const answer = await s.put(PROTECTION, { conversationIds: ids.slice(100, 150) });
    expect(answer.status).toBe(200);
    expect(answer.body.failedUpdates).toHaveLength(30);
    expect(answer.body.failedUpdates[0].errorCode).toBe('recording.deletion.protection.limit.exceeded');
    expect(s.simulator.state().protected).toHaveLength(120);
  });

  test.each([
    ['101 conversations', (all: string[]) => ({ conversationIds: all.slice(0, 101) }), 400, 'constraint.validation'],
    ['no conversation', () => ({ conversationIds: [] }), 400, 'recording.empty.payload'],
    ['an id that is no UUID', () => ({ conversationIds: ['one'] }), 400, 'recording.conversation.id.not.uuid'],
    [
      'an unknown conversation',
      (all: string[]) => ({ conversationIds: [all[0], NOBODY] }),
      404,
      'recording.conversation.not.found',
    ],
    [
      'a name, which the public API does not have',
      (all: string[]) => ({ conversationIds: all.slice(0, 1), name: 'x' }),
      400,
      'invalid.property',
    ],
  ])('is refused for %s, as a whole', async (_what, body, status, code) => {
    expect(await s.put(PROTECTION, body(ids))).toMatchObject({ status, body: { code, status } });
    expect(s.simulator.state().protected).toEqual([]);
  });

  test('needs the permission of the direction', async () => {
    const holder = await s.as({ id: 'holder', secret: 'x' });
    expect((await holder.put(PROTECTION, { conversationIds: ids.slice(0, 1) })).status).toBe(204);
    const answer = await holder.put(`${PROTECTION}?protect=false`, { conversationIds: ids.slice(0, 1) });
    expect(answer.status).toBe(403);
    expect(answer.body.message).toContain('recording:deletionProtection:revoke');
  });

  test('has nothing to protect in a conversation without recordings', async () => {
    s.simulator.seed({ conversations: [{ id: NOBODY, start: '2026-02-01T00:00:00Z', recordings: 0 }] });
    expect((await s.put(PROTECTION, { conversationIds: [NOBODY] })).status).toBe(204);
    expect(await held([NOBODY])).toEqual([]);
  });
});

describe('the compliance API', () => {
  test('is unknown to an org that does not have it', async () => {
    const s = await Session.start();
    try {
      expect(await s.get(`${HOLDS}?pageSize=1`)).toMatchObject({ status: 404, body: { code: 'not.found' } });
    } finally {
      await s.simulator.stop();
    }
  });

  describe('where an org has it', () => {
    let s: Session;
    let ids: string[];
    beforeAll(async () => {
      s = await Session.start({ complianceApi: true, seed: { conversations: 250 } });
      ids = await conversationIds(s);
    });
    afterAll(() => s.simulator.stop());

    test('makes a hold, adds to it, lists its conversations by cursor, and releases it', async () => {
      const made = await s.post(HOLDS, {
        name: 'Acme v. Example',
        externalReferenceId: 'MATTER-2026-0017',
        conversationIds: ids.slice(0, 100),
      });
      expect(made).toMatchObject({ status: 201, body: { status: 'ACTIVE', conversationCount: 100, failures: [] } });
      const path = `${HOLDS}/${made.body.id}`;
      await s.post(`${path}/conversations`, { conversationIds: ids.slice(50, 150) });
      const more = await s.post(`${path}/conversations`, { conversationIds: [...ids.slice(150, 200), NOBODY] });
      expect(more.body.conversationCount).toBe(200);
      expect(more.body.failures).toMatchObject([{ conversationId: NOBODY, code: 'recording.conversation.not.found' }]);

      const listed: string[] = [];
      let next: string | undefined = `${path}/conversations?pageSize=70`;
      while (next !== undefined) {
        const { body } = await s.get(next);
        listed.push(...body.entities.map((entity: { id: string }) => entity.id));
        next = body.nextUri as string | undefined;
      }
      expect(listed.sort()).toEqual(ids.slice(0, 200).sort());

      expect(s.simulator.releaseQuietly(ids.slice(0, 3))).toBe(3);
      expect((await s.get(path)).body.conversationCount).toBe(197);
      expect((await s.get(`${HOLDS}?name=Acme%20v.%20Example`)).body.total).toBe(1);
      expect((await s.send('DELETE', path)).status).toBe(204);
      expect((await s.get(path)).body).toMatchObject({ status: 'RELEASED', conversationCount: 0 });
    });

    test.each([
      ['a reference id with a space', { externalReferenceId: 'MATTER 17' }],
      ['a reference id that is too long', { externalReferenceId: 'M'.repeat(65) }],
      ['no name', { name: undefined }],
      ['101 conversations', { conversationIds: Array.from({ length: 101 }, () => NOBODY) }],
      ['an unknown field', { legal_hold: true }],
    ])('refuses %s', async (_what, change) => {
      const before = s.simulator.state().holds.length;
      const answer = await s.post(HOLDS, { name: 'Acme', conversationIds: ids.slice(0, 1), ...change });
      expect(answer.status).toBe(400);
      expect(s.simulator.state().holds).toHaveLength(before);
    });
  });
});
