import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectTaggingCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import {
  CreateJobCommand,
  DescribeJobCommand,
  ListJobsCommand,
  UpdateJobStatusCommand,
  type CreateJobRequest,
  type JobDescriptor,
  type JobOperation,
} from '@aws-sdk/client-s3-control';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { Aws } from './aws';

const ACTIONS = [
  's3:Get*',
  's3:PutObjectTagging',
  's3:PutObjectVersionTagging',
  's3:PutObjectLegalHold',
  's3:PutObject',
];
let now = Date.parse('2026-03-01T00:00:00Z');
let simulator: Simulator;
let aws: Aws;
let folder: string;
const options = (): SimulatorOptions => ({
  seed: 'none',
  now: () => now,
  batchStateMs: 1000,
  batchTasksPerSecond: 100,
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  await begin({ ...options() });
});
afterEach(async () => {
  aws.close();
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function begin(settings: SimulatorOptions): Promise<void> {
  simulator = await startSimulator(settings);
  aws = new Aws(simulator);
  await aws.lockedBucket('recordings');
  await aws.lockedBucket('reports');
  await role('batch', ACTIONS);
}

async function role(RoleName: string, Action: string[], Service = 'batchoperations.s3.amazonaws.com'): Promise<void> {
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
  });
  await aws.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::*' }],
  });
  await aws.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }));
}

async function manifestOf(rows: readonly string[]): Promise<CreateJobRequest['Manifest']> {
  const Body = `${rows.join('\n')}\n`;
  const { ETag } = await aws.s3.send(new PutObjectCommand({ Bucket: 'reports', Key: 'manifest.csv', Body }));
  return {
    Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key', 'VersionId'] },
    Location: { ObjectArn: 'arn:aws:s3:::reports/manifest.csv', ETag },
  };
}

async function start(
  rows: readonly string[],
  Operation: JobOperation,
  more: Partial<CreateJobRequest> = {},
): Promise<string> {
  const Manifest = more.Manifest ?? (await manifestOf(rows));
  const { JobId } = await aws.control.send(
    new CreateJobCommand({
      AccountId: simulator.accountId,
      Operation,
      Manifest,
      Report: {
        Enabled: true,
        Bucket: 'arn:aws:s3:::reports',
        Prefix: 'out',
        Format: 'Report_CSV_20180820',
        ReportScope: 'AllTasks',
      },
      ClientRequestToken: createHash('sha256')
        .update(JSON.stringify([rows, Operation]))
        .digest('hex'),
      Priority: 10,
      RoleArn: `arn:aws:iam::${simulator.accountId}:role/batch`,
      ...more,
    }),
  );
  return JobId ?? '';
}

async function look(JobId: string): Promise<JobDescriptor> {
  return (await aws.control.send(new DescribeJobCommand({ AccountId: simulator.accountId, JobId }))).Job ?? {};
}

async function report(JobId: string): Promise<readonly string[]> {
  const text = async (Key: string): Promise<string> =>
    (await (await aws.s3.send(new GetObjectCommand({ Bucket: 'reports', Key }))).Body?.transformToString()) ?? '';
  const { Results } = JSON.parse(await text(`out/job-${JobId}/manifest.json`)) as {
    Results: { Key: string; MD5Checksum: string }[];
  };
  const files = await Promise.all(Results.map(({ Key }) => text(Key)));
  files.forEach((file, at) => expect(createHash('md5').update(file).digest('hex')).toBe(Results[at]?.MD5Checksum));
  return files.flatMap((file) => file.trimEnd().split('\n'));
}

const row = (key: string, versionId: string): string => `recordings,${encodeURIComponent(key)},${versionId}`;
const HOLD: JobOperation = { S3PutObjectLegalHold: { LegalHold: { Status: 'ON' } } };

