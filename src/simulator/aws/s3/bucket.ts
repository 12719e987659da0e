/** One bucket in memory. Content is read on demand, so that files made by an export take no room. */
import { createHash, randomUUID } from 'node:crypto';
import { KeyList } from './key-list';
import type { MultipartUpload } from './multipart-upload';
import { retentionFrom, type LockConfiguration } from './object-lock';
import { NO_TAGS, type Encryption, type NewObject, type ObjectVersion, type Tags } from './object-version';
import type { SettingName } from './bucket-settings';

/** Version ids begin with the number of their version, so that a listing can continue behind one that was deleted. */
const SEQUENCE_DIGITS = 9;
const RADIX = 36;

export class Bucket {
  versioning: 'Off' | 'Enabled' | 'Suspended' = 'Off';
  /** Absent: Object Lock is not enabled. */
  lock: LockConfiguration | undefined;
  /** What new objects are encrypted with. */
  encryption: Encryption = { algorithm: 'AES256' };
  tags: Tags = NO_TAGS;
  /** JSON text. */
  policy: string | undefined;
  /** Other settings as XML, as they were put. */
  readonly settings = new Map<SettingName, string>();
  readonly uploads = new Map<string, MultipartUpload>();
  /** Newest version first. */
  private readonly objects = new Map<string, ObjectVersion[]>();
  private readonly keyList = new KeyList();
  private sequence = 0;

  constructor(
    readonly name: string,
    readonly created: number,
    private readonly now: () => number,
  ) {}

  put(key: string, object: NewObject): ObjectVersion {
    const bytes = object.read();
    const lastModified = object.lastModified ?? this.now();
    const defaultRetention = this.lock?.defaultRetention;
    const retention =
      object.retention ?? (defaultRetention === undefined ? undefined : retentionFrom(defaultRetention, lastModified));
    return this.addVersion({
      ...this.newId(),
      origin: object.origin ?? { kind: 'upload' },
      key,
      deleteMarker: false,
      etag: object.etag ?? createHash('md5').update(bytes).digest('hex'),
      size: bytes.length,
      contentType: object.contentType ?? 'application/octet-stream',
      lastModified,
      metadata: object.metadata ?? {},
      encryption: object.encryption ?? this.encryption,
      tags: object.tags ?? NO_TAGS,
      read: object.read,
      ...(object.checksum === undefined ? {} : { checksum: object.checksum }),
      ...(object.parts === undefined ? {} : { parts: object.parts }),
      ...(object.legalHold === undefined ? {} : { legalHold: object.legalHold }),
      ...(retention === undefined ? {} : { retention }),
    });
  }

  /** The newest version, or the one asked for; also when it is a delete marker. */
  version(key: string, versionId?: string): ObjectVersion | undefined {
    const versions = this.objects.get(key);
    if (versions === undefined || versionId === undefined) return versions?.[0];
    return versions[placeOf(versions, versionId)];
  }

  /** Newest first. */
  versions(key: string): readonly ObjectVersion[] {
    return this.objects.get(key) ?? [];
  }

  /** The versions of a key that a listing shows after this one, which need not be there any more. */
  versionsAfter(key: string, versionId: string): readonly ObjectVersion[] {
    const versions = this.versions(key);
    const place = placeOf(versions, versionId);
    if (place >= 0) return versions.slice(place + 1);
    const sequence = sequenceOf(versionId);
    return sequence === undefined ? [] : versions.filter((version) => version.sequence < sequence);
  }

  /**
   * Removes one version for good, or hides the object behind a delete marker, which is made at `at`; answers what was removed
   * or written. Object Lock is not looked at: ask `isProtected` first.
   */
  delete(key: string, versionId?: string, at = this.now()): ObjectVersion | undefined {
    if (versionId !== undefined) return this.removeVersion(key, versionId);
    if (this.versioning === 'Off') return this.removeVersion(key, 'null');
    return this.addVersion({
      ...this.newId(),
      origin: { kind: 'upload' },
      key,
      deleteMarker: true,
      etag: '',
      size: 0,
      contentType: '',
      lastModified: at,
      metadata: {},
      encryption: { algorithm: 'AES256' },
      tags: NO_TAGS,
      read: () => Buffer.alloc(0),
    });
  }

  /** All keys that have a version, in the order of S3 listings. */
  keys(): readonly string[] {
    return this.keyList.sorted();
  }

  /** The place in `keys()` of the first key that is not before the text. */
  firstKeyFrom(text: string): number {
    return this.keyList.from(text);
  }

  get isEmpty(): boolean {
    return this.objects.size === 0;
  }

  /** Puts a version of a saved state back, behind those that are there. */
  restore(version: ObjectVersion): void {
    this.sequence = Math.max(this.sequence, version.sequence);
    const versions = this.objects.get(version.key);
    if (versions !== undefined) {
      versions.push(version);
      return;
    }
    this.objects.set(version.key, [version]);
    this.keyList.add(version.key);
  }

  private newId(): Pick<ObjectVersion, 'sequence' | 'versionId'> {
    this.sequence += 1;
    const { sequence } = this;
    if (this.versioning !== 'Enabled') return { sequence, versionId: 'null' };
    const random = randomUUID().replaceAll('-', '').slice(SEQUENCE_DIGITS);
    return { sequence, versionId: sequence.toString(RADIX).padStart(SEQUENCE_DIGITS, '0') + random };
  }

  private addVersion(version: ObjectVersion): ObjectVersion {
    const versions = this.objects.get(version.key);
    if (versions === undefined) {
      this.objects.set(version.key, [version]);
      this.keyList.add(version.key);
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
    const place = placeOf(versions, versionId);
    if (place < 0) return undefined;
    const [removed] = versions.splice(place, 1);
    if (versions.length === 0) {
      this.objects.delete(key);
      this.keyList.remove(key);
    }
    return removed;
  }
}

function sequenceOf(versionId: string): number | undefined {
  const sequence = parseInt(versionId.slice(0, SEQUENCE_DIGITS), RADIX);
  return versionId.length === 32 && !Number.isNaN(sequence) ? sequence : undefined;
}

/** -1 when it is not there. A key may have very many versions, and they are in the order of their numbers. */
function placeOf(versions: readonly ObjectVersion[], versionId: string): number {
  const wanted = sequenceOf(versionId);
  if (wanted === undefined) return versions.findIndex((one) => one.versionId === versionId);
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((versions[middle] as ObjectVersion).sequence > wanted) low = middle + 1;
    else high = middle;
  }
  return versions[low]?.versionId === versionId ? low : -1;
}
