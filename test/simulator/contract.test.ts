import { answerViolations, describeWithContract, validateAgainstContract } from '../support/contract';
import { conversationsQuery, JANUARY, Session, smsQuery, voiceQuery } from './session';

describeWithContract('the simulator and the published API', () => {
  let session: Session;

  beforeAll(async () => {
    session = await Session.start({ protectedLimit: 3, rateLimitPerMinute: 1000 });
  });
  afterAll(() => session.simulator.stop());

  test('agree on every answer of a session that touches every route', async () => {
    const s = session;
    const job = await s.runJob();
    await s.get('/api/v2/recording/jobs?pageSize=10&pageNumber=1&state=FULFILLED&showOnlyMyJobs=true&jobType=EXPORT');
    await s.get('/api/v2/recording/jobs?includeTotal=false&pageSize=1');
    await s.get(`/api/v2/recording/jobs/${job.body.id}/failedrecordings`);
    await s.send('DELETE', `/api/v2/recording/jobs/${(await s.createJob(voiceQuery())).body.id}`);
    await s.createJob(smsQuery(), {}, '?legal_hold=true');
    await s.createJob({ interval: 'yesterday' });
    s.simulator.addFault({ failJob: 'Export failed.' });
    await s.runJob(voiceQuery());

    const found = await s.post('/api/v2/analytics/conversations/details/query', {
      ...smsQuery(),
      order: 'asc',
      paging: { pageSize: 5, pageNumber: 2 },
    });
    const ids: string[] = found.body.conversations.map((c: { conversationId: string }) => c.conversationId);
    const { jobId } = (await s.post('/api/v2/analytics/conversations/details/jobs', { interval: JANUARY })).body;
    await s.get(`/api/v2/analytics/conversations/details/jobs/${jobId}`);
    s.pass(1000);
    await s.get(`/api/v2/analytics/conversations/details/jobs/${jobId}`);
    await s.get(`/api/v2/analytics/conversations/details/jobs/${jobId}/results?pageSize=10`);
    await s.send('DELETE', `/api/v2/analytics/conversations/details/jobs/${jobId}`);
    await s.get('/api/v2/analytics/conversations/details/jobs/availability');

    s.pass(10_000);
    const recordings = await s.get(`/api/v2/conversations/${ids[0]}/recordingmetadata`);
    await s.get(`/api/v2/conversations/${ids[0]}/recordingmetadata/${recordings.body[0].id}`);
    await s.get(`/api/v2/conversations/${ids[0]}/recordings`);
    await s.get(`/api/v2/conversations/${ids[0]}/recordings/${recordings.body[0].id}`);
    await s.get('/api/v2/conversations/00000000-0000-4000-8000-000000000000/recordingmetadata');
    await s.get('/api/v2/recordings/retention/query?retentionThresholdDays=0&pageSize=500');
    await s.put(`/api/v2/conversations/${ids[0]}/tags`, { externalTag: 'acme' });

    await s.put('/api/v2/recordings/deletionprotection?protect=true', { conversationIds: ids });
    await s.put('/api/v2/recordings/deletionprotection?protect=false', { conversationIds: ids });
    await s.post('/api/v2/recordings/deletionprotection', { conversationIds: ids });
    await s.put('/api/v2/recordings/deletionprotection', { conversationIds: ['00000000-0000-4000-8000-000000000000'] });

    await s.get('/api/v2/organizations/me');
    await s.get('/api/v2/recording/settings');
    await s.put('/api/v2/recording/settings', { recordingPlaybackUrlTtl: 30 });
    await s.get('/api/v2/integrations');
    await s.get('/api/v2/integrations/types');
    await s.get('/api/v2/integrations/types/aws-s3-recording-bulk-actions-integration');
    const integration = `/api/v2/integrations/${s.simulator.integrationId}`;
    await s.get(integration);
    await s.send('PATCH', integration, { intendedState: 'ENABLED' });
    const configuration = (await s.get(`${integration}/config/current`)).body;
    await s.put(`${integration}/config/current`, configuration);
    await s.put(`${integration}/config/current`, configuration);
    const numbers = await s.get('/api/v2/routing/sms/phonenumbers?phoneNumberStatus=active');
    await s.get(`/api/v2/routing/sms/phonenumbers/${numbers.body.entities[0].id}`);
    const edges = '/api/v2/telephony/providers/edges';
    const trunk = (await s.get(`${edges}/trunks?trunkType=EXTERNAL`)).body.entities[0];
    await s.get(`${edges}/trunks/${trunk.id}`);
    await s.get(`${edges}/trunks/${trunk.id}/metrics`);
    await s.get(`${edges}/trunks/metrics?trunkIds=${trunk.id}`);
    await s.get(`${edges}/trunkswithrecording`);
    await s.get(`${edges}/trunkbasesettings`);
    await s.get(`${edges}/trunkbasesettings/${trunk.trunkBase.id}`);

    expect(s.answers.length).toBeGreaterThan(45);
    const violations = s.answers.flatMap(({ method, path, status, body }) =>
      answerViolations(method, path.split('?')[0] ?? '', status, body),
    );
    expect(violations).toEqual([]);
  });

  test('would not agree on an invented field, status or path', () => {
    const me = '/api/v2/organizations/me';
    expect(answerViolations('GET', me, 200, { version: 1, legalHold: true })).toHaveLength(1);
    expect(answerViolations('GET', me, 200, {})).toHaveLength(1);
    expect(answerViolations('GET', me, 418, {})).toHaveLength(1);
    expect(answerViolations('GET', '/api/v2/recordings/jobs', 200, {})).toHaveLength(1);
  });

  test('tell requests that break the contract from those that keep it', async () => {
    const before = session.simulator.requests().length;
    await session.createJob(voiceQuery(), { action: 'EXPORT' });
    await session.createJob(smsQuery(), { legal_hold: true }, '?legal_hold=true');
    await session.createJob(conversationsQuery(['00000000-0000-4000-8000-000000000000']), { include_metadata: false });
    const log = session.simulator.requests().slice(before);
    expect(validateAgainstContract(log.slice(0, 1))).toEqual([]);
    expect(validateAgainstContract(log.slice(1, 2))).toEqual([
      'POST /api/v2/recording/jobs: unknown query parameter legal_hold',
      'POST /api/v2/recording/jobs: body must NOT have additional properties: legal_hold',
    ]);
    expect(validateAgainstContract(log.slice(2))).toHaveLength(1);
    expect(validateAgainstContract(log.slice(2), { complianceApi: true })).toEqual([]);
  });
});
