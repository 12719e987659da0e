import {
  CreateJobCommand,
  DescribeJobCommand,
  ListJobsCommand,
  S3ControlClient,
  UpdateJobStatusCommand,
} from '@aws-sdk/client-s3-control';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import {
  connectS3,
  createJobControl,
  createJobRequest,
  CsvReader,
  decodeKey,
  isOver,
  manifestRow,
  nextStep,
  requestToken,
  StreamingUpload,
  type JobStatus,
  type JobView,
} from '../../../src/aws';
import { startFakeS3, type FakeS3 } from '../../support/fake-s3-server';
import { MemoryObjectStore } from '../../support/memory-object-store';
import { sdkError } from '../policies/sdk-error';

const signal = new AbortController().signal;
const settings = { accountId: '123456789012', roleArn: 'arn:role', bucket: 'ops', prefix: 'p/' };
const hold = { kind: 'hold', status: 'ON' } as const;

describe('a manifest row', () => {
  test('is read back as it was, whatever is in the key', () => {
    fc.assert(
      fc.property(fc.fullUnicodeString({ minLength: 1 }), (key) => {
        const [row] = [...new CsvReader().push(manifestRow('rec', { key, versionId: 'v1' }))];
        expect([row?.[0], decodeKey(row?.[1] ?? ''), row?.[2]]).toEqual(['rec', key, 'v1']);
      }),
    );
  });

  test('is in the form that S3 documents', () => {
    expect(manifestRow('rec', { key: 'org/year=2026/a b,"c"', versionId: 'v1' })).toBe(
      'rec,org/year%3D2026/a%20b%2C%22c%22,v1\n',
    );
  });
});

describe('CSV', () => {
  test('is read the same however it comes in pieces', () => {
    const field = fc.stringOf(fc.constantFrom('a', '"', ',', '\n', ' '), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 })), fc.nat({ max: 9 }), (rows, size) => {
        const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        const reader = new CsvReader();
        const read: (readonly string[])[] = [];
        for (let at = 0; at < text.length; at += size + 1) read.push(...reader.push(text.slice(at, at + size + 1)));
        expect([...read, ...reader.end()]).toEqual(rows);
      }),
    );
  });
});

describe('the request token', () => {
  const manifest = { sha256: 'sha', key: 'run-1-hold.csv' };

  test('is the same for the same work, in the length that S3 takes, and another for other work', () => {
    const token = requestToken('h', hold, manifest);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(requestToken('h', { ...hold }, manifest)).toBe(token);
    const others = [
      // Once it is undone, the same work of a later run is a job of its own.
      requestToken('h', hold, { ...manifest, key: 'run-2-hold.csv' }),
      requestToken('i', hold, manifest),
      requestToken('h', { kind: 'hold', status: 'OFF' }, manifest),
      requestToken('h', hold, { ...manifest, sha256: 'other' }),
      requestToken('h', { kind: 'checksum' }, manifest),
      requestToken('h', { kind: 'tags', tags: new Map([['a', 'b']]) }, manifest),
    ];
    expect(new Set([token, ...others]).size).toBe(7);
  });

  test('does not depend on the order of tags', () => {
    const one = new Map([
      ['a', '1'],
      ['b', '2'],
    ]);
    const other = new Map([
      ['b', '2'],
      ['a', '1'],
    ]);
    expect(requestToken('h', { kind: 'tags', tags: one }, manifest)).toBe(
      requestToken('h', { kind: 'tags', tags: other }, manifest),
    );
  });
});

describe('the state machine of a job', () => {
  const job = (status: JobStatus, tasks = 3): JobView => ({
    id: 'j',
    status,
    tasks,
    succeeded: 1,
    failed: 2,
    failureReasons: [],
    statusUpdateReason: 'because',
  });

  test.each([
    'New',
    'Preparing',
    'Ready',
    'Active',
    'Completing',
    'Cancelling',
    'Failing',
    'Pausing',
    'Paused',
  ] as const)('%s: wait', (status) => {
    expect(nextStep(job(status), 3).do).toBe('wait');
    expect(isOver(status)).toBe(false);
  });
  test.each(['Complete', 'Cancelled', 'Failed'] as const)('%s: finish', (status) => {
    expect(nextStep(job(status), 3)).toMatchObject({ do: 'finish', ok: status === 'Complete' });
    expect(isOver(status)).toBe(true);
  });
  test('Suspended: confirmed only when it is what was asked for', () => {
    expect(nextStep(job('Suspended'), 3)).toEqual({ do: 'confirm' });
    expect(nextStep(job('Suspended', 0), 3)).toEqual({ do: 'confirm' });
    expect(nextStep(job('Suspended', 4), 3)).toMatchObject({
      do: 'cancel',
      why: expect.stringContaining('4 tasks where 3'),
    });
  });
});

