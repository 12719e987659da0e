import {
  MASK,
  redact,
  redactValue,
  registerCommandEnvironment,
  registerPlan,
  registerWebhook,
} from '../../src/secrets';

const basic = (user: string, password: string): string => Buffer.from(`${user}:${password}`).toString('base64');

test('the environment of a command: credentials, passwords of proxies, and what is called a secret', () => {
  registerCommandEnvironment({
    GENESYSCLOUD_OAUTHCLIENT_ID: 'my-client',
    GENESYSCLOUD_OAUTHCLIENT_SECRET: 'gc-secret-1',
    GENESYSCLOUD_GATEWAY_AUTH_USERNAME: 'gw',
    GENESYSCLOUD_GATEWAY_AUTH_PASSWORD: 'gw-pass-22',
    AWS_SECRET_ACCESS_KEY: 'aws/secret+1',
    AWS_SESSION_TOKEN: 'aws-session-333',
    HTTPS_PROXY: 'http://me:p%40ss-word4@proxy.example.com:3128',
    TF_VAR_db_password: 'another-password-5',
    TF_TOKEN_app_terraform_io: 'cloud-token-66',
    GITHUB_TOKEN: 'ghs_7777777777',
    USE_TOKEN: 'true',
    AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/token-file',
    AWS_REGION: 'eu-central-1',
  });
  for (const secret of [
    'gc-secret-1',
    basic('my-client', 'gc-secret-1'),
    basic('gw', 'gw-pass-22'),
    'aws/secret+1',
    'aws-session-333',
    'p@ss-word4',
    'p%40ss-word4',
    basic('me', 'p@ss-word4'),
    'another-password-5',
    'cloud-token-66',
    'ghs_7777777777',
  ]) {
    expect(redact(`<${secret}>`)).toBe(`<${MASK}>`);
  }
  const plain = 'my-client true /var/run/secrets/token-file eu-central-1 proxy.example.com:3128';
  expect(redact(plain)).toBe(plain);
});

test('a webhook: what makes its URL a key, and not its host', () => {
  registerWebhook('https://hooks.example.com/services/T024BE7LD/B024BE7LX/abcXYZ123?sig=s1g-n4tur3');
  expect(redact('https://hooks.example.com/services/T024BE7LD/B024BE7LX/abcXYZ123?sig=s1g-n4tur3')).toBe(
    `https://hooks.example.com/services/${MASK}/${MASK}/${MASK}?sig=${MASK}`,
  );
});

test('a plan: sensitive variables, and secrets written into provider blocks', () => {
  registerPlan({
    variables: {
      token: { value: 'plan-token-1' },
      inner: { value: { a: ['plan-inner-2'] } },
      open: { value: 'plan-open-3' },
    },
    configuration: {
      root_module: { variables: { inner: { sensitive: true }, open: {} } },
      provider_config: {
        compliance: {
          expressions: {
            oauthclient_secret: { constant_value: 'plan-secret-4' },
            aws_region: { constant_value: 'eu-central-1' },
            proxy: [{ auth: [{ password: { constant_value: 'plan-proxy-5' } }] }],
          },
        },
      },
    },
  });
  expect(redact('plan-token-1 plan-inner-2 plan-open-3 plan-secret-4 plan-proxy-5 eu-central-1')).toBe(
    `${MASK} ${MASK} plan-open-3 ${MASK} ${MASK} eu-central-1`,
  );
  expect(() =>
    [null, 1, 'x', [], { variables: 1 }, { configuration: { provider_config: { a: null } } }].forEach(registerPlan),
  ).not.toThrow();
});

test('values are covered wherever texts are in them', () => {
  registerWebhook('https://:value-secret-1@x.example');
  expect(redactValue({ a: ['value-secret-1', 1, null], b: { c: new Error('x value-secret-1') } })).toEqual({
    a: [MASK, 1, null],
    b: { c: `x ${MASK}` },
  });
});
