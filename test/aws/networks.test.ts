import { createServer, get, type Agent, type Server } from 'node:http';
import { get as getByTls } from 'node:https';
import { connect, type AddressInfo, type LookupFunction } from 'node:net';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectS3, createS3ObjectStore, describeAwsFailure, type AwsConnection } from '../../src/aws';
import { proxyAgents } from '../../src/aws/proxy';

const signal = new AbortController().signal;
const ref = { key: 'k', versionId: 'v' };
const saved = { ...process.env };

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

beforeEach(() => {
  process.env = { ...saved, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) delete process.env[name];
});
afterAll(() => {
  process.env = saved;
});

const storeOf = (connection: AwsConnection) => {
  const client = connectS3(connection);
  return createS3ObjectStore({ bucket: 'recordings', client: () => client, region: 'eu-central-1' });
};

describe('a proxy of the environment', () => {
  let proxy: Server;
  let port: number;
  let asked: { target: string; authorization: string | undefined }[];
  let answer: string;

  beforeEach(async () => {
    asked = [];
    answer = '403 Forbidden';
    proxy = createServer((_request, response) => response.writeHead(405).end());
    proxy.on('connect', (request, socket) => {
      asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
      socket.end(`HTTP/1.1 ${answer}\r\ncontent-type: text/html\r\n\r\n<html>no</html>`);
    });
    port = await listen(proxy);
  });
  afterEach(() => close(proxy));

  test('is asked for S3, with its decoded password, and its refusal is told as its own', async () => {
    process.env['HTTPS_PROXY'] = `http://us%65r:p%40ss%3A1@127.0.0.1:${port}`;
    const failure = storeOf({ region: 'eu-central-1' }).readTags(ref, signal);
    await expect(failure).rejects.toMatchObject({ code: 'ProxyRefused', status: 403, missingRight: undefined });
    await expect(failure).rejects.toThrow(
      new RegExp(
        `the proxy http://127\\.0\\.0\\.1:${port} answered HTTP 403 Forbidden when asked for recordings\\.s3\\.eu-central-1\\.amazonaws\\.com:443`,
      ),
    );
    await expect(failure).rejects.not.toThrow(/p@ss|p%40ss/);
    expect(asked).toEqual([
      {
        target: 'recordings.s3.eu-central-1.amazonaws.com:443',
        authorization: `Basic ${Buffer.from('user:p@ss:1').toString('base64')}`,
      },
    ]);
  });

  test('that wants a password says so', async () => {
    answer = '407 Proxy Authentication Required';
    process.env['https_proxy'] = `http://127.0.0.1:${port}`;
    const failure = storeOf({ region: 'eu-central-1' }).readTags(ref, signal);
    await expect(failure).rejects.toThrow(
      /407.*asks for a user and a password, or for others than those it got: give them in HTTPS_PROXY/,
    );
  });

  test('that does not listen is named, and not who is behind it', async () => {
    const agents = await proxyAgents({ ALL_PROXY: 'http://127.0.0.1:1' }, { keepAlive: true, maxSockets: 1 });
    for (const [scheme, agent] of [
      [get, agents?.httpAgent],
      [getByTls, agents?.httpsAgent],
    ] as const) {
      const error = await new Promise((done) => {
        scheme({ host: 's3.example.com', ...(agent === undefined ? {} : { agent: agent as Agent }) }).on('error', done);
      });
      const { message } = describeAwsFailure(error, { operation: 'GetObjectTagging', target: 's3://b/k', right: 'x' });
      expect(message).toMatch(/no answer from the proxy http:\/\/127\.0\.0\.1:1: ECONNREFUSED.*Check HTTPS_PROXY/);
      expect(message).not.toContain('example.com');
    }
  });

  test('that speaks plain HTTP where HTTPS_PROXY says https is told so', async () => {
    process.env['HTTPS_PROXY'] = `https://127.0.0.1:${port}`;
    await expect(storeOf({ region: 'eu-central-1' }).readTags(ref, signal)).rejects.toThrow(
      /no answer from the proxy https:.*begin HTTPS_PROXY with http:\/\//s,
    );
    expect(asked).toEqual([]);
  });

  test.each([
    ['http://user:p#ss@127.0.0.1:3128', /it was not sent: HTTPS_PROXY is not the address of a proxy/],
    ['socks5://user:p%23ss@127.0.0.1:1080', /it was not sent: HTTPS_PROXY names a proxy that speaks socks5/],
  ])('that cannot be used is said, without its password: %s', async (value, words) => {
    process.env['HTTPS_PROXY'] = value;
    const failure = storeOf({ region: 'eu-central-1' }).readTags(ref, signal);
    await expect(failure).rejects.toThrow(words);
    await expect(failure).rejects.not.toThrow(/p#ss|p%23ss/);
    await expect(failure).rejects.toMatchObject({ code: 'UnusableProxy', status: undefined, missingRight: undefined });
  });

  test('is asked for STS too, when credentials are looked up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'token-'));
    writeFileSync(join(folder, 'token'), 'token');
    process.env['HTTPS_PROXY'] = `http://127.0.0.1:${port}`;
    delete process.env['AWS_ACCESS_KEY_ID'];
    process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = join(folder, 'token');
    process.env['AWS_ROLE_ARN'] = 'arn:aws:iam::123456789012:role/ci';
    process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
    await expect(storeOf({ region: 'eu-central-1' }).readTags(ref, signal)).rejects.toMatchObject({
      code: 'CredentialsProviderError',
      message: expect.stringContaining('the proxy') as string,
    });
    expect(asked.map(({ target }) => target)).toEqual(['sts.eu-central-1.amazonaws.com:443']);
    rmSync(folder, { recursive: true });
  });

  test('is not asked for this machine', async () => {
    const s3 = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/xml' }).end('<Tagging><TagSet/></Tagging>');
    });
    const s3Port = await listen(s3);
    process.env['HTTPS_PROXY'] = process.env['HTTP_PROXY'] = `http://127.0.0.1:${port}`;
    const store = storeOf({ region: 'eu-central-1', endpoints: { s3: `http://127.0.0.1:${s3Port}` } });
    expect((await store.readTags(ref, signal)).value.size).toBe(0);
    expect(asked).toEqual([]);
    await close(s3);
  });

  test('is not asked for what NO_PROXY names', async () => {
    const s3 = createServer((_request, response) => response.writeHead(204).end());
    const s3Port = await listen(s3);
    process.env['HTTP_PROXY'] = `http://127.0.0.1:${port}`;
    process.env['NO_PROXY'] = '.internal.test';
    const agents = await proxyAgents(process.env, { keepAlive: true, maxSockets: 1 });
    const statusOf = (host: string) =>
      new Promise((done, fail) => {
        // Every name is this machine.
        const lookup: LookupFunction = (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]);
        const options = { host, port: s3Port, lookup, ...(agents === undefined ? {} : { agent: agents.httpAgent }) };
        get(options, (response) => done(response.resume().statusCode)).on('error', fail);
      });
    expect(await statusOf('s3.internal.test')).toBe(204);
    expect(await statusOf('s3.other.test')).toBe(405);
    agents?.httpAgent.destroy();
    await close(s3);
  });

  test('lets requests through its tunnel', async () => {
    const reached: string[] = [];
    const s3 = createServer((request, response) => {
      reached.push(request.headers.host ?? '');
      response.writeHead(200, { 'content-type': 'application/xml' }).end('<Tagging><TagSet/></Tagging>');
    });
    const s3Port = await listen(s3);
    const plain = createServer((request, response) => {
      // An absolute address is what a proxy for plain HTTP is sent.
      asked.push({ target: request.url ?? '', authorization: undefined });
      const { pathname, search } = new URL(request.url ?? '');
      const onward = connect(s3Port, '127.0.0.1', () => {
        onward.write(`GET ${pathname}${search} HTTP/1.1\r\nhost: s3.test\r\nconnection: close\r\n\r\n`);
      });
      onward.pipe(response.socket as NodeJS.WritableStream);
    });
    const plainPort = await listen(plain);
    process.env['HTTP_PROXY'] = `http://127.0.0.1:${plainPort}`;
    const store = storeOf({ region: 'eu-central-1', endpoints: { s3: 'http://s3.test:9000' } });
    expect((await store.readTags(ref, signal)).value.size).toBe(0);
    expect(asked[0]?.target).toMatch(/^http:\/\/s3\.test:9000\/recordings\/k\?/);
    expect(reached).toEqual(['s3.test']);
    await close(plain);
    await close(s3);
  });

  test('is looked for only where a variable names one', async () => {
    expect(await proxyAgents({}, { keepAlive: true, maxSockets: 1 })).toBeUndefined();
  });
});