describe('jobs over S3 Control', () => {
  const control = mockClient(S3ControlClient);
  const jobs = createJobControl('123456789012', () => Promise.resolve(new S3ControlClient({ region: 'eu-west-1' })));
  beforeEach(() => control.reset());
  const request = createJobRequest(
    'h',
    hold,
    { key: 'p/m.csv', etag: 'e', sha256: 's', entries: 3 },
    settings,
    'aws-us-gov',
  );

  test('are created with manifest, report and role, without confirmation', async () => {
    control.on(CreateJobCommand).resolves({ JobId: 'j1' });
    expect(await jobs.create(request, signal)).toBe('j1');
    expect(control.commandCalls(CreateJobCommand)[0]?.args[0].input).toMatchObject({
      AccountId: '123456789012',
      ConfirmationRequired: false,
      Operation: { S3PutObjectLegalHold: { LegalHold: { Status: 'ON' } } },
      Manifest: {
        Spec: { Fields: ['Bucket', 'Key', 'VersionId'] },
        Location: { ObjectArn: 'arn:aws-us-gov:s3:::ops/p/m.csv', ETag: 'e' },
      },
      Report: { Bucket: 'arn:aws-us-gov:s3:::ops', ReportScope: 'AllTasks' },
      RoleArn: 'arn:role',
    });
  });

  test('without the right to create them the error names it and the role to pass', async () => {
    control.on(CreateJobCommand).rejects(sdkError('AccessDenied', 403));
    await expect(jobs.create(request, signal)).rejects.toMatchObject({
      missingRight: 's3:CreateJob and iam:PassRole for arn:role on *',
    });
  });

  test('are described with progress and reasons', async () => {
    control.on(DescribeJobCommand).resolves({
      Job: {
        JobId: 'j1',
        Status: 'Failed',
        ProgressSummary: { TotalNumberOfTasks: 3, NumberOfTasksSucceeded: 1, NumberOfTasksFailed: 2 },
        FailureReasons: [{ FailureCode: 'Code', FailureReason: 'reason' }],
      },
    });
    const view = await jobs.describe('j1', signal);
    expect(view).toMatchObject({ tasks: 3, succeeded: 1, failed: 2, failureReasons: ['Code: reason'] });
    expect(nextStep(view, 3)).toMatchObject({ do: 'finish', ok: false, why: 'it failed: Code: reason' });
  });

  test('of one hold are found among all that are not over, on all pages', async () => {
    control
      .on(ListJobsCommand)
      .resolves({ Jobs: [{ JobId: 'a', Status: 'Active', Description: 'mine: x' }], NextToken: 't' });
    control.on(ListJobsCommand, { NextToken: 't' }).resolves({
      Jobs: [
        { JobId: 'b', Status: 'New', Description: 'other' },
        { JobId: 'c', Status: 'Complete', Description: 'mine: y' },
        { JobId: 'd', Status: 'Suspended', Description: 'mine: z' },
      ],
    });
    expect((await jobs.unfinished('mine:', signal)).map(({ id }) => id)).toEqual(['a', 'd']);
  });

  test('are confirmed with a reason', async () => {
    control.on(UpdateJobStatusCommand).resolves({});
    await jobs.setStatus('j', 'Ready', 'why', signal);
    expect(control.commandCalls(UpdateJobStatusCommand)[0]?.args[0].input).toMatchObject({
      RequestedJobStatus: 'Ready',
    });
  });
});

describe('a streamed upload', () => {
  let fake: FakeS3;
  beforeAll(async () => {
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
    fake = await startFakeS3(new MemoryObjectStore());
  });
  afterAll(async () => {
    await fake.close();
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
  });
  const begin = async (key: string) => {
    const s3 = await connectS3({ region: 'eu-west-1', endpoints: { s3: fake.endpoint } });
    return new StreamingUpload({ s3, bucket: 'ops', key, right: 's3:PutObject' }, signal);
  };

  test('goes in one piece when it is small', async () => {
    const upload = await begin('small.csv');
    await upload.write('one\n');
    await upload.write('two\n');
    expect(await upload.finish()).toMatchObject({ bytes: 8, etag: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(fake.objects.get('small.csv')?.toString()).toBe('one\ntwo\n');
  });

  test('goes in parts of more than 5 MiB when it is large, with nothing lost', async () => {
    const upload = await begin('large.csv');
    const rows = 200_000;
    for (let row = 0; row < rows; row += 1) await upload.write(`rec,${'k'.repeat(80)}${row},v\n`);
    const { bytes, etag } = await upload.finish();
    const content = fake.objects.get('large.csv')!;
    expect(etag).toBe('multi-3');
    expect(content).toHaveLength(bytes);
    expect(content.toString().split('\n')).toHaveLength(rows + 1);
    expect(content.toString().endsWith(`k${rows - 1},v\n`)).toBe(true);
  });

  test('that is given up leaves no parts behind', async () => {
    const upload = await begin('never.csv');
    await upload.write('x'.repeat(9 * 1024 * 1024));
    await upload.abandon();
    expect(fake.aborted).toEqual(['never.csv']);
    expect(fake.objects.has('never.csv')).toBe(false);
  });
});
