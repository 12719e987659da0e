/** The engines of `aws/` that hold exported objects, against the simulator's S3, IAM and S3 Control. */
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteObjectCommand, GetObjectTaggingCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/time';
import {
  applyObjectHold,
  applyWithBatchOperations,
  connectS3,
  connectS3Control,
  createJobControl,
  createS3ObjectStore,
  inspectObjectHold,
  openJournal,
  type BatchHoldDeps,
  type BatchHoldRequest,
  type ObjectHoldRequest,
  type ObjectStore,
  type ObjectVersion,
} from '../../src/aws';
import { startSimulator, type Simulator } from '../../src/simulator';
import { adminKeys, Aws, type Keys } from './aws';

const Bucket = 'recordings';
const signal = new AbortController().signal;
const request: ObjectHoldRequest = {
  bucket: Bucket,
  prefixes: ['org/'],
  tags: new Map([['matter', 'M-1']]),
  legalHold: true,
};

let simulator: Simulator;
let aws: Aws;
let folder: string;
const environment = { ...process.env };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'object-hold-'));
  simulator = await startSimulator({ seed: 'none', batchStateMs: 1, batchTasksPerSecond: 1_000_000 });
  aws = new Aws(simulator);
  await aws.lockedBucket(Bucket);
  use(adminKeys(simulator));
});
afterEach(async () => {
  aws.close();
  await simulator.stop();
  process.env = { ...environment };
  rmSync(folder, { recursive: true });
});

/** The engines' clients find their keys and addresses in the environment, as terraform's provider does. */
function use(keys: Keys): void {
  Object.assign(process.env, simulator.env, {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: keys.sessionToken ?? '',
  });
}

function storeOf(): ObjectStore {
  return createS3ObjectStore({
    bucket: Bucket,
    client: () => connectS3({ region: 'us-east-1', endpoints: { s3: simulator.s3Url } }),
  });
}

const seed = (count: number, prefix = 'org/'): void => simulator.seed({ objects: { bucket: Bucket, prefix, count } });
const bucketState = () => simulator.state().buckets.find(({ name }) => name === Bucket);
const keyOf = (index: number): string => `org/${String(index).padStart(9, '0')}.json`;
const writes = (): number =>
  simulator.s3Requests().filter(({ method, status }) => method !== 'GET' && method !== 'HEAD' && status === 200).length;

async function role(RoleName: string, Action: string[], Principal: object): Promise<string> {
  const statement = (more: object): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
  const AssumeRolePolicyDocument = statement({ Principal, Action: 'sts:AssumeRole' });
  const { Role } = await aws.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = statement({ Action, Resource: 'arn:aws:s3:::*' });
  await aws.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }));
  return Role?.Arn ?? '';
}

