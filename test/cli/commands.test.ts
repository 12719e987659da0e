import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mayNotRun } from '../../src/cli/install';
import { installProvider, runCli, SOURCE, terraformPlatform, type Installation } from '../../src/cli';

/** A terminal that keeps what is written. */
function terminal() {
  const stop = new AbortController();
  const written = { out: '', err: '' };
  return {
    written,
    stop: () => stop.abort(),
    out: (text: string) => void (written.out += text),
    err: (text: string) => void (written.err += text),
    signal: stop.signal,
  };
}

describe('genesyscloud-compliance', () => {
  test('without words shows the commands', async () => {
    const screen = terminal();
    expect(await runCli([], screen)).toBe(0);
    expect(screen.written.out).toContain('install');
    expect(screen.written.out).toContain('simulate');
  });

  test.each([
    [['instal'], 'There is no command "instal"'],
    [['install'], 'install needs --dir DIR'],
    [['install', '--folder', 'x'], "Unknown option '--folder'"],
    [['simulate', '--port', 'eighty'], '--port takes a whole number from 0 to 65535; "eighty" is not one.'],
    [['simulate', '--port', '70000'], '--port takes a whole number from 0 to 65535; "70000" is not one.'],
  ])('%j fails with a clear message', async (words, message) => {
    const screen = terminal();
    expect(await runCli(words, screen)).toBe(1);
    expect(screen.written.err).toContain(message);
    expect(screen.written.out).toBe('');
  });

  test('every command tells its options', async () => {
    const screen = terminal();
    expect(await runCli(['simulate', '--help'], screen)).toBe(0);
    expect(screen.written.out).toContain('--port PORT');
    expect(screen.written.out).toContain('--json');
  });
});

describe('simulate', () => {
  test('given --json, prints one line, runs until stopped, and leaves no port open', async () => {
    const screen = terminal();
    const ended = runCli(['simulate', '--port', '0', '--json'], screen);
    while (!screen.written.out.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 10));

    const told = JSON.parse(screen.written.out) as { genesys: string; s3: string; env: Record<string, string> };
    expect((await fetch(`${told.genesys}/__simulator/state`)).status).toBe(200);
    expect(told.s3).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(told.env).toMatchObject({ GENESYSCLOUD_GATEWAY_HOST: '127.0.0.1' });

    screen.stop();
    expect(await ended).toBe(0);
    await expect(fetch(`${told.genesys}/__simulator/state`)).rejects.toThrow();
    expect(screen.written.out.trim().split('\n')).toHaveLength(1);
  });
});

/** The one package of an installation for this machine. */
const packageOf = ({ packages: [one = ''] }: Installation): string => one;

