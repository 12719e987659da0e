/** The release, without the executables: they need 100 MB from the registry, see scripts/matrix.ts. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { installProvider, installRelease } from '../../src/cli';
import { componentsIn } from '../../scripts/package/components';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);
const TYPE = 'terraform.local/genesyscloud/compliance';

let folder: string;
let release: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  release = join(folder, 'one');
  for (const out of [release, join(folder, 'two')]) {
    await run(join(ROOT, 'node_modules/.bin/tsx'), ['scripts/package.ts', '--scripts-only', '--out', out], {
      cwd: ROOT,
    });
  }
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = (of: string): readonly string[] =>
  readdirSync(of, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(of, file)).isFile())
    .sort();
const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

test('two builds are the same, byte for byte', () => {
  const two = join(folder, 'two');
  expect(files(two)).toEqual(files(release));
  for (const file of files(release)) {
    expect({ file, digest: digest(join(two, file)) }).toEqual({ file, digest: digest(join(release, file)) });
  }
});

test('SHA256SUMS names every archive, the manifest and the bill of materials', () => {
  const [sums = ''] = readdirSync(release).filter((file) => file.endsWith('_SHA256SUMS'));
  const named = readFileSync(join(release, sums), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('  '));
  for (const [sum, file = ''] of named) expect(digest(join(release, file))).toBe(sum);
  const others = readdirSync(release).filter((file) => statSync(join(release, file)).isFile() && file !== sums);
  expect(named.map(([, file]) => file)).toEqual(others.sort());
});

test('terraform installs an archive from the filesystem mirror and starts it; the lock file has the network mirror’s hash', async () => {
  const work = join(folder, 'work');
  mkdirSync(work);
  const rc = join(work, 'rc');
  writeFileSync(
    rc,
    `provider_installation {\n filesystem_mirror {\n path = "${join(release, 'filesystem-mirror')}"\n }\n}\n`,
  );
  writeFileSync(
    join(work, 'main.tf'),
    `terraform {\n required_providers {\n genesyscloud = { source = "${TYPE}" }\n }\n}\nprovider "genesyscloud" {}\n`,
  );
  const env = {
    PATH: process.env['PATH'],
    TMPDIR: tmpdir(),
    HOME: work,
    TF_CLI_CONFIG_FILE: rc,
    CHECKPOINT_DISABLE: '1',
  };
  await run('terraform', ['init', '-input=false'], { cwd: work, env });
  const { stdout } = await run('terraform', ['validate', '-no-color'], { cwd: work, env });

  expect(stdout).toContain('The configuration is valid');
  const [, hash = 'none'] = /"(h1:[^"]+)"/.exec(readFileSync(join(work, '.terraform.lock.hcl'), 'utf8')) ?? [];
  const mirror = join(release, 'network-mirror', TYPE);
  const [version = ''] = Object.keys(
    (JSON.parse(readFileSync(join(mirror, 'index.json'), 'utf8')) as { readonly versions: object }).versions,
  );
  expect(readFileSync(join(mirror, `${version}.json`), 'utf8')).toContain(hash);
});

describe('install --from', () => {
  const mirror = (): string => join(folder, 'installed');
  const home = (): string => join(mirror(), TYPE);
  afterEach(() => rmSync(mirror(), { recursive: true, force: true }));

  test('lays out several platforms, which terraform finds, all in one lock file', async () => {
    const done = installRelease(mirror(), release, ['all']);

    const work = join(folder, 'several');
    mkdirSync(work);
    writeFileSync(
      join(work, 'main.tf'),
      `terraform {\n required_providers {\n genesyscloud = { source = "${TYPE}" }\n }\n}\nprovider "genesyscloud" {}\n`,
    );
    const env = {
      PATH: process.env['PATH'],
      TMPDIR: tmpdir(),
      HOME: work,
      TF_CLI_CONFIG_FILE: done.cliConfig,
      CHECKPOINT_DISABLE: '1',
    };
    const { stdout } = await run(
      'terraform',
      [
        'providers',
        'lock',
        '-no-color',
        `-fs-mirror=${mirror()}`,
        '-platform=linux_amd64',
        '-platform=darwin_arm64',
        '-platform=linux_arm64',
      ],
      { cwd: work, env },
    );
    expect(stdout).toContain('Obtained terraform.local/genesyscloud/compliance checksums for linux_arm64');
    await run('terraform', ['init', '-input=false', '-lockfile=readonly'], { cwd: work, env });
    expect((await run('terraform', ['validate', '-no-color'], { cwd: work, env })).stdout).toContain('is valid');
  });

  test('has one form of a platform, and says when another build was there', () => {
    const built = join(folder, 'built');
    mkdirSync(built);
    writeFileSync(join(built, 'terraform-provider-compliance'), '#!/bin/sh\n', { mode: 0o755 });
    installProvider(mirror(), built, ['linux_amd64', 'linux_arm64']);

    const first = installRelease(mirror(), release, ['linux_amd64']);
    const second = installRelease(mirror(), release, ['linux_amd64']);

    expect([first.replacedDifferentBuild, second.replacedDifferentBuild]).toEqual([true, false]);
    expect(readdirSync(join(home(), first.version))).toEqual(['linux_arm64']);
    expect(installProvider(mirror(), built, ['linux_amd64']).replacedDifferentBuild).toBe(true);
    expect(readdirSync(home()).filter((file) => file.endsWith('.zip'))).toEqual([]);
  });

  test('takes no archive that is not the one of SHA256SUMS, and names those that there are', () => {
    const other = join(folder, 'other');
    cpSync(release, other, { recursive: true });
    const [archive = ''] = readdirSync(other).filter((file) => file.endsWith('_linux_amd64.zip'));
    writeFileSync(join(other, archive), 'exchanged');

    expect(() => installRelease(mirror(), other, ['linux_amd64'])).toThrow(
      /has the SHA-256 .* is damaged or was exchanged/,
    );
    expect(() => installRelease(mirror(), other, ['linux_amd46'])).toThrow(
      /no archive for linux_amd46\. Did you mean "?linux_amd64"?\? It has .*darwin_arm64/,
    );
    expect(() => installRelease(mirror(), folder, ['all'])).toThrow('is not a release');
    expect(existsSync(mirror())).toBe(false);
  });
});

test('the bill of materials names what is bundled, once each, and nothing that only builds', () => {
  const [file = ''] = readdirSync(release).filter((name) => name.endsWith('.cdx.json'));
  const bill = JSON.parse(readFileSync(join(release, file), 'utf8')) as {
    readonly components: readonly { readonly name: string; readonly purl: string }[];
  };
  const names = bill.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['purecloud-platform-client-v2', '@aws-sdk/client-s3', 'axios']));
  expect(new Set(bill.components.map(({ purl }) => purl)).size).toBe(names.length);
  for (const builder of ['esbuild', 'typescript', 'cdktf', 'jest']) expect(names).not.toContain(builder);
});

test('what has a licence that does not allow it is not shipped', () => {
  expect(() => componentsIn(ROOT, ['node_modules/cdktf'])).toThrow(
    /cdktf .* may not be shipped: its licence is MPL-2\.0/,
  );
});
