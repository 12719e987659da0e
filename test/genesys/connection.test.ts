import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Genesys, GenesysConfig } from '../../src/genesys';
import { checkConfig, createGenesys, GenesysError, ProcessState, regionDomain, regionNames } from '../../src/genesys';
import { FakeCloud } from './fake-cloud';
import { configFor, fastClock, never, seeded } from './helpers';

let cloud: FakeCloud;

beforeEach(async () => {
  cloud = await FakeCloud.start();
});

afterEach(() => cloud.stop());

function genesys(overrides: Partial<GenesysConfig> = {}, factor = 500): Genesys {
  return createGenesys(configFor(cloud.port, overrides), {
    clock: fastClock(factor),
    random: seeded(),
    state: new ProcessState(),
  });
}

async function failure(of: Promise<unknown>): Promise<GenesysError> {
  const error: unknown = await of.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GenesysError);
  return error as GenesysError;
}

describe('a connection', () => {
  test('sends nothing before the first call, then logs in once for all requests', async () => {
    const sut = genesys();
    expect(cloud.seen).toHaveLength(0);
    await Promise.all([sut.organizationId(never), sut.integration('x', never).catch(() => null)]);
    await sut.organizationId(never);
    expect(cloud.tokens).toBe(1);
    const [login, first] = cloud.seen;
    expect(login?.headers.authorization).toBe(`Basic ${Buffer.from('client-1:very-secret-value').toString('base64')}`);
    expect(login?.body).toBe('grant_type=client_credentials');
    expect(first?.headers.authorization).toBe('Bearer token-1');
    expect(cloud.requests('GET', '/api/v2/organizations/me')).toHaveLength(1);
  });

  test('uses an access token as it is', async () => {
    await genesys({ accessToken: 'given-token' }).organizationId(never);
    expect(cloud.seen.map((seen) => seen.headers.authorization)).toEqual(['Bearer given-token']);
  });

  test('renews a token that is refused, once', async () => {
    let refused = 0;
    cloud.intercept = ({ headers }) =>
      headers.authorization === 'Bearer token-1' && (refused += 1) > 0
        ? { status: 401, body: { code: 'bad.credentials', message: 'expired' } }
        : undefined;
    expect(await genesys().organizationId(never)).toBe('org-1');
    expect(cloud.tokens).toBe(2);
    expect(refused).toBe(1);

    cloud.intercept = ({ path }) => (path.startsWith('/api') ? { status: 401, body: { code: 'no' } } : undefined);
    expect((await failure(genesys().organizationId(never))).status).toBe(401);
    expect(cloud.tokens).toBe(4);
  });

  test('cannot renew an access token and says so', async () => {
    cloud.intercept = () => ({ status: 401, body: { code: 'bad.credentials', message: 'given-token is wrong' } });
    const error = await failure(genesys({ accessToken: 'given-token' }).organizationId(never));
    expect(error.remedy).toContain('Renew access_token');
    expect(error.message).not.toContain('given-token');
    expect(cloud.seen).toHaveLength(1);
  });

  test('waits when the token endpoint throttles', async () => {
    let throttled = 3;
    cloud.intercept = ({ path }) =>
      path === '/oauth/token' && (throttled -= 1) >= 0
        ? { status: 400, body: { error: 'invalid_request', error_description: 'rate limit exceeded; try later' } }
        : undefined;
    expect(await genesys({}, 50).organizationId(never)).toBe('org-1');
  });

  test('names the credentials when the secret is wrong, and never shows them', async () => {
    cloud.intercept = ({ path }) =>
      path === '/oauth/token'
        ? { status: 401, body: { error: 'invalid_client', description: 'very-secret-value does not fit' } }
        : undefined;
    const error = await failure(genesys().organizationId(never));
    expect(error).toMatchObject({ operation: 'log in to Genesys Cloud', status: 401, code: 'invalid_client' });
    expect(error.remedy).toContain('oauthclient_secret');
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain('very-secret-value');
  });

  test('puts the paths of a gateway before those of API and login', async () => {
    cloud.intercept = ({ path }) =>
      path === '/genesys/login/oauth/token'
        ? { body: { access_token: 't', expires_in: 60_000 } }
        : path === '/genesys/api/api/v2/organizations/me'
          ? { body: { id: 'behind-gateway', version: 1 } }
          : { status: 404 };
    const gateway = {
      protocol: 'http',
      host: '127.0.0.1',
      port: cloud.port,
      pathParams: [
        { name: 'login', value: 'genesys/login' },
        { name: 'api', value: '/genesys/api/' },
      ],
    };
    expect(await genesys({ gateway }).organizationId(never)).toBe('behind-gateway');
  });

  test('goes through a proxy with its credentials', async () => {
    const asked: { url: string | undefined; auth: string | undefined }[] = [];
    const proxy = createHttpServer((request, response) => {
      asked.push({ url: request.url, auth: request.headers['proxy-authorization'] });
      const body = (request.url ?? '').includes('oauth')
        ? { access_token: 't', expires_in: 60_000 }
        : { id: 'via-proxy', version: 1 };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    try {
      const sut = genesys({
        gateway: { protocol: 'http', host: 'gateway.invalid' },
        proxy: {
          protocol: 'http',
          host: '127.0.0.1',
          port: (proxy.address() as AddressInfo).port,
          auth: { username: 'u', password: 'p' },
        },
      });
      expect(await sut.organizationId(never)).toBe('via-proxy');
      expect(asked.map(({ url }) => url)).toEqual([
        'http://gateway.invalid/oauth/token',
        'http://gateway.invalid/api/v2/organizations/me',
      ]);
      expect(asked[0]?.auth).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`);
    } finally {
      proxy.close();
    }
  });

  test('gives back the reason of an abort, at once', async () => {
    cloud.intercept = ({ path }) => (path.startsWith('/api') ? { delayMs: 20_000 } : undefined);
    const stop = new AbortController();
    const reason = new Error('enough');
    const asked = genesys({}, 1).organizationId(stop.signal);
    setTimeout(() => stop.abort(reason), 100);
    await expect(asked).rejects.toBe(reason);
  });

  test('follows no redirect: the token would go somewhere nobody has configured', async () => {
    cloud.intercept = ({ path }) =>
      path.startsWith('/api') ? { status: 302, headers: { location: 'http://127.0.0.1:1/elsewhere' } } : undefined;
    expect((await failure(genesys().organizationId(never))).status).toBe(302);
  });
});

describe('an error', () => {
  test('names what was tried, why it failed, the permission, the correlation id and what to do', async () => {
    cloud.intercept = ({ path }) =>
      path.startsWith('/api')
        ? { status: 403, body: { code: 'missing.permission', message: 'Not allowed' } }
        : undefined;
    const error = await failure(genesys().integration('abc', never));
    expect(error.message).toBe(
      [
        'Could not read the integration.',
        'GET /api/v2/integrations/abc: HTTP 403 missing.permission: Not allowed.',
        'Missing permission: integrations:integration:view.',
        'Correlation id: correlation-1.',
        'Grant integrations:integration:view to a role of the OAuth client (Admin > Roles), in all divisions concerned.',
      ].join('\n'),
    );
  });

  test('believes Genesys Cloud about which permission is missing', async () => {
    cloud.intercept = ({ path }) =>
      path.startsWith('/api')
        ? { status: 403, body: { code: 'missing', message: 'You need directory:organization:view for that' } }
        : undefined;
    expect((await failure(genesys().organizationId(never))).missingPermission).toBe('directory:organization:view');
  });

  test('of an address where nothing listens says so soon', async () => {
    const { port } = cloud;
    const sut = genesys();
    await cloud.stop();
    const error = await failure(sut.organizationId(never));
    cloud = await FakeCloud.start();
    expect(error).toMatchObject({ status: 0, code: 'ECONNREFUSED' });
    expect(error.remedy).toContain(`http://127.0.0.1:${port}`);
  });

  test('of a host that does not exist names the settings to look at', async () => {
    const error = await failure(
      genesys({ gateway: { protocol: 'http', host: 'no-such-host.invalid' } }).organizationId(never),
    );
    expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(error.code);
    expect(error.remedy).toContain('gateway.host');
  });

  test('of a certificate chain that is not complete asks for the chain, not for less verification', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chain-'));
    try {
      const { key, cert } = leafWithoutIssuer(folder);
      const server = createHttpsServer({ key, cert }, (_request, response) => response.end());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const error = await failure(
        genesys({ gateway: { protocol: 'https', host: '127.0.0.1', port } }).organizationId(never),
      );
      server.close();
      expect(error.code).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
      expect(error.remedy).toContain('NODE_EXTRA_CA_CERTS');
      expect(error.remedy).toContain('Do not switch verification off');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('of a gateway that speaks no TLS points at the protocol', async () => {
    const error = await failure(
      genesys({ gateway: { protocol: 'https', host: '127.0.0.1', port: cloud.port } }).organizationId(never),
    );
    expect(error.remedy).toContain('gateway.protocol');
  });

  test('of a server that has only TLS 1.1 asks for a newer one there, and is not repeated', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'old-tls-'));
    try {
      const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      const server = createHttpsServer({ ...leafWithoutIssuer(folder), ...old });
      let attempts = 0;
      server.on('tlsClientError', () => (attempts += 1));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const error = await failure(
        genesys({ gateway: { protocol: 'https', host: '127.0.0.1', port } }).organizationId(never),
      );
      server.close();
      expect(error.remedy).toContain(`https://127.0.0.1:${port} offers no TLS 1.2 or later`);
      expect(error.remedy).not.toContain('gateway.protocol');
      expect(attempts).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('of a proxy that is not there names the proxy and its settings, not the API', async () => {
    const error = await failure(
      genesys({ proxy: { protocol: 'http', host: '127.0.0.1', port: 1 } }).organizationId(never),
    );
    expect(error).toMatchObject({ code: 'ECONNREFUSED', path: '/oauth/token' });
    expect(error.remedy).toContain('Nothing listens at the proxy http://127.0.0.1:1.');
    expect(error.remedy).toContain('proxy.protocol');
    expect(error.remedy).not.toContain('gateway');
  });

  test('of a proxy that speaks plain HTTP names proxy.protocol', async () => {
    const proxy = createHttpServer();
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const error = await failure(
      genesys({ proxy: { protocol: 'https', host: '127.0.0.1', port } }).organizationId(never),
    );
    proxy.close();
    expect(error.remedy).toContain(`The proxy https://127.0.0.1:${port} does not speak TLS`);
    expect(error.remedy).toContain('proxy.protocol = "http"');
  });

  test.each([
    ['us%65r:p%40ss', 'user:p@ss'],
    ['user:100%', 'user:100%'],
  ])(
    'of a proxy of the environment: user and password %s are decoded, and a 407 is not repeated',
    async (user, sent) => {
      const asked: string[] = [];
      const proxy = createHttpServer();
      proxy.on('connect', (request, socket) => {
        asked.push(String(Buffer.from(String(request.headers['proxy-authorization']).replace('Basic ', ''), 'base64')));
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      const saved = { ...process.env };
      process.env['HTTPS_PROXY'] = `http://${user}@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      const error = await failure(genesys({ accessToken: 't', gateway: undefined }).organizationId(never));
      process.env = saved;
      proxy.close();
      expect(asked).toEqual([sent]);
      expect(error.remedy).toContain('The proxy wants a user and a password, or others than those it got.');
      expect(error.remedy).toContain('HTTPS_PROXY');
    },
  );

  test('of a proxy that cannot be used says which variable is wrong, and sends nothing', async () => {
    const saved = { ...process.env };
    process.env['ALL_PROXY'] = 'socks5://user:secret-word@127.0.0.1:1';
    const error = await failure(genesys({ accessToken: 't', gateway: undefined }).organizationId(never));
    process.env = saved;
    expect(error.message).toContain('ALL_PROXY names a proxy that speaks socks5');
    expect(error.message).not.toContain('secret-word');
    expect(error.remedy).toContain('nothing was sent');
  });

  test('of a proxy that refuses the tunnel is no answer of Genesys Cloud', async () => {
    const proxy = createHttpServer();
    proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const error = await failure(
      genesys({
        gateway: { protocol: 'https', host: 'gateway.invalid' },
        proxy: { protocol: 'http', host: '127.0.0.1', port },
      }).organizationId(never),
    );
    proxy.close();
    expect(error.message).toContain('proxy');
    // The port is free again: nothing of the test is left.
    await expect(new Promise((resolve) => connect(port, '127.0.0.1').on('error', resolve))).resolves.toBeDefined();
  });
});

describe('settings', () => {
  const good = configFor(1);

  test('of the official provider are taken', () => {
    expect(checkConfig(good)).toEqual([]);
    expect(checkConfig({ ...good, region: 'EU-Central-1' })).toEqual([]);
  });

  test.each<[string, Partial<GenesysConfig>]>([
    ['aws_region', { region: 'eu-west-9' }],
    ['oauthclient_secret', { clientSecret: undefined }],
    ['oauthclient_id', { clientId: undefined }],
    ['oauthclient_id', { clientId: '', clientSecret: '' }],
    ['gateway.protocol', { gateway: { protocol: 'ftp', host: 'x' } }],
    ['gateway.host', { gateway: { protocol: 'https', host: 'https://x/y' } }],
    ['gateway.port', { gateway: { protocol: 'https', host: 'x', port: 70_000 } }],
    ['gateway.path_params', { gateway: { protocol: 'https', host: 'x', pathParams: [{ name: 'foo', value: 'y' }] } }],
    ['proxy.host', { proxy: { protocol: 'http', host: '' } }],
    ['requests_per_minute', { requestsPerMinute: 0 }],
    ['retry_timeout', { retryTimeoutMs: -1 }],
  ])('that are wrong are blamed on %s', (attribute, change) => {
    const problems = checkConfig({ ...good, ...change });
    expect(problems.map((problem) => problem.attribute)).toEqual([attribute]);
    expect(() => createGenesys({ ...good, ...change })).toThrow(problems[0]?.message);
  });

  test('name every region when one is unknown', () => {
    const [problem] = checkConfig({ ...good, region: 'atlantis-1' });
    expect(regionNames.every((name) => problem?.message.includes(name))).toBe(true);
    expect(regionDomain('ap-Southeast-2')).toBe('mypurecloud.com.au');
  });
});

/** A certificate signed by an issuer that is not sent along. */
function leafWithoutIssuer(folder: string): { key: Buffer; cert: Buffer } {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { stdio: 'ignore' });
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=issuer',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  openssl(
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=127.0.0.1',
    '-keyout',
    at('leaf.key'),
    '-out',
    at('leaf.csr'),
  );
  openssl(
    'x509',
    '-req',
    '-in',
    at('leaf.csr'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '1',
    '-out',
    at('leaf.pem'),
  );
  return { key: readFileSync(at('leaf.key')), cert: readFileSync(at('leaf.pem')) };
}
