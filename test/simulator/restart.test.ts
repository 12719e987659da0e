import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../src/simulator';
import { adminKeys, Aws } from './aws';
import { Session, smsQuery } from './session';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function clientOf(simulator: Simulator): S3Client {
  return new S3Client({
    endpoint: simulator.s3Url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: adminKeys(simulator),
  });
}

describe('a simulator with a data folder', () => {
  test('continues where it was: jobs run on, holds stay, files arrive, tokens are good', async () => {
    let now = Date.parse('2026-03-01T00:00:00Z');
    const start = (): Promise<Simulator> =>
      startSimulator({ dataDir: folder, now: () => now, complianceApi: true, seed: { conversations: 30 } });
    const first = await start();
    const s = await Session.join(first);
    const { body: job } = await s.createJob();
    const retention = await s.get('/api/v2/recordings/retention/query?retentionThresholdDays=0');
    const ids: string[] = retention.body.entities.map((entity: { conversationId: string }) => entity.conversationId);
    await s.put('/api/v2/recordings/deletionprotection', { conversationIds: ids.slice(0, 3) });
    await s.post('/api/v2/compliance/legalholds', { name: 'Acme', conversationIds: ids.slice(0, 5) });
    await s.put(`/api/v2/conversations/${ids[0]}/tags`, { externalTag: 'acme' });
    const s3 = clientOf(first);
    const upload = { Bucket: first.bucket, Key: 'note & more.txt' };
    await s3.send(new PutObjectCommand({ ...upload, Body: 'one', Tagging: 'a=b' }));
    await s3.send(new PutObjectCommand({ ...upload, Body: 'two' }));
    s3.destroy();
    // No graceful end: what a kill leaves behind is what was saved with each answer.
    const before = first.state();

    const second = await start();
    await first.stop();
    expect(second.state()).toEqual(before);
    expect(second.requests()).toEqual(first.requests());
    expect(second.requests().length).toBeGreaterThan(5);
    now += 1000;
    const again = await Session.join(second);
    expect((await again.get(job.selfUri)).body).toMatchObject({ state: 'READY', totalConversations: 30 });
    await again.put(job.selfUri, { state: 'PROCESSING' });
    now += 1500;
    expect((await again.get(job.selfUri)).body.state).toBe('FULFILLED');

    await second.stop();
    now += 60_000;
    const third = await start();
    try {
      const state = third.state();
      expect(state.exports.filter((one) => one.exportedDate !== null)).toHaveLength(30);
      expect(state.protected).toEqual(ids.slice(0, 3));
      expect(state.holds).toMatchObject([{ name: 'Acme', conversationIds: ids.slice(0, 5) }]);
      const reader = clientOf(third);
      expect(await (await reader.send(new GetObjectCommand(upload))).Body?.transformToString()).toBe('two');
      const { Versions } = await reader.send(new ListObjectVersionsCommand({ Bucket: third.bucket, Prefix: 'note' }));
      expect(Versions).toHaveLength(2);
      reader.destroy();
      const tagged = {
        ...smsQuery(),
        conversationFilters: [{ type: 'and', predicates: [{ dimension: 'externalTag', value: 'acme' }] }],
      };
      const third_ = await Session.join(third);
      expect((await third_.post('/api/v2/analytics/conversations/details/query', tagged)).body.totalHits).toBe(1);
    } finally {
      await third.stop();
    }
  });

  test('keeps exported files readable', async () => {
    let now = Date.parse('2026-03-01T00:00:00Z');
    const options = {
      dataDir: folder,
      now: () => now,
      seed: { conversations: 1 },
      pendingMs: 0,
      processingMs: 0,
      exportDelayMs: 0,
    };
    const first = await startSimulator(options);
    const s = await Session.join(first);
    const { body: job } = await s.createJob();
    await s.put(job.selfUri, { state: 'PROCESSING' });
    now += 1;
    await s.post('/__simulator/advance', { milliseconds: 1 });
    await first.stop();

    const second = await startSimulator(options);
    try {
      const s3 = clientOf(second);
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: second.bucket }));
      expect(Versions).toHaveLength(2);
      for (const { Key = '', Size } of Versions) {
        const text = await (
          await s3.send(new GetObjectCommand({ Bucket: second.bucket, Key }))
        ).Body?.transformToString();
        expect(text).toHaveLength(Size ?? -1);
        expect(Key).toContain((JSON.parse(text ?? '') as { recordingId: string }).recordingId);
      }
      s3.destroy();
    } finally {
      await second.stop();
    }
  });

  test('keeps locks, holds, retention, settings, policies and uploads that are not complete', async () => {
    const first = await startSimulator({ dataDir: folder, seed: 'none' });
    const before = new Aws(first);
    const Bucket = await before.lockedBucket('kept');
    const target = { Bucket, Key: 'a' };
    const { VersionId } = await before.s3.send(
      new PutObjectCommand({
        ...target,
        Body: 'x',
        ObjectLockLegalHoldStatus: 'ON',
        ObjectLockMode: 'COMPLIANCE',
        ObjectLockRetainUntilDate: new Date(Date.now() + 86_400_000),
      }),
    );
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: `arn:aws:s3:::${Bucket}` }],
    });
    await before.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    await before.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const { UploadId } = await before.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'b', Tagging: 'k=v' }));
    const part = { Bucket, Key: 'b', UploadId, PartNumber: 1 };
    const { ETag } = await before.s3.send(new UploadPartCommand({ ...part, Body: 'content' }));
    first.seed({ objects: { bucket: Bucket, prefix: 'many/', count: 5 } });
    before.close();
    await first.stop();

    const second = await startSimulator({ dataDir: folder, seed: 'none' });
    const after = new Aws(second);
    try {
      const head = await after.s3.send(new HeadObjectCommand({ ...target, VersionId }));
      expect(head).toMatchObject({ ObjectLockLegalHoldStatus: 'ON', ObjectLockMode: 'COMPLIANCE' });
      await expect(after.s3.send(new DeleteObjectCommand({ ...target, VersionId }))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
      expect((await after.s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
      await expect(after.s3.send(new GetPublicAccessBlockCommand({ Bucket }))).rejects.toMatchObject({
        name: 'NoSuchPublicAccessBlockConfiguration',
      });
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
      await after.s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'b', UploadId, MultipartUpload }));
      const read = await after.s3.send(new GetObjectCommand({ Bucket, Key: 'b' }));
      expect([await read.Body?.transformToString(), read.TagCount]).toEqual(['content', 1]);
      const many = await after.s3.send(new GetObjectCommand({ Bucket, Key: 'many/000000004.json' }));
      expect(await many.Body?.transformToString()).toHaveLength(many.ContentLength ?? -1);
      expect(second.state().buckets.find(({ name }) => name === Bucket)).toMatchObject({ keys: 7, held: 1 });
    } finally {
      after.close();
      await second.stop();
    }
  });

  test('says which file is broken', async () => {
    writeFileSync(join(folder, 'state.json'), '{');
    await expect(startSimulator({ dataDir: folder })).rejects.toThrow(join(folder, 'state.json'));
  });
});

describe('starting and stopping', () => {
  test('frees both ports, with connections open, and may be asked twice', async () => {
    const simulator = await startSimulator();
    await (await fetch(simulator.url)).text();
    await Promise.all([simulator.stop(), simulator.stop()]);
    await expect(fetch(simulator.url)).rejects.toThrow();
    await expect(fetch(simulator.s3Url)).rejects.toThrow();
  });

  test('refuses a port that is taken and options that make no sense', async () => {
    const simulator = await startSimulator();
    try {
      await expect(startSimulator({ port: Number(new URL(simulator.url).port) })).rejects.toThrow('EADDRINUSE');
      await expect(startSimulator({ s3Port: Number(new URL(simulator.url).port) })).rejects.toThrow('EADDRINUSE');
      await expect(startSimulator({ pendingMs: -1 })).rejects.toThrow('pendingMs');
    } finally {
      await simulator.stop();
    }
  });
});