describe('install', () => {
  let folder: string;
  let built: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'install-'));
    built = join(folder, 'built');
    mkdirSync(built);
    writeFileSync(join(built, 'terraform-provider-compliance'), '#!/usr/bin/env node\n');
    writeFileSync(join(built, 'genesys-sdk.js'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('puts an executable where terraform looks for it, and a CLI configuration that terraform accepts', async () => {
    const done = installProvider(join(folder, 'mirror'), built);

    const executable = join(packageOf(done), `terraform-provider-compliance_v${done.version}`);
    expect(packageOf(done)).toBe(join(folder, 'mirror', SOURCE, done.version, terraformPlatform()));
    expect(statSync(executable).mode & 0o111).toBe(0o111);
    expect(existsSync(join(packageOf(done), 'genesys-sdk.js'))).toBe(true);
    const { stderr, stdout } = await promisify(execFile)('terraform', ['version'], {
      env: { ...process.env, TF_CLI_CONFIG_FILE: done.cliConfig, CHECKPOINT_DISABLE: '1' },
    });
    expect(stdout).toContain('Terraform v');
    expect(stderr).toBe('');
  });

  test('twice the same build says nothing; another build of the same version is told', () => {
    installProvider(join(folder, 'mirror'), built);
    expect(installProvider(join(folder, 'mirror'), built).replacedDifferentBuild).toBe(false);
    writeFileSync(join(built, 'genesys-sdk.js'), 'changed');
    const again = installProvider(join(folder, 'mirror'), built);
    expect(again.replacedDifferentBuild).toBe(true);
    expect(readFileSync(join(packageOf(again), 'genesys-sdk.js'), 'utf8')).toBe('changed');
  });

  (process.platform === 'linux' ? test : test.skip)(
    'into a place that takes no folders ends with a clear message',
    () => {
      expect(() => installProvider('/proc/mirror', built)).toThrow('the folder /proc/mirror cannot be made');
    },
  );

  const mirror = (): string => join(folder, 'mirror');
  const rc = (): string => join(mirror(), 'terraform.rc');

  test('refuses a terraform.rc that it did not write, says which lines to add, and touches nothing', () => {
    mkdirSync(mirror());
    writeFileSync(rc(), 'plugin_cache_dir = "/cache"\n');
    expect(() => installProvider(mirror(), built)).toThrow(/was not written by this command[\s\S]*filesystem_mirror/);
    expect(readFileSync(rc(), 'utf8')).toBe('plugin_cache_dir = "/cache"\n');
    expect(readdirSync(mirror())).toEqual(['terraform.rc']);
  });

  test('refuses its own one once somebody has changed it; takes it as it wrote it, also in a folder that was moved', () => {
    installProvider(mirror(), built);
    installProvider(mirror(), built);
    const moved = join(folder, 'moved');
    renameSync(mirror(), moved);
    installProvider(moved, built);
    expect(readFileSync(join(moved, 'terraform.rc'), 'utf8')).toContain(JSON.stringify(moved));
    writeFileSync(join(moved, 'terraform.rc'), `${readFileSync(join(moved, 'terraform.rc'), 'utf8')}# mine\n`);
    expect(() => installProvider(moved, built)).toThrow('was changed since');
  });

  test('follows no link, neither for the configuration nor on the way to the package nor for one of its files', () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'precious'), 'x');

    symlinkSync(elsewhere, mirror());
    expect(() => installProvider(mirror(), built)).toThrow('is a link');
    rmSync(mirror());

    mkdirSync(mirror());
    symlinkSync(join(elsewhere, 'precious'), rc());
    expect(() => installProvider(mirror(), built)).toThrow('is a link');
    rmSync(rc());

    symlinkSync(elsewhere, join(mirror(), 'terraform.local'));
    expect(() => installProvider(mirror(), built)).toThrow('is a link');
    rmSync(join(mirror(), 'terraform.local'));

    const done = installProvider(mirror(), built);
    rmSync(join(packageOf(done), 'genesys-sdk.js'));
    symlinkSync(join(elsewhere, 'precious'), join(packageOf(done), 'genesys-sdk.js'));
    expect(() => installProvider(mirror(), built)).toThrow('is a link');
    expect(readFileSync(join(elsewhere, 'precious'), 'utf8')).toBe('x');
    expect(readdirSync(elsewhere)).toEqual(['precious']);
  });

  test('refuses a folder in which anybody could replace the provider', () => {
    mkdirSync(mirror());
    chmodSync(mirror(), 0o777);
    expect(() => installProvider(mirror(), built)).toThrow('everybody may write in');
    expect(readdirSync(mirror())).toEqual([]);
    expect(() => installProvider(join(mirror(), 'deeper'), built)).toThrow('everybody may write in');
  });

  test('sets modes itself, whatever the umask is', () => {
    const before = process.umask(0o077);
    try {
      const done = installProvider(mirror(), built);
      const modeOf = (path: string): number => statSync(path).mode & 0o777;
      expect(modeOf(packageOf(done))).toBe(0o755);
      expect(modeOf(join(packageOf(done), 'genesys-sdk.js'))).toBe(0o644);
      expect(modeOf(join(packageOf(done), `terraform-provider-compliance_v${done.version}`))).toBe(0o755);
      expect(modeOf(done.cliConfig)).toBe(0o644);
    } finally {
      process.umask(before);
    }
  });

  test('a file of an older build goes, and nothing of the way there stays', () => {
    writeFileSync(join(built, 'old.js'), '');
    const done = installProvider(mirror(), built);
    rmSync(join(built, 'old.js'));
    installProvider(mirror(), built);
    expect(readdirSync(packageOf(done)).sort()).toEqual([
      'genesys-sdk.js',
      `terraform-provider-compliance_v${done.version}`,
    ]);
    expect(readdirSync(join(packageOf(done), '..'))).toEqual([terraformPlatform()]);
  });

  test('knows a program that may not run from where it is', () => {
    const file = join(folder, 'a-program');
    expect(mayNotRun(file)).toBe(false);
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
    expect(mayNotRun(file)).toBe(false);
    chmodSync(file, 0o644);
    expect(mayNotRun(file)).toBe(true);
  });

  test('without a build says how to get one', () => {
    expect(() => installProvider(join(folder, 'mirror'), join(folder, 'nothing'))).toThrow();
  });

  test.each([
    ['linux', 'x64', 'linux_amd64'],
    ['darwin', 'arm64', 'darwin_arm64'],
    ['win32', 'ia32', 'windows_386'],
  ])('%s on %s is %s to terraform', (platform, arch, name) => {
    expect(terraformPlatform(platform, arch)).toBe(name);
  });
});

describe('simulate with a program behind --', () => {
  test('runs it with what terraform needs in its environment, and gives its exit code', async () => {
    const screen = terminal();
    const program = [
      '-e',
      'process.exit(process.env.GENESYSCLOUD_GATEWAY_PORT && process.env.TF_VAR_integration_id ? 7 : 8)',
    ];

    expect(await runCli(['simulate', '--', process.execPath, ...program], screen)).toBe(7);
  });

  test('leaves the options of the program to the program', async () => {
    expect(await runCli(['simulate', '--', process.execPath, '--version', '--help'], terminal())).toBe(0);
  });

  test('says that there is no such program', async () => {
    const screen = terminal();

    expect(await runCli(['simulate', '--', 'no-such-program'], screen)).toBe(1);
    expect(screen.written.err).toContain('"no-such-program" was not started: spawn no-such-program ENOENT.');
  });

  test('wants a program', async () => {
    const screen = terminal();

    expect(await runCli(['simulate', '--'], screen)).toBe(1);
    expect(screen.written.err).toContain('Behind "--" stands the program to run.');
  });
});
