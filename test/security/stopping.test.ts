/** Whatever a command is doing, Ctrl-C and SIGTERM end it; what is impossible is refused. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, readFileSync, existsSync, chmodSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
/** The commands say a second; starting node takes some more on a busy machine. */
const PATIENCE_MS = 20_000;
const onUnix = process.platform === 'win32' ? test.skip : test;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'stopping-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly err: string;
  /** From the signal to the end, in milliseconds. */
  readonly ms: number;
}

/** Runs a command from the source, stops it once `ready` says so, and answers how it ended. */
async function stopped(
  words: readonly string[],
  ready: (err: string, out: string) => boolean,
  signal: NodeJS.Signals = 'SIGTERM',
  env = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'src/cli/main.ts'), ...words], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let err = '';
  let out = '';
  let told = 0;
  const tell = (): void => {
    if (told !== 0 || !ready(err, out)) return;
    told = performance.now();
    child.kill(signal);
  };
  child.stdout.on('data', (data: Buffer) => ((out += String(data)), tell()));
  child.stderr.on('data', (data: Buffer) => ((err += String(data)), tell()));
  const poll = setInterval(tell, 100);
  const last = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const [code, by] = await new Promise<[number | null, NodeJS.Signals | null]>((done) =>
    child.once('close', (...how: [number | null, NodeJS.Signals | null]) => done(how)),
  );
  clearInterval(poll);
  clearTimeout(last);
  return { code, signal: by, err, ms: performance.now() - told };
}

const after = (ms: number): (() => boolean) => {
  const begun = performance.now();
  return () => performance.now() - begun > ms;
};

describe('SIGTERM ends', () => {
  onUnix(
    'review, which waits for its standard input',
    async () => {
      const ended = await stopped(['review', '--plan', '-'], after(5_000));
      expect(ended.signal).toBe('SIGTERM');
      expect(ended.ms).toBeLessThan(3_000);
    },
    40_000,
  );

  onUnix(
    'review, which waits for a pipe that nobody writes to',
    async () => {
      execFileSync('mkfifo', [join(folder, 'plan.json')]);
      const ended = await stopped(['review', '--plan', join(folder, 'plan.json')], after(5_000));
      expect(ended.signal).toBe('SIGTERM');
      expect(ended.ms).toBeLessThan(3_000);
    },
    40_000,
  );

  onUnix(
    'drift, and a terraform that does not listen',
    async () => {
      const program = join(folder, 'terraform');
      writeFileSync(program, `#!/bin/sh\ntrap '' INT TERM\necho $$ > "${folder}/pid"\nwhile :; do sleep 0.1; done\n`);
      chmodSync(program, 0o755);
      mkdirSync(join(folder, 'stack'));
      const ended = await stopped(
        ['drift', '--dir', join(folder, 'stack'), '--terraform', program],
        () => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8') !== '',
      );
      expect(ended.ms).toBeLessThan(3_000);
      const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    },
    60_000,
  );

  onUnix.each(['drift', 'review'])(
    '%s, in the middle of a plan that comes through a pipe',
    async (command) => {
      const pipe = join(folder, 'plan.json');
      execFileSync('mkfifo', [pipe]);
      let isOpen = false;
      // Opening it for writing lasts until the command reads.
      const writing = open(pipe, 'w').then(async (handle) => {
        await handle.write('{"format_version":"1.2","resource_changes":[');
        isOpen = true;
        return handle;
      });
      const ended = await stopped([command, '--plan', pipe], () => isOpen, 'SIGINT');
      await (await writing).close();
      expect(ended.signal).toBe('SIGINT');
      expect(ended.ms).toBeLessThan(3_000);
    },
    40_000,
  );

  onUnix.each(['status', 'review'])(
    '%s, and a terraform that does not listen',
    async (command) => {
      const program = join(folder, 'terraform');
      writeFileSync(program, `#!/bin/sh\ntrap '' INT TERM\necho $$ > "${folder}/pid"\nwhile :; do sleep 0.1; done\n`);
      chmodSync(program, 0o755);
      mkdirSync(join(folder, 'out/stacks/only'), { recursive: true });
      writeFileSync(
        join(folder, 'out/manifest.json'),
        '{"stacks":{"only":{"name":"only","workingDirectory":"stacks/only"}}}',
      );
      writeFileSync(join(folder, 'out/stacks/only/plan'), '');
      const ended = await stopped(
        [command, '--cdktf-out', join(folder, 'out'), '--terraform', program],
        () => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8') !== '',
      );
      expect(ended.ms).toBeLessThan(3_000);
      const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    },
    60_000,
  );

  onUnix(
    'simulate, at once',
    async () => {
      const ended = await stopped(['simulate', '--json'], (_, out) => out.includes('genesys'), 'SIGINT');
      expect(ended).toMatchObject({ code: 0, signal: null });
      expect(ended.ms).toBeLessThan(3_000);
    },
    40_000,
  );
});

(process.platform === 'linux' ? test : test.skip)(
  'simulate --data in a place that takes no folders is refused',
  async () => {
    const ended = await stopped(['simulate', '--data', '/proc/nowhere/deeper'], () => false);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('Name a folder you can write to with --data.');
  },
  40_000,
);

test('NODE_DEBUG is refused before anything is sent, or the command starts again without it', async () => {
  const ended = await stopped(['preflight'], () => false, 'SIGTERM', { NODE_DEBUG: 'http' });
  expect(ended.err).toMatch(/NODE_DEBUG is set: Node\.js would print every request|No credentials|not configured/);
}, 40_000);
