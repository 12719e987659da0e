/** Versions of files in one bucket, as many as a section of a release is about. */
import type { Range, Things } from './things';

/** One version of an object. */
export interface FileVersion {
  readonly key: string;
  readonly versionId: string;
}

/** An immutable set, sorted by key and version. */
export class FileVersions implements Things<FileVersions>, Iterable<FileVersion> {
  static readonly none = new FileVersions([]);

  private constructor(private readonly versions: readonly FileVersion[]) {}

  /** Sorts and removes doubles. */
  static of(versions: Iterable<FileVersion>): FileVersions {
    const sorted = [...versions].sort(compare);
    return new FileVersions(sorted.filter((one, at) => at === 0 || compare(one, sorted[at - 1] as FileVersion) !== 0));
  }

  get size(): number {
    return this.versions.length;
  }

  minus(other: FileVersions): FileVersions {
    const names = other.names();
    return this.filter((one) => !names.has(nameOf(one)));
  }

  and(other: FileVersions): FileVersions {
    const names = other.names();
    return this.filter((one) => names.has(nameOf(one)));
  }

  union(other: FileVersions): FileVersions {
    return FileVersions.of([...this.versions, ...other.versions]);
  }

  /** Those for which this is true. */
  filter(keep: (version: FileVersion) => boolean): FileVersions {
    return new FileVersions(this.versions.filter(keep));
  }

  *parts(size: number): Generator<FileVersions> {
    for (let at = 0; at < this.versions.length; at += size) yield new FileVersions(this.versions.slice(at, at + size));
  }

  /** By key. */
  between(ranges: readonly Range[]): FileVersions {
    return this.filter(({ key }) => ranges.some(({ first, last }) => key >= first && key <= last));
  }

  get range(): Range | undefined {
    const first = this.versions[0];
    const last = this.versions.at(-1);
    return first === undefined || last === undefined ? undefined : { first: first.key, last: last.key };
  }

  [Symbol.iterator](): Iterator<FileVersion> {
    return this.versions[Symbol.iterator]();
  }

  private names(): ReadonlySet<string> {
    return new Set(this.versions.map(nameOf));
  }
}

/** A line feed is in no version id. */
function nameOf({ key, versionId }: FileVersion): string {
  return `${versionId}\n${key}`;
}

function compare(left: FileVersion, right: FileVersion): number {
  if (left.key !== right.key) return left.key < right.key ? -1 : 1;
  if (left.versionId !== right.versionId) return left.versionId < right.versionId ? -1 : 1;
  return 0;
}
