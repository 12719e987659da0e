import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  PutPublicAccessBlockCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Aws } from './aws';

const MIB = 1024 * 1024;
let simulator: Simulator;
let aws: Aws;
let s3: S3Client;

beforeAll(async () => {
  simulator = await startSimulator({ seed: 'none' });
  aws = new Aws(simulator);
  s3 = aws.s3;
});
afterAll(async () => {
  aws.close();
  await simulator.stop();
});

describe('a multipart upload', () => {
  test('makes one object of its parts, with what was said at the beginning', async () => {
    const Bucket = await aws.lockedBucket('parts');
    const target = { Bucket, Key: 'a b/ü.bin' };
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ ...target, Tagging: 'matter=1', ObjectLockLegalHoldStatus: 'ON' }),
    );
    const bodies = [Buffer.alloc(5 * MIB, 'a'), Buffer.from('end')];
    const Parts = [];
    for (const [index, Body] of bodies.entries()) {
      const part = { ...target, UploadId, PartNumber: index + 1, Body };
      const { ETag } = await s3.send(new UploadPartCommand(part));
      Parts.push({ ETag, PartNumber: index + 1 });
    }
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toMatchObject([{ Key: target.Key }]);
    expect((await s3.send(new ListPartsCommand({ ...target, UploadId }))).Parts?.map(({ Size }) => Size)).toEqual([
      5 * MIB,
      3,
    ]);
    const done = await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
    const md5 = createHash('md5');
    for (const body of bodies) md5.update(createHash('md5').update(body).digest());
    expect(done.ETag).toBe(`"${md5.digest('hex')}-2"`);
    const head = await s3.send(new HeadObjectCommand(target));
    expect(head).toMatchObject({ ContentLength: 5 * MIB + 3, ObjectLockLegalHoldStatus: 'ON', TagCount: 1 });
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  });

  test('is refused with parts that are too small, unknown, or out of order; and can be given up', async () => {
    const target = { Bucket: simulator.bucket, Key: 'refused' };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target));
    const etags: (string | undefined)[] = [];
    for (const PartNumber of [1, 2]) {
      etags.push((await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body: 'x' }))).ETag);
    }
    const complete = (...Parts: { PartNumber: number; ETag?: string }[]): Promise<unknown> =>
      s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
    const [one, two] = [
      { PartNumber: 1, ETag: etags[0] },
      { PartNumber: 2, ETag: etags[1] },
    ];
    await expect(complete(one, two)).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete(two, one)).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete(one, { PartNumber: 3, ETag: etags[0] })).rejects.toMatchObject({ name: 'InvalidPart' });
    await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
    await expect(complete(one)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  test('under a composite checksum needs the checksum of each part at the end', async () => {
    const target = { Bucket: simulator.bucket, Key: 'composite' };
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }),
    );
    const sent = { ...target, UploadId, PartNumber: 1, Body: 'x', ChecksumAlgorithm: 'SHA256' } as const;
    const { ETag, ChecksumSHA256 } = await s3.send(new UploadPartCommand(sent));
    const complete = (part: object): Promise<{ ChecksumSHA256?: string; ChecksumType?: string }> =>
      s3.send(
        new CompleteMultipartUploadCommand({
          ...target,
          UploadId,
          MultipartUpload: { Parts: [{ ETag, PartNumber: 1, ...part }] },
        }),
      );
    await expect(complete({})).rejects.toMatchObject({ name: 'InvalidRequest' });
    const whole = createHash('sha256').update(createHash('sha256').update('x').digest()).digest('base64');
    expect(await complete({ ChecksumSHA256 })).toMatchObject({
      ChecksumSHA256: `${whole}-1`,
      ChecksumType: 'COMPOSITE',
    });
  });
});

