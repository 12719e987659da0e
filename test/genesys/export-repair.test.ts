import {
  ConversationSet,
  createGenesys,
  ProcessState,
  RecordingMarks,
  type Batch,
  type Exports,
  type ExportSpec,
  type NewsQuestion,
} from '../../src/genesys';
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
const exported = { waitFor: 'exported', signal: never } as const;

let cloud: FakeCloud;
beforeEach(async () => {
  cloud = await FakeCloud.start();
});
afterEach(() => cloud.stop());

function exporter(): Exports {
  return createGenesys(configFor(cloud.port, { retryTimeoutMs: 600_000 }), {
    clock: fastClock(500),
    random: seeded(),
    state: new ProcessState(),
  }).exports;
}

const created = (): number => cloud.requests('POST', '/api/v2/recording/jobs').length;
const metadataOf = (path: string): boolean => path.endsWith('/recordingmetadata');
const UNKNOWN_CONVERSATION = {
  status: 404,
  body: { code: 'conversation.not.found', message: 'not found', status: 404 },
};

describe('a conversation that analytics list and that cannot be read', () => {
  test('is asked again, and exported when it can be read', async () => {
    cloud.addConversations(3);
    let refusals = 3;
    cloud.intercept = ({ path }) => (metadataOf(path) && (refusals -= 1) >= 0 ? UNKNOWN_CONVERSATION : undefined);

    const { completion } = await exporter().run(sms, [], exported);

    expect(completion).toMatchObject({ exported: true, recordings: 3, missingRecordings: 0 });
    expect(completion?.conversations.size).toBe(3);
  });

  test('is never one without recordings: when it stays so, the export is not called complete', async () => {
    cloud.addConversations(3);
    cloud.intercept = ({ path }) => (metadataOf(path) && path.includes(uuid(1)) ? UNKNOWN_CONVERSATION : undefined);

    const { completion, batches } = await exporter().run(sms, [], exported);

    expect(completion).toMatchObject({ exported: false, finished: true });
    expect([...(completion?.unreadable ?? [])]).toEqual([uuid(1)]);
    expect(completion?.conversations.size).toBe(3);
    expect(completion?.withoutRecordings.size).toBe(0);
    expect(batches[0]).toMatchObject({ state: 'incomplete' });
  });
});

describe('recordings that the job counted', () => {
  test('are looked for again where there seemed to be none', async () => {
    cloud.addConversations(3);
    let empty = 2;
    cloud.intercept = ({ path }) => (metadataOf(path) && (empty -= 1) >= 0 ? { body: [] } : undefined);

    const { completion } = await exporter().run(sms, [], exported);

    expect(completion).toMatchObject({ exported: true, recordings: 3 });
  });

  test('and that are not found keep the export from being called complete', async () => {
    cloud.addConversations(3);
    cloud.intercept = ({ path }) => (metadataOf(path) && path.includes(uuid(1)) ? { body: [] } : undefined);

    const { completion, batches } = await exporter().run(sms, [], exported);

    expect(completion).toMatchObject({ exported: false, missingRecordings: 1 });
    expect(batches[0]?.state).not.toBe('exported');
  });
});

describe('the two minutes in which export dates may still appear', () => {
  test('are counted from when the job was first seen fulfilled, over however many runs', async () => {
    cloud.addConversations(2);
    cloud.intercept = ({ method, path }) => {
      if (method === 'PUT' && path === '/api/v2/recording/jobs/job-1') {
        cloud.conversations.set(uuid(7), [{ id: 'late', startTime: '2026-01-11T00:00:00Z' }]);
      }
      return undefined;
    };
    const stop = new AbortController();
    const cut = await exporter().run(sms, [], {
      ...exported,
      signal: stop.signal,
      onChange: ([batch]) => batch?.fulfilledAt !== undefined && stop.abort(new Error('a time limit of a few seconds')),
    });
    expect(cut.completion).toBeNull();
    const [batch] = cut.batches as readonly [Batch];
    // Each exporter has a fast clock of its own, which begins with the real time.
    const twoMinutesAgo = Date.now() - 120_000;
    const before = cloud.requests('GET', /recordingmetadata/).length;

    const { completion } = await exporter().run(sms, [{ ...batch, fulfilledAt: twoMinutesAgo }], exported);

    expect([...(completion?.late ?? [])]).toEqual([uuid(7)]);
    expect(cloud.requests('GET', /recordingmetadata/).length - before).toBeLessThan(9);
    expect(created()).toBe(1);
  });
});

