/** A bucket in memory behind the engines' own interface, with faults: for properties over thousands of small runs. */
import { AwsError } from '../../src/aws';
import type { HoldStatus, LockSupport, ObjectStore, VersionPage, VersionRef } from '../../src/aws';

export type Operation = 'readTags' | 'writeTags' | 'readHold' | 'writeHold' | 'liftHold';

export interface StoredVersion {
  readonly key: string;
  readonly versionId: string;
  readonly etag: string;
  readonly modified: number;
  readonly marker: boolean;
  tags: Map<string, string>;
  hold: HoldStatus;
}

export class MemoryObjectStore implements ObjectStore {
  readonly calls: { operation: Operation; key: string; versionId: string }[] = [];
  /** Called before each operation; what it throws, the caller meets. */
  before: (operation: Operation, version: VersionRef) => void = () => undefined;
  /** Called after each write was done, before its answer. */
  afterWrite: (operation: Operation, version: VersionRef) => void = () => undefined;
  /** Attempts that the receipt of a call tells. */
  attempts: (operation: Operation) => number = () => 1;
  lock: LockSupport = { state: 'on' };
  underWay = 0;
  mostUnderWay = 0;
  pagesRead = 0;
  private readonly versions: StoredVersion[] = [];
  private made = 0;

  constructor(private readonly pageSize = 3) {}

  /** Adds a version; the newest of a key comes first in the listing. */
  put(key: string, options: Partial<Pick<StoredVersion, 'hold' | 'marker'>> & { tags?: Record<string, string> } = {}) {
    const version: StoredVersion = {
      key,
      versionId: `v${this.made}`,
      etag: `e${this.made}`,
      modified: Date.UTC(2026, 0, 7) + this.made * 1000,
      marker: options.marker ?? false,
      tags: new Map(Object.entries(options.tags ?? {})),
      hold: options.hold ?? 'OFF',
    };
    this.made += 1;
    const last = this.versions.at(-1);
    const isLast = last === undefined || Buffer.compare(Buffer.from(last.key), Buffer.from(key)) < 0;
    const at = isLast
      ? -1
      : this.versions.findIndex((other) => Buffer.compare(Buffer.from(other.key), Buffer.from(key)) >= 0);
    this.versions.splice(at < 0 ? this.versions.length : at, 0, version);
    return version;
  }

  /** As somebody does who may bypass what protects it. */
  remove(version: StoredVersion): void {
    this.versions.splice(this.versions.indexOf(version), 1);
  }

  get all(): readonly StoredVersion[] {
    return this.versions.filter((version) => !version.marker);
  }

  /** Delete markers included, in the order of a listing. */
  get everything(): readonly StoredVersion[] {
    return this.versions;
  }

  get writes(): number {
    return this.calls.filter(({ operation }) => isWrite(operation)).length;
  }

  async *listVersions(prefix: string, signal: AbortSignal): AsyncGenerator<VersionPage> {
    const listed = this.versions.filter((version) => version.key.startsWith(prefix));
    for (let from = 0; from < Math.max(1, listed.length); from += this.pageSize) {
      signal.throwIfAborted();
      await Promise.resolve();
      this.pagesRead += 1;
      const page = listed.slice(from, from + this.pageSize);
      const isLatest = (version: StoredVersion) => listed.find((other) => other.key === version.key) === version;
      yield {
        versions: page
          .filter((version) => !version.marker)
          .map(({ key, versionId, etag, modified }) => ({ key, versionId, etag, modified, size: 10 })),
        hidingMarkers: page
          .filter((version) => version.marker && isLatest(version))
          .map(({ key, versionId }) => ({ key, versionId, since: null })),
        receipt: { requestId: 'list', attempts: 1 },
      };
    }
  }

  readTags(version: VersionRef, signal: AbortSignal) {
    return this.call('readTags', version, signal, (stored) => new Map(stored.tags));
  }

  async writeTags(version: VersionRef, tags: ReadonlyMap<string, string>, signal: AbortSignal) {
    return (await this.call('writeTags', version, signal, (stored) => (stored.tags = new Map(tags)))).receipt;
  }

  readHold(version: VersionRef, signal: AbortSignal) {
    return this.call('readHold', version, signal, (stored) => stored.hold);
  }

  async writeHold(version: VersionRef, status: HoldStatus, signal: AbortSignal) {
    return (await this.call('writeHold', version, signal, (stored) => (stored.hold = status))).receipt;
  }

  readonly shortestLiftMs = 0;

  async liftHold(version: VersionRef, _withinMs: number, signal: AbortSignal) {
    return (await this.call('liftHold', version, signal, (stored) => (stored.hold = 'OFF'))).receipt;
  }

  lockSupport(): Promise<LockSupport> {
    return Promise.resolve(this.lock);
  }

  private async call<T>(
    operation: Operation,
    version: VersionRef,
    signal: AbortSignal,
    act: (stored: StoredVersion) => T,
  ) {
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      this.before(operation, version);
      this.calls.push({ operation, key: version.key, versionId: version.versionId });
      const stored = this.versions.find((one) => one.versionId === version.versionId && one.key === version.key);
      if (stored === undefined) throw awsError('NoSuchVersion', 404);
      const value = act(stored);
      if (isWrite(operation)) this.afterWrite(operation, version);
      const requestId = `r${this.calls.length}`;
      return { value, receipt: { requestId, attempts: this.attempts(operation) } };
    } finally {
      this.underWay -= 1;
    }
  }
}

function isWrite(operation: Operation): boolean {
  return !operation.startsWith('read');
}

/** What the S3 adapter throws. */
export function awsError(code: string, status: number, missingRight?: string): AwsError {
  return new AwsError(
    { message: `${code} happened.`, operation: 'Test', target: 's3://b', code, status, requestId: 'r', missingRight },
    undefined,
  );
}
