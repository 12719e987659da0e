import { conversationsQuery, JANUARY, Session, smsQuery, voiceQuery } from './session';

describe('a recording job', () => {
  let s: Session;
  beforeEach(async () => {
    s = await Session.start();
  });
  afterEach(() => s.simulator.stop());

  test('takes its time: PENDING, READY, executed PROCESSING, FULFILLED, and the files come later', async () => {
    const { status, body: job } = await s.createJob();
    expect([status, job.state, job.totalConversations]).toEqual([202, 'PENDING', 0]);
    s.pass(999);
    expect((await s.get(job.selfUri)).body.state).toBe('PENDING');
    s.pass(1);
    expect((await s.get(job.selfUri)).body).toMatchObject({
      state: 'READY',
      totalConversations: 40,
      totalRecordings: 54,
    });

    expect((await s.put(job.selfUri, { state: 'PROCESSING' })).body.state).toBe('PROCESSING');
    s.pass(750);
    expect((await s.get(job.selfUri)).body.percentProgress).toBe(50);
    s.pass(750);
    expect((await s.get(job.selfUri)).body).toMatchObject({
      state: 'FULFILLED',
      percentProgress: 100,
      totalProcessedRecordings: 54,
    });

    const exported = (): number => s.simulator.state().exports.filter((one) => one.exportedDate !== null).length;
    expect([s.simulator.state().exports.length, exported()]).toEqual([54, 0]);
    s.pass(1500);
    expect(exported()).toBeGreaterThan(0);
    expect(exported()).toBeLessThan(54);
    s.pass(499);
    expect(exported()).toBe(53);
    s.pass(1);
    expect(exported()).toBe(54);
    // a media file and a metadata file each
    expect(s.simulator.state().buckets).toMatchObject([{ name: s.simulator.bucket, keys: 108 }]);
  });

  test('shows its dates on the recordings: exportDate when FULFILLED, exportedDate when the file is there', async () => {
    const conversation = s.simulator.state();
    expect(conversation.exports).toEqual([]);
    await s.runJob();
    const [first] = s.simulator.state().exports;
    const path = `/api/v2/conversations/${first?.conversationId}/recordingmetadata/${first?.recordingId}`;
    const before = (await s.get(path)).body;
    expect(before.exportDate).toBe('2026-03-01T00:00:02.500Z');
    expect(before.exportedDate).toBeUndefined();
    s.pass(2000);
    expect((await s.get(path)).body.exportedDate > before.exportDate).toBe(true);
  });

  test('is refused beside two others that are pending or processing; one that is ready does not count', async () => {
    const first = await s.createJob(smsQuery());
    await s.createJob(voiceQuery());
    expect(await s.createJob(voiceQuery())).toMatchObject({
      status: 409,
      body: { code: 'recording.job.concurrent.limit.reached' },
    });
    s.pass(1000);
    await s.createJob(voiceQuery());
    await s.createJob(voiceQuery());
    expect((await s.put(first.body.selfUri, { state: 'PROCESSING' })).status).toBe(409);
    expect(s.simulator.requests().at(-1)?.jobs).toEqual({ pending: 2, processing: 0, exportsWaiting: 0 });
  });

  test('can be executed only by the client who created it, and only once it is ready', async () => {
    s.simulator.seed({ clients: [{ id: 'other', secret: 'other' }] });
    const other = await s.as({ id: 'other', secret: 'other' });
    const { body: job } = await s.createJob();
    expect((await s.put(job.selfUri, { state: 'PROCESSING' })).body.code).toBe('recording.job.not.ready');
    s.pass(1000);
    expect(await other.put(job.selfUri, { state: 'PROCESSING' })).toMatchObject({ status: 403 });
    expect((await other.get('/api/v2/recording/jobs?showOnlyMyJobs=true')).body.total).toBe(0);
    expect((await other.get('/api/v2/recording/jobs')).body.total).toBe(1);
    expect((await s.put(job.selfUri, { state: 'READY' })).status).toBe(400);
  });

  test('is cancelled by DELETE and stays listed; a finished one cannot be cancelled', async () => {
    const { body: job } = await s.createJob();
    expect((await s.send('DELETE', job.selfUri)).status).toBe(204);
    s.pass(5000);
    expect((await s.get(job.selfUri)).body.state).toBe('CANCELLED');
    const done = (await s.runJob()).body;
    expect((await s.send('DELETE', done.selfUri)).status).toBe(400);
  });

  test('names what it could not process, and the rest is exported', async () => {
    s.simulator.seed({ conversations: [{ start: '2026-05-01T10:00:00Z', recordings: [{ failsExport: true }, {}] }] });
    const job = (await s.runJob(smsQuery('2026-05-01T00:00:00Z/2026-05-02T00:00:00Z'))).body;
    expect(job).toMatchObject({ state: 'FULFILLED', totalFailedRecordings: 1, totalProcessedRecordings: 1 });
    const { entities } = (await s.get(job.failedRecordings)).body;
    expect(entities).toHaveLength(1);
    s.pass(2000);
    expect(s.simulator.state().exports.map((one) => one.recordingId)).not.toContain(entities[0].recording.id);
    expect(s.simulator.state().exports).toHaveLength(1);
  });

  test('fails with a message on demand, and plans nothing', async () => {
    s.simulator.addFault({ failJob: 'The export engine gave up.' });
    expect((await s.runJob()).body).toMatchObject({ state: 'FAILED', errorMessage: 'The export engine gave up.' });
    expect(s.simulator.state().exports).toEqual([]);
  });

  test('waits for its action date, and may never arrive', async () => {
    s.simulator.seed({
      conversations: [{ start: '2026-05-01T10:00:00Z', recordings: [{ neverArrives: true }, {}] }],
    });
    const inMay = smsQuery('2026-05-01T00:00:00Z/2026-05-02T00:00:00Z');
    await s.runJob(inMay, { actionDate: '2026-03-02T00:00:00Z' });
    s.pass(10_000);
    expect(s.simulator.state().exports.map((one) => one.exportedDate)).toEqual([null, null]);
    s.pass(86_400_000);
    expect(s.simulator.state().exports.filter((one) => one.exportedDate !== null)).toHaveLength(1);
  });

  test('leaves out screen recordings when told to', async () => {
    expect((await s.runJob(voiceQuery(), { includeScreenRecordings: false })).body.totalSkippedRecordings).toBe(2);
  });

  test('is forgotten with the job history', async () => {
    const { body: job } = await s.runJob();
    expect(s.simulator.forgetJobs([job.id])).toBe(1);
    expect((await s.get(job.selfUri)).status).toBe(404);
  });

  test('fails when the bucket of the integration is gone', async () => {
    const path = `/api/v2/integrations/${s.simulator.integrationId}/config/current`;
    const configuration = (await s.get(path)).body;
    await s.put(path, { ...configuration, properties: { bucket: 'nowhere' } });
    expect((await s.runJob()).body).toMatchObject({ state: 'FAILED', errorMessage: expect.stringContaining('bucket') });
  });

  test('lists by page number with totals, by cursor without', async () => {
    for (let n = 0; n < 3; n += 1) {
      await s.createJob();
      s.pass(1000);
    }
    const numbered = (await s.get('/api/v2/recording/jobs?pageSize=2&state=READY')).body;
    expect([numbered.entities.length, numbered.total, numbered.pageCount]).toEqual([2, 3, 2]);
    const first = (await s.get('/api/v2/recording/jobs?pageSize=2&includeTotal=false')).body;
    expect(first.total).toBeUndefined();
    const second = (await s.get(first.nextUri)).body;
    expect(second.entities).toHaveLength(1);
    expect(second.nextUri).toBeUndefined();
  });

  test.each([
    ['an unknown field', { holdThem: true }, 'invalid.property'],
    ['an unknown action', { action: 'HOLD' }, 'invalid.value'],
    ['an interval that is none', { conversationQuery: { interval: 'January' } }, 'bad.request'],
    [
      'an end before the start',
      { conversationQuery: { interval: JANUARY.split('/').reverse().join('/') } },
      'bad.request',
    ],
    [
      'a filter field that does not exist',
      { conversationQuery: { interval: JANUARY, filters: [] } },
      'invalid.property',
    ],
    ['both dates', { actionDate: '2026-03-02T00:00:00Z', actionAge: 3 }, 'constraint.validation'],
    ['a date that is none', { actionDate: 'tomorrow' }, 'invalid.date'],
    ['no integration', { integrationId: undefined }, 'constraint.validation'],
    ['an unknown integration', { integrationId: '00000000-0000-4000-8000-000000000000' }, 'not.found'],
    ['include_metadata, which the public API does not have', { include_metadata: false }, 'invalid.property'],
  ])('is refused for %s', async (_what, change, code) => {
    const answer = await s.createJob(smsQuery(), change);
    expect(answer.body.code).toBe(code);
    expect(answer.status).toBe(code === 'not.found' ? 404 : 400);
    expect(answer.body.contextId).toBe(answer.headers.get('inin-correlation-id'));
    expect(s.simulator.state().jobs).toEqual([]);
  });
});