describe('a repair', () => {
  const failsAlways = (n: number): void => {
    const [recording] = cloud.conversations.get(uuid(n)) ?? [];
    Object.defineProperty(recording, 'failsOnce', { get: () => true, set: () => undefined });
  };
  /** What is asked of an export that covers these conversations. */
  const asked = (...ids: readonly number[]): NewsQuestion => ({
    spec: sms,
    scopes: [sms.scope],
    covered: ConversationSet.of(ids.map(uuid)),
    without: ConversationSet.empty,
    leftOut: RecordingMarks.empty,
    seenAt: null,
  });
  const repair = (...ids: readonly number[]) => ({
    conversations: ConversationSet.of(ids.map(uuid)),
    atMostMs: 600_000,
  });

  test('makes one new job a run for what failed, whatever an earlier one has tried, and keeps the list short', async () => {
    cloud.addConversations(3);
    failsAlways(2);
    const first = await exporter().run(sms, [], exported);
    expect(first.completion).toMatchObject({ finished: true, exported: false });

    const second = await exporter().run(sms, first.batches, { ...exported, repair: repair(2) });
    expect(created()).toBe(2);
    expect(second.batches.map(({ jobId }) => jobId)).toEqual(['job-1', 'job-2']);
    expect(second.completion?.failedRecordings).toEqual([{ conversationId: uuid(2), recordingId: 'recording-2' }]);

    const third = await exporter().run(sms, second.batches, { ...exported, repair: repair(2) });
    expect(created()).toBe(3);
    expect(third.batches.map(({ jobId }) => jobId)).toEqual(['job-1', 'job-3']);
  });

  test('exports a conversation that came late, and nothing that is exported already', async () => {
    cloud.addConversations(3);
    const { batches } = await exporter().run(sms, [], exported);
    cloud.conversations.set(uuid(7), [{ id: 'late', startTime: '2026-01-11T00:00:00Z' }]);
    const { late, lateRecordings } = await exporter().news(asked(0, 1, 2), null, never);
    expect([...late]).toEqual([uuid(7)]);
    expect(lateRecordings).toEqual([]);

    const outcome = await exporter().run(sms, batches, { ...exported, repair: repair(0, 7) });

    expect(outcome.batches[1]).toMatchObject({ state: 'exported', conversationIds: [uuid(7)] });
    expect(outcome.completion).toMatchObject({ exported: true, recordings: 4 });
  });

  test('exports a conversation again that got a recording late, although its job had taken others of it', async () => {
    cloud.addConversations(3);
    const { batches } = await exporter().run(sms, [], exported);
    cloud.conversations.get(uuid(1))?.push({ id: 'late', startTime: '2026-01-11T00:00:00Z' });
    const { late, lateRecordings, sawRecordings } = await exporter().news(asked(0, 1, 2), null, never);
    expect({ late: [...late], lateRecordings, sawRecordings }).toEqual({
      late: [],
      lateRecordings: [{ conversationId: uuid(1), recordingId: 'late' }],
      sawRecordings: true,
    });

    const outcome = await exporter().run(sms, batches, {
      ...exported,
      repair: { ...repair(1), lateRecordings: new Set(['late']) },
    });

    expect(outcome.batches[1]).toMatchObject({ state: 'exported', conversationIds: [uuid(1)] });
    expect(outcome.completion).toMatchObject({ exported: true, recordings: 4 });
    expect(created()).toBe(2);
    expect((await exporter().news(asked(0, 1, 2), null, never)).lateRecordings).toEqual([]);
  });

  test('takes no recording for late that the jobs have left out on purpose', async () => {
    cloud.addConversations(2, (recording, n) => (recording.sensitive = n === 1));
    const { completion } = await exporter().run(sms, [], exported);

    const leftOut = completion?.leftOut ?? null;
    const { lateRecordings } = await exporter().news({ ...asked(0, 1), leftOut }, null, never);

    expect(lateRecordings).toEqual([]);
    expect((await exporter().news(asked(0, 1), null, never)).lateRecordings).toHaveLength(1);
    // What was left out is not known: nothing is said of it but that.
    const unknown = await exporter().news({ ...asked(0, 1), leftOut: null }, null, never);
    expect(unknown).toMatchObject({ lateRecordings: [], sawRecordings: false });
  });

  test('asks a job once for a late recording, and takes its word when the job leaves it out', async () => {
    cloud.addConversations(2);
    const { batches } = await exporter().run(sms, [], exported);
    cloud.conversations.get(uuid(1))?.push({ id: 'late', startTime: '2026-01-11T00:00:00Z', sensitive: true });

    const { completion } = await exporter().run(sms, batches, {
      ...exported,
      repair: { ...repair(1), lateRecordings: new Set(['late']) },
    });

    expect(created()).toBe(2);
    expect(completion).toMatchObject({ exported: true });
    const leftOut = completion?.leftOut ?? null;
    expect((await exporter().news({ ...asked(0, 1), leftOut }, null, never)).lateRecordings).toEqual([]);
  });

  test('within bounds, what was not looked at is unknown', async () => {
    cloud.addConversations(40);
    await exporter().run(sms, [], exported);
    const ids = Array.from({ length: 40 }, (_, n) => n);
    const look = (requests: number) =>
      exporter().news({ ...asked(...ids), seenAt: null }, { requests, milliseconds: 60_000_000 }, never);

    expect(await look(100)).toMatchObject({ isWhole: true, sawRecordings: true });
    expect(await look(4)).toMatchObject({ isWhole: true, sawRecordings: false });
    expect(await look(2)).toMatchObject({ isWhole: false, sawRecordings: false });
  });

  test('exports again what has left the bucket, and waits until it is there', async () => {
    cloud.addConversations(3);
    const { batches } = await exporter().run(sms, [], exported);
    // Somebody has deleted the file of recording 1; the job that exports it again puts it back.
    const isThere = (id: string): boolean => id !== 'recording-1' || cloud.jobs.get('job-2')?.state === 'FULFILLED';

    const outcome = await exporter().run(sms, batches, {
      ...exported,
      deliveryProof: (recordings) => Promise.resolve(recordings.map(({ recordingId }) => isThere(recordingId))),
      repair: repair(1),
    });

    expect(outcome.batches[1]).toMatchObject({ state: 'exported', conversationIds: [uuid(1)] });
    expect(outcome.completion).toMatchObject({ exported: true });
    expect(created()).toBe(2);
  });

  test('ends in bounded time with the job under way, and the next one continues with it', async () => {
    cloud.addConversations(2, (recording, n) => (recording.failsOnce = n === 1));
    const first = await exporter().run(sms, [], exported);
    let hangs = true;
    cloud.intercept = ({ method, path }) => {
      const job = cloud.jobs.get('job-2');
      if (!hangs || method !== 'GET' || path !== '/api/v2/recording/jobs/job-2' || job === undefined) return undefined;
      const { id, recordingJobsQuery, dateCreated } = job;
      return {
        body: { id, state: 'PROCESSING', recordingJobsQuery, dateCreated, totalConversations: 1, totalRecordings: 1 },
      };
    };

    const cut = await exporter().run(sms, first.batches, { ...exported, repair: repair(1) });
    expect(cut).toMatchObject({ completion: null, trouble: null, interrupted: { name: 'TimeIsUp' } });
    expect(cut.batches.map(({ state }) => state)).toEqual(['incomplete', 'processing']);

    hangs = false;
    const next = await exporter().run(sms, cut.batches, { ...exported, repair: repair(1) });
    expect(next.completion).toMatchObject({ exported: true });
    expect(created()).toBe(2);
  });

  test('that is refused is no error: what was exported stays what it was', async () => {
    cloud.addConversations(2, (recording, n) => (recording.failsOnce = n === 1));
    const first = await exporter().run(sms, [], exported);
    cloud.intercept = ({ method, path }) =>
      method === 'POST' && path === '/api/v2/recording/jobs'
        ? { status: 500, body: { code: 'internal.server.error', message: 'engine', status: 500 } }
        : undefined;

    const outcome = await exporter().run(sms, first.batches, { ...exported, repair: repair(1) });

    expect(outcome).toMatchObject({ trouble: { name: 'GenesysError', status: 500 }, interrupted: undefined });
    expect(outcome.batches.map(({ state }) => state)).toEqual(['incomplete']);
  });

  test('whose job fails is no error either, and leaves nothing to be looked at', async () => {
    cloud.addConversations(2, (recording, n) => (recording.failsOnce = n === 1));
    const first = await exporter().run(sms, [], exported);
    cloud.failJobsWith = 'disk full';

    const outcome = await exporter().run(sms, first.batches, { ...exported, repair: repair(1) });

    expect(outcome.batches.map(({ jobId }) => jobId)).toEqual(['job-1']);
    expect(outcome.completion).toMatchObject({ finished: true, failedRecordings: [{ conversationId: uuid(1) }] });
  });
});
