import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteBucketCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { startSimulator, type Simulator } from '../../src/simulator';
import { adminKeys, Aws } from './aws';

const DAY = 86_400_000;
let now = Date.parse('2026-03-01T00:00:00Z');
let simulator: Simulator;
let aws: Aws;
let s3: S3Client;

beforeAll(async () => {
  simulator = await startSimulator({ seed: 'none', now: () => now });
  aws = new Aws(simulator);
  s3 = aws.s3;
});
afterAll(async () => {
  aws.close();
  await simulator.stop();
});

const hold = (Bucket: string, Key: string, VersionId?: string, Status: 'ON' | 'OFF' = 'ON'): Promise<unknown> =>
  s3.send(new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold: { Status } }));
const until = (days: number): Date => new Date(now + days * DAY);

describe('Object Lock of a bucket', () => {
  test('given at creation, switches versioning on, and neither goes off again', async () => {
    const Bucket = await aws.lockedBucket('locked-at-creation');
    const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    expect(ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled' });
    await expect(
      s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })),
    ).rejects.toMatchObject({ name: 'InvalidBucketState', $metadata: { httpStatusCode: 409 } });
    await expect(
      s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: {} })),
    ).rejects.toMatchObject({ name: 'MalformedXML' });
  });

  test('can be added later, to a versioned bucket only', async () => {
    const Bucket = 'locked-later';
    await s3.send(new CreateBucketCommand({ Bucket }));
    const lock = new PutObjectLockConfigurationCommand({
      Bucket,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
    });
    await expect(s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).rejects.toMatchObject({
      name: 'ObjectLockConfigurationNotFoundError',
    });
    await expect(s3.send(lock)).rejects.toMatchObject({ name: 'InvalidBucketState' });
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await s3.send(lock);
    const version = await aws.put(Bucket, 'a');
    await hold(Bucket, 'a', version);
    expect(simulator.state().buckets.find(({ name }) => name === Bucket)).toMatchObject({ held: 1, objectLock: true });
  });

  test('without it nothing can be held', async () => {
    await aws.put(simulator.bucket, 'plain');
    await expect(hold(simulator.bucket, 'plain')).rejects.toMatchObject({
      name: 'InvalidRequest',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(
      s3.send(new PutObjectCommand({ Bucket: simulator.bucket, Key: 'b', Body: 'x', ObjectLockLegalHoldStatus: 'ON' })),
    ).rejects.toMatchObject({ name: 'InvalidRequest' });
  });
});

