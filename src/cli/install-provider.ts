import { createHash, randomUUID } from 'node:crypto';
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
import { dirname, join, resolve } from 'node:path';
import { CommandError } from './command';
import { makeOwnFolder, refuseLink } from './own-folder';
import { packageInfo } from './package-root';
import { archiveName, readRelease } from './release';

/** Where Terraform looks the provider up: host/namespace/type. The host is never contacted. */
export const SOURCE = 'terraform.local/genesyscloud/compliance';

/** Name of the executable in the build; in a mirror it carries the version. */
export const EXECUTABLE = 'terraform-provider-compliance';

/** What an installation made. */
export interface Installation {
  /** The CLI configuration file to name in TF_CLI_CONFIG_FILE. Absolute. */
  readonly cliConfig: string;
  readonly source: string;
  readonly version: string;
  /** What Terraform loads the provider from: a folder or an archive for each platform that was asked for. */
  readonly packages: readonly string[];
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
export function installProvider(
  dir: string,
  built: string = builtProvider(),
  platforms: readonly string[] = [terraformPlatform()],
): Installation {
  const root = resolve(dir);
  const { version } = packageInfo();
  const cliConfig = join(root, 'terraform.rc');
  refuseForeignConfiguration(cliConfig, root);
  const laid = platforms.map((platform) => layOut(root, built, version, platform));
  writeConfiguration(root, cliConfig);
  return {
    cliConfig,
    source: SOURCE,
    version,
    packages: laid.map(({ target }) => target),
    replacedDifferentBuild: laid.some(({ replaced }) => replaced),
  };
}

/**
 * The same from a release that `npm run package` made: its archives as they are, for the platforms that were asked for (`all`
 * for each that it has). Whoever inits with such a mirror gets the checksums of all of them, so that one lock file serves a
 * team with several kinds of machines. Throws a CommandError where an archive is missing or is not what SHA256SUMS says.
 */
export function installRelease(dir: string, release: string, platforms: readonly string[]): Installation {
  const root = resolve(dir);
  const { version, archives } = readRelease(release, platforms);
  const cliConfig = join(root, 'terraform.rc');
  refuseForeignConfiguration(cliConfig, root);
  const home = join(root, ...SOURCE.split('/'));
  makeOwnFolder(root, home);
  let replaced = false;
  const packages = archives.map(({ platform, file, bytes }) => {
    const target = join(home, file);
    refuseLink(target);
    replaced ||= existsSync(target) && !readFileSync(target).equals(bytes);
    replaceFile(target, bytes);
    // Terraform takes either form and does not say which: one platform has one.
    const folder = join(home, version, platform);
    if (existsSync(folder)) {
      makeOwnFolder(root, folder);
      replaced = true;
      rmSync(folder, { recursive: true });
    }
    return target;
  });
  writeConfiguration(root, cliConfig);
  return { cliConfig, source: SOURCE, version, packages, replacedDifferentBuild: replaced };
}

/** Puts the build into its folder for one platform. */
function layOut(
  root: string,
  built: string,
  version: string,
  platform: string,
): { readonly target: string; readonly replaced: boolean } {
  const home = join(root, ...SOURCE.split('/'), version);
  const target = join(home, platform);
  const archive = join(root, ...SOURCE.split('/'), archiveName(version, platform));
  const files = readdirSync(built).map((file) => ({
    from: join(built, file),
    name: file === EXECUTABLE ? `${EXECUTABLE}_v${version}` : file,
    mode: file === EXECUTABLE ? 0o755 : 0o644,
  }));
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
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  const hadArchive = existsSync(archive);
  if (hadArchive) rmSync(archive);
  return { target, replaced: hadArchive || (before !== undefined && before !== digestOf(target)) };
}

function writeConfiguration(root: string, cliConfig: string): void {
  replaceFile(cliConfig, Buffer.from(cliConfiguration(root), 'utf8'));
}

/** Puts a whole file in the place of another in one step. */
function replaceFile(file: string, bytes: Buffer): void {
  const fresh = join(dirname(file), `.new-${randomUUID()}`);
  try {
    writeFileSync(fresh, bytes, { flag: 'wx' });
    chmodSync(fresh, 0o644);
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
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
