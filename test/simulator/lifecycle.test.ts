import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Aws } from './aws';

const DAY = 86_400_000;
let simulator: Simulator;
let aws: Aws;

beforeEach(async () => {
  simulator = await startSimulator({ seed: { buckets: [{ name: 'locked', objectLock: true }, { name: 'plain' }] } });
  aws = new Aws(simulator);
});
afterEach(async () => {
  aws.close();
  await simulator.stop();
});

async function rules(Bucket: string, ...Rules: readonly (Partial<LifecycleRule> & object)[]): Promise<void> {
  await aws.s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: {
        Rules: Rules.map((rule) => ({ Status: 'Enabled' as const, Filter: { Prefix: '' }, ...rule })),
      },
    }),
  );
}

async function versions(Bucket: string): Promise<{ versions: string[]; markers: string[] }> {
  const { Versions = [], DeleteMarkers = [] } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
  return { versions: Versions.map(({ Key }) => Key ?? ''), markers: DeleteMarkers.map(({ Key }) => Key ?? '') };
}

test('an expired current version is hidden behind a delete marker, at the midnight after', async () => {
  await aws.put('locked', 'a/1');
  await aws.put('locked', 'b/1');
  await rules('locked', { Filter: { Prefix: 'a/' }, Expiration: { Days: 3 } });
  simulator.advance(3 * DAY - 60_000);
  expect((await versions('locked')).markers).toEqual([]);
  simulator.advance(DAY + 60_000);
  expect(await versions('locked')).toEqual({ versions: ['a/1', 'b/1'], markers: ['a/1'] });
  await expect(aws.s3.send(new GetObjectCommand({ Bucket: 'locked', Key: 'a/1' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
});

test('noncurrent versions are removed for good, except those under legal hold or retention', async () => {
  const held = await aws.put('locked', 'held');
  const kept = await aws.put('locked', 'kept');
  await aws.put('locked', 'free');
  await aws.s3.send(
    new PutObjectLegalHoldCommand({ Bucket: 'locked', Key: 'held', VersionId: held, LegalHold: { Status: 'ON' } }),
  );
  await aws.s3.send(
    new PutObjectRetentionCommand({
      Bucket: 'locked',
      Key: 'kept',
      VersionId: kept,
      Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(Date.now() + 60 * DAY) },
    }),
  );
  await rules('locked', { Expiration: { Days: 1 }, NoncurrentVersionExpiration: { NoncurrentDays: 5 } });
  simulator.advance(2 * DAY);
  expect(await versions('locked')).toMatchObject({
    versions: ['free', 'held', 'kept'],
    markers: ['free', 'held', 'kept'],
  });
  simulator.advance(6 * DAY);
  expect((await versions('locked')).versions).toEqual(['held', 'kept']);
  // A hold that is lifted lets the rule have its way, and so does a retention that ends.
  simulator.changeObjectsQuietly({ bucket: 'locked', key: 'held', legalHold: 'OFF' });
  simulator.advance(DAY);
  expect((await versions('locked')).versions).toEqual(['kept']);
  simulator.advance(60 * DAY);
  expect((await versions('locked')).versions).toEqual([]);
});

test('the newest noncurrent versions can be kept', async () => {
  for (const body of ['1', '2', '3', '4']) await aws.put('locked', 'k', body);
  await rules('locked', { NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 } });
  simulator.advance(3 * DAY);
  expect((await versions('locked')).versions).toHaveLength(3);
});

test('a delete marker with nothing behind it goes when the rule says so', async () => {
  await aws.put('locked', 'k');
  await rules(
    'locked',
    { ID: 'expire', Expiration: { Days: 1 }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
    { ID: 'markers', Expiration: { ExpiredObjectDeleteMarker: true } },
  );
  simulator.advance(10 * DAY);
  simulator.advance(DAY);
  expect(await versions('locked')).toEqual({ versions: [], markers: [] });
});

test('without versioning the object is gone; tags and sizes choose; a disabled rule does nothing', async () => {
  for (const key of ['one', 'two', 'three']) await aws.put('plain', key);
  await aws.s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'large', Body: Buffer.alloc(2000) }));
  await aws.s3.send(
    new PutObjectTaggingCommand({ Bucket: 'plain', Key: 'two', Tagging: { TagSet: [{ Key: 'keep', Value: 'no' }] } }),
  );
  await rules(
    'plain',
    { ID: 'tag', Filter: { Tag: { Key: 'keep', Value: 'no' } }, Expiration: { Days: 1 } },
    { ID: 'size', Filter: { ObjectSizeGreaterThan: 1000 }, Expiration: { Days: 1 } },
    { ID: 'off', Status: 'Disabled', Expiration: { Days: 1 } },
  );
  simulator.advance(2 * DAY);
  expect((await versions('plain')).versions).toEqual(['one', 'three']);
});

test('a rule by date, and uploads that were never completed', async () => {
  await aws.put('plain', 'k');
  await aws.s3.send(new CreateMultipartUploadCommand({ Bucket: 'plain', Key: 'open' }));
  await rules('plain', {
    Expiration: { Date: new Date(Math.ceil((Date.now() + 2 * DAY) / DAY) * DAY) },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  });
  simulator.advance(DAY);
  expect((await versions('plain')).versions).toEqual(['k']);
  simulator.advance(3 * DAY);
  expect((await versions('plain')).versions).toEqual([]);
  const { Uploads = [] } = await aws.s3.send(new ListMultipartUploadsCommand({ Bucket: 'plain' }));
  expect(Uploads).toEqual([]);
});

test('a rule that comes late begins to count when S3 looks, not in the past', async () => {
  await aws.put('locked', 'k');
  simulator.advance(100 * DAY);
  await rules('locked', { Expiration: { Days: 1 }, NoncurrentVersionExpiration: { NoncurrentDays: 10 } });
  simulator.advance(2 * DAY);
  expect(await versions('locked')).toEqual({ versions: ['k'], markers: ['k'] });
  simulator.advance(11 * DAY);
  expect((await versions('locked')).versions).toEqual([]);
});

test('a seed sets up buckets: versioning without Object Lock, and what makes no sense is refused', async () => {
  await aws.s3.send(
    new PutBucketVersioningCommand({ Bucket: 'plain', VersioningConfiguration: { Status: 'Enabled' } }),
  );
  simulator.seed({
    buckets: [
      { name: 'plain', versioning: 'Suspended' },
      { name: simulator.bucket, objectLock: true },
    ],
  });
  const { buckets } = simulator.state();
  expect(buckets.map(({ name, objectLock }) => [name, objectLock])).toEqual([
    [simulator.bucket, true],
    ['locked', true],
    ['plain', false],
  ]);
  expect(() => simulator.seed({ buckets: [{ name: 'x', objectLock: true, versioning: 'Suspended' }] })).toThrow(
    'Object Lock needs versioning',
  );
});