describe('a job of S3 Batch Operations', () => {
  test('goes through its states, does its tasks in time, and reports them', async () => {
    const keys = Array.from({ length: 150 }, (_, index) => `a b/${index},"é".json`);
    const rows = await Promise.all(keys.map(async (key) => row(key, await aws.put('recordings', key))));
    const id = await start(rows, { S3PutObjectTagging: { TagSet: [{ Key: 'matter', Value: 'a b' }] } });
    const seen: (string | undefined)[] = [];
    for (let step = 0; step < 10; step += 1) {
      const { Status, ProgressSummary } = await look(id);
      seen.push(`${Status} ${ProgressSummary?.NumberOfTasksSucceeded}/${ProgressSummary?.TotalNumberOfTasks}`);
      now += 500;
    }
    expect(seen).toEqual([
      'New 0/0',
      'New 0/0',
      'Preparing 0/0',
      'Preparing 0/0',
      'Ready 0/150',
      'Ready 0/150',
      'Active 0/150',
      'Active 50/150',
      'Active 100/150',
      'Completing 150/150',
    ]);
    now += 1000;
    expect((await look(id)).Status).toBe('Complete');
    const lines = await report(id);
    expect(lines).toHaveLength(150);
    expect(lines[0]).toBe(`${rows[0]},succeeded,200,,Successful`);
    const Key = keys[7] ?? '';
    expect((await aws.s3.send(new GetObjectTaggingCommand({ Bucket: 'recordings', Key }))).TagSet).toEqual([
      { Key: 'matter', Value: 'a b' },
    ]);
    expect(simulator.state().batchJobs).toMatchObject([{ status: 'Complete', succeeded: 150, failed: 0 }]);
  });

  test('holds exactly the versions of its manifest, and names tasks that fail', async () => {
    const old = await aws.put('recordings', 'a');
    await aws.put('recordings', 'a');
    const id = await start([row('a', old), row('gone', old)], HOLD);
    now += 60_000;
    expect(await look(id)).toMatchObject({
      Status: 'Complete',
      ProgressSummary: { TotalNumberOfTasks: 2, NumberOfTasksSucceeded: 1, NumberOfTasksFailed: 1 },
    });
    const status = async (VersionId?: string): Promise<string | undefined> =>
      (await aws.s3.send(new GetObjectLegalHoldCommand({ Bucket: 'recordings', Key: 'a', VersionId }))).LegalHold
        ?.Status;
    expect(await status(old)).toBe('ON');
    await expect(status()).rejects.toMatchObject({ name: 'NoSuchObjectLockConfiguration' });
    expect(await report(id)).toEqual([
      `${row('a', old)},succeeded,200,,Successful`,
      expect.stringMatching(/^recordings,gone,\w+,failed,(403|404),\w+,/),
    ]);
  });

  test('computes checksums into its report', async () => {
    const version = await aws.put('recordings', 'a', 'content');
    const id = await start([row('a', version)], {
      S3ComputeObjectChecksum: { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' },
    });
    now += 60_000;
    await look(id);
    const sha256 = createHash('sha256').update('content').digest('base64');
    expect((await report(id))[0]).toContain(`""checksum_base64"":""${sha256}""`);
  });

  test('is made once for a request token, and refuses another job under it', async () => {
    const version = await aws.put('recordings', 'a');
    const id = await start([row('a', version)], HOLD);
    expect(await start([row('a', version)], HOLD)).toBe(id);
    const ClientRequestToken = (await look(id)) && 'the same';
    await start([row('a', version)], HOLD, { ClientRequestToken });
    await expect(start([row('a', version)], HOLD, { ClientRequestToken, Priority: 11 })).rejects.toMatchObject({
      name: 'IdempotencyException',
    });
    const { Jobs } = await aws.control.send(new ListJobsCommand({ AccountId: simulator.accountId }));
    expect(Jobs).toHaveLength(2);
  });

  test('waits for its confirmation, and can be cancelled instead', async () => {
    const version = await aws.put('recordings', 'a');
    const ask = { ConfirmationRequired: true };
    const [first, second] = [
      await start([row('a', version)], HOLD, { ...ask, ClientRequestToken: '1' }),
      await start([row('a', version)], HOLD, { ...ask, ClientRequestToken: '2' }),
    ];
    now += 60_000;
    expect(await look(first)).toMatchObject({ Status: 'Suspended', SuspendedCause: 'AwaitingConfirmation' });
    const update = (JobId: string, RequestedJobStatus: 'Ready' | 'Cancelled'): Promise<unknown> =>
      aws.control.send(
        new UpdateJobStatusCommand({
          AccountId: simulator.accountId,
          JobId,
          RequestedJobStatus,
          StatusUpdateReason: 'because',
        }),
      );
    await update(first, 'Ready');
    await update(second, 'Cancelled');
    now += 60_000;
    expect((await look(first)).Status).toBe('Complete');
    expect(await look(second)).toMatchObject({ Status: 'Cancelled', StatusUpdateReason: 'because' });
    await expect(update(first, 'Cancelled')).rejects.toMatchObject({ name: 'JobStatusException' });
    const { Jobs } = await aws.control.send(
      new ListJobsCommand({ AccountId: simulator.accountId, JobStatuses: ['Cancelled'] }),
    );
    expect(Jobs?.map((job) => job.JobId)).toEqual([second]);
  });

  test.each([
    ['a changed manifest', 'ManifestETagMismatch', { etag: '"0123"' }],
    ['rows of another shape', 'InvalidManifestContent', { rows: ['Bucket,Key', 'recordings,a'] }],
    ['a role that does not trust S3', 'InvalidRole', { RoleName: 'untrusting' }],
    ['a role that may not read the manifest', 'AccessDenied', { RoleName: 'blind' }],
  ])('fails for %s', async (_why, FailureCode, fault: { etag?: string; rows?: string[]; RoleName?: string }) => {
    await role('untrusting', ACTIONS, 'lambda.amazonaws.com');
    await role('blind', ['s3:PutObjectLegalHold']);
    const rows = fault.rows ?? [row('a', await aws.put('recordings', 'a'))];
    const Manifest = (await manifestOf(rows)) as { Location: { ETag?: string } } & CreateJobRequest['Manifest'];
    if (fault.etag !== undefined) Manifest.Location.ETag = fault.etag;
    const RoleArn = `arn:aws:iam::${simulator.accountId}:role/${fault.RoleName ?? 'batch'}`;
    const id = await start(rows, HOLD, { Manifest, RoleArn });
    now += 60_000;
    expect(await look(id)).toMatchObject({
      Status: 'Failed',
      ProgressSummary: { NumberOfTasksSucceeded: 0 },
      FailureReasons: [{ FailureCode }],
    });
  });

  test('stops when more than half of its tasks fail', async () => {
    simulator.seed({ objects: { bucket: 'recordings', prefix: 'many/', count: 400 } });
    const { Versions = [] } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket: 'recordings' }));
    const good = Versions.map(({ Key = '', VersionId = '' }) => row(Key, VersionId));
    const bad = Array.from({ length: 1600 }, (_, index) => row(`missing-${index}`, 'x'));
    const id = await start([...good, ...bad], HOLD);
    now += 600_000;
    await look(id);
    now += 600_000;
    expect(await look(id)).toMatchObject({
      Status: 'Failed',
      ProgressSummary: { NumberOfTasksSucceeded: 400, NumberOfTasksFailed: 600, TotalNumberOfTasks: 2000 },
      FailureReasons: [{ FailureCode: 'TaskFailureThresholdExceeded' }],
    });
    expect(await report(id)).toHaveLength(1000);
  });

  test('has the rights of its role, and the faults of S3, object by object', async () => {
    await role(
      'tagger',
      ACTIONS.filter((action) => action !== 's3:PutObjectLegalHold'),
    );
    const rows = [row('a', await aws.put('recordings', 'a')), row('b', await aws.put('recordings', 'b'))];
    const RoleArn = `arn:aws:iam::${simulator.accountId}:role/tagger`;
    const denied = await start(rows, HOLD, { RoleArn });
    now += 60_000;
    await look(denied);
    expect(await report(denied)).toEqual(rows.map((one) => expect.stringContaining(`${one},failed,403,AccessDenied,`)));
    simulator.addFault({ server: 's3', path: '/recordings/b', query: 'legal-hold', status: 503 });
    const stumbling = await start(rows, HOLD, { ClientRequestToken: 'again' });
    now += 60_000;
    await look(stumbling);
    expect(await report(stumbling)).toEqual([
      `${rows[0]},succeeded,200,,Successful`,
      expect.stringContaining(`${rows[1]},failed,503,SlowDown,`),
    ]);
  });

  test('continues after a restart', async () => {
    aws.close();
    await simulator.stop();
    const kept = { ...options(), dataDir: folder };
    await begin(kept);
    const rows: string[] = [];
    for (let n = 0; n < 60; n += 1) rows.push(row(`k${n}`, await aws.put('recordings', `k${n}`)));
    const id = await start(rows, HOLD);
    now += 3250;
    expect((await look(id)).ProgressSummary?.NumberOfTasksSucceeded).toBe(25);
    aws.close();
    await simulator.stop();
    simulator = await startSimulator(kept);
    aws = new Aws(simulator);
    now += 60_000;
    expect(await look(id)).toMatchObject({ Status: 'Complete', ProgressSummary: { NumberOfTasksSucceeded: 60 } });
    expect(await report(id)).toHaveLength(60);
    expect(simulator.state().buckets.find(({ name }) => name === 'recordings')).toMatchObject({ held: 60 });
  });
});
