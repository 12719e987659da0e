/**
 * One number for a set of object versions, so that a plan can say "nothing new" and an auditor can check what was held.
 *
 * It is the SHA-256, in hex, of one line for each version: key, version id and ETag, separated by tabs, ended by a line
 * feed, the lines sorted by their bytes. Backslash, tab, line feed and carriage return in a key are written as `\\`, `\t`,
 * `\n` and `\r`, as jq's `@tsv` does. From the journal an auditor gets the same number with
 *
 *     jq -r 'select(.etag) | [.key, .versionId, .etag] | @tsv' journal.jsonl | LC_ALL=C sort -u | sha256sum
 *
 * when the journal begins with the run that is asked about. Keys with control characters, which S3 allows but no recording has, are ordered before they are escaped.
 */
import { createHash, type Hash } from 'node:crypto';
import type { ObjectVersion } from './object-store';
import { compareUtf8 } from './scope';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** The line of one version, with its line feed. */
export function manifestLine(version: Pick<ObjectVersion, 'key' | 'versionId' | 'etag'>): string {
  const key = version.key.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
  return `${key}\t${version.versionId}\t${version.etag}\n`;
}

/**
 * Takes versions in the order of a listing and keeps no more than those of one key. Throws a RangeError when the listing is
 * not in order: then the digest would depend on chance.
 */
export class ManifestDigest {
  private readonly hash: Hash = createHash('sha256');
  private key: string | undefined;
  private lines: string[] = [];

  add(version: ObjectVersion): void {
    if (version.key !== this.key) {
      if (this.key !== undefined && compareUtf8(version.key, this.key) < 0) {
        throw new RangeError(
          `The bucket's listing is not in the order of its keys: "${version.key}" came after "${this.key}". ` +
            'Only S3 itself and servers that list as it does are supported.',
        );
      }
      this.flush();
      this.key = version.key;
    }
    this.lines.push(manifestLine(version));
  }

  /** Call once, after the last version. */
  finish(): string {
    this.flush();
    return this.hash.digest('hex');
  }

  private flush(): void {
    for (const line of this.lines.sort(compareUtf8)) this.hash.update(line);
    this.lines = [];
  }
}

/** Digest of one page of a listing, in its own order: two equal pages hold the same versions. */
export function pageDigest(versions: readonly ObjectVersion[]): string {
  const hash = createHash('sha256');
  for (const version of versions) hash.update(manifestLine(version));
  return hash.digest('hex');
}
