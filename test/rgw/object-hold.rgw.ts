/** The direct engine against a real S3 server: versions, tags, Object Lock. */
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/time';
import {
  applyObjectHold,
  inspectObjectHold,
  openJournal,
  readPlacedHolds,
  type ObjectHoldRequest,
  type ObjectHoldResult,
} from '../../src/aws';
import { Rgw, type Put } from './rgw';

const signal = new AbortController().signal;
const tags = new Map([['matter', 'M-17']]);
const requestFor = (bucket: string): ObjectHoldRequest => ({ bucket, prefixes: ['org/'], tags, legalHold: true });

let rgw: Rgw;
beforeAll(() => (rgw = Rgw.admin()));
afterAll(() => rgw.close());

async function applied(bucket: string, path?: string): Promise<ObjectHoldResult> {
  const journal = path === undefined ? undefined : await openJournal(path, systemClock);
  try {
    const deps = { store: rgw.store(bucket), ...(journal === undefined ? {} : { journal }) };
    return await applyObjectHold(requestFor(bucket), deps, signal);
  } finally {
    await journal?.close();
  }
}

describe('versions of exported objects', () => {
  const bucket = 'versions';
  const versions: Put[] = [];
  let outside: Put;
  let first: ObjectHoldResult;

  beforeAll(async () => {
    await rgw.lockedBucket(bucket);
    for (const name of ['twice', 'twice', 'b c+d', 'é', '100%25', "it's (one)"]) {
      versions.push(await rgw.put(bucket, `org/${name}`, 'team=red'));
    }
    outside = await rgw.put(bucket, 'organization/else');
    first = await applied(bucket);
  });

  test('are all tagged and held, whatever their keys, and nothing beside them', async () => {
    expect(first).toMatchObject({ versions: 6, changed: 6, failed: 0, stopped: null });
    for (const version of versions) {
      expect(await rgw.look(version)).toEqual({ hold: 'ON', tags: { team: 'red', matter: 'M-17' } });
    }
    expect(await rgw.look(outside)).toEqual({ hold: 'OFF', tags: {} });
  });

  test('are not written again by a second run', async () => {
    rgw.writes.length = 0;

    const second = await applied(bucket);

    expect(second).toMatchObject({ unchanged: 6, changed: 0, manifestSha256: first.manifestSha256 });
    expect(rgw.writes).toEqual([]);
  });

  test('cannot be deleted, old ones neither', async () => {
    for (const version of versions.slice(0, 2)) {
      await expect(rgw.s3.send(new DeleteObjectCommand(version))).rejects.toMatchObject({ name: 'AccessDenied' });
    }
    expect((await rgw.look(versions[0]!)).hold).toBe('ON');
  });

  test('that somebody released or untagged are found and repaired, and only those', async () => {
    const [lifted, untagged] = versions as [Put, Put];
    await rgw.s3.send(new PutObjectLegalHoldCommand({ ...lifted, LegalHold: { Status: 'OFF' } }));
    await rgw.s3.send(new PutObjectTaggingCommand({ ...untagged, Tagging: { TagSet: [] } }));
    const found = await inspectObjectHold(requestFor(bucket), { store: rgw.store(bucket) }, signal);
    rgw.writes.length = 0;

    await applied(bucket);

    expect(found.notHeld.first.map(({ versionId }) => versionId)).toEqual([lifted.VersionId]);
    expect(found.notTagged.first.map(({ versionId }) => versionId)).toEqual([untagged.VersionId]);
    expect(rgw.writes.sort()).toEqual(['PutObjectLegalHoldCommand', 'PutObjectTaggingCommand']);
  });

  test('that a delete marker hides are found below it, and stay held', async () => {
    const hidden = versions[2]!;
    const { VersionId } = await rgw.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: hidden.Key }));

    const found = await inspectObjectHold(requestFor(bucket), { store: rgw.store(bucket) }, signal);

    expect(found.hidden).toMatchObject({ count: 1, first: [{ key: hidden.Key, versionId: VersionId }] });
    expect(found).toMatchObject({ versions: 6, right: 6 });
    expect((await rgw.look(hidden)).hold).toBe('ON');
  });
});

test('listings of more than one page are gone through to their end', async () => {
  const bucket = 'pages';
  await rgw.lockedBucket(bucket);
  const keys = Array.from({ length: 1_050 }, (_, index) => `org/${String(index).padStart(5, '0')}`);
  const put = async (): Promise<void> => {
    for (let key = keys.pop(); key !== undefined; key = keys.pop()) await rgw.put(bucket, key);
  };
  await Promise.all(Array.from({ length: 16 }, put));
  // The page ends between two versions of one key.
  await rgw.put(bucket, 'org/00999');

  const result = await applied(bucket);

  expect(result).toMatchObject({ versions: 1_051, changed: 1_051, failed: 0, stopped: null });
  expect(result.writes).toEqual({ holds: 1_051, tags: 1_051 });
  // A store in memory on a busy machine does some eighty of these objects in a second.
}, 300_000);

test('a version with ten tags is held and named, not robbed of one', async () => {
  const bucket = 'ten-tags';
  await rgw.lockedBucket(bucket);
  const ten = Array.from({ length: 10 }, (_, index) => `t${index}=v`).join('&');
  const full = await rgw.put(bucket, 'org/full', ten);

  const { failures } = await applied(bucket);

  expect(failures.first).toMatchObject([{ key: 'org/full', code: 'TagLimitExceeded' }]);
  const { hold, tags: kept } = await rgw.look(full);
  expect([hold, Object.keys(kept).length]).toEqual(['ON', 10]);
});

test('a bucket without Object Lock is refused before anything is written', async () => {
  const bucket = 'no-lock';
  await rgw.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await rgw.put(bucket, 'org/a');
  rgw.writes.length = 0;

  await expect(applied(bucket)).rejects.toThrow('Object Lock is not enabled');
  expect(rgw.writes).toEqual([]);
});

describe('a release', () => {
  const bucket = 'release';
  const folder = mkdtempSync(join(tmpdir(), 'rgw-release-'));
  const path = join(folder, 'journal.jsonl');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('takes the hold off by one request that ends in time', async () => {
    await rgw.lockedBucket(bucket);
    const ours = await rgw.put(bucket, 'org/ours');
    await applied(bucket, path);
    expect((await readPlacedHolds(path)).size).toBe(1);
    const version = { key: ours.Key, versionId: ours.VersionId };
    const store = rgw.store(bucket);
    await store.readHold(version, signal);

    await store.liftHold(version, 30_000, signal);

    await rgw.s3.send(new DeleteObjectCommand(ours));
    await expect(rgw.look(ours)).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });
});

test('a key that is written again leaves the old version held; the new one is what the next run adds', async () => {
  const bucket = 'rewritten';
  await rgw.lockedBucket(bucket);
  const old = await rgw.put(bucket, 'org/a');
  await applied(bucket);
  const { VersionId = '' } = await rgw.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'org/a', Body: 'other' }));
  const fresh = { ...old, VersionId };
  expect([(await rgw.look(old)).hold, (await rgw.look(fresh)).hold]).toEqual(['ON', 'OFF']);

  const result = await applied(bucket);

  expect(result).toMatchObject({ versions: 2, changed: 1, unchanged: 1 });
  expect((await rgw.look(fresh)).hold).toBe('ON');
});
