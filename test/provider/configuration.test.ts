import { UNKNOWN, type ConfigOf } from '../../src/framework';
import { resolveConfiguration } from '../../src/provider/configuration';
import type { providerSchema } from '../../src/provider/provider-schema';
import { MASK, redact } from '../../src/secrets';
import { attach, CREDENTIALS, type Attached } from './attached';
import { conversation, FakeGenesys } from './fake-genesys';
import { errorsIn } from './workspace';

type Config = ConfigOf<typeof providerSchema>;

const nothing: Config = {
  access_token: null,
  oauthclient_id: null,
  oauthclient_secret: null,
  aws_region: null,
  requests_per_minute: null,
  retry_timeout: null,
  hold_api: null,
  external_reference_id_pattern: null,
  register: null,
  show_matters: null,
  all_holds_adopted: null,
  release_approvers: null,
  approvals_required: null,
  gateway: null,
  proxy: null,
};

const resolve = (config: Partial<Config>, env: Readonly<Record<string, string>> = CREDENTIALS) =>
  resolveConfiguration({ ...nothing, ...config }, env);

const ORGANIZATION = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';

describe('credentials with a line break at the end', () => {
  test.each(['GENESYSCLOUD_OAUTHCLIENT_ID', 'GENESYSCLOUD_OAUTHCLIENT_SECRET'])('%s is named', (name) => {
    const value = CREDENTIALS[name as keyof typeof CREDENTIALS];

    const { settings, missing } = resolve({}, { ...CREDENTIALS, [name]: `${value}\n` });

    expect(settings).toBeUndefined();
    expect(missing?.detail).toContain(`${name}) begins or ends with a blank or a line break`);
    expect(missing?.detail).not.toContain('very-secret-text');
  });

  test('an access token is, too', () => {
    const { mistakes } = resolve({}, { GENESYSCLOUD_ACCESS_TOKEN: 'token\n', GENESYSCLOUD_REGION: 'us-east-1' });

    expect(mistakes).toEqual([expect.objectContaining({ path: ['access_token'] })]);
  });
});

describe('settings', () => {
  test('come from the environment alone, with defaults for the rest', () => {
    expect(resolve({}).settings).toEqual({
      allHoldsAdopted: false,
      register: undefined,
      showMatters: false,
      externalReferenceIdPattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$',
      genesys: {
        clientId: 'client',
        clientSecret: 'very-secret-text',
        region: 'us-east-1',
        requestsPerMinute: 300,
        retryTimeoutMs: 300_000,
        holdApi: 'auto',
      },
    });
  });

  test('written in the block beat the environment', () => {
    const { settings } = resolve(
      { aws_region: 'eu-central-1', requests_per_minute: 60, hold_api: 'compliance', retry_timeout: '90s' },
      {
        ...CREDENTIALS,
        GENESYSCLOUD_REQUESTS_PER_MINUTE: '500',
        GENESYSCLOUD_HOLD_API: 'deletion_protection',
        GENESYSCLOUD_RETRY_TIMEOUT: '1h',
      },
    );

    expect(settings?.genesys).toMatchObject({
      region: 'eu-central-1',
      requestsPerMinute: 60,
      holdApi: 'compliance',
      retryTimeoutMs: 90_000,
    });
  });

  test('a variable set to nothing counts as not set', () => {
    expect(
      resolve({}, { ...CREDENTIALS, GENESYSCLOUD_ACCESS_TOKEN: '' }).settings?.genesys.accessToken,
    ).toBeUndefined();
  });

  test('the environment alone makes a gateway and a proxy', () => {
    const { settings } = resolve(
      {},
      {
        ...CREDENTIALS,
        GENESYSCLOUD_GATEWAY_PROTOCOL: 'http',
        GENESYSCLOUD_GATEWAY_HOST: '127.0.0.1',
        GENESYSCLOUD_GATEWAY_PORT: '8080',
        GENESYSCLOUD_GATEWAY_PATH_NAME: 'login',
        GENESYSCLOUD_GATEWAY_PATH_VALUE: 'genesys/login',
        GENESYSCLOUD_GATEWAY_AUTH_USERNAME: 'me',
        GENESYSCLOUD_GATEWAY_AUTH_PASSWORD: 'gateway-password',
        GENESYSCLOUD_PROXY_HOST: 'proxy.example.com',
      },
    );

    expect(settings?.genesys.gateway).toEqual({
      protocol: 'http',
      host: '127.0.0.1',
      port: 8080,
      pathParams: [{ name: 'login', value: 'genesys/login' }],
      auth: { username: 'me', password: 'gateway-password' },
    });
    expect(settings?.genesys.proxy).toEqual({ protocol: 'https', host: 'proxy.example.com' });
  });

  test('parts of a gateway that are not written come from the environment', () => {
    const { settings } = resolve(
      { gateway: { protocol: null, host: 'gateway.example.com', port: null, path_params: [], auth: null } },
      { ...CREDENTIALS, GENESYSCLOUD_GATEWAY_HOST: 'other.example.com', GENESYSCLOUD_GATEWAY_PORT: '8443' },
    );

    expect(settings?.genesys.gateway).toEqual({ protocol: 'https', host: 'gateway.example.com', port: 8443 });
  });

  test('a token in the environment goes before a client there, but not before one in the block', () => {
    const env = { ...CREDENTIALS, GENESYSCLOUD_ACCESS_TOKEN: 'token' };

    expect(resolve({}, env).settings?.genesys).toMatchObject({ accessToken: 'token' });
    const written = resolve({ oauthclient_id: 'mine', oauthclient_secret: 'my-secret' }, env).settings?.genesys;
    expect(written).toMatchObject({ clientId: 'mine', clientSecret: 'my-secret' });
    expect(written?.accessToken).toBeUndefined();
  });

  test('secrets from the environment are known to be secrets', () => {
    resolve(
      {},
      {
        ...CREDENTIALS,
        GENESYSCLOUD_PROXY_HOST: 'p',
        GENESYSCLOUD_PROXY_AUTH_USERNAME: 'u',
        GENESYSCLOUD_PROXY_AUTH_PASSWORD: 'pw-of-proxy',
      },
    );
    const basic = Buffer.from('u:pw-of-proxy').toString('base64');
    expect(redact(`very-secret-text, pw-of-proxy, ${basic}`)).toBe(`${MASK}, ${MASK}, ${MASK}`);
  });
});

