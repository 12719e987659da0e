import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { systemClock, type Clock } from '../../../src/time';
import {
  applyWithBatchOperations,
  connectS3,
  inspectObjectHold,
  openJournal,
  readJournal,
  readPlacedHolds,
  type BatchHoldDeps,
  type BatchHoldRequest,
  type BatchJob,
  type JournalLine,
} from '../../../src/aws';
import { FakeJobControl } from '../../support/fake-job-control';
import { startFakeS3, type FakeS3 } from '../../support/fake-s3-server';
import { awsError, MemoryObjectStore } from '../../support/memory-object-store';

const signal = new AbortController().signal;
const request: BatchHoldRequest = {
  bucket: 'rec',
  prefixes: ['org/'],
  tags: new Map([['matter', 'M-1']]),
  legalHold: true,
  holdId: 'hold-1',
  settings: {
    accountId: '123456789012',
    roleArn: 'arn:aws:iam::123456789012:role/batch',
    bucket: 'ops',
    prefix: 'holds/',
  },
};

/** Time passes only while somebody waits for it. */
class PatientClock implements Clock {
  private time = Date.parse('2026-01-01T00:00:00Z');
  now = () => this.time;
  sleep = (ms: number, abort: AbortSignal) => {
    abort.throwIfAborted();
    this.time += ms;
    return Promise.resolve();
  };
}

let fake: FakeS3;
let store: MemoryObjectStore;
let jobs: FakeJobControl;
let deps: BatchHoldDeps;

beforeAll(async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  fake = await startFakeS3(new MemoryObjectStore());
});
afterAll(async () => {
  await fake.close();
  delete process.env['AWS_ACCESS_KEY_ID'];
  delete process.env['AWS_SECRET_ACCESS_KEY'];
});
const s3 = () => connectS3({ region: 'eu-west-1', endpoints: { s3: fake.endpoint } });
beforeEach(() => {
  fake.objects.clear();
  fake.fault = () => undefined;
  store = new MemoryObjectStore();
  jobs = new FakeJobControl(store, fake.objects);
  const client = s3();
  deps = { store, jobs, s3: () => client, clock: new PatientClock() };
});

