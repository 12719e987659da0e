import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError } from './command';
import { didYouMean } from './nearest';

const STEM = 'terraform-provider-compliance';
const SUMS = '_SHA256SUMS';

/** `terraform-provider-compliance_0.1.0_SHA256SUMS`: nothing that leads out of the folder. */
function isListOfSums(file: string): boolean {
  if (!file.startsWith(`${STEM}_`) || !file.endsWith(SUMS)) return false;
  return /^\d[-.\w]{0,63}$/.test(file.slice(STEM.length + 1, -SUMS.length));
}

/** One archive of a release, read and compared with its checksum. */
export interface ReleaseArchive {
  /** Terraform's name: `linux_amd64`. */
  readonly platform: string;
  readonly file: string;
  readonly bytes: Buffer;
}

/** The registry's name of the archive of one platform. */
export function archiveName(version: string, platform: string): string {
  return `${STEM}_${version}_${platform}.zip`;
}

/**
 * Reads the archives of these platforms from a folder that `npm run package` made; `all` stands for each that it has.
 * Throws a CommandError where the folder is not a release, an archive is missing, or its SHA-256 is not the one in SHA256SUMS.
 */
export function readRelease(
  folder: string,
  platforms: readonly string[],
): { readonly version: string; readonly archives: readonly ReleaseArchive[] } {
  const root = resolve(folder);
  const lists = existsSync(root) ? readdirSync(root).filter(isListOfSums) : [];
  const [list] = lists;
  if (list === undefined || lists.length > 1) {
    throw new CommandError(
      `Nothing was installed: ${root} has ${lists.length === 0 ? 'no file' : 'several files'} …_SHA256SUMS, so it is not a release. Name the folder that "npm run package" writes (build/release).`,
    );
  }
  const version = list.slice(STEM.length + 1, -SUMS.length);
  const sums = new Map(
    readFileSync(join(root, list), 'utf8')
      .split('\n')
      .map((line) => line.split(/ [ *]/))
      .flatMap(([sum, file]) => (sum !== undefined && file !== undefined ? [[file, sum] as const] : [])),
  );
  const prefix = `${STEM}_${version}_`;
  const known = [...sums.keys()]
    .filter((file) => file.startsWith(prefix) && file.endsWith('.zip'))
    .map((file) => file.slice(prefix.length, -'.zip'.length))
    .filter((platform) => /^[a-z0-9]+_[a-z0-9]+$/.test(platform));
  const wanted = platforms.includes('all') ? known : [...new Set(platforms)];
  return { version, archives: wanted.map((platform) => archiveOf(platform)) };

  function archiveOf(platform: string): ReleaseArchive {
    if (!known.includes(platform)) {
      throw new CommandError(
        `Nothing was installed: the release has no archive for ${platform}.${didYouMean(platform, known)} It has ${known.join(', ')}.`,
      );
    }
    const file = archiveName(version, platform);
    const path = join(root, file);
    if (!existsSync(path))
      throw new CommandError(`Nothing was installed: ${path} is in ${list} and not in the folder.`);
    const bytes = readFileSync(path);
    const sum = createHash('sha256').update(bytes).digest('hex');
    if (sum !== sums.get(file)) {
      throw new CommandError(
        `Nothing was installed: ${path} has the SHA-256 ${sum}, and ${list} says ${String(sums.get(file))}. The archive is damaged or was exchanged: copy the release again from where you trust it.`,
      );
    }
    return { platform, file, bytes };
  }
}
