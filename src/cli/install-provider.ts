import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CommandError } from './command';
import { packageInfo } from './package-root';

/** Where Terraform looks the provider up: host/namespace/type. The host is never contacted. */
export const SOURCE = 'terraform.local/genesyscloud/compliance';

/** Name of the executable in the build; in a mirror it carries the version. */
const EXECUTABLE = 'terraform-provider-compliance';

/** What an installation made. */
export interface Installation {
  /** The CLI configuration file to name in TF_CLI_CONFIG_FILE. Absolute. */
  readonly cliConfig: string;
  readonly source: string;
  readonly version: string;
  /** The folder that Terraform loads the provider from. */
  readonly package: string;
  /** True when another build of the same version lay there: lock files made with it name another checksum. */
  readonly replacedDifferentBuild: boolean;
}

/** Terraform's name of a platform: `linux_amd64`. */
export function terraformPlatform(platform: string = process.platform, arch: string = process.arch): string {
  const os = platform === 'win32' ? 'windows' : platform;
  const cpu = ({ x64: 'amd64', ia32: '386' } as Record<string, string>)[arch] ?? arch;
  return `${os}_${cpu}`;
}

/** The folder of the built provider. Throws a CommandError when it was never built. */
export function builtProvider(): string {
  const folder = join(packageInfo().root, 'dist', 'provider');
  if (!existsSync(join(folder, EXECUTABLE))) {
    throw new CommandError(
      `There is no built provider in ${folder}. In a checkout, build it with "npm run build"; in an installed package this means that the package is damaged: install it again.`,
    );
  }
  return folder;
}

/**
 * Puts the provider into a filesystem mirror below `dir` and writes a CLI configuration beside it.
 * The new package takes the old one's place in one step, so a Terraform that starts meanwhile sees one or the other.
 */
export function installProvider(dir: string, built: string = builtProvider()): Installation {
  const root = resolve(dir);
  const { version } = packageInfo();
  const home = join(root, ...SOURCE.split('/'), version);
  const target = join(home, terraformPlatform());
  const staging = join(home, `.${terraformPlatform()}.${process.pid}`);
  makeFolder(staging, root);
  for (const file of readdirSync(built)) {
    const name = file === EXECUTABLE ? `${EXECUTABLE}_v${version}` : file;
    copyFileSync(join(built, file), join(staging, name));
    if (file === EXECUTABLE) chmodSync(join(staging, name), 0o755);
  }
  const before = digestOf(target);
  rmSync(target, { recursive: true, force: true });
  renameSync(staging, target);
  const cliConfig = join(root, 'terraform.rc');
  writeFileSync(cliConfig, cliConfiguration(root));
  return {
    cliConfig,
    source: SOURCE,
    version,
    package: target,
    replacedDifferentBuild: before !== undefined && before !== digestOf(target),
  };
}

/**
 * One folder at a time: Node's own recursive way never returns where a parent exists and takes no folders (/proc).
 * Throws a CommandError that names the folder the user asked for.
 */
function makeFolder(folder: string, wanted: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), wanted);
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new CommandError(
      `Nothing was installed: the folder ${folder} cannot be made (${(error as Error).message}).\nName a folder you can write to with --dir; ${wanted} is not one.`,
    );
  }
}

function cliConfiguration(root: string): string {
  const path = JSON.stringify(root);
  return [
    '# Written by "genesyscloud-compliance install". Terraform finds this one provider here and all others where it always does.',
    'provider_installation {',
    '  filesystem_mirror {',
    `    path    = ${path}`,
    '    include = ["terraform.local/*/*"]',
    '  }',
    '  direct {',
    '    exclude = ["terraform.local/*/*"]',
    '  }',
    '}',
    '',
  ].join('\n');
}

function digestOf(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
