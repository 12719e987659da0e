/**
 * Puts the stand-ins into a filesystem mirror, so that `terraform init` finds them where it looks for the real ones, with no
 * network.
 */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { terraformPlatform } from '../../src/cli';

/** What an installation made. */
export interface StandIns {
  /** The CLI configuration to name in TF_CLI_CONFIG_FILE: every provider comes from the mirror. Absolute. */
  readonly cliConfig: string;
  /** Version that the stand-in poses as: the one that @cdktf/provider-aws demands. */
  readonly awsVersion: string;
}

/** Bundles and installs `hashicorp/aws`. This package's own provider can be installed into the same mirror. */
export async function installStandIns(mirrorDir: string): Promise<StandIns> {
  const mirror = resolve(mirrorDir);
  const awsVersion = versionThatBindingsPin();
  const source = ['registry.terraform.io', 'hashicorp', 'aws'];
  const folder = join(mirror, ...source, awsVersion, terraformPlatform());
  mkdirSync(folder, { recursive: true });
  const executable = join(folder, `terraform-provider-aws_v${awsVersion}`);
  await build({
    entryPoints: [join(__dirname, 'aws', 'main.ts')],
    outfile: executable,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    banner: { js: '#!/usr/bin/env node' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  chmodSync(executable, 0o755);
  const cliConfig = join(mirror, 'offline.rc');
  writeFileSync(
    cliConfig,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return { cliConfig, awsVersion };
}

function versionThatBindingsPin(): string {
  const file = require.resolve('@cdktf/provider-aws/package.json');
  const { cdktf } = JSON.parse(readFileSync(file, 'utf8')) as { cdktf: { provider: { version: string } } };
  return cdktf.provider.version;
}