describe('holding directly', () => {
  test('tags and locks every version, older ones and hidden ones too; a second run writes nothing', async () => {
    seed(40);
    await aws.put(Bucket, keyOf(0), 'a newer version');
    await aws.s3.send(new PutObjectCommand({ Bucket, Key: 'org/ü 😀.json', Body: 'x', Tagging: 'team=voice' }));
    await aws.put(Bucket, 'org/￿.json');
    await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: keyOf(5) }));
    await aws.put(Bucket, 'elsewhere/a');

    const first = await applyObjectHold(request, { store: storeOf() }, signal);
    expect(first).toMatchObject({ versions: 43, changed: 43, failed: 0, stopped: null, hidden: { count: 1 } });
    expect(bucketState()).toMatchObject({ versions: 44, held: 43, tagged: 43, deleteMarkers: 1 });
    const { TagSet } = await aws.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'org/ü 😀.json' }));
    expect(TagSet).toEqual(
      expect.arrayContaining([
        { Key: 'team', Value: 'voice' },
        { Key: 'matter', Value: 'M-1' },
      ]),
    );

    const before = writes();
    const second = await applyObjectHold(request, { store: storeOf() }, signal);
    expect([second.changed, second.unchanged, writes() - before]).toEqual([0, 43, 0]);
    expect(second.manifestSha256).toBe(first.manifestSha256);
  });

  test('lists page by page, every version once', async () => {
    seed(2500);
    await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: keyOf(999) }));
    const pages: number[] = [];
    const seen = new Set<string>();
    for await (const { versions } of storeOf().listVersions('org/', signal)) {
      pages.push(versions.length);
      for (const { key, versionId } of versions) seen.add(`${key} ${versionId}`);
    }
    expect([pages, seen.size]).toEqual([[999, 1000, 501], 2500]);
  });

  test('finds what was changed behind its back, and repairs exactly that', async () => {
    seed(20);
    await applyObjectHold(request, { store: storeOf() }, signal);
    simulator.changeObjectsQuietly({ bucket: Bucket, key: keyOf(3), legalHold: 'OFF' });
    simulator.changeObjectsQuietly({ bucket: Bucket, key: keyOf(4), tags: { matter: null } });
    await aws.put(Bucket, 'org/late.json');

    const found = await inspectObjectHold(request, { store: storeOf() }, signal);
    expect(found).toMatchObject({ versions: 21, right: 18, notHeld: { count: 2 }, notTagged: { count: 2 } });
    const repaired = await applyObjectHold(request, { store: storeOf() }, signal);
    expect(repaired).toMatchObject({ changed: 3, unchanged: 18, writes: { holds: 2, tags: 2 } });
  });

  test('survives SlowDown, and names the one key that stays refused', async () => {
    seed(12);
    simulator.addFault({ server: 's3', method: 'PUT', status: 503, times: 1 });
    simulator.addFault({ server: 's3', path: `/${Bucket}/${keyOf(7)}`, query: 'legal-hold', status: 403, times: 99 });
    const path = join(folder, 'journal.jsonl');
    const journal = await openJournal(path, systemClock);
    const result = await applyObjectHold(request, { store: storeOf(), journal }, signal);
    await journal.close();
    expect(result).toMatchObject({ failed: 1, failuresByCode: { AccessDenied: expect.any(Number) } });
    expect(result.failures.first[0]).toMatchObject({ key: keyOf(7), code: 'AccessDenied' });
    expect(result.failures.first[0]?.missingRight).toContain('s3:');

    simulator.clearFaults();
    const again = await openJournal(path, systemClock);
    const finished = await applyObjectHold(request, { store: storeOf(), journal: again }, signal);
    await again.close();
    expect(finished).toMatchObject({ changed: 1, failed: 0 });
    expect(bucketState()).toMatchObject({ held: 12, tagged: 12 });
  });

  test('needs exactly the rights of a hold role, and says which one is missing', async () => {
    seed(3);
    const rights = [
      's3:ListBucketVersions',
      's3:GetBucketObjectLockConfiguration',
      's3:GetObjectLegalHold',
      's3:PutObjectLegalHold',
      's3:GetObjectTagging',
      's3:GetObjectVersionTagging',
      's3:PutObjectTagging',
      's3:PutObjectVersionTagging',
    ];
    const trusting = { AWS: simulator.accountId };
    const keysOf = async (name: string, actions: string[]): Promise<Keys> => {
      const session = await aws.as(await role(name, actions, trusting));
      const credentials = await session.s3.config.credentials();
      session.close();
      return credentials as Keys;
    };
    use(
      await keysOf(
        'untagging',
        rights.filter((right) => right !== 's3:PutObjectVersionTagging'),
      ),
    );
    const lacking = await applyObjectHold(request, { store: storeOf() }, signal);
    expect(lacking).toMatchObject({ failed: 3, failuresByCode: { AccessDenied: 3 } });
    expect(lacking.failures.first[0]?.missingRight).toContain('s3:PutObjectVersionTagging');
    use(await keysOf('holding', rights));
    expect(await applyObjectHold(request, { store: storeOf() }, signal)).toMatchObject({ failed: 0, changed: 3 });
    expect(bucketState()).toMatchObject({ held: 3, tagged: 3 });
  });

  test('is refused on a bucket that cannot hold', async () => {
    const store = createS3ObjectStore({
      bucket: simulator.bucket,
      client: () => connectS3({ region: 'us-east-1', endpoints: { s3: simulator.s3Url } }),
    });
    await expect(applyObjectHold({ ...request, bucket: simulator.bucket }, { store }, signal)).rejects.toMatchObject({
      code: 'ObjectLockNotEnabled',
    });
  });
});