describe('what is not known yet', () => {
  test.each<Partial<Config>>([
    { oauthclient_secret: UNKNOWN },
    { aws_region: UNKNOWN },
    { requests_per_minute: UNKNOWN },
    { access_token: UNKNOWN, oauthclient_id: 'c', oauthclient_secret: 's' },
    { access_token: 't', oauthclient_id: UNKNOWN, oauthclient_secret: UNKNOWN },
    {
      gateway: {
        protocol: null,
        host: 'h',
        port: null,
        path_params: [],
        auth: { username: 'me', password: UNKNOWN },
      },
    },
    { gateway: { protocol: null, host: UNKNOWN, port: null, path_params: [], auth: null } },
    { gateway: { protocol: null, host: 'h', port: null, path_params: UNKNOWN, auth: null } },
  ])('gives no settings and is no mistake: %j', (config) => {
    expect(resolve(config, {})).toMatchObject({ settings: undefined, mistakes: [], missing: undefined });
  });
});

describe('what is missing', () => {
  test.each([
    [
      'everything',
      {},
      ['oauthclient_id'],
      ['GENESYSCLOUD_OAUTHCLIENT_ID', 'GENESYSCLOUD_ACCESS_TOKEN', 'GENESYSCLOUD_REGION'],
    ],
    [
      'the secret',
      { GENESYSCLOUD_OAUTHCLIENT_ID: 'client', GENESYSCLOUD_REGION: 'us-east-1' },
      ['oauthclient_secret'],
      ['GENESYSCLOUD_OAUTHCLIENT_SECRET'],
    ],
    ['the region', { GENESYSCLOUD_ACCESS_TOKEN: 'token' }, ['aws_region'], ['GENESYSCLOUD_REGION']],
  ])('%s is told at once, with attributes and variables', (_, env, path, words) => {
    const { missing, mistakes } = resolve({}, env);

    expect(mistakes).toEqual([]);
    expect(missing?.path).toEqual(path);
    for (const word of words) expect(missing?.detail).toContain(word);
  });
});

