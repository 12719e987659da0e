import { CreateRoleCommand, DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLegalHoldCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';
import { Aws } from './aws';

const DAY = 86_400_000;
const HALF_AN_HOUR = 1_800_000;
const ACCOUNT = '123456789012';
const running: { simulator: Simulator; aws: Aws[] }[] = [];

interface Shown {
  readonly EventId: string;
  readonly EventName: string;
  readonly Username: string;
  readonly EventTime: number;
  readonly ReadOnly: string;
  readonly Resources: readonly { readonly ResourceType: string; readonly ResourceName: string }[];
  readonly CloudTrailEvent: string;
}

interface Answer {
  readonly status: number;
  readonly body: { readonly Events: readonly Shown[]; readonly NextToken?: string; readonly __type?: string };
}

async function start(options: SimulatorOptions = {}): Promise<{ simulator: Simulator; aws: Aws }> {
  const simulator = await startSimulator({ trailLookupsPerSecond: 1000, ...options });
  const aws = new Aws(simulator);
  running.push({ simulator, aws: [aws] });
  return { simulator, aws };
}

afterEach(async () => {
  for (const { simulator, aws } of running.splice(0)) {
    for (const one of aws) one.close();
    await simulator.stop();
  }
});

async function lookUp(
  simulator: Simulator,
  input: Record<string, unknown> = {},
  accessKeyId = simulator.env['AWS_ACCESS_KEY_ID'] ?? '',
  action = 'LookupEvents',
): Promise<Answer> {
  const answer = await fetch(simulator.env['AWS_ENDPOINT_URL_CLOUDTRAIL'] ?? '', {
    method: 'POST',
    body: JSON.stringify(input),
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/cloudtrail/aws4_request, SignedHeaders=host, Signature=unverified`,
      'x-amz-target': `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.${action}`,
      'content-type': 'application/x-amz-json-1.1',
    },
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

const named = (AttributeKey: string, AttributeValue: string): Record<string, unknown> => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
});

/** A role that may do this, and somebody who has taken it on under a name of his own. */
async function somebody(aws: Aws, name: string, actions: readonly string[]): Promise<Aws> {
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' };
  const document = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await aws.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document(trust) }));
  await aws.iam.send(
    new PutRolePolicyCommand({
      RoleName: name,
      PolicyName: 'all',
      PolicyDocument: document({ Effect: 'Allow', Action: actions, Resource: '*' }),
    }),
  );
  const session = await aws.as(`arn:aws:iam::${ACCOUNT}:role/${name}`);
  running.at(-1)?.aws.push(session);
  return session;
}

/** Sends everything as if it came from this machine. */
function from(client: S3Client, address: string): S3Client {
  client.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers['x-forwarded-for'] = address;
      return next(args);
    },
    { step: 'build' },
  );
  return client;
}

const POLICY = (Bucket: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObjectVersion', Resource: `arn:aws:s3:::${Bucket}/held/*` },
    ],
  });

test('a changed bucket policy names who, from where, when, and what it was', async () => {
  const { simulator, aws } = await start();
  const Bucket = simulator.bucket;
  await aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: POLICY(Bucket) }));
  const eve = await somebody(aws, 'eve', ['s3:*']);
  simulator.advance(HALF_AN_HOUR);
  await from(eve.s3, '203.0.113.66').send(new DeleteBucketPolicyCommand({ Bucket }));
  const { body } = await lookUp(simulator, named('EventName', 'DeleteBucketPolicy'));
  expect(body.Events).toHaveLength(1);
  const [event] = body.Events as [Shown];
  expect(event).toMatchObject({
    Username: 'session',
    ReadOnly: 'false',
    Resources: [{ ResourceType: 'AWS::S3::Bucket', ResourceName: Bucket }],
  });
  expect(Math.abs(event.EventTime * 1000 - (Date.now() + HALF_AN_HOUR))).toBeLessThan(60_000);
  expect(JSON.parse(event.CloudTrailEvent)).toMatchObject({
    eventSource: 's3.amazonaws.com',
    sourceIPAddress: '203.0.113.66',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/eve/session`,
      sessionContext: { sessionIssuer: { userName: 'eve' } },
    },
    requestParameters: { bucketName: Bucket },
    managementEvent: true,
    readOnly: false,
  });
  const put = await lookUp(simulator, named('EventName', 'PutBucketPolicy'));
  expect(JSON.parse(put.body.Events[0]?.CloudTrailEvent ?? '')).toMatchObject({
    userIdentity: { type: 'IAMUser', userName: 'simulator-admin' },
    requestParameters: { bucketPolicy: { Statement: [{ Action: 's3:DeleteObjectVersion' }] } },
  });
});

test('changes of roles, keys and sessions are there, and refusals with their error', async () => {
  const { simulator, aws } = await start();
  const mallory = await somebody(aws, 'mallory', ['s3:*']);
  const { KeyMetadata } = await aws.kms.send(new CreateKeyCommand({}));
  await aws.kms.send(
    new PutKeyPolicyCommand({ KeyId: KeyMetadata?.KeyId, Policy: '{"Version":"2012-10-17","Statement":[]}' }),
  );
  await expect(
    mallory.iam.send(new DeleteRolePolicyCommand({ RoleName: 'mallory', PolicyName: 'all' })),
  ).rejects.toMatchObject({ name: 'AccessDenied' });
  const { body } = await lookUp(simulator, { MaxResults: 50 });
  expect(body.Events.map(({ EventName, Username }) => `${EventName} ${Username}`)).toEqual([
    'DeleteRolePolicy session',
    'PutKeyPolicy simulator-admin',
    'CreateKey simulator-admin',
    'AssumeRole simulator-admin',
    'PutRolePolicy simulator-admin',
    'CreateRole simulator-admin',
  ]);
  const [refused] = body.Events;
  expect(JSON.parse(refused?.CloudTrailEvent ?? '')).toMatchObject({
    errorCode: 'AccessDenied',
    requestParameters: { roleName: 'mallory', policyName: 'all' },
    eventSource: 'iam.amazonaws.com',
  });
  const role = await lookUp(simulator, named('ResourceName', `arn:aws:iam::${ACCOUNT}:role/mallory`));
  expect(role.body.Events).toHaveLength(4);
  const key = await lookUp(simulator, named('ResourceName', KeyMetadata?.Arn ?? ''));
  expect(key.body.Events.map(({ EventName }) => EventName)).toEqual(['PutKeyPolicy']);
});

test('what objects go through is never in the history; a trail writes it into its bucket, five minutes later', async () => {
  const { simulator, aws } = await start({
    trail: { bucket: 'trail', prefix: 'org/' },
    seed: { buckets: [{ name: 'trail' }, { name: 'files', objectLock: true }] },
  });
  const VersionId = await aws.put('files', 'k');
  const eve = await somebody(aws, 'eve', ['s3:*']);
  const s3 = from(eve.s3, '203.0.113.66');
  const object = { Bucket: 'files', Key: 'k', VersionId };
  await s3.send(new PutObjectLegalHoldCommand({ ...object, LegalHold: { Status: 'OFF' } }));
  await s3.send(new GetObjectCommand(object));
  await s3.send(new DeleteObjectCommand(object));
  const history = await lookUp(simulator, {});
  expect(history.body.Events.map(({ EventName }) => EventName)).not.toContain('PutObjectLegalHold');
  const files = async (): Promise<readonly string[]> => {
    const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: 'trail' }));
    return Contents.map(({ Key }) => Key ?? '');
  };
  expect(await files()).toEqual([]);
  simulator.advance(300_000);
  const [key = '', ...others] = await files();
  expect(others).toEqual([]);
  expect(key).toMatch(
    new RegExp(
      `^org/AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/\\d{4}/\\d\\d/\\d\\d/${ACCOUNT}_CloudTrail_us-east-1_\\d{8}T\\d{4}Z_\\w{16}\\.json\\.gz$`,
    ),
  );
  const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: 'trail', Key: key }));
  const log = gunzipSync(Buffer.from((await Body?.transformToByteArray()) ?? [])).toString('utf8');
  const { Records } = JSON.parse(log) as {
    Records: readonly {
      eventName: string;
      eventCategory: string;
      sourceIPAddress: string;
      requestParameters: unknown;
    }[];
  };
  const data = Records.filter(({ eventCategory }) => eventCategory === 'Data');
  expect(data.map(({ eventName }) => eventName)).toEqual(['PutObject', 'PutObjectLegalHold', 'DeleteObject']);
  expect(data[1]).toMatchObject({
    sourceIPAddress: '203.0.113.66',
    requestParameters: { bucketName: 'files', key: 'k', versionId: VersionId, LegalHold: { Status: 'OFF' } },
  });
  expect(Records.map(({ eventName }) => eventName)).toContain('AssumeRole');
});

test('without the right there is no answer', async () => {
  const { simulator, aws } = await start();
  const nobody = await somebody(aws, 'nobody', ['s3:*']);
  const auditor = await somebody(aws, 'auditor', ['cloudtrail:LookupEvents']);
  const keyOf = async (who: Aws): Promise<string> => (await who.s3.config.credentials()).accessKeyId;
  expect(await lookUp(simulator, {}, await keyOf(nobody))).toMatchObject({
    status: 400,
    body: { __type: 'AccessDeniedException' },
  });
  expect((await lookUp(simulator, {}, await keyOf(auditor))).status).toBe(200);
});

test('pages hold up to 50 events, newest first, and new events do not shift them', async () => {
  const { simulator, aws } = await start();
  const Bucket = simulator.bucket;
  const toggle = async (Status: 'Enabled' | 'Suspended'): Promise<unknown> =>
    aws.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  for (let n = 0; n < 120; n += 1) await toggle(n % 2 === 0 ? 'Suspended' : 'Enabled');
  const query = named('EventName', 'PutBucketVersioning');
  const seen: string[] = [];
  const sizes: number[] = [];
  let NextToken: string | undefined;
  do {
    const { body } = await lookUp(simulator, { ...query, ...(NextToken === undefined ? {} : { NextToken }) });
    sizes.push(body.Events.length);
    seen.push(...body.Events.map(({ EventId }) => EventId));
    ({ NextToken } = body);
    await toggle('Enabled');
  } while (NextToken !== undefined);
  expect(sizes).toEqual([50, 50, 20]);
  expect(new Set(seen).size).toBe(120);
  const { body: first } = await lookUp(simulator, { ...query, MaxResults: 1 });
  expect(await lookUp(simulator, { MaxResults: 1, NextToken: first.NextToken })).toMatchObject({
    status: 400,
    body: { __type: 'InvalidNextTokenException' },
  });
});

test('the history is 90 days long, can be cut by time, and may be late', async () => {
  const { simulator, aws } = await start();
  const Bucket = simulator.bucket;
  await aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: POLICY(Bucket) }));
  const query = named('EventName', 'PutBucketPolicy');
  const count = async (more: Record<string, unknown> = {}): Promise<number> =>
    (await lookUp(simulator, { ...query, ...more })).body.Events.length;
  const now = Math.floor(Date.now() / 1000);
  expect([await count({ StartTime: now - 60 }), await count({ EndTime: now - 60 })]).toEqual([1, 0]);
  simulator.advance(89 * DAY);
  expect(await count()).toBe(1);
  simulator.advance(DAY);
  expect(await count()).toBe(0);
  simulator.configure({ trailLookupDelayMs: 900_000 });
  await aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: POLICY(Bucket) }));
  expect(await count()).toBe(0);
  simulator.advance(900_000);
  expect(await count()).toBe(1);
});

test('two requests a second, as AWS allows', async () => {
  const { simulator } = await start({ trailLookupsPerSecond: 2 });
  const answers = await Promise.all([1, 2, 3, 4].map(() => lookUp(simulator)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 400, 400]);
  expect(answers.find(({ status }) => status === 400)?.body.__type).toBe('ThrottlingException');
});

test.each([
  [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
  [{ StartTime: 2, EndTime: 1 }, 'InvalidTimeRangeException'],
  [{ StartTime: 'yesterday' }, 'SerializationException'],
  [named('Actor', 'x'), 'InvalidLookupAttributesException'],
  [{ LookupAttributes: [{}, {}] }, 'InvalidLookupAttributesException'],
  [{ NextToken: 'x' }, 'InvalidNextTokenException'],
])('%j is refused', async (input, type) => {
  const { simulator } = await start();
  expect(await lookUp(simulator, input)).toMatchObject({ status: 400, body: { __type: type } });
});

test('reads are in the history as such; another operation is not simulated; faults hit by name', async () => {
  const { simulator, aws } = await start();
  await aws.s3.send(new GetBucketPolicyCommand({ Bucket: simulator.bucket })).catch(() => undefined);
  const { body } = await lookUp(simulator, named('ReadOnly', 'true'));
  expect(body.Events[0]).toMatchObject({ EventName: 'GetBucketPolicy' });
  expect((await lookUp(simulator, {}, undefined, 'CreateTrail')).status).toBe(501);
  simulator.addFault({ server: 'cloudtrail', path: '/LookupEvents', status: 503 });
  expect((await lookUp(simulator)).status).toBe(503);
});

test('events are kept over a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'simulator-'));
  try {
    const { simulator, aws } = await start({ dataDir });
    await aws.s3.send(new PutBucketPolicyCommand({ Bucket: simulator.bucket, Policy: POLICY(simulator.bucket) }));
    const { simulator: second } = await start({ dataDir });
    expect((await lookUp(second, named('EventName', 'PutBucketPolicy'))).body.Events).toHaveLength(1);
  } finally {
    for (const { simulator } of running) await simulator.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
