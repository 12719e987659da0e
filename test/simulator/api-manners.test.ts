import fc from 'fast-check';
import { startSimulator } from '../../src/simulator';
import { Session, signIn, smsQuery } from './session';

describe('signing in', () => {
  test('tells an unknown client from a wrong secret, in the form of the token endpoint', async () => {
    const simulator = await startSimulator();
    try {
      const id = simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] ?? '';
      const wrong = await signIn(simulator, id, 'wrong');
      expect([wrong.status, ((await wrong.json()) as { error: string }).error]).toEqual([401, 'invalid_client']);
      const unknown = await signIn(simulator, 'nobody', 'wrong');
      expect([unknown.status, ((await unknown.json()) as { error: string }).error]).toEqual([400, 'invalid_client']);
    } finally {
      await simulator.stop();
    }
  });

  test('lasts as long as the token', async () => {
    const s = await Session.start({ tokenLifetimeSeconds: 60 });
    try {
      expect((await s.get('/api/v2/organizations/me')).status).toBe(200);
      s.pass(60_000);
      expect(await s.get('/api/v2/organizations/me')).toMatchObject({ status: 401, body: { code: 'bad.credentials' } });
      const anonymous = await s.send('GET', '/api/v2/organizations/me', undefined, { authorization: '' });
      expect(anonymous).toMatchObject({ status: 401, body: { code: 'authentication.required' } });
    } finally {
      await s.simulator.stop();
    }
  });

  test('leaves no secret in the request log', async () => {
    const simulator = await startSimulator();
    try {
      const secret = simulator.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '';
      const id = simulator.env['GENESYSCLOUD_OAUTHCLIENT_ID'] ?? '';
      const { access_token: token } = (await (await signIn(simulator, id, secret)).json()) as { access_token: string };
      await fetch(`${simulator.url}/api/v2/organizations/me`, { headers: { authorization: `Bearer ${token}` } });
      const log = JSON.stringify(simulator.requests());
      expect(simulator.requests().map((request) => request.status)).toEqual([200, 200]);
      expect(log).not.toContain(token);
      expect(log).not.toContain(Buffer.from(`${id}:${secret}`).toString('base64'));
    } finally {
      await simulator.stop();
    }
  });
});

describe('the manners of the API', () => {
  let s: Session;
  beforeEach(async () => {
    s = await Session.start({
      rateLimitPerMinute: 5,
      seed: { clients: [{ id: 'few', secret: 'x', permissions: ['recording:job:view'] }] },
    });
  });
  afterEach(() => s.simulator.stop());

  test('paths and methods nobody knows', async () => {
    expect(await s.get('/api/v2/recordings/jobs')).toMatchObject({ status: 404, body: { code: 'not.found' } });
    const wrongMethod = await s.send('PATCH', '/api/v2/recording/jobs', {});
    expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST, GET']);
  });

  test('the rate limit, with headers that say when to come back', async () => {
    const me = (): ReturnType<Session['get']> => s.get('/api/v2/organizations/me');
    for (let n = 0; n < 4; n += 1) await me();
    s.pass(20_000);
    const fifth = await me();
    expect(['count', 'allowed', 'reset'].map((name) => fifth.headers.get(`inin-ratelimit-${name}`))).toEqual([
      '5',
      '5',
      '40',
    ]);
    const sixth = await me();
    expect([sixth.status, sixth.headers.get('retry-after'), sixth.body.code]).toEqual([
      429,
      '40',
      'too.many.requests.retry.after',
    ]);
    s.pass(40_000);
    expect((await me()).status).toBe(200);
  });

  test('missing permissions are named', async () => {
    const few = await s.as({ id: 'few', secret: 'x' });
    expect((await few.get('/api/v2/recording/jobs')).status).toBe(200);
    const answer = await few.createJob();
    expect(answer).toMatchObject({ status: 403, body: { code: 'missing.permissions' } });
    expect(answer.body.message).toContain('recording:job:add');
  });

  test('bodies that are no JSON objects', async () => {
    expect((await s.post('/api/v2/recording/jobs', '{')).body.code).toBe('bad.request');
    expect((await s.post('/api/v2/recording/jobs', '[]')).body.code).toBe('invalid.value');
    const xml = await s.send('POST', '/api/v2/recording/jobs', '<a/>', { 'content-type': 'text/xml' });
    expect(xml).toMatchObject({ status: 415, body: { code: 'unsupported.media.type' } });
  });

  test('ids that are no UUIDs', async () => {
    expect((await s.get('/api/v2/recording/jobs/one')).status).toBe(400);
    expect((await s.get('/api/v2/conversations/one/recordingmetadata')).status).toBe(400);
  });
});

describe('a body that nobody expects', () => {
  test('is answered in the form of the API, and never with a failure of the simulator itself', async () => {
    const s = await Session.start({ rateLimitPerMinute: 1_000_000 });
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.dictionary(
            fc.constantFrom('action', 'conversationQuery', 'integrationId', 'actionDate', 'conversationIds', 'x'),
            fc.jsonValue(),
          ),
          async (body) => {
            for (const path of [
              '/api/v2/recording/jobs',
              '/api/v2/recordings/deletionprotection',
              '/api/v2/analytics/conversations/details/query',
            ]) {
              const answer = await s.post(path, body);
              expect(answer.body.code).not.toBe('simulator.error');
              expect([400, 404]).toContain(answer.status);
            }
          },
        ),
        { numRuns: 60 },
      );
    } finally {
      await s.simulator.stop();
    }
  });
});