describe('what is wrong', () => {
  test.each<[string, Partial<Config>, Readonly<Record<string, string>>, readonly (string | number)[], string]>([
    ['an unknown region', { aws_region: 'mars-1' }, {}, ['aws_region'], 'eu-central-1'],
    ['an unknown region in the environment', {}, { GENESYSCLOUD_REGION: 'mars-1' }, ['aws_region'], 'mars-1'],
    [
      'half a credential',
      {
        gateway: {
          protocol: null,
          host: 'h',
          port: null,
          path_params: [],
          auth: { username: 'me', password: null },
        },
      },
      {},
      ['gateway', 'auth', 'password'],
      'GENESYSCLOUD_GATEWAY_AUTH_PASSWORD',
    ],
    [
      'half a credential in the environment',
      {},
      { GENESYSCLOUD_PROXY_HOST: 'p', GENESYSCLOUD_PROXY_AUTH_PASSWORD: 'proxy-password' },
      ['proxy', 'auth', 'username'],
      'GENESYSCLOUD_PROXY_AUTH_USERNAME',
    ],
    [
      'half a credential for a proxy that is not there',
      {},
      { GENESYSCLOUD_PROXY_AUTH_USERNAME: 'me' },
      ['proxy', 'auth', 'password'],
      'GENESYSCLOUD_PROXY_AUTH_PASSWORD',
    ],
    [
      'half a path in the environment',
      {},
      { GENESYSCLOUD_GATEWAY_HOST: 'h', GENESYSCLOUD_GATEWAY_PATH_NAME: 'api' },
      ['gateway'],
      'GENESYSCLOUD_GATEWAY_PATH_VALUE',
    ],
    [
      'half a path',
      {
        gateway: {
          protocol: null,
          host: 'h',
          port: null,
          path_params: [{ path_name: 'api', path_value: '' }],
          auth: null,
        },
      },
      {},
      ['gateway', 'path_params', 0, 'path_value'],
      'path_value is empty',
    ],
    ['two ways to sign in', { access_token: 't', oauthclient_id: 'c' }, {}, ['access_token'], 'oauthclient_secret'],
    [
      'a gateway without host',
      { gateway: { protocol: null, host: null, port: 80, path_params: [], auth: null } },
      {},
      ['gateway', 'host'],
      'GENESYSCLOUD_GATEWAY_HOST',
    ],
    [
      'a host that is a URL',
      { gateway: { protocol: null, host: 'https://x/y', port: null, path_params: [], auth: null } },
      {},
      ['gateway', 'host'],
      'https://x/y',
    ],
    [
      'a port that is none',
      {},
      { GENESYSCLOUD_PROXY_HOST: 'p', GENESYSCLOUD_PROXY_PORT: 'http' },
      ['proxy', 'port'],
      'GENESYSCLOUD_PROXY_PORT',
    ],
    [
      'a protocol that is none',
      {},
      { GENESYSCLOUD_PROXY_HOST: 'p', GENESYSCLOUD_PROXY_PROTOCOL: 'ftp' },
      ['proxy', 'protocol'],
      'ftp',
    ],
    ['no requests at all', { requests_per_minute: 0 }, {}, ['requests_per_minute'], '0'],
    ['a retry time that is none', { retry_timeout: 'soon' }, {}, ['retry_timeout'], 'soon'],
    ['an unknown API', { hold_api: 'none' }, {}, ['hold_api'], 'deletion_protection'],
    ['a broken pattern', { external_reference_id_pattern: '(' }, {}, ['external_reference_id_pattern'], '"("'],
  ])('%s is one mistake at its attribute', (_, config, env, path, word) => {
    const { mistakes, settings } = resolve(config, { ...CREDENTIALS, ...env });

    expect(settings).toBeUndefined();
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]?.path).toEqual(path);
    expect(mistakes[0]?.detail).toContain(word);
    expect(mistakes[0]?.detail).not.toContain('proxy-password');
  });
});

