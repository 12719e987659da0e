import { silenceNode, type ThisProcess } from '../../src/secrets';

const self = (env: Record<string, string>, more: Partial<ThisProcess> = {}): ThisProcess => ({
  env,
  execPath: '/usr/bin/node',
  execArgv: ['--no-warnings'],
  argv: ['/usr/bin/node', '/opt/provider.js', '--debug'],
  ...more,
});

test('where Node would not print requests, all continues', () => {
  expect(silenceNode(self({ PATH: '/bin', NODE_DEBUG: '' }))).toBeUndefined();
});

test('what packages read is taken away', () => {
  const env: Record<string, string> = { DEBUG: '*' };
  expect(silenceNode(self(env))).toBeUndefined();
  expect(env).toEqual({});
});

test('where Node would, and the process cannot be replaced, it says what to do', () => {
  expect(silenceNode(self({ NODE_DEBUG: 'http' }))).toBe(
    'NODE_DEBUG is set: Node.js would print every request with its credentials to stderr. Unset it and run again.',
  );
  expect(silenceNode(self({ NODE_DEBUG: 'tls', NODE_DEBUG_NATIVE: 'HTTP2' }))).toContain('Unset them');
});

test.each<[string, readonly string[], readonly string[]]>([
  ['a program', ['/usr/bin/node', '/opt/provider.js', '--debug'], ['/opt/provider.js', '--debug']],
  ['a self-contained executable', ['/usr/bin/node', '/usr/bin/node', '--debug'], ['--debug']],
])('where it can, %s starts again without', (_what, argv, words) => {
  const started: unknown[] = [];
  const execve = (...how: unknown[]): never => {
    started.push(how);
    throw new Error('replaced');
  };
  expect(() => silenceNode(self({ NODE_DEBUG: 'http', A: 'b' }, { argv, execve }))).toThrow('replaced');
  expect(started).toEqual([['/usr/bin/node', ['/usr/bin/node', '--no-warnings', ...words], { A: 'b' }]]);
});