describe('a refusal of STS', () => {
  test('is none of S3: it names the role and no right in S3', async () => {
    const sts = createServer((request, response) => {
      request.resume();
      response.writeHead(403, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message></Error><RequestId>1111</RequestId></ErrorResponse>',
      );
    });
    const folder = mkdtempSync(join(tmpdir(), 'token-'));
    writeFileSync(join(folder, 'token'), 'token');
    delete process.env['AWS_ACCESS_KEY_ID'];
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${await listen(sts)}`,
      AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'token'),
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/ci',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    const failure = storeOf({ region: 'eu-central-1' }).readTags(ref, signal);
    await expect(failure).rejects.toMatchObject({ code: 'CredentialsProviderError', missingRight: undefined });
    await expect(failure).rejects.toThrow(
      /no AWS credentials: AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity \(HTTP 403\)\. STS refused.*trust policy/,
    );
    await expect(failure).rejects.not.toThrow(/s3:GetObjectTagging/);
    await close(sts);
    rmSync(folder, { recursive: true });
  });
});

describe('a service that is not AWS', () => {
  test.each(['argument', 'environment'])(
    'named by %s is sent Content-MD5, no checksum, and path-style',
    async (how) => {
      const seen: { url: string; host: string; md5: unknown; checksums: string[] }[] = [];
      const s3 = createServer((request, response) => {
        request.resume();
        seen.push({
          url: request.url ?? '',
          host: request.headers.host ?? '',
          md5: request.headers['content-md5'],
          checksums: Object.keys(request.headers).filter((name) => /checksum/.test(name)),
        });
        response.writeHead(200).end();
      });
      const endpoint = `http://localhost:${await listen(s3)}`;
      if (how === 'environment') process.env['AWS_ENDPOINT_URL_S3'] = endpoint;
      const store = storeOf({ region: 'eu-central-1', ...(how === 'argument' ? { endpoints: { s3: endpoint } } : {}) });
      await store.writeTags(ref, new Map([['a', '1']]), signal);
      await store.writeHold(ref, 'ON', signal);
      for (const { url, host, md5, checksums } of seen) {
        expect(url).toMatch(/^\/recordings\/k\?/);
        expect(host).toMatch(/^localhost:/);
        expect(md5).toMatch(/^[\w+/]{22}==$/);
        expect(checksums).toEqual([]);
      }
      expect(seen).toHaveLength(2);
      await close(s3);
    },
  );
});

