import { CreateBucketCommand, GetObjectLegalHoldCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Aws } from './aws';

const MINUTE = 60_000;
let simulator: Simulator;
let aws: Aws;

beforeEach(async () => {
  simulator = await startSimulator({ seed: 'none' });
  aws = new Aws(simulator);
  await aws.s3.send(new CreateBucketCommand({ Bucket: 'files', ObjectLockEnabledForBucket: true }));
  await aws.put('files', 'k');
});
afterEach(async () => {
  aws.close();
  await simulator.stop();
});

const HOLD = '<LegalHold><Status>ON</Status></LegalHold>';

function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function signed(at: number, seconds: number | string, change: Record<string, string | null> = {}): string {
  const url = new URL(`${simulator.s3Url}/files/k?legal-hold`);
  const parameters: Record<string, string | null> = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${simulator.env['AWS_ACCESS_KEY_ID'] ?? ''}/20260101/us-east-1/s3/aws4_request`,
    'X-Amz-Date': stamp(at),
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'content-md5;host',
    'X-Amz-Signature': 'unverified',
    ...change,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

async function hold(url: string): Promise<{ status: number; text: string }> {
  const headers = { 'content-md5': createHash('md5').update(HOLD).digest('base64') };
  const answer = await fetch(url, { method: 'PUT', body: HOLD, headers });
  return { status: answer.status, text: await answer.text() };
}

async function isHeld(): Promise<boolean> {
  return aws.s3.send(new GetObjectLegalHoldCommand({ Bucket: 'files', Key: 'k' })).then(
    ({ LegalHold }) => LegalHold?.Status === 'ON',
    () => false,
  );
}

test('a legal hold signed in the query is set while it is good', async () => {
  expect((await hold(signed(Date.now(), 60))).status).toBe(200);
  expect(await isHeld()).toBe(true);
});

test('one that is sent after its time is refused and sets nothing', async () => {
  const { status, text } = await hold(signed(Date.now() - 61_000, 60));
  expect({ status, text }).toEqual({
    status: 403,
    text: expect.stringContaining('<Code>AccessDenied</Code>') as string,
  });
  for (const part of ['Request has expired', '<X-Amz-Expires>60<', '<Expires>', '<ServerTime>']) {
    expect(text).toContain(part);
  }
  expect(await isHeld()).toBe(false);
});

test('one that was under way while the clock was moved is refused: a late effect is none', async () => {
  const url = signed(Date.now(), 60);
  simulator.advance(2 * MINUTE);
  expect((await hold(url)).status).toBe(403);
  expect(await isHeld()).toBe(false);
  // A date has whole seconds: what was signed in the second of the move counts as signed before it.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  // Whoever goes by the computer's clock and whoever goes by the simulator's is taken.
  expect((await hold(signed(Date.now(), 60))).status).toBe(200);
  expect((await hold(signed(Date.now() + 2 * MINUTE, 60))).status).toBe(200);
});

test('one that a fault holds back past its time is refused', async () => {
  simulator.addFault({ server: 's3', method: 'PUT', query: 'legal-hold', delayMs: 1200 });
  expect((await hold(signed(Date.now() - 1000, 1))).status).toBe(403);
  expect(await isHeld()).toBe(false);
});

test('one from the future is refused', async () => {
  const { status, text } = await hold(signed(Date.now() + 60 * MINUTE, 60));
  expect({ status, text }).toEqual({ status: 403, text: expect.stringContaining('not yet valid') as string });
});

test.each([
  ['X-Amz-Expires', null, 'requires the'],
  ['X-Amz-Date', null, 'requires the'],
  ['X-Amz-Date', 'yesterday', 'ISO8601'],
  ['X-Amz-Expires', '604801', 'less than a week'],
  ['X-Amz-Expires', '-1', 'non-negative'],
  ['X-Amz-Expires', 'soon', 'should be a number'],
])('a wrong %s (%s) is refused', async (name, value, why) => {
  const { status, text } = await hold(signed(Date.now(), 60, { [name]: value }));
  expect(status).toBe(400);
  expect(text).toContain('AuthorizationQueryParametersError');
  expect(text).toContain(why);
});

test('a request of somebody whose clock is off by more than a quarter of an hour is refused', async () => {
  const send = (at: number): Promise<Response> =>
    fetch(`${simulator.s3Url}/files?versions`, {
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${simulator.env['AWS_ACCESS_KEY_ID'] ?? ''}/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=unverified`,
        'x-amz-date': stamp(at),
      },
    });
  expect((await send(Date.now() - 10 * MINUTE)).status).toBe(200);
  for (const off of [-16, 17]) {
    const answer = await send(Date.now() + off * MINUTE);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>RequestTimeTooSkewed</Code>');
  }
  const iam = await fetch(simulator.s3Url, {
    method: 'POST',
    body: 'Action=ListRoles&Version=2010-05-08',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${simulator.env['AWS_ACCESS_KEY_ID'] ?? ''}/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=unverified`,
      'x-amz-date': stamp(Date.now() - 60 * MINUTE),
    },
  });
  expect(await iam.text()).toContain('Signature expired');
});

test("the SDK's clock follows the simulator's: what it writes after a year is taken", async () => {
  simulator.advance(365 * 24 * 60 * MINUTE);
  await aws.s3.send(new PutObjectCommand({ Bucket: 'files', Key: 'later', Body: 'x' }));
  await aws.s3.send(new PutObjectCommand({ Bucket: 'files', Key: 'later still', Body: 'x' }));
  const answer = await fetch(`${simulator.s3Url}/files/k`);
  const ahead = Date.parse(answer.headers.get('date') ?? '') - Date.now();
  expect(Math.round(ahead / (24 * 60 * MINUTE))).toBe(365);
});
