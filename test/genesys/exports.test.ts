import type { Batch, Exports, ExportSpec, RunOptions } from '../../src/genesys';
import { createGenesys, ProcessState } from '../../src/genesys';
import { FakeCloud } from './fake-cloud';
import { configFor, fastClock, never, seeded, uuid } from './helpers';

const JANUARY = '2026-01-01T00:00:00.000Z/2026-02-01T00:00:00.000Z';

const sms: ExportSpec = {
  integrationId: uuid(999),
  scope: { interval: JANUARY, mediaTypes: ['message'], messageTypes: ['sms'] },
  includeScreenRecordings: false,
  includeRecordingsWithSensitiveData: false,
  includeMetadata: false,
};

describe('an export', () => {
  let cloud: FakeCloud;

  beforeEach(async () => {
    cloud = await FakeCloud.start();
  });

  afterEach(() => cloud.stop());

  /** As a new process would reach the organization; with a state, as another resource of the same process. */
  function exporter(state = new ProcessState()): Exports {
    return createGenesys(configFor(cloud.port, { retryTimeoutMs: 600_000 }), {
      clock: fastClock(500),
      random: seeded(),
      state,
    }).exports;
  }

  const exported: RunOptions = { waitFor: 'exported', signal: never };
  const created = (): number => cloud.requests('POST', '/api/v2/recording/jobs').length;

  test('creates, executes and waits until every recording is exported', async () => {
    cloud.addConversations(3);
    cloud.looksUntilExported = 12;
    const saved: (readonly Batch[])[] = [];
    const outcome = await exporter().run(sms, [], { ...exported, onChange: (batches) => saved.push(batches) });

    expect(outcome.batches).toEqual([
      expect.objectContaining({
        jobId: 'job-1',
        interval: JANUARY,
        state: 'exported',
        conversations: 3,
        recordings: 3,
      }),
    ]);
    expect(outcome.completion).toMatchObject({ exported: true, recordings: 3, pendingCount: 0 });
    expect([...(outcome.completion?.conversations ?? [])]).toEqual([uuid(0), uuid(1), uuid(2)]);
    expect(outcome.completedAt).not.toBeNull();
    expect(outcome.interrupted).toBeUndefined();
    expect(saved.map((batches) => batches[0]?.state)).toEqual(
      expect.arrayContaining(['planned', 'pending', 'ready', 'processing', 'fulfilled', 'exported']),
    );
    expect(cloud.requests('DELETE', /details\/jobs/)).toHaveLength(1);
  });

  test('has its batches run two at a time over all resources of the process', async () => {
    cloud.addConversations(1);
    cloud.looksUntilFulfilled = 8;
    const state = new ProcessState();
    const weekly = { ...sms, batchInterval: 'P7D' };
    const voice = { ...weekly, scope: { ...sms.scope, mediaTypes: ['voice'], messageTypes: [] } };
    const outcomes = await Promise.all([
      exporter(state).run(weekly, [], exported),
      exporter(state).run(voice, [], exported),
    ]);
    expect(outcomes.map((outcome) => outcome.batches.length)).toEqual([5, 5]);
    expect(outcomes.every((outcome) => outcome.completion?.exported === true)).toBe(true);
    expect(created()).toBe(10);
    expect(cloud.mostRunning).toBe(2);
  });

  test('waits while others of the organization have two jobs running', async () => {
    cloud.addConversations(1);
    cloud.foreignRunning = 2;
    let looks = 0;
    cloud.intercept = ({ path, query }) => {
      if (path === '/api/v2/recording/jobs' && query.get('state') === 'PROCESSING' && !query.has('showOnlyMyJobs')) {
        looks += 1;
        if (looks > 4) cloud.foreignRunning = 0;
      }
      return undefined;
    };
    const outcome = await exporter().run(sms, [], exported);
    expect(outcome.completion?.exported).toBe(true);
    expect(cloud.requests('POST', '/api/v2/recording/jobs')).toHaveLength(1);
  });

  test('copes with being refused although there seemed to be room', async () => {
    cloud.addConversations(1);
    let refusals = 2;
    cloud.intercept = ({ method, path }) => {
      if (path !== '/api/v2/recording/jobs' || method !== 'POST' || refusals === 0) return undefined;
      refusals -= 1;
      return { status: 400, body: { code: 'bad.request', message: 'Too many concurrent jobs in this organization' } };
    };
    expect((await exporter().run(sms, [], exported)).completion?.exported).toBe(true);
    expect(cloud.jobs.size).toBe(1);
  });

  test('is refused for good when the refusal is not about other jobs', async () => {
    cloud.addConversations(1);
    const refuse = (message: string): void => {
      cloud.intercept = ({ method, path }) =>
        method === 'POST' && path === '/api/v2/recording/jobs'
          ? { status: 400, body: { code: 'bad.request', message } }
          : undefined;
    };
    refuse('integrationId exceeds the maximum length');
    await expect(exporter().run(sms, [], exported)).rejects.toMatchObject({ status: 400 });
    expect(created()).toBe(1);

    refuse('The limit of jobs a day is reached');
    await expect(exporter().run(sms, [], exported)).rejects.toMatchObject({ status: 400 });
    expect(created()).toBeLessThan(15);
  });

  test('that fails with HTTP 500 is not repeated', async () => {
    cloud.addConversations(1);
    cloud.intercept = ({ method, path }) =>
      method === 'POST' && path === '/api/v2/recording/jobs'
        ? { status: 500, body: { code: 'internal.server.error', message: 'Metadata could not be resolved' } }
        : undefined;
    await expect(exporter().run(sms, [], exported)).rejects.toMatchObject({
      name: 'GenesysError',
      status: 500,
      operation: 'create the recording job',
      correlationId: 'correlation-1',
    });
    expect(created()).toBe(1);
  });

  test('is not created twice when the answer to its creation is lost', async () => {
    cloud.addConversations(2);
    let lost = 0;
    cloud.lose = ({ method, path }) => method === 'POST' && path === '/api/v2/recording/jobs' && (lost += 1) === 1;
    const outcome = await exporter().run(sms, [], exported);
    expect(outcome.completion?.exported).toBe(true);
    expect(cloud.jobs.size).toBe(1);
    expect(outcome.adopted).toEqual([]);
  });

  test('is created after all when the request was lost before it worked', async () => {
    cloud.addConversations(2);
    let dropped = 0;
    cloud.intercept = ({ method, path }) =>
      method === 'POST' && path === '/api/v2/recording/jobs' && (dropped += 1) === 1 ? { drop: true } : undefined;
    expect((await exporter().run(sms, [], exported)).completion?.exported).toBe(true);
    expect(cloud.jobs.size).toBe(1);
  });

  test('continues when the answer to its execution is lost', async () => {
    cloud.addConversations(1);
    let lost = 0;
    cloud.lose = ({ method }) => method === 'PUT' && (lost += 1) === 1;
    expect((await exporter().run(sms, [], exported)).completion?.exported).toBe(true);
    expect(cloud.jobs.size).toBe(1);
  });

  test('takes over a job under way whose process died, without a word', async () => {
    cloud.addConversations(1);
    const stop = new AbortController();
    const first = await exporter().run(sms, [], {
      ...exported,
      signal: stop.signal,
      onChange: (batches) => batches[0]?.state === 'ready' && stop.abort(new Error('killed')),
    });
    expect(first.interrupted).toEqual(new Error('killed'));

    const second = await exporter().run(sms, [], exported);
    expect(second.batches.map((batch) => batch.jobId)).toEqual(['job-1']);
    expect(second.completion?.exported).toBe(true);
    expect(second.adopted).toEqual([]);
    expect(created()).toBe(1);
  });

  test('takes over a job fulfilled lately, and says so', async () => {
    cloud.addConversations(1);
    await exporter().run(sms, [], exported);
    const second = await exporter().run(sms, [], exported);
    expect(second.adopted).toEqual([{ jobId: 'job-1', interval: JANUARY, state: 'fulfilled' }]);
    expect(created()).toBe(1);
  });

  test('leaves no job behind whose creation came through too late to be found', async () => {
    cloud.addConversations(2);
    let tries = 0;
    cloud.intercept = ({ method, path, body }) => {
      if (method !== 'POST' || path !== '/api/v2/recording/jobs') return undefined;
      tries += 1;
      if (tries === 1) return { drop: true };
      // The first request had only waited somewhere on its way.
      cloud.jobs.set('late', {
        id: 'late',
        looks: 0,
        state: 'READY',
        recordingJobsQuery: body as never,
        dateCreated: new Date().toISOString(),
        conversations: [],
        failed: [],
        totalSkippedRecordings: 0,
      });
      return undefined;
    };

    const outcome = await exporter().run(sms, [], exported);

    expect(outcome.completion?.exported).toBe(true);
    expect(cloud.jobs.get('late')?.state).toBe('CANCELLED');
    expect(outcome.strays).toEqual([]);
  });

  test('exports again when told to, whatever was finished before', async () => {
    cloud.addConversations(1);
    await exporter().run(sms, [], exported);
    expect((await exporter().run(sms, [], { ...exported, again: true })).batches[0]?.jobId).toBe('job-2');
    expect((await exporter().run(sms, [], { ...exported, again: true })).batches[0]?.jobId).toBe('job-3');
  });

  test('does not take over the job of another resource, or one of another query', async () => {
    cloud.addConversations(1);
    const state = new ProcessState();
    await exporter(state).run(sms, [], exported);
    expect((await exporter(state).run(sms, [], exported)).batches[0]?.jobId).toBe('job-2');
    const other = { ...sms, includeScreenRecordings: true };
    expect((await exporter().run(other, [], exported)).batches[0]?.jobId).toBe('job-3');
  });

  test('two resources of the same query never share a job, even when they begin together', async () => {
    cloud.addConversations(1);
    const state = new ProcessState();
    const outcomes = await Promise.all([1, 2].map(() => exporter(state).run(sms, [], exported)));
    expect(new Set(outcomes.map((outcome) => outcome.batches[0]?.jobId)).size).toBe(2);
  });

  test('ends with what it has when it is interrupted, and continues from there', async () => {
    cloud.addConversations(1);
    const stop = new AbortController();
    const reason = new Error('timeout');
    const weekly = { ...sms, batchInterval: 'P7D' };
    let changes = 0;
    const first = await exporter().run(weekly, [], {
      ...exported,
      signal: stop.signal,
      onChange: () => (changes += 1) === 9 && stop.abort(reason),
    });
    expect(first.interrupted).toBe(reason);
    expect(first.completion).toBeNull();
    expect(first.batches).toHaveLength(5);
    expect(first.batches.some((batch) => batch.state === 'planned')).toBe(true);

    const second = await exporter().run(weekly, first.batches, exported);
    expect(second.completion?.exported).toBe(true);
    expect(created()).toBe(5);
  });

  test('keeps the job whose creation was under way when it was interrupted', async () => {
    cloud.addConversations(1);
    const stop = new AbortController();
    cloud.intercept = ({ method, path }) => {
      if (method === 'POST' && path === '/api/v2/recording/jobs') stop.abort(new Error('Ctrl-C'));
      return undefined;
    };
    const outcome = await exporter().run(sms, [], { ...exported, signal: stop.signal });
    expect(outcome.interrupted).toEqual(new Error('Ctrl-C'));
    expect(outcome.batches[0]).toMatchObject({ jobId: 'job-1', state: 'pending' });
  });

  test('reports a job that failed as a batch, and starts it again in the next run', async () => {
    cloud.addConversations(1);
    cloud.failJobsWith = 'bucket not reachable';
    const first = await exporter().run(sms, [], exported);
    expect(first.batches[0]).toMatchObject({ jobId: 'job-1', state: 'failed' });
    expect(first.batches[0]?.error).toContain('bucket not reachable');
    expect(first.completion).toBeNull();

    cloud.failJobsWith = undefined;
    const second = await exporter().run(sms, first.batches, exported);
    expect(second.batches[0]).toMatchObject({ jobId: 'job-2', state: 'exported', error: null });
  });

  test('exports only the conversations of failed recordings again', async () => {
    cloud.addConversations(5, (recording, n) => (recording.failsOnce = n >= 3));
    const first = await exporter().run(sms, [], exported);
    expect(first.batches[0]).toMatchObject({ state: 'incomplete', failedRecordings: 2 });
    expect(first.failedRecordings).toHaveLength(2);
    expect(first.completion).toMatchObject({ exported: false, pendingCount: 2 });

    const second = await exporter().run(sms, first.batches, exported);
    expect(second.batches).toEqual([
      expect.objectContaining({ jobId: 'job-1', state: 'exported', failedRecordings: 0, error: null }),
      expect.objectContaining({ jobId: 'job-2', state: 'exported', conversationIds: [uuid(3), uuid(4)] }),
    ]);
    expect(second.failedRecordings).toEqual([]);
    expect(second.completion).toMatchObject({ exported: true, recordings: 5 });
    expect(created()).toBe(2);
  });

  test('says which recordings no job covers instead of waiting for ever, and exports those next time', async () => {
    cloud.addConversations(2);
    cloud.intercept = ({ method, path }) => {
      // This conversation reaches the analytics only after the job has counted.
      if (method === 'PUT' && path === '/api/v2/recording/jobs/job-1') {
        cloud.conversations.set(uuid(7), [{ id: 'late', startTime: '2026-01-11T00:00:00Z' }]);
      }
      return undefined;
    };
    const first = await exporter().run(sms, [], exported);
    expect(first.batches[0]).toMatchObject({ state: 'incomplete' });
    expect(first.batches[0]?.error).toContain(`late of conversation ${uuid(7)}`);

    const second = await exporter().run(sms, first.batches, exported);
    expect(second.batches.map((batch) => batch.conversationIds)).toEqual([undefined, [uuid(7)]]);
    expect(second.completion).toMatchObject({ exported: true, recordings: 3 });
  });

  test('leaves screen recordings and conversations without recordings out of account', async () => {
    cloud.addConversations(2);
    cloud.conversations.get(uuid(1))?.push({ id: 'screen', mediaSubtype: 'Screen' });
    cloud.conversations.set(uuid(9), []);
    const outcome = await exporter().run(sms, [], exported);
    expect(outcome.completion).toMatchObject({ exported: true, recordings: 2 });
    expect(outcome.completion?.conversations.size).toBe(2);
  });

  test('reads many export dates in bulk', async () => {
    cloud.addConversations(700);
    cloud.looksUntilExported = 4;
    const outcome = await exporter().run(sms, [], exported);
    expect(outcome.completion).toMatchObject({ exported: true, recordings: 700 });
    expect(cloud.requests('GET', /recordingmetadata/)).toHaveLength(0);
    expect(cloud.requests('GET', '/api/v2/recordings/retention/query').length).toBeGreaterThan(0);
  });

  test('takes proof of delivery for exported, and nothing else', async () => {
    cloud.addConversations(2);
    let asked = 0;
    const outcome = await exporter().run(sms, [], {
      ...exported,
      deliveryProof: (recordings) => {
        asked += 1;
        return Promise.resolve(recordings.map(() => asked > 4));
      },
    });
    expect(asked).toBeGreaterThan(4);
    expect(outcome.completion?.exported).toBe(true);
  });

  test('of named conversations finds their interval and makes groups of at most 100', async () => {
    const ids = cloud.addConversations(150);
    const spec = { ...sms, scope: { conversationIds: ids, mediaTypes: [], messageTypes: [] } };
    const outcome = await exporter().run(spec, [], exported);
    expect(outcome.batches.map((batch) => batch.conversationIds?.length)).toEqual([100, 50]);
    expect(outcome.batches[0]?.interval).toBe('2026-01-09T00:00:00.000Z/2026-01-11T00:00:00.000Z');
    expect(outcome.completion).toMatchObject({ exported: true, recordings: 150 });
  });

  test('of an unknown conversation is refused by name', async () => {
    cloud.addConversations(1);
    const spec = { ...sms, scope: { conversationIds: [uuid(0), uuid(77)], mediaTypes: [], messageTypes: [] } };
    await expect(exporter().run(spec, [], exported)).rejects.toThrow(uuid(77));
    expect(created()).toBe(0);
  });

  test('of an empty part of the interval executes no job', async () => {
    const outcome = await exporter().run(sms, [], exported);
    expect(outcome.batches[0]).toMatchObject({ state: 'exported', conversations: 0 });
    expect(cloud.requests('PUT', /jobs/)).toHaveLength(0);
  });

  test('is not called complete when the analytics list fewer conversations than the job has taken', async () => {
    cloud.addConversations(3);
    cloud.intercept = ({ path }) =>
      path.endsWith('/results') ? { body: { conversations: [{ conversationId: uuid(0) }] } } : undefined;
    await expect(exporter().run(sms, [], exported)).rejects.toThrow(/lists 1 conversations.*took 3/);
  });

  test('seen complete is not looked at again by its own process, but is by another', async () => {
    cloud.addConversations(3);
    const state = new ProcessState();
    const { batches, completion } = await exporter(state).run(sms, [], exported);
    const ids = batches.map(({ jobId }) => jobId ?? '');
    const looks = (): number => cloud.requests('GET', /recordingmetadata/).length;
    const before = looks();

    expect((await exporter(state).completion(ids, exported)).conversations.equals(completion!.conversations)).toBe(
      true,
    );
    expect(looks()).toBe(before);
    expect((await exporter().completion(ids, exported)).exported).toBe(true);
    expect(looks()).toBe(before + 3);
  });

  test('waits no longer than fulfilled when that is asked for', async () => {
    cloud.addConversations(1);
    cloud.looksUntilExported = Number.POSITIVE_INFINITY;
    const outcome = await exporter().run(sms, [], { ...exported, waitFor: 'fulfilled' });
    expect(outcome.batches[0]?.state).toBe('fulfilled');
    expect(outcome.completion).toBeNull();
    expect(outcome.completedAt).not.toBeNull();
  });

  test('that was exported stays exported when its job is forgotten; an unfinished one does not', async () => {
    cloud.addConversations(1);
    const { batches } = await exporter().run(sms, [], exported);
    cloud.jobs.clear();
    const unfinished: Batch = { ...(batches[0] as Batch), state: 'processing' };
    const fresh = await exporter().refresh([...batches, unfinished], { signal: never });
    expect(fresh.map((batch) => batch.state)).toEqual(['exported', 'forgotten']);
    expect(fresh[1]?.error).toContain('no longer knows');
  });

  test('is found to be exported by a later look', async () => {
    cloud.addConversations(1);
    const { batches } = await exporter().run(sms, [], { ...exported, waitFor: 'fulfilled' });
    expect((await exporter().refresh(batches, { signal: never }))[0]?.state).toBe('exported');
  });

  test('is left as it stands by a look for which the analytics do not know enough', async () => {
    cloud.addConversations(2);
    const { batches } = await exporter().run(sms, [], { ...exported, waitFor: 'fulfilled' });
    cloud.intercept = ({ path }) => (path.endsWith('/results') ? { body: { conversations: [] } } : undefined);
    expect((await exporter().refresh(batches, { signal: never }))[0]?.state).toBe('fulfilled');
  });

  test('can be told from its jobs, with the batch interval it was made with', async () => {
    cloud.addConversations(1);
    const weekly = { ...sms, batchInterval: 'P7D' };
    const { batches } = await exporter().run(weekly, [], exported);
    const ids = batches.flatMap((batch) => batch.jobId ?? []);
    expect((await exporter().describe(ids.reverse(), never)).spec).toEqual(weekly);
    const completion = await exporter().completion(ids, { signal: never });
    expect(completion).toMatchObject({ exported: true, recordings: 1 });
    await expect(exporter().describe(['gone'], never)).rejects.toMatchObject({ status: 404 });
  });

  test('is cancelled while under way, and left alone when it is done', async () => {
    cloud.addConversations(1);
    const done = await exporter().run(sms, [], exported);
    const stop = new AbortController();
    const cut = await exporter().run({ ...sms, includeScreenRecordings: true }, [], {
      ...exported,
      signal: stop.signal,
      onChange: (batches) => batches[0]?.state === 'ready' && stop.abort(new Error('stop')),
    });
    await exporter().cancel([...done.batches, ...cut.batches], never);
    expect([...cloud.jobs.values()].map((job) => job.state)).toEqual(['FULFILLED', 'CANCELLED']);
    expect(cloud.requests('DELETE', /recording\/jobs/)).toHaveLength(1);
  });
});
