/** The provider that runs on the machine's own node starts in any surroundings, or its first line says what is missing. */
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { bundleProvider, EXECUTABLE } from '../../scripts/bundle-provider';
import { INVITATION } from '../plugin/support/child';

const HANDSHAKE = /^1\|6\|(unix|tcp)\|[^|]+\|grpc\|[A-Za-z0-9+/]+\n$/;
const START = join(__dirname, '../../scripts/launch/start.cjs');

let folder: string;
let provider: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'launch-'));
  provider = await bundleProvider(join(folder, 'provider'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Started {
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts it as Terraform does, and stops it once it has said something. `undefined` takes a variable away. */
async function start(env: Readonly<Record<string, string | undefined>>, executable = provider): Promise<Started> {
  const all = { PATH: process.env['PATH'], ...INVITATION, ...env };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  const running = promisify(execFile)(executable, [], {
    env: Object.fromEntries(given),
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  running.child.stdout?.on('data', (text: string) => {
    stdout += text;
    if (stdout.includes('\n')) running.child.kill('SIGTERM');
  });
  return running.catch((error: Started) => error);
}

describe('starts', () => {
  test.each(['--require', '--import', '--experimental-loader'])(
    'with NODE_OPTIONS %s and a preload that prints',
    async (option) => {
      const preload = join(folder, 'preload.mjs');
      writeFileSync(preload, 'console.log("hello from a preload");');

      const { stdout, stderr } = await start({ NODE_OPTIONS: `${option} ${preload} --trace-warnings` });

      expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(HANDSHAKE) as string, stderr: '' });
    },
  );

  test.each([
    '--no-such-option',
    '"unfinished',
    '--max-old-space-size=lots',
    '--max-old-space-size=4',
    '--inspect=0.0.0.0:1',
    '--permission',
    '--env-file=missing',
    '--use-openssl-ca --max-old-space-size=512',
    '*',
  ])('with NODE_OPTIONS %s', async (options) => {
    expect((await start({ NODE_OPTIONS: options })).stdout).toMatch(HANDSHAKE);
  });

  test('with NODE_DEBUG, on every Node, and prints nothing of what Node sends', async () => {
    const { stdout, stderr } = await start({ NODE_DEBUG: 'http,https,net,tls', NODE_DEBUG_NATIVE: 'HTTP2' });

    expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(HANDSHAKE) as string, stderr: '' });
  });

  test('with a node that never sees NODE_DEBUG, so that none has to start again or refuse', async () => {
    const tells = join(folder, 'tells');
    writeFileSync(tells, '#!/bin/sh\necho "[$NODE_DEBUG][$NODE_DEBUG_NATIVE]"\n', { mode: 0o755 });
    const env = { GENESYSCLOUD_COMPLIANCE_NODE: tells, NODE_DEBUG: 'http', NODE_DEBUG_NATIVE: 'HTTP2' };

    expect((await start(env)).stdout).toBe('[][]\n');
  });

  test('in a project whose package.json says that files are ECMAScript modules', async () => {
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{"type":"module"}');
    cpSync(dirname(provider), join(project, 'mirror'), { recursive: true });

    expect((await start({}, join(project, 'mirror', EXECUTABLE))).stdout).toMatch(HANDSHAKE);
  });

  test('below a package.json that is damaged', async () => {
    const project = join(folder, 'damaged');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{oops');
    cpSync(dirname(provider), join(project, 'mirror'), { recursive: true });

    expect((await start({}, join(project, 'mirror', EXECUTABLE))).stdout).toMatch(HANDSHAKE);
  });

  test('under a path with blanks, quotes and letters of the world', async () => {
    const odd = join(folder, `ünï "q" 'a' $x 日本`);
    cpSync(dirname(provider), odd, { recursive: true });

    expect((await start({}, join(odd, EXECUTABLE))).stdout).toMatch(HANDSHAKE);
  });

  test('under a path with blanks that is longer than a socket may be', async () => {
    const long = join(folder, 'a folder', 'x'.repeat(120));
    cpSync(dirname(provider), long, { recursive: true });

    expect((await start({ TMPDIR: long }, join(long, EXECUTABLE))).stdout).toMatch(HANDSHAKE);
  });

  test.each([
    ['no folder for temporary files', { TMPDIR: '/nonexistent' }],
    ['no home folder', { HOME: undefined }],
    ['a home folder that cannot be written to', { HOME: '/proc/nonexistent' }],
    ['the variables of a worker of another Node program', { NODE_UNIQUE_ID: '1', NODE_CHANNEL_FD: '9' }],
    ['a node that is named', { PATH: undefined, GENESYSCLOUD_COMPLIANCE_NODE: process.execPath }],
  ])('with %s', async (_, env) => {
    expect((await start(env)).stdout).toMatch(HANDSHAKE);
  });
});

describe('says in its first line what is missing:', () => {
  /** Where the launcher looks besides PATH, there is nothing. */
  function withoutKnownPlaces(): string {
    const other = join(folder, 'nowhere');
    cpSync(dirname(provider), other, { recursive: true });
    const executable = join(other, EXECUTABLE);
    writeFileSync(executable, readFileSync(executable, 'utf8').replace(/\/bin\/node/g, '/bin/no-such-node'));
    return executable;
  }

  test.each(['', '/nonexistent'])('no node on PATH %p', async (path) => {
    const { stdout } = await start({ PATH: path }, withoutKnownPlaces());

    expect(stdout).toMatch(
      /^genesyscloud-compliance: .*needs Node\.js 20 or later.*no "node" on PATH.*Install Node\.js/,
    );
  });

  test('a node that is named and is none', async () => {
    const { stdout } = await start({ GENESYSCLOUD_COMPLIANCE_NODE: '/nonexistent/node' });

    expect(stdout).toMatch(/^genesyscloud-compliance: GENESYSCLOUD_COMPLIANCE_NODE is "\/nonexistent\/node"/);
  });

  test.each(['0.10.48', '12.22.0', '18.20.4'])('node %s is too old', (version) => {
    const written: string[] = [];
    const process_ = {
      versions: { node: version },
      execPath: '/usr/bin/node',
      exit: () => {
        throw new Error('ended');
      },
    };
    const fs = { writeSync: (_: number, text: string) => written.push(text) };
    const required = (id: string): unknown => (id === 'fs' ? fs : undefined);

    expect(() => runInNewContext(readFileSync(START, 'utf8'), { process: process_, require: required })).toThrow(
      'ended',
    );
    expect(written.join('')).toMatch(
      new RegExp(`^genesyscloud-compliance: .*/usr/bin/node is version ${version.replace(/\./g, '\\.')}.*\\n$`),
    );
  });

  test('a part of the package', async () => {
    const damaged = join(folder, 'damaged');
    cpSync(dirname(provider), damaged, { recursive: true });
    rmSync(join(damaged, 'handshake.cjs'));

    expect((await start({}, join(damaged, EXECUTABLE))).stdout).toMatch(
      /^genesyscloud-compliance: the provider in .*damaged cannot be loaded \(Cannot find module.*Install it again/,
    );
  });

  test('every Node there is can read the file that asks for its version', () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the parser of eslint, which has no types
    const { parse } = require('espree') as { parse(text: string, options: object): unknown };

    expect(() => parse(readFileSync(START, 'utf8'), { ecmaVersion: 5 })).not.toThrow();
  });
});

describe('what V8 compiled', () => {
  test('is kept in the cache folder of the user, and never beside the provider', async () => {
    const cache = join(folder, 'cache');
    const before = readdirSync(dirname(provider));

    const first = await start({ XDG_CACHE_HOME: cache });
    expect(first.stdout).toMatch(HANDSHAKE);
    const kept = readdirSync(join(cache, 'genesyscloud-compliance'));
    expect(kept).toEqual([expect.stringMatching(/^compliance\.cjs\.[0-9a-f]{32}$/)]);

    expect((await start({ XDG_CACHE_HOME: cache })).stdout).toMatch(HANDSHAKE);
    expect(readdirSync(join(cache, 'genesyscloud-compliance'))).toEqual(kept);
    expect(readdirSync(dirname(provider))).toEqual(before);
  });

  test.each<[string, (file: string) => void]>([
    ['that others may write to', (file) => chmodSync(file, 0o666)],
    ['that is damaged', (file) => writeFileSync(file, 'damaged')],
    ['that is empty', (file) => writeFileSync(file, '')],
  ])('is not taken from a file %s', async (_, spoil) => {
    const cache = mkdtempSync(join(folder, 'cache-'));
    await start({ XDG_CACHE_HOME: cache });
    const [name = ''] = readdirSync(join(cache, 'genesyscloud-compliance'));
    spoil(join(cache, 'genesyscloud-compliance', name));

    const { stdout, stderr } = await start({ XDG_CACHE_HOME: cache });

    expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(HANDSHAKE) as string, stderr: '' });
  });
});