describe('terraform with', () => {
  let attached: Attached;
  afterEach(() => attached.close());

  const hold = `resource "genesyscloud_compliance_legalhold" "x" {\n name = "x"\n conversation_ids = ["${conversation(1)}"]\n}`;

  test('no credentials can validate, and is told everything that is missing when it plans', async () => {
    attached = await attach({ env: {}, genesys: new FakeGenesys() });
    attached.workspace.write(`provider "genesyscloud" {}\n${hold}`);

    expect((await attached.workspace.run(['validate'])).code).toBe(0);
    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(1);
    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain('Access to Genesys Cloud is not configured');
  });

  test('a wrong region is told once, at the attribute', async () => {
    attached = await attach({ genesys: new FakeGenesys() });
    attached.workspace.write(`provider "genesyscloud" {\n aws_region = "mars-1"\n}\n${hold}`);

    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(1);
    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain('aws_region = "mars-1"');
  });

  test('a provider configuration that is not known yet plans without asking anybody', async () => {
    const genesys = new FakeGenesys();
    attached = await attach({ genesys });
    attached.workspace.write(`
      resource "terraform_data" "region" { input = "us-east-1" }
      provider "genesyscloud" { aws_region = terraform_data.region.output }
      ${hold}`);

    const plan = await attached.workspace.plan();
    expect(plan.code).toBe(2);
    expect(attached.configs).toEqual([]);

    await attached.workspace.apply();
    expect(genesys.protectedIds.size).toBe(1);
  });

  test('the function split_interval needs no configuration', async () => {
    attached = await attach({ env: {} });
    attached.workspace.write(
      'output "batches" { value = provider::genesyscloud::split_interval("2026-01-01T00:00:00Z/2026-01-31T00:00:00Z", "P10D") }',
    );

    const applied = await attached.workspace.apply();

    expect(applied.stdout).toContain('"2026-01-21T00:00:00.000Z/2026-01-31T00:00:00.000Z"');
  });

  test.each([
    ['"January", "P1D"', 'January'],
    ['"2026-01-01T00:00:00Z/2026-01-31T00:00:00Z", "a day"', 'a day'],
    ['"2026-01-01T00:00:00Z/2026-01-31T00:00:00Z", "PT1S"', 'in steps of PT1S makes more than'],
  ])('split_interval(%s) names the argument at fault', async (args, word) => {
    attached = await attach({ env: {} });
    attached.workspace.write(`output "batches" { value = provider::genesyscloud::split_interval(${args}) }`);

    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(1);
    expect(plan.text).toContain(word);
    expect(plan.text).toContain('Invalid function argument');
  });

  test.each([
    [`"${ORGANIZATION}", "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z"`, '/year=2026/month=1/'],
    [`"${ORGANIZATION}", "2026-11-23T10:00:00Z/2026-11-23T11:00:00Z"`, '/day=23/hour=10/'],
    ['"Acme", "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z"', '"Acme" is not a UUID'],
    [`"${ORGANIZATION}", "January"`, '"January" is not an ISO-8601'],
  ])('export_prefixes(%s) answers %s', async (args, words) => {
    attached = await attach({ env: {} });
    attached.workspace.write(`output "folders" { value = provider::genesyscloud::export_prefixes(${args}) }`);

    expect((await attached.workspace.plan()).text).toContain(words);
  });
});

describe('the register', () => {
  const place = (config: Partial<Config>, env: Readonly<Record<string, string>> = {}) =>
    resolve(config, { ...CREDENTIALS, ...env });

  test.each([
    ['s3://holds/of/genesys/', { kind: 's3', bucket: 'holds', prefix: 'of/genesys' }],
    ['s3://holds', { kind: 's3', bucket: 'holds', prefix: '' }],
    ['/var/lib/register', { kind: 'folder', path: '/var/lib/register', byDefault: false }],
  ])('may be %s', (register, expected) => {
    expect(place({ register }).settings?.register).toEqual(expected);
    expect(place({}, { GENESYSCLOUD_COMPLIANCE_REGISTER: register }).settings?.register).toEqual(expected);
  });

  test('is what the block says, against the environment', () => {
    const { settings } = place({ register: 's3://one' }, { GENESYSCLOUD_COMPLIANCE_REGISTER: 's3://two' });

    expect(settings?.register).toMatchObject({ bucket: 'one' });
  });

  test('is left to the default where nobody names one', () => {
    expect(place({}).settings).toMatchObject({ register: undefined, showMatters: false, allHoldsAdopted: false });
  });

  test.each([
    ['s3:/holds', 'does not name a bucket'],
    ['s3://Not_A_Bucket/x', 'does not name a bucket'],
    ['gs://holds', 'is neither in S3 nor a folder'],
    [' /folder', 'begins or ends with a blank'],
  ])('"%s" is refused', (register, why) => {
    const { settings, mistakes } = place({ register });

    expect(settings).toBeUndefined();
    expect(mistakes[0]?.detail).toContain(why);
    expect(mistakes[0]?.detail).toContain('register or the environment variable GENESYSCLOUD_COMPLIANCE_REGISTER');
  });

  test('that is not known yet is waited for', () => {
    expect(place({ register: UNKNOWN })).toMatchObject({ settings: undefined, mistakes: [], missing: undefined });
  });
});