describe('lifting a hold', () => {
  const version = async () => {
    seed(1);
    for await (const page of storeOf().listVersions('org/', signal)) return page.versions[0] as ObjectVersion;
    throw new Error('there is one');
  };
  const puts = () => simulator.s3Requests().filter(({ method, query }) => method === 'PUT' && 'legal-hold' in query);

  test('is one request, signed in the query for the seconds that are left', async () => {
    const one = await version();
    const store = storeOf();
    await store.writeHold(one, 'ON', signal);

    await store.liftHold(one, 12_900, signal);

    expect((await store.readHold(one, signal)).value).toBe('OFF');
    expect(puts().at(-1)).toMatchObject({ query: { 'X-Amz-Expires': '12' }, status: 200 });
  });

  test('is refused when it arrives late, and nothing is released', async () => {
    const one = await version();
    const store = storeOf();
    await store.writeHold(one, 'ON', signal);
    // Given a server for which more time has passed than the request is good for
    await store.readHold(one, signal);
    simulator.advance(5_000);

    await expect(store.liftHold(one, 1_000, signal)).rejects.toMatchObject({ status: 403, code: 'AccessDenied' });

    expect((await store.readHold(one, signal)).value).toBe('ON');
  });

  test.each([{ status: 503 }, { drop: 'before' as const }, { drop: 'after' as const }])(
    'is never repeated: %j',
    async (fault) => {
      const one = await version();
      const store = storeOf();
      await store.writeHold(one, 'ON', signal);
      const before = puts().length;
      simulator.addFault({ server: 's3', method: 'PUT', times: 1, ...fault });

      const status = 'status' in fault ? 503 : undefined;
      await expect(store.liftHold(one, 5_000, signal)).rejects.toMatchObject({ status });

      expect(puts().length - before).toBe(1);
    },
  );
});

describe('holding with S3 Batch Operations', () => {
  const clock = { now: () => Date.now(), sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 5)) };
  let batch: BatchHoldRequest;

  beforeEach(async () => {
    await aws.lockedBucket('reports');
    const actions = ['s3:GetObject*', 's3:PutObject*', 's3:GetBucketObjectLockConfiguration'];
    const roleArn = await role('batch', actions, { Service: 'batchoperations.s3.amazonaws.com' });
    const settings = { accountId: simulator.accountId, roleArn, bucket: 'reports', prefix: 'batch/' };
    batch = { ...request, holdId: 'hold-1', settings, checksums: true };
  });

  const deps = (): BatchHoldDeps => ({
    store: storeOf(),
    s3: () => connectS3({ region: 'us-east-1', endpoints: { s3: simulator.s3Url } }),
    // The address comes from AWS_ENDPOINT_URL_S3_CONTROL.
    jobs: createJobControl(simulator.accountId, () => connectS3Control({ region: 'us-east-1' })),
    clock,
  });

  test('makes a job for the hold and one for each tag set, and reads their reports', async () => {
    seed(60);
    simulator.changeObjectsQuietly({ bucket: Bucket, prefix: keyOf(1).slice(0, -6), tags: { team: 'voice' } });
    await aws.put(Bucket, 'org/ü, "+".json');
    const result = await applyWithBatchOperations(batch, deps(), signal);
    expect(result).toMatchObject({ versions: 61, failures: { count: 0 }, stopped: null, tasks: { failed: 0 } });
    expect(result.jobs.map(({ status }) => status)).toEqual(result.jobs.map(() => 'Complete'));
    expect(result.tasks.succeeded).toBe(61 * 3);
    expect(bucketState()).toMatchObject({ held: 61, tagged: 61 });
    const { TagSet } = await aws.s3.send(new GetObjectTaggingCommand({ Bucket, Key: keyOf(1) }));
    expect(TagSet).toHaveLength(2);

    const again = await applyWithBatchOperations(batch, deps(), signal);
    expect(again).toMatchObject({ unchanged: 61, jobs: [] });
    expect(await inspectObjectHold(request, { store: storeOf() }, signal)).toMatchObject({ right: 61 });
  });

  test('names the version whose task failed, with the code of S3', async () => {
    seed(20);
    simulator.addFault({
      server: 's3',
      method: 'PUT',
      path: `/${Bucket}/${keyOf(7)}`,
      query: 'legal-hold',
      status: 403,
    });
    const result = await applyWithBatchOperations({ ...batch, checksums: false }, deps(), signal);
    expect(result).toMatchObject({ tasks: { succeeded: 39, failed: 1 }, failures: { count: 1 } });
    expect(result.failures.first[0]).toMatchObject({ key: keyOf(7), step: 'batch', code: 'AccessDenied' });
    expect(bucketState()).toMatchObject({ held: 19, tagged: 20 });
  });

  test('writes manifests in parts when they are large', async () => {
    const upload = (await import('../../src/aws')).StreamingUpload;
    const s3 = await connectS3({ region: 'us-east-1', endpoints: { s3: simulator.s3Url } });
    const writing = new upload({ s3, bucket: 'reports', key: 'large.csv', right: 's3:PutObject' }, signal);
    const line = `${Bucket},${'x'.repeat(90)},${'v'.repeat(32)}\n`;
    const hash = createHash('sha256');
    for (let n = 0; n < 80_000; n += 1) {
      hash.update(line);
      await writing.write(line);
    }
    expect(await writing.finish()).toMatchObject({ sha256: hash.digest('hex'), etag: expect.stringMatching(/-2$/) });
    s3.destroy();
  });
});
