import { createDeliveryProof, describeAwsFailure } from '../../src/aws';
import type { Simulator } from '../../src/simulator';
import { Session } from '../simulator/session';

const DAY = 86_400_000;

describe('the proof of delivery', () => {
  let s: Session;
  let simulator: Simulator;
  const saved = { ...process.env };

  beforeAll(async () => {
    s = await Session.start({ seed: { conversations: 1500 } });
    simulator = s.simulator;
    // The SDK reads these when a client is made.
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) process.env[name] = simulator.env[name];
    await s.runJob();
  });
  afterAll(async () => {
    process.env = saved;
    await simulator.stop();
  });

  const destination = (): Parameters<typeof createDeliveryProof>[0] => ({
    bucket: simulator.bucket,
    region: 'us-east-1',
    endpoint: simulator.s3Url,
  });

  test('sees a recording once its file is in the bucket, in the order asked for', async () => {
    const all = simulator.state().exports;
    const proof = createDeliveryProof(destination());
    const { signal } = new AbortController();
    expect(new Set(await proof(all, signal))).toEqual(new Set([false]));

    s.pass(1000);
    const arrived = simulator.state().exports.map((one) => one.exportedDate !== null);
    expect(new Set(arrived)).toEqual(new Set([true, false]));
    expect(await proof(all, signal)).toEqual(arrived);

    s.pass(DAY);
    const unknown = {
      conversationId: all[0]?.conversationId ?? '',
      recordingId: '00000000-0000-4000-8000-000000000000',
    };
    expect(await proof([...all, unknown].reverse(), signal)).toEqual([false, ...all.map(() => true)]);
  });

  test('reads each page once, stops when all were seen, and asks nothing for nothing', async () => {
    s.pass(DAY);
    const all = simulator.state().exports;
    const proof = createDeliveryProof(destination());
    const { signal } = new AbortController();
    const pagesRead = async (recordings: typeof all): Promise<number> => {
      const before = simulator.s3Requests().length;
      await proof(recordings, signal);
      return simulator.s3Requests().length - before;
    };
    // 1,500 recordings, with a metadata file each, in pages of 1,000
    expect(await pagesRead(all)).toBe(3);
    expect(await pagesRead([])).toBe(0);
    const first = await firstInBucket();
    expect(await pagesRead(all.filter((one) => one.conversationId === first))).toBe(1);
  });

  const firstInBucket = async (): Promise<string | undefined> => {
    const listing = await fetch(`${simulator.s3Url}/${simulator.bucket}?list-type=2&max-keys=1`, {
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${simulator.env['AWS_ACCESS_KEY_ID']}/20260301/us-east-1/s3/aws4_request`,
      },
    });
    return /conversation_id=([^/]+)/.exec(await listing.text())?.[1];
  };

  test('looks only under the prefix', async () => {
    const all = simulator.state().exports;
    const { signal } = new AbortController();
    const under = createDeliveryProof({ ...destination(), prefix: `${simulator.organizationId}/` });
    expect((await under(all.slice(0, 1), signal))[0]).toBe(true);
    const elsewhere = createDeliveryProof({ ...destination(), prefix: 'elsewhere/' });
    expect((await elsewhere(all.slice(0, 1), signal))[0]).toBe(false);
  });

  test('survives S3 asking to slow down', async () => {
    simulator.addFault({ server: 's3', status: 503, times: 2 });
    const all = simulator.state().exports;
    const proof = createDeliveryProof(destination());
    expect((await proof(all.slice(0, 1), new AbortController().signal))[0]).toBe(true);
  });

  test('says what is missing when S3 refuses', async () => {
    simulator.addFault({ server: 's3', status: 403 });
    const all = simulator.state().exports;
    const refusal = createDeliveryProof(destination())(all, new AbortController().signal);
    await expect(refusal).rejects.toMatchObject({
      name: 'AwsError',
      code: 'AccessDenied',
      status: 403,
      requestId: expect.stringMatching(/^[0-9A-F]{16}$/) as string,
      missingRight: `s3:ListBucket on arn:aws:s3:::${simulator.bucket}`,
    });
    const unknown = createDeliveryProof({ ...destination(), bucket: 'nowhere' })(all, new AbortController().signal);
    await expect(unknown).rejects.toThrow(
      /ListObjectsV2 on s3:\/\/nowhere\/ failed: NoSuchBucket.*Check the bucket name/,
    );
  });

  test('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const proof = createDeliveryProof(destination());
    simulator.addFault({ server: 's3', delayMs: 5000 });
    const asked = proof(simulator.state().exports, controller.signal);
    setTimeout(() => controller.abort(new Error('the time is over')), 50);
    await expect(asked).rejects.toThrow('the time is over');
    await expect(proof([], controller.signal)).rejects.toThrow('the time is over');
  });
});

describe('the words of an AWS failure', () => {
  const attempt = {
    operation: 'ListObjectsV2',
    target: 's3://b/',
    right: 's3:ListBucket on arn:aws:s3:::b',
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:1',
  };

  test.each([
    [
      { name: 'PermanentRedirect', message: 'use another endpoint', $metadata: { httpStatusCode: 301 } },
      /another region than eu-west-1/,
    ],
    [{ name: 'CredentialsProviderError', message: 'none found' }, /AWS_ACCESS_KEY_ID/],
    [{ name: 'ExpiredToken', message: 'expired', $metadata: { httpStatusCode: 400 } }, /sign in again/],
    [
      Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
      /ECONNREFUSED.*http:\/\/127\.0\.0\.1:1 can be reached/,
    ],
    [new Error('Region is missing'), /AWS_REGION/],
    [
      { name: 'SlowDown', message: 'slow', $metadata: { httpStatusCode: 503, requestId: 'R1' } },
      /Request id R1.*repeat later/,
    ],
    [{ name: 'Odd', message: 'odd', $metadata: { httpStatusCode: 418 } }, /give the request id/],
    ['not even an error', /not even an error/],
  ])('%#', (error, words) => {
    const { message } = describeAwsFailure(error, attempt);
    expect(message).toMatch(/^ListObjectsV2 on s3:\/\/b\/ failed: /);
    expect(message).toMatch(words);
  });
});
