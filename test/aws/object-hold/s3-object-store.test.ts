import {
  applyObjectHold,
  connectS3,
  createS3ObjectStore,
  inspectObjectHold,
  type ObjectHoldRequest,
  type ObjectStore,
  type VersionPage,
} from '../../../src/aws';
import { startFakeS3, type FakeS3 } from '../../support/fake-s3-server';
import { MemoryObjectStore } from '../../support/memory-object-store';

const signal = new AbortController().signal;
const request: ObjectHoldRequest = {
  bucket: 'rec',
  prefixes: [],
  tags: new Map([['matter', 'M-1']]),
  legalHold: true,
};
const odd = ['a b+c%20', 'k\u0001\r\n', 'ü/ß&<>"\'', '😀', 'plain'];

let memory: MemoryObjectStore;
let fake: FakeS3;
let store: ObjectStore;
beforeEach(async () => {
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  memory = new MemoryObjectStore();
  fake = await startFakeS3(memory);
  const client = connectS3({ region: 'eu-west-1', endpoints: { s3: fake.endpoint } });
  store = createS3ObjectStore({ bucket: 'rec', client: () => client, region: 'eu-west-1' });
});
afterEach(async () => {
  await fake.close();
  delete process.env['AWS_ACCESS_KEY_ID'];
  delete process.env['AWS_SECRET_ACCESS_KEY'];
});

async function pagesOf(prefix: string): Promise<VersionPage[]> {
  const pages: VersionPage[] = [];
  for await (const page of store.listVersions(prefix, signal)) pages.push(page);
  return pages;
}

describe('object versions over the wire', () => {
  test('are listed over all pages, whatever is in their keys', async () => {
    for (const key of odd) memory.put(key);
    memory.put('plain');
    const versions = (await pagesOf('')).flatMap((page) => page.versions);
    expect(versions).toEqual(
      memory.all.map(({ key, versionId, etag, modified }) => ({ key, versionId, etag, modified, size: 10 })),
    );
    expect((await pagesOf('ü/')).flatMap((page) => page.versions)).toHaveLength(1);
  });

  test('are tagged, held and found right, whatever is in their keys', async () => {
    for (const key of odd) memory.put(key, { tags: { 'team/x': 'ä + b' } });
    memory.put('plain', { marker: true });
    const result = await applyObjectHold(
      { ...request, tags: new Map([['matter', 'M-1: a/b @c+d']]) },
      { store },
      signal,
    );
    expect(result).toMatchObject({ versions: 5, changed: 5, failures: { count: 0 }, hidden: { count: 1 } });
    expect(memory.all.every(({ hold, tags }) => hold === 'ON' && tags.get('team/x') === 'ä + b')).toBe(true);

    const inspection = await inspectObjectHold(
      { ...request, tags: new Map([['matter', 'M-1: a/b @c+d']]) },
      { store },
      signal,
    );
    expect(inspection).toMatchObject({ right: 5, manifestSha256: result.manifestSha256 });
  });

  test('a refusal names the rights, the version and the request', async () => {
    memory.put('org/a');
    fake.fault = ({ method, query }) =>
      method === 'PUT' && query.has('tagging') ? { status: 403, code: 'AccessDenied' } : undefined;
    const { failures } = await applyObjectHold({ ...request, tags: new Map([['m', '1']]) }, { store }, signal);
    expect(failures.first[0]).toMatchObject({
      code: 'AccessDenied',
      missingRight: 's3:PutObjectTagging and s3:PutObjectVersionTagging on arn:aws:s3:::rec/org/a',
    });
    expect(failures.first[0]?.message).toMatch(/version v0.*Request id r\d+/s);
    expect(memory.all[0]?.hold).toBe('ON');
  });

  test('SlowDown is waited out by the SDK, seen by the engine, and answered once', async () => {
    for (const key of ['a', 'b', 'c', 'd']) memory.put(key);
    let refusals = 1;
    fake.fault = ({ method }) => {
      if (method !== 'PUT' || refusals === 0) return undefined;
      refusals -= 1;
      return { status: 503, code: 'SlowDown' };
    };
    const seen: number[] = [];
    const result = await applyObjectHold(
      { ...request, tags: new Map() },
      { store, concurrency: { start: 4, most: 4 } },
      signal,
      ({ concurrency }) => seen.push(concurrency),
    );
    expect(result).toMatchObject({ changed: 4, failed: 0, writes: { holds: 4 } });
    expect(Math.min(...seen)).toBeLessThan(4);
    // Four writes, one refusal: nothing repeats on top of the SDK
    expect(fake.requests.filter((line) => line.startsWith('PUT'))).toHaveLength(5);
  });

  test('a bucket that is not there stops the run', async () => {
    fake.fault = () => ({ status: 404, code: 'NoSuchBucket' });
    await expect(applyObjectHold(request, { store }, signal)).rejects.toMatchObject({ code: 'NoSuchBucket' });
    const result = await applyObjectHold(
      { ...request, legalHold: false, tags: new Map([['a', 'b']]) },
      { store },
      signal,
    );
    expect(result.stopped).toMatchObject({ why: 'refused', error: { code: 'NoSuchBucket' } });
  });

  test('whether a bucket can hold objects is known, or not seen', async () => {
    expect(await store.lockSupport(signal)).toEqual({ state: 'on' });
    memory.lock = { state: 'off' };
    expect(await store.lockSupport(signal)).toEqual({ state: 'off' });
    fake.fault = () => ({ status: 403, code: 'AccessDenied' });
    expect(await store.lockSupport(signal)).toEqual({
      state: 'unseen',
      missingRight: 's3:GetBucketObjectLockConfiguration on arn:aws:s3:::rec',
    });
  });

  test('a listing that says there is more, but not where, is not taken for complete', async () => {
    memory.put('a');
    const broken = { send: () => Promise.resolve({ IsTruncated: true, Versions: [], $metadata: {} }) };
    const strange = createS3ObjectStore({ bucket: 'rec', client: () => Promise.resolve(broken as never) });
    await expect(
      applyObjectHold({ ...request, legalHold: false, tags: new Map([['a', 'b']]) }, { store: strange }, signal),
    ).resolves.toMatchObject({
      stopped: { why: 'refused', error: { code: 'NotAnAnswer' } },
    });
  });
});
