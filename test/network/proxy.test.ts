import fc from 'fast-check';
import { environmentProxy, namesProxy, UnusableProxy } from '../../src/network';

const AWS = 'https://recordings.s3.eu-central-1.amazonaws.com';
const PROXY = 'http://proxy.example.com:3128';

describe('the proxy of the environment', () => {
  test.each([
    [{ HTTPS_PROXY: '' }, false],
    [{ HTTPS_PROXY: '  ' }, false],
    [{ all_proxy: PROXY }, true],
  ])('%j names one: %s', (env, named) => {
    expect(namesProxy(env)).toBe(named);
  });

  test.each([
    ['its address alone', 'proxy.example.com:3128', { protocol: 'http', host: 'proxy.example.com', port: 3128 }],
    ['no port', 'https://proxy.example.com', { protocol: 'https', host: 'proxy.example.com', port: 443 }],
    ['no port, plain', 'http://proxy.example.com/', { protocol: 'http', port: 80 }],
    ['IPv6', 'http://[::2]:3128', { host: '::2', address: 'http://[::2]:3128' }],
    ['white space around it', ` ${PROXY} `, { address: PROXY }],
    ['an encoded password', 'http://us%65r:p%40ss%3A%2F@h:1', { auth: { username: 'user', password: 'p@ss:/' } }],
    ['a bare %', 'http://user:100%@h:1', { auth: { username: 'user', password: '100%' } }],
    ['a bare @', 'http://user:p@ss@h:1', { host: 'h', auth: { username: 'user', password: 'p@ss' } }],
    ['a user alone, no scheme', 'user@h:1', { protocol: 'http', host: 'h', auth: { username: 'user', password: '' } }],
  ])('is read with %s', (_, value, expected) => {
    expect(environmentProxy(AWS, { HTTPS_PROXY: value })).toMatchObject(expected);
  });

  test('is the one of the scheme, in small letters first, else the one for all', () => {
    const env = { HTTP_PROXY: 'plain:1', https_proxy: 'small:1', HTTPS_PROXY: 'big:1', ALL_PROXY: 'all:1' };
    expect(environmentProxy(AWS, env)?.host).toBe('small');
    expect(environmentProxy('http://s3.example.com', env)?.host).toBe('plain');
    expect(environmentProxy(AWS, { HTTP_PROXY: 'plain:1', ALL_PROXY: 'all:1' })?.host).toBe('all');
    expect(environmentProxy(AWS, { HTTP_PROXY: 'plain:1' })).toBeUndefined();
  });

  test.each(['http://', 'http://user:p#ss@h:1', 'http://user:p/ss@h:1', 'http://h:99999', 'socks5://user:pass@h:1080'])(
    '"%s" cannot be used, and what it holds is not shown',
    (value) => {
      const read = () => environmentProxy(AWS, { HTTPS_PROXY: value });
      expect(read).toThrow(UnusableProxy);
      expect(read).toThrow(/^HTTPS_PROXY (is not the address of a proxy|names a proxy that speaks socks5)/);
      expect(read).not.toThrow(/p#ss|p\/ss|user:pass@h/);
    },
  );

  test('never shows a password, whatever the variable holds', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, maxLength: 12 }),
        fc.constantFrom('http', 'https', 'socks5'),
        (secret, scheme) => {
          const shown = () => {
            try {
              return environmentProxy(AWS, { HTTPS_PROXY: `${scheme}://user:${secret}@h:1` })?.address ?? '';
            } catch (error) {
              return error instanceof UnusableProxy ? error.message : Promise.reject(error);
            }
          };
          return !String(shown()).includes(`:${secret}@`);
        },
      ),
      { seed: 20261130, numRuns: 200 },
    );
  });
});

describe('NO_PROXY', () => {
  const S3 = 'https://s3.internal.example.com:9000';

  test.each([
    ['*', AWS],
    ['localhost, *', AWS],
    ['amazonaws.com', AWS],
    ['.amazonaws.com', AWS],
    ['*.amazonaws.com', AWS],
    ['.AmazonAWS.com', AWS],
    ['a.example,  .amazonaws.com', AWS],
    ['a.example .amazonaws.com', AWS],
    ['amazonaws.com:443', AWS],
    ['.amazonaws.com:443', AWS],
    ['recordings.s3.eu-central-1.amazonaws.com', AWS],
    ['internal.example.com:9000', S3],
    ['10.0.0.0/8', 'http://10.1.2.3:9000'],
    ['10.1.2.3', 'http://10.1.2.3:9000'],
    ['10.1.2.3:9000', 'http://10.1.2.3:9000'],
    ['fd00::/8', 'http://[fd00::1]:9000'],
    ['fd00::1', 'http://[fd00::1]:9000'],
    ['[fd00::1]:9000', 'http://[fd00::1]:9000'],
    ['', 'http://localhost:9000'],
    ['', 'http://127.0.0.5:9000'],
    ['', 'http://[::1]:9000'],
  ])('"%s" excepts %s', (value, address) => {
    expect(environmentProxy(address, { ALL_PROXY: PROXY, NO_PROXY: value })).toBeUndefined();
  });

  test.each([
    ['', AWS],
    ['aws.com', AWS],
    ['amazonaws.com:8443', AWS],
    ['s3.eu-central-1.amazonaws.com.example', AWS],
    ['.internal.example.com', 'https://internal.example.com'],
    ['internal.example.com:9001', S3],
    ['10.0.0.0/8', 'http://11.1.2.3:9000'],
    ['10.0.0.0/33', 'http://10.1.2.3:9000'],
    ['10.0.0.0/x', 'http://10.1.2.3:9000'],
    ['nonsense/8', 'http://10.1.2.3:9000'],
    ['10.0.0.0/8', 'https://ten.example.com'],
    ['2.3', 'http://10.1.2.3:9000'],
    ['fd00::/8', 'http://[fe80::1]:9000'],
  ])('"%s" does not except %s', (value, address) => {
    expect(environmentProxy(address, { ALL_PROXY: PROXY, NO_PROXY: value })?.address).toBe(PROXY);
  });

  test('in small letters wins', () => {
    expect(environmentProxy(AWS, { ALL_PROXY: PROXY, no_proxy: 'other.example', NO_PROXY: '*' })?.address).toBe(PROXY);
  });
});
