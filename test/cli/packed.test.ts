/** The package as npm installs it: for people who write HCL, without any other package; for CDKTF, with its peers alone. */
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { bareEnvironment, packPackage } from '../support/packed-package';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);
const MOST_BYTES = 40_000_000;

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(folder, file)).isFile());

let folder: string;
let project: string;
let installed: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packed-'));
  env = bareEnvironment(folder);
  const archive = await packPackage(folder);
  project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name":"project","version":"1.0.0"}');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', archive], { cwd: project, env });
  installed = join(project, 'node_modules/genesyscloud-compliance');
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('brings no other package, and takes less than 40 MB', () => {
  const modules = join(project, 'node_modules');
  expect(readdirSync(modules).filter((name) => !name.startsWith('.'))).toEqual(['genesyscloud-compliance']);
  const bytes = filesIn(modules).reduce((sum, file) => sum + statSync(join(modules, file)).size, 0);
  expect(bytes).toBeLessThan(MOST_BYTES);
});

test('has no source map, and no file that names one', () => {
  const files = filesIn(installed);
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  const scripts = files.filter((file) => /\.c?js$/.test(file));
  expect(
    scripts.filter((file) => /^\/\/# sourceMappingURL=/m.test(readFileSync(join(installed, file), 'utf8'))),
  ).toEqual([]);
});

test('has what its README links to', () => {
  const links = [...readFileSync(join(installed, 'README.md'), 'utf8').matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)];
  expect(links.length).toBeGreaterThan(3);
  expect(links.map(([, path = '']) => path).filter((path) => !existsSync(join(installed, path)))).toEqual([]);
});

test('has commands that work by themselves: the provider is installed, and terraform starts it', async () => {
  const command = join(project, 'node_modules/.bin/genesyscloud-compliance');
  const { stdout } = await run(command, ['install', '--dir', join(project, 'mirror'), '--json'], { cwd: project, env });
  const { cliConfig } = JSON.parse(stdout) as { readonly cliConfig: string };
  writeFileSync(
    join(project, 'main.tf'),
    'terraform {\n required_providers {\n genesyscloud = { source = "terraform.local/genesyscloud/compliance" }\n }\n}\nprovider "genesyscloud" {}\n',
  );
  const terraform = { cwd: project, env: { ...env, TF_CLI_CONFIG_FILE: cliConfig } };
  await run('terraform', ['init', '-input=false'], terraform);
  expect((await run('terraform', ['validate', '-no-color'], terraform)).stdout).toContain('The configuration is valid');
});

test.each(['simulate', 'preflight', 'review', 'drift', 'status', 'explain'])('has the command %s', async (name) => {
  const command = join(project, 'node_modules/.bin/genesyscloud-compliance');
  expect((await run(command, [name, '--help'], { cwd: project, env })).stdout).toContain(name);
});

test('has the constructs, for who has the peers, and opens no other door', async () => {
  for (const peer of ['cdktf', 'constructs', '@cdktf/provider-aws']) {
    mkdirSync(dirname(join(project, 'node_modules', peer)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', peer), join(project, 'node_modules', peer));
  }
  const names = "console.log(Object.keys(require('genesyscloud-compliance')).join())";
  expect((await run(process.execPath, ['-e', names], { cwd: project, env })).stdout).toContain('LegalHoldExport');
  const deep = "require('genesyscloud-compliance/dist/lib/rules')";
  await expect(run(process.execPath, ['-e', deep], { cwd: project, env })).rejects.toThrow(
    'ERR_PACKAGE_PATH_NOT_EXPORTED',
  );
});
