/** Buckets and object versions in memory. Content is read on demand, so that files made by an export take no room. */
import { createHash, randomUUID } from 'node:crypto';

/** Where an object's content comes from: an upload, or an exported recording, whose content can be made again. */
export type Origin =
  | { readonly kind: 'upload' }
  | {
      readonly kind: 'recording' | 'metadata';
      readonly conversationId: string;
      readonly recordingId: string;
    };

export interface ObjectVersion {
  readonly origin: Origin;
  readonly key: string;
  /** `null` while the bucket was never versioned, as S3 calls it. */
  readonly versionId: string;
  readonly deleteMarker: boolean;
  readonly etag: string;
  readonly size: number;
  readonly contentType: string;
  readonly lastModified: number;
  readonly metadata: Readonly<Record<string, string>>;
  tags: ReadonlyMap<string, string>;
  readonly read: () => Buffer;
}

export interface NewObject {
  /** @default an upload */
  readonly origin?: Origin;
  readonly read: () => Buffer;
  readonly contentType?: string;
  /** Milliseconds since 1970. @default now */
  readonly lastModified?: number;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly tags?: ReadonlyMap<string, string>;
}

export class Bucket {
  versioning: 'Off' | 'Enabled' | 'Suspended' = 'Off';
  tags: ReadonlyMap<string, string> = new Map();
  /** Newest version first. */
  private readonly objects = new Map<string, ObjectVersion[]>();
  private sorted: string[] = [];
  private isSorted = true;

  constructor(
    readonly name: string,
    readonly created: number,
    private readonly now: () => number,
  ) {}

  put(key: string, object: NewObject): ObjectVersion {
    const bytes = object.read();
    return this.addVersion({
      origin: object.origin ?? { kind: 'upload' },
      key,
      versionId: this.versioning === 'Enabled' ? randomUUID().replaceAll('-', '') : 'null',
      deleteMarker: false,
      etag: createHash('md5').update(bytes).digest('hex'),
      size: bytes.length,
      contentType: object.contentType ?? 'application/octet-stream',
      lastModified: object.lastModified ?? this.now(),
      metadata: object.metadata ?? {},
      tags: object.tags ?? new Map(),
      read: object.read,
    });
  }

  /** The newest version, or the one asked for; also when it is a delete marker. */
  version(key: string, versionId?: string): ObjectVersion | undefined {
    const versions = this.objects.get(key);
    return versionId === undefined ? versions?.[0] : versions?.find((one) => one.versionId === versionId);
  }

  /** Newest first. */
  versions(key: string): readonly ObjectVersion[] {
    return this.objects.get(key) ?? [];
  }

  /** Removes one version for good, or hides the object behind a delete marker; answers what was removed or written. */
  delete(key: string, versionId?: string): ObjectVersion | undefined {
    if (versionId !== undefined) return this.removeVersion(key, versionId);
    if (this.versioning === 'Off') return this.removeVersion(key, 'null');
    return this.addVersion({
      origin: { kind: 'upload' },
      key,
      versionId: this.versioning === 'Enabled' ? randomUUID().replaceAll('-', '') : 'null',
      deleteMarker: true,
      etag: '',
      size: 0,
      contentType: '',
      lastModified: this.now(),
      metadata: {},
      tags: new Map(),
      read: () => Buffer.alloc(0),
    });
  }

  /** All keys that have a version, in the order of S3 listings. */
  keys(): readonly string[] {
    if (!this.isSorted) {
      this.sorted = [...this.objects.keys()].sort();
      this.isSorted = true;
    }
    return this.sorted;
  }

  get isEmpty(): boolean {
    return this.objects.size === 0;
  }

  /** Puts a version of a saved state back, behind those that are there. */
  restore(version: ObjectVersion): void {
    const versions = this.objects.get(version.key);
    if (versions !== undefined) versions.push(version);
    else {
      this.objects.set(version.key, [version]);
      this.isSorted = false;
    }
  }

  private addVersion(version: ObjectVersion): ObjectVersion {
    const versions = this.objects.get(version.key);
    if (versions === undefined) {
      this.objects.set(version.key, [version]);
      this.isSorted = false;
      return version;
    }
    // Without versioning there is one version, and it is named null; suspended buckets replace only that one.
    const place = version.versionId === 'null' ? versions.findIndex((one) => one.versionId === 'null') : -1;
    if (place >= 0) versions.splice(place, 1);
    versions.unshift(version);
    return version;
  }

  private removeVersion(key: string, versionId: string): ObjectVersion | undefined {
    const versions = this.objects.get(key) ?? [];
    const place = versions.findIndex((one) => one.versionId === versionId);
    if (place < 0) return undefined;
    const [removed] = versions.splice(place, 1);
    if (versions.length === 0) {
      this.objects.delete(key);
      this.isSorted = false;
    }
    return removed;
  }
}

export class ObjectStore {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly now: () => number) {}

  createBucket(name: string, created = this.now()): Bucket {
    const bucket = new Bucket(name, created, this.now);
    this.buckets.set(name, bucket);
    return bucket;
  }

  hasBucket(name: string): boolean {
    return this.buckets.has(name);
  }

  /** Throws a RangeError when there is none; ask `hasBucket` first. */
  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw new RangeError(`no bucket ${name}`);
    return bucket;
  }

  deleteBucket(name: string): void {
    this.buckets.delete(name);
  }

  list(): readonly Bucket[] {
    return [...this.buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