describe('what AWS says about a denial decides on the remedy', () => {
  const attempt = {
    operation: 'ListObjectVersions',
    target: 's3://b/',
    right: 's3:ListBucketVersions on arn:aws:s3:::b',
  };
  const denied = (message: string, more: object = {}) =>
    describeAwsFailure({ name: 'AccessDenied', message, $metadata: { httpStatusCode: 403 } }, { ...attempt, ...more });

  test.each([
    ['… with an explicit deny in a service control policy', /organization \(SCP or RCP\).*ask the administrators/],
    ['… because no permissions boundary allows the s3:ListBucketVersions action', /permissions boundary.*added/],
    ['… because no session policy allows the s3:ListBucketVersions action', /session policy/],
    ['… because no VPC endpoint policy allows the action', /VPC endpoint/],
    ['… with an explicit deny in a resource-based policy', /statement of the bucket policy/],
    ['Access Denied', /Allow it for the identity that runs this process/],
  ])('%s', (message, remedy) => {
    const failure = denied(message);
    expect(failure.message).toMatch(remedy);
    expect(failure.missingRight).toBe(attempt.right);
  });

  test('with an endpoint the remedy speaks of that service and never of AWS', () => {
    const endpoint = 'https://s3.example.com';
    const odd = { name: 'MissingContentMD5', message: 'x', $metadata: { httpStatusCode: 400 } };
    for (const { message } of [
      denied('Access Denied', { endpoint }),
      describeAwsFailure(odd, { ...attempt, endpoint }),
      describeAwsFailure({ ...odd, $metadata: { httpStatusCode: 501 } }, { ...attempt, endpoint }),
    ]) {
      expect(message).toContain(endpoint);
      expect(message).not.toMatch(/AWS support|bucket policy/);
    }
  });
});
