import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { startSimulator, type Simulator } from '../../src/simulator';
import { adminKeys } from './aws';

let simulator: Simulator;
let s3: S3Client;

beforeAll(async () => {
  simulator = await startSimulator({ seed: 'none' });
  s3 = new S3Client({
    endpoint: simulator.s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: adminKeys(simulator),
  });
});
afterAll(async () => {
  s3.destroy();
  await simulator.stop();
});

async function bucketOf(name: string, versioned = false): Promise<string> {
  await s3.send(new CreateBucketCommand({ Bucket: name }));
  if (versioned) {
    await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  return name;
}

const put = (Bucket: string, Key: string, Body = 'x'): Promise<unknown> =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body }));

describe('buckets of the simulator', () => {
  test('the one of the integration is there, with versioning on', async () => {
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map((bucket) => bucket.Name)).toContain(simulator.bucket);
    const versioning = await s3.send(new GetBucketVersioningCommand({ Bucket: simulator.bucket }));
    expect(versioning.Status).toBe('Enabled');
    await s3.send(new HeadBucketCommand({ Bucket: simulator.bucket }));
    expect((await s3.send(new GetBucketLocationCommand({ Bucket: simulator.bucket }))).LocationConstraint).toBeFalsy();
  });

  test('an unknown one is told by its error code', async () => {
    await expect(s3.send(new ListObjectsCommand({ Bucket: 'nowhere' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    await expect(s3.send(new CreateBucketCommand({ Bucket: simulator.bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
  });

  test('what is not simulated answers 501, never 200', async () => {
    await put(simulator.bucket, 'a');
    await expect(
      s3.send(new CopyObjectCommand({ Bucket: simulator.bucket, Key: 'b', CopySource: `${simulator.bucket}/a` })),
    ).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
    const signed = {
      authorization: `AWS4-HMAC-SHA256 Credential=${adminKeys(simulator).accessKeyId}/20260101/us-east-1/s3/aws4_request`,
    };
    for (const query of ['acl', 'restore', 'select', 'torrent', 'website', 'replication', 'nonsense']) {
      for (const target of [`${simulator.bucket}/a`, simulator.bucket]) {
        const url = `${simulator.s3Url}/${target}?${query}`;
        const statuses = [
          (await fetch(url, { headers: signed })).status,
          (await fetch(url, { method: 'PUT', headers: signed, body: '<x/>' })).status,
        ];
        expect([target, query, ...statuses]).toEqual([target, query, 501, 501]);
      }
    }
    const text = (await s3.send(new GetObjectCommand({ Bucket: simulator.bucket, Key: 'a' }))).Body;
    expect(await text?.transformToString()).toBe('x');
    expect((await fetch(`${simulator.s3Url}/${simulator.bucket}/a`)).status).toBe(403);
  });
});

describe('objects of the simulator', () => {
  test('come back as they were put, whatever their key, in one piece or streamed', async () => {
    const Bucket = await bucketOf('objects');
    const Key = 'year=2026/ä & <b> "c"+d%20\'e\'.opus';
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'sound', ContentType: 'audio/ogg', Metadata: { a: 'b' } }));
    const read = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect([await read.Body?.transformToString(), read.ContentType, read.Metadata]).toEqual([
      'sound',
      'audio/ogg',
      { a: 'b' },
    ]);
    const listed = await s3.send(new ListObjectsCommand({ Bucket }));
    expect(listed.Contents?.map((object) => object.Key)).toEqual([Key]);

    const long = 'y'.repeat(300_000);
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'stream',
        Body: Readable.from([Buffer.from(long)]),
        ContentLength: long.length,
      }),
    );
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'stream' }));
    expect(head.ContentLength).toBe(long.length);
    const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'stream', Range: 'bytes=0-3' }));
    expect(await part.Body?.transformToString()).toBe('yyyy');
  });

  test('keep their versions; a delete only hides them', async () => {
    const Bucket = await bucketOf('versions', true);
    const first = await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'one' }));
    await put(Bucket, 'a', 'two');
    const deleted = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect(deleted.DeleteMarker).toBe(true);
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
    const old = await s3.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId: first.VersionId ?? '' }));
    expect(await old.Body?.transformToString()).toBe('one');
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions?.length, DeleteMarkers?.length, DeleteMarkers?.[0]?.IsLatest]).toEqual([2, 1, true]);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: deleted.VersionId ?? '' }));
    expect(await (await s3.send(new GetObjectCommand({ Bucket, Key: 'a' }))).Body?.transformToString()).toBe('two');
  });

  test('carry tags, per version, replaced as a whole', async () => {
    const Bucket = await bucketOf('tagged', true);
    const first = await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', Tagging: 'matter=1&b=%C3%A9+1' }));
    await put(Bucket, 'a');
    const tagsOf = async (VersionId?: string): Promise<unknown> =>
      (
        await s3.send(
          new GetObjectTaggingCommand({ Bucket, Key: 'a', ...(VersionId === undefined ? {} : { VersionId }) }),
        )
      ).TagSet;
    expect(await tagsOf(first.VersionId)).toEqual([
      { Key: 'matter', Value: '1' },
      { Key: 'b', Value: 'é 1' },
    ]);
    expect(await tagsOf()).toEqual([]);
    await s3.send(
      new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: { TagSet: [{ Key: 'hold', Value: 'a+b-c=d._:/@' }] } }),
    );
    expect(await tagsOf()).toEqual([{ Key: 'hold', Value: 'a+b-c=d._:/@' }]);
  });

  test('are listed in pages, by prefix and by folder', async () => {
    const Bucket = await bucketOf('pages');
    for (const folder of ['a', 'b', 'c']) for (let n = 0; n < 5; n += 1) await put(Bucket, `${folder}/${n}`);
    const keys: (string | undefined)[] = [];
    let pages = 0;
    for await (const page of paginateListObjectsV2({ client: s3, pageSize: 4 }, { Bucket })) {
      pages += 1;
      keys.push(...(page.Contents ?? []).map((object) => object.Key));
    }
    expect([pages, keys.length, new Set(keys).size]).toEqual([4, 15, 15]);
    const folders: (string | undefined)[] = [];
    for await (const page of paginateListObjectsV2({ client: s3, pageSize: 1 }, { Bucket, Delimiter: '/' })) {
      folders.push(...(page.CommonPrefixes ?? []).map((prefix) => prefix.Prefix));
    }
    expect(folders).toEqual(['a/', 'b/', 'c/']);
    const some = await s3.send(new ListObjectsCommand({ Bucket, Prefix: 'b/', Marker: 'b/2' }));
    expect(some.Contents?.map((object) => object.Key)).toEqual(['b/3', 'b/4']);
  });

  test('lists of versions continue in the middle of a key', async () => {
    const Bucket = await bucketOf('many-versions', true);
    for (let n = 0; n < 5; n += 1) for (const key of ['a', 'b']) await put(Bucket, key, String(n));
    const seen: string[] = [];
    let markers: { KeyMarker?: string; VersionIdMarker?: string } = {};
    for (;;) {
      const page = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 3, ...markers }));
      seen.push(...(page.Versions ?? []).map((version) => `${version.Key}/${version.VersionId}`));
      if (page.IsTruncated !== true) break;
      markers = { KeyMarker: page.NextKeyMarker ?? '', VersionIdMarker: page.NextVersionIdMarker ?? '' };
    }
    expect([seen.length, new Set(seen).size]).toEqual([10, 10]);
  });

  test('are deleted many at once', async () => {
    const Bucket = await bucketOf('many');
    for (const key of ['a', 'b&c', 'd']) await put(Bucket, key);
    const answer = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }, { Key: 'b&c' }] } }),
    );
    expect(answer.Deleted?.map((one) => one.Key)).toEqual(['a', 'b&c']);
    const left = await s3.send(new ListObjectsCommand({ Bucket }));
    expect(left.Contents?.map((object) => object.Key)).toEqual(['d']);
  });
});
