import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError } from './command';
import { makeOwnFolder, refuseLink } from './own-folder';
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
 * Puts the provider into a filesystem mirror below `dir` and writes a CLI configuration beside it. Touches only what an
 * earlier installation made: a foreign `terraform.rc`, a link, a folder that anybody may write in are refused, and nothing is
 * changed then. Each file takes the old one's place in one step, the executable last, so that a Terraform that starts
 * meanwhile finds a provider at every moment.
 */
export function installProvider(dir: string, built: string = builtProvider()): Installation {
  const root = resolve(dir);
  const { version } = packageInfo();
  const home = join(root, ...SOURCE.split('/'), version);
  const target = join(home, terraformPlatform());
  const cliConfig = join(root, 'terraform.rc');
  const files = readdirSync(built).map((file) => ({
    from: join(built, file),
    name: file === EXECUTABLE ? `${EXECUTABLE}_v${version}` : file,
    mode: file === EXECUTABLE ? 0o755 : 0o644,
  }));
  refuseForeignConfiguration(cliConfig, root);
  makeOwnFolder(root, home);
  if (existsSync(target)) makeOwnFolder(root, target);
  for (const { name } of files) refuseLink(join(target, name));

  const before = digestOf(target);
  const staging = mkdtempSync(join(home, '.new-'));
  try {
    for (const { from, name, mode } of files) {
      copyFileSync(from, join(staging, name));
      chmodSync(join(staging, name), mode);
    }
    if (before !== digestOf(staging)) {
      makeOwnFolder(root, target);
      const executableLast = [...files].sort((a, b) => a.mode - b.mode);
      for (const { name } of executableLast) renameSync(join(staging, name), join(target, name));
      for (const name of readdirSync(target)) if (!files.some((file) => file.name === name)) rmSync(join(target, name));
    }
    writeFileSync(join(staging, 'terraform.rc'), cliConfiguration(root));
    chmodSync(join(staging, 'terraform.rc'), 0o644);
    renameSync(join(staging, 'terraform.rc'), cliConfig);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return {
    cliConfig,
    source: SOURCE,
    version,
    package: target,
    replacedDifferentBuild: before !== undefined && before !== digestOf(target),
  };
}

/** Throws a CommandError where a CLI configuration lies that is not exactly as an installation wrote it. */
function refuseForeignConfiguration(file: string, root: string): void {
  refuseLink(file);
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  // A mirror that was moved since has its old path in it.
  const path = /^ {4}path {4}= "(.*)"$/m.exec(text)?.[1];
  if (path !== undefined && text === cliConfiguration(JSON.parse(`"${path}"`) as string)) return;
  throw new CommandError(
    `Nothing was installed: ${file} was not written by this command, or was changed since. Name another folder with --dir, or\nadd these lines to it and install into a folder of its own:\n\n${cliConfiguration(root)}`,
  );
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