describe('checksums', () => {
  // The check values of the catalogue of CRC algorithms for the text 123456789.
  test.each([
    ['CRC32', 'ChecksumCRC32', 'cbf43926'],
    ['CRC32C', 'ChecksumCRC32C', 'e3069283'],
    ['CRC64NVME', 'ChecksumCRC64NVME', 'ae8b14860a799888'],
  ] as const)('%s is computed, compared, and kept', async (ChecksumAlgorithm, field, hex) => {
    const target = { Bucket: simulator.bucket, Key: ChecksumAlgorithm };
    const value = Buffer.from(hex, 'hex').toString('base64');
    await s3.send(new PutObjectCommand({ ...target, Body: '123456789', [field]: value }));
    const { Checksum } = await s3.send(
      new GetObjectAttributesCommand({ ...target, ObjectAttributes: ['Checksum', 'ETag', 'ObjectSize'] }),
    );
    expect(Checksum).toEqual({ [field]: value, ChecksumType: 'FULL_OBJECT' });
    await expect(s3.send(new PutObjectCommand({ ...target, Body: '12345678', [field]: value }))).rejects.toMatchObject({
      name: 'BadDigest',
    });
    expect(await (await s3.send(new GetObjectCommand(target))).Body?.transformToString()).toBe('123456789');
  });

  test('one is made when none is sent', async () => {
    const answer = await fetch(`${simulator.s3Url}/${simulator.bucket}/unsummed`, {
      method: 'PUT',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${simulator.env['AWS_ACCESS_KEY_ID']}/20260101/us-east-1/s3/aws4_request`,
      },
      body: '123456789',
    });
    expect(answer.headers.get('x-amz-checksum-crc64nvme')).toBe(
      Buffer.from('ae8b14860a799888', 'hex').toString('base64'),
    );
  });
});

describe('conditional requests', () => {
  test('write only what is not there, or what is there still', async () => {
    const target = { Bucket: simulator.bucket, Key: 'conditional' };
    const first = await s3.send(new PutObjectCommand({ ...target, Body: 'one', IfNoneMatch: '*' }));
    const failed = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } };
    await expect(s3.send(new PutObjectCommand({ ...target, Body: 'two', IfNoneMatch: '*' }))).rejects.toMatchObject(
      failed,
    );
    await s3.send(new PutObjectCommand({ ...target, Body: 'two', IfMatch: first.ETag }));
    await expect(
      s3.send(new PutObjectCommand({ ...target, Body: 'three', IfMatch: first.ETag })),
    ).rejects.toMatchObject(failed);
    await s3.send(new DeleteObjectCommand(target));
    await expect(s3.send(new PutObjectCommand({ ...target, Body: 'x', IfMatch: '*' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    await s3.send(new PutObjectCommand({ ...target, Body: 'four', IfNoneMatch: '*' }));
  });

  test('read only what has changed, or has not', async () => {
    const target = { Bucket: simulator.bucket, Key: 'read-conditional' };
    const { ETag } = await s3.send(new PutObjectCommand({ ...target, Body: 'one' }));
    await expect(s3.send(new GetObjectCommand({ ...target, IfNoneMatch: ETag }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    await expect(s3.send(new GetObjectCommand({ ...target, IfMatch: '"other"' }))).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await s3.send(new GetObjectCommand({ ...target, IfMatch: ETag }));
  });
});

describe('object tags', () => {
  test.each([
    ['eleven of them', Array.from({ length: 11 }, (_, n) => ({ Key: `k${n}`, Value: 'v' })), 'BadRequest'],
    ['a key twice', [0, 1].map(() => ({ Key: 'k', Value: 'v' })), 'InvalidTag'],
    ['a key with a sign that is not taken', [{ Key: 'k!', Value: 'v' }], 'InvalidTag'],
    ['a value with a sign that is not taken', [{ Key: 'k', Value: 'a,b' }], 'InvalidTag'],
    ['a key of AWS', [{ Key: 'aws:k', Value: 'v' }], 'InvalidTag'],
    ['a key of 129 characters', [{ Key: 'k'.repeat(129), Value: 'v' }], 'InvalidTag'],
    ['a value of 257 characters', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidTag'],
  ])('%s are refused', async (_what, TagSet, name) => {
    const target = { Bucket: simulator.bucket, Key: 'tags' };
    await aws.put(target.Bucket, target.Key);
    await expect(s3.send(new PutObjectTaggingCommand({ ...target, Tagging: { TagSet } }))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 400 },
    });
    const ten = TagSet.slice(0, 0).concat(
      Array.from({ length: 10 }, (_, n) => ({ Key: `ключ ${n}`, Value: '+-=._:/@' })),
    );
    await s3.send(new PutObjectTaggingCommand({ ...target, Tagging: { TagSet: ten } }));
  });
});

describe('the settings of a bucket', () => {
  test('begin as those of a new bucket, and are read as they were put', async () => {
    const Bucket = 'settings';
    await s3.send(new CreateBucketCommand({ Bucket }));
    const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
    const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
    expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual(all);
    expect((await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls?.Rules).toEqual([
      { ObjectOwnership: 'BucketOwnerEnforced' },
    ]);
    expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toBeUndefined();
    await expect(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchLifecycleConfiguration',
    });

    const some = { ...all, BlockPublicPolicy: false };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: some }));
    expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual(some);
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await expect(s3.send(new GetPublicAccessBlockCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchPublicAccessBlockConfiguration',
    });
    const Rules = [
      {
        ID: 'abort',
        Status: 'Enabled',
        Filter: { Prefix: '' },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ] as const;
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [...Rules] } }),
    );
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(Rules);
    const LoggingEnabled = { TargetBucket: simulator.bucket, TargetPrefix: 'logs/' };
    await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
    expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toEqual(LoggingEnabled);
  });

  test('are refused where they make no sense', async () => {
    const Bucket = await aws.lockedBucket('senseless');
    const LoggingEnabled = { TargetBucket: Bucket, TargetPrefix: '' };
    await expect(
      s3.send(new PutBucketLoggingCommand({ Bucket: simulator.bucket, BucketLoggingStatus: { LoggingEnabled } })),
    ).rejects.toMatchObject({ name: 'InvalidTargetBucketForLogging' });
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'rot13' as 'AES256' } }];
    await expect(
      s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } })),
    ).rejects.toMatchObject({ name: 'MalformedXML' });
  });

  test('of ownership decide whether access control lists are taken', async () => {
    const Bucket = await aws.lockedBucket('owned');
    const put = (ACL: 'private' | 'bucket-owner-full-control'): Promise<unknown> =>
      s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', ACL }));
    await put('bucket-owner-full-control');
    await expect(put('private')).rejects.toMatchObject({ name: 'AccessControlListNotSupported' });
    const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] };
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    await put('private');
  });
});

describe('listing versions', () => {
  test('continues where it stopped, also when the version it stopped at is gone', async () => {
    const Bucket = await aws.lockedBucket('paging');
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift(await aws.put(Bucket, 'a', String(n)));
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }));
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    expect([KeyMarker, VersionIdMarker]).toEqual(['a', ids[1]]);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: VersionIdMarker }));
    const rest = await s3.send(new ListObjectVersionsCommand({ Bucket, KeyMarker, VersionIdMarker }));
    expect(rest.Versions?.map(({ VersionId }) => VersionId)).toEqual(ids.slice(2));
    expect((await s3.send(new ListObjectVersionsCommand({ Bucket, KeyMarker: 'a' }))).Versions).toBeUndefined();
    await expect(s3.send(new ListObjectVersionsCommand({ Bucket, VersionIdMarker }))).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
  });

  test('meets every version once, in the order of UTF-8, whatever keys and pages', async () => {
    const key = fc.stringMatching(/^[a-c/~ü～😀]{1,4}$/u);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(key, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        async (keys, MaxKeys) => {
          const Bucket = await aws.lockedBucket(`property-${(run += 1)}`);
          const put: string[] = [];
          for (const one of keys) put.push(`${one} ${await aws.put(Bucket, one)}`);
          const seen: string[] = [];
          let markers: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
          while (markers !== undefined) {
            const page: {
              Versions?: { Key?: string; VersionId?: string }[];
              IsTruncated?: boolean;
              NextKeyMarker?: string;
              NextVersionIdMarker?: string;
            } = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys, ...markers }));
            seen.push(...(page.Versions ?? []).map(({ Key, VersionId }) => `${Key} ${VersionId}`));
            markers =
              page.IsTruncated === true
                ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
                : undefined;
          }
          const order = (text: string): string => Buffer.from(text.split(' ')[0] ?? '').toString('hex');
          const expected = [...put].reverse().sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
          expect(seen).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });
});