describe('an export that is asked to hold or to resolve metadata', () => {
  let s: Session;
  beforeAll(async () => {
    s = await Session.start();
  });
  afterAll(() => s.simulator.stop());

  const anyChannel = { interval: JANUARY };

  test.each([
    ['legal_hold as a parameter, SMS', smsQuery(), {}, '?legal_hold=true', 500],
    ['legal_hold in the body, SMS', smsQuery(), { legal_hold: true }, '', 500],
    ['legal_hold, SMS among other conversations', anyChannel, { legal_hold: true }, '', 500],
    ['metadata, SMS', smsQuery(), { include_metadata: true }, '', 500],
    ['legal_hold as a parameter, calls', voiceQuery(), {}, '?legal_hold=true', 400],
    ['legal_hold in the body, calls', voiceQuery(), { legal_hold: true }, '', 400],
    ['metadata, calls', voiceQuery(), { include_metadata: true }, '', 400],
    ['legal_hold=false, SMS', smsQuery(), { legal_hold: false }, '', 400],
  ])('%s', async (_what, query, more, parameters, status) => {
    const answer = await s.createJob(query, more, parameters);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toBe(status === 500 ? 'internal.server.error' : 'invalid.property');
  });

  test('an org with the compliance API takes include_metadata: false, and true for calls', async () => {
    const org = await Session.start({ complianceApi: true });
    try {
      expect((await org.createJob(smsQuery(), { include_metadata: false })).status).toBe(202);
      expect((await org.createJob(voiceQuery(), { include_metadata: true })).status).toBe(202);
      org.pass(1000);
      expect((await org.createJob(smsQuery(), { include_metadata: true })).status).toBe(500);
      expect((await org.createJob(smsQuery())).status).toBe(202);
    } finally {
      await org.simulator.stop();
    }
  });
});

