import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/time';
import {
  applyWithBatchOperations,
  connectS3,
  LEFT_NOT_OURS,
  LEFT_OTHER_TAGS,
  openJournal,
  readPlacedHolds,
  releaseWithBatchOperations,
  type BatchHoldDeps,
  type BatchHoldRequest,
  type BatchHoldResult,
  type Journal,
} from '../../../src/aws';
import { FakeJobControl } from '../../support/fake-job-control';
import { startFakeS3, type FakeS3 } from '../../support/fake-s3-server';
import { MemoryObjectStore } from '../../support/memory-object-store';

const signal = new AbortController().signal;
const request: BatchHoldRequest = {
  bucket: 'rec',
  prefixes: ['org/'],
  tags: new Map([['matter', 'M-1']]),
  legalHold: true,
  holdId: 'hold-1',
  settings: { accountId: '123456789012', roleArn: 'arn:aws:iam::123456789012:role/b', bucket: 'ops', prefix: 'holds/' },
};

let fake: FakeS3;
let store: MemoryObjectStore;
let jobs: FakeJobControl;
let deps: BatchHoldDeps;
let folder: string;
let path: string;

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
beforeEach(() => {
  fake.objects.clear();
  store = new MemoryObjectStore();
  jobs = new FakeJobControl(store, fake.objects);
  const client = connectS3({ region: 'eu-west-1', endpoints: { s3: fake.endpoint } });
  const clock = { now: () => 0, sleep: () => Promise.resolve() };
  deps = { store, jobs, s3: () => client, clock };
  folder = mkdtempSync(join(tmpdir(), 'batch-release-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function journalled<T>(work: (journal: Journal) => Promise<T>): Promise<T> {
  const journal = await openJournal(path, systemClock);
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
}
const held = (): Promise<BatchHoldResult> =>
  journalled((journal) => applyWithBatchOperations(request, { ...deps, journal }, signal));
async function released(more: Partial<BatchHoldDeps> = {}, by: AbortSignal = signal): Promise<BatchHoldResult> {
  const placed = await readPlacedHolds(path);
  return journalled((journal) => releaseWithBatchOperations({ ...request, placed }, { ...deps, journal, ...more }, by));
}
const holds = (): readonly string[] => store.all.map(({ key, hold }) => `${key} ${hold}`);

describe('releasing by batch operations', () => {
  test('is one job over exactly the versions that the journal shows to be ours; tags stay', async () => {
    store.put('org/a');
    store.put('org/others', { hold: 'ON' });
    store.put('org/retagged');
    await held();
    store.all[2]!.tags = new Map([['matter', 'M-2']]);
    store.put('org/free');
    const before = jobs.jobs.length;

    const result = await released();

    const made = jobs.jobs.slice(before);
    expect(made.map((job) => jobs.manifestOf(job).map(([, key]) => key))).toEqual([['org/a']]);
    expect(made[0]?.request.Operation).toEqual({ S3PutObjectLegalHold: { LegalHold: { Status: 'OFF' } } });
    expect(result).toMatchObject({
      stopped: null,
      unchanged: 1,
      tasks: { succeeded: 1, failed: 0 },
      left: { [LEFT_NOT_OURS]: 1, [LEFT_OTHER_TAGS]: 1 },
    });
    expect(holds()).toEqual(['org/a OFF', 'org/free OFF', 'org/others ON', 'org/retagged ON']);
    expect(Object.fromEntries(store.all[0]!.tags)).toEqual({ matter: 'M-1' });
  });

  test('that fails for a version names it, and the next one takes up only that', async () => {
    for (const name of ['a', 'b', 'c']) store.put(`org/${name}`);
    await held();
    jobs.failing = (key) => (key === 'org/b' ? 'AccessDenied' : undefined);

    const first = await released();
    jobs.failing = () => undefined;
    const before = jobs.jobs.length;
    const second = await released();

    expect(first.failures).toMatchObject({ count: 1, first: [{ key: 'org/b', code: 'AccessDenied' }] });
    expect(jobs.jobs.slice(before).map((job) => jobs.manifestOf(job).map(([, key]) => key))).toEqual([['org/b']]);
    expect(second).toMatchObject({ failures: { count: 0 }, left: {} });
    expect(holds()).toEqual(['org/a OFF', 'org/b OFF', 'org/c OFF']);
  });

  test('that is interrupted leaves its job running, and the next one follows it instead of making another', async () => {
    store.put('org/a');
    await held();
    const abort = new AbortController();
    const before = jobs.jobs.length;

    const first = await released({ onJob: () => abort.abort(new Error('Ctrl-C')) }, abort.signal);
    const second = await released();

    expect(first.stopped).toMatchObject({ why: 'aborted' });
    expect(second).toMatchObject({ stopped: null, tasks: { succeeded: 1 } });
    expect(jobs.jobs).toHaveLength(before + 1);
    expect(holds()).toEqual(['org/a OFF']);
  });

  test('the same versions can be held and released again: the jobs of the first time are not taken for new ones', async () => {
    store.put('org/a');
    for (let round = 0; round < 2; round += 1) {
      expect(await held()).toMatchObject({ stopped: null });
      expect(holds()).toEqual(['org/a ON']);
      expect(await released()).toMatchObject({ stopped: null });
      expect(holds()).toEqual(['org/a OFF']);
    }
  });

  test('once released, a hold that somebody else puts on the version is not ours any more', async () => {
    const version = store.put('org/a');
    await held();
    await released();
    version.hold = 'ON';
    await held();

    const result = await released();

    expect(result.left).toEqual({ [LEFT_NOT_OURS]: 1 });
    expect(holds()).toEqual(['org/a ON']);
  });
});