describe('holding by batch operations', () => {
  test('makes one job for the hold and one for each tag set, and all is held', async () => {
    store.put('org/a b,"c"', { tags: { team: 'x' } });
    store.put('org/ü');
    store.put('org/ü');
    store.put('other/z');

    const result = await applyWithBatchOperations(request, deps, signal);

    expect(result).toMatchObject({
      versions: 3,
      tasks: { succeeded: 6, failed: 0 },
      failures: { count: 0 },
      stopped: null,
    });
    expect(
      jobs.jobs.map(({ request: { Description, ConfirmationRequired } }) => [Description, ConfirmationRequired]),
    ).toEqual([
      ['genesyscloud-compliance hold-1: legal hold ON', false],
      ['genesyscloud-compliance hold-1: set tags team, matter', false],
      ['genesyscloud-compliance hold-1: set tags matter', false],
    ]);
    expect(store.all.slice(0, 3).map(({ hold, tags }) => [hold, Object.fromEntries(tags)])).toEqual([
      ['ON', { team: 'x', matter: 'M-1' }],
      ['ON', { matter: 'M-1' }],
      ['ON', { matter: 'M-1' }],
    ]);
    const inspection = await inspectObjectHold(request, { store }, signal);
    expect(inspection).toMatchObject({ right: 3, manifestSha256: result.manifestSha256 });
  });

  test('starts nothing when everything is right', async () => {
    store.put('org/a');
    await applyWithBatchOperations({ ...request, checksums: true }, deps, signal);
    expect(jobs.jobs).toHaveLength(3);
    const again = await applyWithBatchOperations({ ...request, checksums: true }, deps, signal);
    expect(again).toMatchObject({ unchanged: 1, jobs: [], tasks: { succeeded: 0 } });
    expect(jobs.jobs).toHaveLength(3);
  });

  test('reads failed tasks out of a complete job’s report', async () => {
    for (const name of ['a', 'b', 'c']) store.put(`org/${name} ,x`);
    jobs.failing = (key) => (key.startsWith('org/b') ? 'AccessDenied' : undefined);
    const result = await applyWithBatchOperations({ ...request, tags: new Map() }, deps, signal);
    expect(result).toMatchObject({ tasks: { succeeded: 2, failed: 1 }, failures: { count: 1 }, stopped: null });
    expect(result.failures.first[0]).toMatchObject({ key: 'org/b ,x', code: 'AccessDenied', step: 'batch' });
    expect(result.failures.first[0]?.message).toContain('It said "no", twice (HTTP 403)');

    // The next run does exactly what is missing
    jobs.failing = () => undefined;
    await applyWithBatchOperations({ ...request, tags: new Map() }, deps, signal);
    expect(jobs.manifestOf(jobs.jobs.at(-1)!)).toEqual([['rec', 'org/b ,x', 'v1']]);
    expect(store.all.every(({ hold }) => hold === 'ON')).toBe(true);
  });

  test('confirms a job that waits for it, and tells that one is paused', async () => {
    store.put('org/a');
    jobs.path = ['Preparing', 'Suspended', 'Ready', 'Paused', 'Active', 'Complete'];
    const notes = new Set<string>();
    const result = await applyWithBatchOperations({ ...request, tags: new Map() }, deps, signal, (progress) =>
      progress.notes.forEach((note) => notes.add(note)),
    );
    expect(result.tasks).toEqual({ succeeded: 1, failed: 0 });
    expect(jobs.updates).toEqual(['job1 Ready']);
    expect([...notes].join()).toContain('paused');
  });

  test.each([
    ['Failed', 'ManifestNotFound: no such manifest'],
    ['Cancelled', 'somebody'],
  ] as const)('a job that ends %s is a failure that says why', async (status, reason) => {
    store.put('org/a');
    jobs.path = ['New', status];
    jobs.failureReasons = [reason];
    const result = await applyWithBatchOperations({ ...request, tags: new Map() }, deps, signal);
    expect(result.failures.first).toMatchObject([{ code: `Job${status}`, message: expect.stringContaining(reason) }]);
  });

  test('a report with fewer tasks than the manifest has rows is not believed', async () => {
    for (const name of ['a', 'b', 'c']) store.put(`org/${name}`);
    jobs.unreported = 1;
    const result = await applyWithBatchOperations({ ...request, tags: new Map() }, deps, signal);
    expect(result.failures.first).toMatchObject([
      { code: 'IncompleteReport', message: expect.stringContaining('2 tasks where 3') },
    ]);
  });

  test('a report that cannot be read is named, and those of the other jobs are read all the same', async () => {
    store.put('org/a');
    fake.fault = ({ key }) => (key.includes('job-job1/') ? { status: 403, code: 'AccessDenied' } : undefined);
    const folder = mkdtempSync(join(tmpdir(), 'batch-'));
    const journal = await openJournal(join(folder, 'journal.jsonl'), systemClock);
    const result = await applyWithBatchOperations(request, { ...deps, journal }, signal);
    await journal.close();
    expect(result.failures.first).toMatchObject([
      { code: 'ReportNotRead', message: expect.stringContaining('s3:GetObject') },
    ]);
    const told: string[] = [];
    await readJournal(join(folder, 'journal.jsonl'), (line) => line.type === 'task' && told.push(line.job));
    rmSync(folder, { recursive: true });
    expect(told).toEqual(['job2']);
  });

  test('waits for a report that comes a little later', async () => {
    store.put('org/a');
    let looks = 0;
    fake.fault = ({ key }) => {
      if (!key.endsWith('manifest.json')) return undefined;
      looks += 1;
      return looks <= 3 ? { status: 404, code: 'NoSuchKey' } : undefined;
    };
    const result = await applyWithBatchOperations({ ...request, tags: new Map() }, deps, signal);
    expect(result).toMatchObject({ failures: { count: 0 }, tasks: { succeeded: 1 } });
    expect(looks).toBe(4);
  });

  test('an abort leaves the jobs running; the next run follows them, by record or without one', async () => {
    for (const record of [true, false]) {
      store = new MemoryObjectStore();
      store.put('org/a');
      jobs = new FakeJobControl(store, fake.objects);
      const abort = new AbortController();
      const kept: BatchJob[] = [];
      const onJob = (job: BatchJob) => {
        kept.push(job);
        if (kept.length === 2) abort.abort(new Error('Ctrl-C'));
      };
      const first = await applyWithBatchOperations(request, { ...deps, store, jobs, onJob }, abort.signal);
      expect(first).toMatchObject({ stopped: { why: 'aborted' } });

      const next = record ? { ...request, resume: kept } : request;
      const second = await applyWithBatchOperations(next, { ...deps, store, jobs }, signal);
      expect(second).toMatchObject({ stopped: null, tasks: { succeeded: 2 }, failures: { count: 0 } });
      expect(jobs.jobs).toHaveLength(2);
      expect(store.all[0]).toMatchObject({ hold: 'ON', tags: new Map([['matter', 'M-1']]) });
    }
  });

  test('jobs that S3 has forgotten are not waited for', async () => {
    store.put('org/a');
    const resume = [{ id: 'long-gone', description: 'legal hold ON', entries: 1 }];
    const result = await applyWithBatchOperations({ ...request, resume }, deps, signal);
    expect(result).toMatchObject({ stopped: null, tasks: { succeeded: 2 } });
  });

  test('more tag sets than jobs make sense for: no job is started, the way out is named', async () => {
    for (let index = 0; index < 21; index += 1) store.put(`org/${index}`, { tags: { n: `${index}` } });
    await expect(applyWithBatchOperations(request, deps, signal)).rejects.toThrow('engine = "direct"');
    expect(jobs.jobs).toEqual([]);
  });

  test('what cannot be read or tagged is named, the rest is done', async () => {
    store.put('org/a', { tags: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`t${index}`, 'v'])) });
    store.put('org/b');
    store.put('org/c');
    store.before = (operation, version) => {
      if (operation === 'readHold' && version.key === 'org/b')
        throw awsError('AccessDenied', 403, 's3:GetObjectLegalHold');
    };
    const result = await applyWithBatchOperations(request, deps, signal);
    expect(result.failures.first.map(({ key, code }) => [key, code])).toEqual([
      ['org/a', 'TagLimitExceeded'],
      ['org/b', 'AccessDenied'],
    ]);
    expect(store.all.map(({ hold }) => hold)).toEqual(['ON', 'OFF', 'ON']);
  });

  test('the journal knows what was placed and what each task came to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'batch-'));
    try {
      const path = join(folder, 'journal.jsonl');
      store.put('org/a');
      store.put('org/b', { hold: 'ON' });
      const journal = await openJournal(path, systemClock);
      await applyWithBatchOperations(request, { ...deps, journal }, signal);
      await journal.close();
      const lines: JournalLine[] = [];
      await readJournal(path, (line) => lines.push(line));
      expect(lines.filter(({ type }) => type === 'task')).toMatchObject([
        { job: 'job1', key: 'org/a', ok: true },
        { job: 'job2', key: 'org/a', ok: true },
        { job: 'job2', key: 'org/b', ok: true },
      ]);
      const placed = await readPlacedHolds(path);
      expect(store.all.map((version) => placed.has(version))).toEqual([true, false]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('whatever was there, nothing is lost, all is held, and a second run starts nothing', async () => {
    const estate = fc.array(
      fc.record({
        key: fc.constantFrom('org/a', 'org/b', 'org/c d', 'org/é', 'x/y'),
        hold: fc.constantFrom('ON' as const, 'OFF' as const),
        tags: fc.dictionary(fc.constantFrom('matter', 'team', 'x'), fc.constantFrom('M-0', 'M-1'), { maxKeys: 2 }),
      }),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(estate, async (objects) => {
        const bucket = new MemoryObjectStore();
        for (const { key, ...options } of objects) bucket.put(key, options);
        const before = bucket.all.map((version) => ({ ...version, tags: new Map(version.tags) }));
        const control = new FakeJobControl(bucket, fake.objects);
        const result = await applyWithBatchOperations(request, { ...deps, store: bucket, jobs: control }, signal);
        expect(result.failures.count).toBe(0);
        for (const [index, version] of bucket.all.entries()) {
          const was = before[index]!;
          if (!version.key.startsWith('org/')) expect(version).toEqual(was);
          else {
            expect(version.hold).toBe('ON');
            expect(Object.fromEntries(version.tags)).toEqual({ ...Object.fromEntries(was.tags), matter: 'M-1' });
          }
        }
        const started = control.jobs.length;
        await applyWithBatchOperations(request, { ...deps, store: bucket, jobs: control }, signal);
        expect(control.jobs).toHaveLength(started);
      }),
      { numRuns: 25 },
    );
  });
});