describe('the conversations that a job matches', () => {
  let s: Session;
  beforeAll(async () => {
    s = await Session.start({
      seed: {
        conversations: [
          { start: '2026-01-07T23:50:00Z', end: '2026-01-08T00:10:00Z', addressFrom: '+1', externalTag: 'acme' },
          { start: '2026-01-08T12:00:00Z', addressFrom: '+2', messageType: 'whatsapp' },
          { start: '2026-01-09T00:00:00Z', mediaType: 'voice' },
        ],
      },
    });
  });
  afterAll(() => s.simulator.stop());

  const count = async (query: unknown): Promise<number> =>
    (await s.post('/api/v2/analytics/conversations/details/query', query)).body.totalHits as number;
  const one = (dimension: string, operator: string, value?: string): unknown => ({
    type: 'and',
    predicates: [{ type: 'dimension', dimension, operator, ...(value === undefined ? {} : { value }) }],
  });

  test('touch the interval: one that spans two days is in both, an end is exclusive', async () => {
    expect(await count({ interval: '2026-01-07T00:00:00Z/2026-01-08T00:00:00Z' })).toBe(1);
    expect(await count({ interval: '2026-01-08T00:00:00Z/2026-01-09T00:00:00Z' })).toBe(2);
    expect(await count({ interval: '2026-01-08T01:10:00+01:00/2026-01-08T13:00:00+01:00' })).toBe(0);
  });

  test('pass every filter; predicates of one filter are joined by its type', async () => {
    const interval = JANUARY;
    expect(await count({ interval, segmentFilters: [one('messageType', 'exists')] })).toBe(2);
    expect(await count({ interval, segmentFilters: [one('messageType', 'notExists')] })).toBe(1);
    expect(await count({ interval, conversationFilters: [one('externalTag', 'matches', 'acme')] })).toBe(1);
    const either = [
      { type: 'or', clauses: [one('addressFrom', 'matches', '+1'), one('addressFrom', 'matches', '+2')] },
    ];
    expect(await count({ interval, segmentFilters: either })).toBe(2);
    expect(
      await count({ interval, segmentFilters: either, conversationFilters: [one('externalTag', 'notExists')] }),
    ).toBe(1);
    const ids = (await s.post('/api/v2/analytics/conversations/details/query', { interval })).body.conversations.map(
      (c: { conversationId: string }) => c.conversationId.toUpperCase(),
    );
    expect(await count(conversationsQuery(ids.slice(1)))).toBe(2);
  });

  test('refuses what it cannot answer instead of guessing', async () => {
    const answer = await s.post('/api/v2/analytics/conversations/details/query', {
      interval: JANUARY,
      segmentFilters: [one('wrapUpCode', 'matches', 'x')],
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid.value' } });
    expect(
      (
        await s.post('/api/v2/analytics/conversations/details/query', {
          interval: '2026-01-01T00:00:00Z/2026-03-01T00:00:00Z',
        })
      ).status,
    ).toBe(400);
  });
});