describe('faults', () => {
  let s: Session;
  beforeEach(async () => {
    s = await Session.start();
  });
  afterEach(() => s.simulator.stop());

  test('hit as many matching requests as asked, after those that are skipped', async () => {
    s.simulator.addFault({
      method: 'GET',
      path: '/api/v2/recording/*',
      status: 503,
      times: 2,
      skip: 1,
      headers: { 'Retry-After': '1' },
    });
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push(await s.get('/api/v2/recording/jobs'));
    expect(answers.map((answer) => answer.status)).toEqual([200, 503, 503, 200]);
    expect(answers[1]?.headers.get('retry-after')).toBe('1');
    expect(answers[1]?.body).toMatchObject({
      code: 'service.unavailable',
      contextId: answers[1]?.headers.get('inin-correlation-id'),
    });
    expect(
      s.simulator
        .requests()
        .slice(-4)
        .map((request) => request.status),
    ).toEqual([200, 503, 503, 200]);
  });

  test('lose the request, or only its answer', async () => {
    s.simulator.addFault({ method: 'POST', path: '/api/v2/recording/jobs', drop: true });
    await expect(s.createJob()).rejects.toThrow();
    expect(s.simulator.state().jobs).toHaveLength(0);
    s.simulator.addFault({ method: 'POST', path: '/api/v2/recording/jobs', drop: 'after' });
    await expect(s.createJob()).rejects.toThrow();
    expect(s.simulator.state().jobs).toHaveLength(1);
    expect(
      s.simulator
        .requests()
        .slice(-2)
        .map((request) => request.status),
    ).toEqual([0, 0]);
  });

  test('play the throttled token endpoint', async () => {
    const body = { error: 'invalid_request', error_description: 'rate limit exceeded' };
    s.simulator.addFault({ path: '/oauth/token', status: 400, body });
    const answer = await signIn(s.simulator, 'x', 'y');
    expect([answer.status, await answer.json()]).toEqual([400, body]);
  });

  test('can be set over HTTP, and a misspelt one is refused', async () => {
    expect((await s.post('/__simulator/faults', { path: '*', statsu: 500 })).status).toBe(400);
    expect((await s.post('/__simulator/faults', { path: '*', status: 502, body: '<html>' })).status).toBe(204);
    expect(await s.get('/api/v2/organizations/me')).toMatchObject({ status: 502, body: '<html>' });
  });
});

describe('the control routes', () => {
  test('show requests and state, seed, move time, release and reset, without a token', async () => {
    const s = await Session.start({ seed: 'none' });
    const control = (method: string, name: string, body?: unknown): ReturnType<Session['send']> =>
      s.send(method, `/__simulator/${name}`, body, { authorization: '' });
    try {
      expect((await control('POST', 'seed', { estate: 'default' })).status).toBe(204);
      expect((await control('POST', 'seed', { conversatoins: 3 })).status).toBe(400);
      await s.createJob(smsQuery());
      await control('POST', 'advance', { milliseconds: 1000 });
      const state = (await control('GET', 'state')).body;
      expect(state).toMatchObject({ conversations: 82, jobs: [{ state: 'READY', totalConversations: 40 }] });
      expect((await control('GET', 'requests')).body.at(-1)).toMatchObject({
        path: '/api/v2/recording/jobs',
        status: 202,
      });
      expect((await control('POST', 'forget-jobs')).body).toEqual({ forgotten: 1 });
      expect((await control('POST', 'reset')).status).toBe(204);
      expect((await control('GET', 'state')).body).toMatchObject({ conversations: 0, jobs: [] });
      expect((await control('GET', 'requests')).body).toEqual([]);
    } finally {
      await s.simulator.stop();
    }
  });
});

describe('a fresh simulator', () => {
  test('has SMS conversations in every week of January 2026', async () => {
    const s = await Session.start();
    try {
      const days = ['01', '08', '15', '22', '29', '31'];
      const hits = [];
      for (let n = 0; n + 1 < days.length; n += 1) {
        const query = smsQuery(`2026-01-${days[n]}T00:00:00Z/2026-01-${days[n + 1]}T00:00:00Z`);
        hits.push((await s.post('/api/v2/analytics/conversations/details/query', query)).body.totalHits);
      }
      expect(Math.min(...hits)).toBeGreaterThan(0);
      expect(hits.reduce((a, b) => a + b, 0)).toBe(40);
    } finally {
      await s.simulator.stop();
    }
  });

  test('can hold and export 20,000 conversations; benches do the same with 100,000', async () => {
    const s = await Session.start({ seed: { conversations: 20_000 } });
    try {
      expect(s.simulator.state().conversations).toBe(20_000);
      expect((await s.runJob()).body).toMatchObject({ totalConversations: 20_000, totalRecordings: 20_000 });
      s.pass(2000);
      expect(s.simulator.state().buckets[0]?.keys).toBe(40_000);
    } finally {
      await s.simulator.stop();
    }
  });
});