describe('a legal hold', () => {
  test('is per version, and only what is held stays', async () => {
    const Bucket = await aws.lockedBucket('holds');
    const first = await aws.put(Bucket, 'a', 'one');
    const second = await aws.put(Bucket, 'a', 'two');
    const statusOf = async (VersionId: string): Promise<string | undefined> =>
      (await s3.send(new GetObjectLegalHoldCommand({ Bucket, Key: 'a', VersionId }))).LegalHold?.Status;
    await expect(statusOf(first)).rejects.toMatchObject({ name: 'NoSuchObjectLockConfiguration' });
    await hold(Bucket, 'a', first);
    expect(await statusOf(first)).toBe('ON');
    await expect(statusOf(second)).rejects.toMatchObject({ name: 'NoSuchObjectLockConfiguration' });
    expect(
      (await s3.send(new HeadObjectCommand({ Bucket, Key: 'a', VersionId: first }))).ObjectLockLegalHoldStatus,
    ).toBe('ON');
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).ObjectLockLegalHoldStatus).toBeUndefined();

    await expect(
      s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: first, BypassGovernanceRetention: true })),
    ).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: second }));
    await hold(Bucket, 'a', first, 'OFF');
    expect(await statusOf(first)).toBe('OFF');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: first }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
  });

  test('does not stop a delete marker, which hides the object from listings', async () => {
    const Bucket = await aws.lockedBucket('hidden');
    const version = await aws.put(Bucket, 'a');
    await hold(Bucket, 'a', version);
    const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions?.[0]?.IsLatest, DeleteMarkers?.[0]?.IsLatest]).toEqual([false, true]);
    await expect(hold(Bucket, 'a', marker.VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    await expect(hold(Bucket, 'a')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('does not protect the tags', async () => {
    const Bucket = await aws.lockedBucket('labels');
    const VersionId = await aws.put(Bucket, 'a');
    await hold(Bucket, 'a', VersionId);
    const Tagging = { TagSet: [{ Key: 'matter', Value: '1' }] };
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', VersionId, Tagging }));
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'a', VersionId }))).TagSet).toEqual(
      Tagging.TagSet,
    );
  });

  test('can come with the upload, and keeps its version in a batch of deletes', async () => {
    const Bucket = await aws.lockedBucket('batch');
    const held = await s3.send(
      new PutObjectCommand({ Bucket, Key: 'held', Body: 'x', ObjectLockLegalHoldStatus: 'ON' }),
    );
    const free = await aws.put(Bucket, 'free');
    const Objects = [{ Key: 'held', VersionId: held.VersionId }, { Key: 'free', VersionId: free }, { Key: 'held' }];
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Errors).toMatchObject([{ Key: 'held', VersionId: held.VersionId, Code: 'AccessDenied' }]);
    expect(Deleted).toMatchObject([{ Key: 'free' }, { Key: 'held', DeleteMarker: true }]);
  });

  test('is set only with a digest of the request', async () => {
    const Bucket = await aws.lockedBucket('digests');
    await aws.put(Bucket, 'a');
    const plain = (path: string, body: string): Promise<Response> =>
      fetch(`${simulator.s3Url}/${Bucket}${path}`, {
        method: 'PUT',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${adminKeys(simulator).accessKeyId}/20260101/us-east-1/s3/aws4_request`,
        },
        body,
      });
    const answer = await plain('/a?legal-hold', '<LegalHold><Status>ON</Status></LegalHold>');
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('Content-MD5')]);
    expect((await plain('/b', 'a file without any digest')).status).toBe(200);
  });
});

describe('a retention', () => {
  test('in COMPLIANCE mode can only grow, whoever asks', async () => {
    const Bucket = await aws.lockedBucket('compliance');
    const VersionId = await aws.put(Bucket, 'a');
    const retain = (Mode: 'COMPLIANCE' | 'GOVERNANCE', days: number): Promise<unknown> =>
      s3.send(
        new PutObjectRetentionCommand({
          Bucket,
          Key: 'a',
          VersionId,
          Retention: { Mode, RetainUntilDate: until(days) },
          BypassGovernanceRetention: true,
        }),
      );
    await retain('COMPLIANCE', 2);
    await expect(retain('COMPLIANCE', 1)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(retain('GOVERNANCE', 9)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(retain('COMPLIANCE', -1)).rejects.toMatchObject({ name: 'InvalidArgument' });
    await retain('COMPLIANCE', 3);
    const remove = new DeleteObjectCommand({ Bucket, Key: 'a', VersionId, BypassGovernanceRetention: true });
    await expect(s3.send(remove)).rejects.toMatchObject({ name: 'AccessDenied' });
    now += 4 * DAY;
    await s3.send(remove);
  });

  test('in GOVERNANCE mode gives way to who bypasses it', async () => {
    const Bucket = await aws.lockedBucket('governance');
    const VersionId = await aws.put(Bucket, 'a');
    const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: until(5) } as const;
    await s3.send(new PutObjectRetentionCommand({ Bucket, Key: 'a', VersionId, Retention }));
    const shorter = {
      Bucket,
      Key: 'a',
      VersionId,
      Retention: { Mode: 'GOVERNANCE', RetainUntilDate: until(1) },
    } as const;
    await expect(s3.send(new PutObjectRetentionCommand(shorter))).rejects.toMatchObject({ name: 'AccessDenied' });
    await s3.send(new PutObjectRetentionCommand({ ...shorter, BypassGovernanceRetention: true }));
    expect((await s3.send(new GetObjectRetentionCommand({ Bucket, Key: 'a', VersionId }))).Retention).toEqual(
      shorter.Retention,
    );
    await expect(s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId, BypassGovernanceRetention: true }));
  });

  test('by default of the bucket falls on every upload and demands a digest', async () => {
    const Bucket = await aws.lockedBucket('defaults');
    const Rule = { DefaultRetention: { Mode: 'GOVERNANCE', Years: 1 } } as const;
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule } as const;
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
    const read = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    expect(read.ObjectLockConfiguration).toEqual(ObjectLockConfiguration);
    await aws.put(Bucket, 'a');
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }));
    expect(head.ObjectLockMode).toBe('GOVERNANCE');
    expect(head.ObjectLockRetainUntilDate?.getUTCFullYear()).toBe(new Date(now).getUTCFullYear() + 1);
    const old = new S3Client({
      endpoint: simulator.s3Url,
      region: 'us-east-1',
      forcePathStyle: true,
      maxAttempts: 1,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      credentials: adminKeys(simulator),
    });
    await expect(old.send(new PutObjectCommand({ Bucket, Key: 'b', Body: 'x' }))).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringContaining('Content-MD5'),
    });
    old.destroy();
  });
});
