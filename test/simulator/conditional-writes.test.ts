import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Aws } from './aws';

const started: { simulator: Simulator; aws: Aws }[] = [];

async function start(options: Parameters<typeof startSimulator>[0] = {}): Promise<Aws> {
  const simulator = await startSimulator({ seed: 'none', ...options });
  const aws = new Aws(simulator);
  started.push({ simulator, aws });
  return aws;
}

afterAll(async () => {
  for (const { simulator, aws } of started) {
    aws.close();
    await simulator.stop();
  }
});

async function bucket(s3: S3Client, Bucket: string, versioned: boolean): Promise<string> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  if (versioned) {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  return Bucket;
}

/** How many of these writers were told that they had created the object. */
async function race(s3: S3Client, Bucket: string, Key: string, writers: number): Promise<readonly number[]> {
  const outcomes = await Promise.allSettled(
    Array.from({ length: writers }, (_, n) =>
      s3.send(new PutObjectCommand({ Bucket, Key, Body: String(n), IfNoneMatch: '*' })),
    ),
  );
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') {
      expect(outcome.reason).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    }
  }
  return outcomes.flatMap((outcome, n) => (outcome.status === 'fulfilled' ? [n] : []));
}

describe.each([false, true])('creation with If-None-Match: * (versioning %s)', (versioned) => {
  test('one of twenty writers wins, and what it wrote is there', async () => {
    const { s3 } = await start();
    const Bucket = await bucket(s3, 'race', versioned);
    const winners = await race(s3, Bucket, 'log/1', 20);
    expect(winners).toHaveLength(1);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'log/1' }));
    expect(await Body?.transformToString()).toBe(String(winners[0]));
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions).toHaveLength(1);
  });

  test('what was deleted can be created again, once', async () => {
    const { s3 } = await start();
    const Bucket = await bucket(s3, 'again', versioned);
    expect(await race(s3, Bucket, 'k', 2)).toHaveLength(1);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(await race(s3, Bucket, 'k', 2)).toHaveLength(1);
  });

  test('a multipart upload that completes second is refused, and can still be completed without the condition', async () => {
    const { s3 } = await start();
    const Bucket = await bucket(s3, 'parts', versioned);
    const target = { Bucket, Key: 'k' };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target));
    const { ETag } = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'part' }));
    await s3.send(new PutObjectCommand({ ...target, Body: 'first' }));
    const complete = { ...target, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } };
    await expect(s3.send(new CompleteMultipartUploadCommand({ ...complete, IfNoneMatch: '*' }))).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await s3.send(new CompleteMultipartUploadCommand(complete));
  });
});

test('If-None-Match with anything but * is not implemented by S3 for writes', async () => {
  const { s3 } = await start();
  const Bucket = await bucket(s3, 'etag', false);
  await expect(
    s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', IfNoneMatch: '"abc"' })),
  ).rejects.toMatchObject({ name: 'NotImplemented' });
});

test('an answer 412 names the condition', async () => {
  const { s3 } = await start();
  const Bucket = await bucket(s3, 'named', false);
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'y', IfNoneMatch: '*' }))).rejects.toMatchObject({
    Condition: 'If-None-Match',
  });
});

test('a bucket policy can demand the condition', async () => {
  const { s3 } = await start();
  const Bucket = await bucket(s3, 'demanded', false);
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${Bucket}/*`,
        Condition: { Null: { 's3:if-none-match': 'true' } },
      },
    ],
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', IfNoneMatch: '*' }));
});

describe('as Ceph 16, which ignores conditions where versioning is on', () => {
  test('every writer wins in a versioned bucket, and a suspended one', async () => {
    const { s3 } = await start({ conditionalWrites: 'ignored-when-versioned' });
    const Bucket = await bucket(s3, 'versioned', true);
    expect(await race(s3, Bucket, 'k', 5)).toHaveLength(5);
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
    expect(await race(s3, Bucket, 'k', 5)).toHaveLength(5);
  });

  test('one writer wins in a bucket without versioning', async () => {
    const { s3 } = await start({ conditionalWrites: 'ignored-when-versioned' });
    const Bucket = await bucket(s3, 'plain', false);
    expect(await race(s3, Bucket, 'k', 5)).toHaveLength(1);
  });

  test('a misspelt switch is refused', async () => {
    await expect(startSimulator({ conditionalWrites: 'ignored' as 'honored' })).rejects.toThrow('conditionalWrites');
  });
});
