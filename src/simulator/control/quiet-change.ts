/** Changes of objects that leave no trace in a log: what a drift run has to find. */
import type { ObjectStore } from '../aws/s3/object-store';
import type { ObjectVersion } from '../aws/s3/object-version';

export interface QuietChange {
  readonly bucket: string;
  /** Every version of this key. */
  readonly key?: string;
  /** Every version of every key that begins so. Of key and prefix exactly one. */
  readonly prefix?: string;
  /** Only this version of the key. */
  readonly versionId?: string;
  /** @default as it is */
  readonly legalHold?: 'ON' | 'OFF';
  /** Added or changed; null takes a tag away. @default as they are */
  readonly tags?: Readonly<Record<string, string | null>>;
}

const FIELDS = ['bucket', 'key', 'prefix', 'versionId', 'legalHold', 'tags'];

/** Refuses what is no such change. Throws a RangeError. */
export function checkQuietChange(value: Record<string, unknown>): QuietChange {
  const unknown = Object.keys(value).filter((name) => !FIELDS.includes(name));
  if (unknown.length > 0) {
    throw new RangeError(`change: unknown field ${unknown.join(', ')}; there is ${FIELDS.join(', ')}`);
  }
  return value as unknown as QuietChange;
}

/** Answers how many versions were changed. Throws a RangeError for an unknown bucket or a change that says too little. */
export function changeQuietly(store: ObjectStore, change: QuietChange): number {
  const { key, prefix, legalHold, tags } = change;
  if (!store.hasBucket(change.bucket)) throw new RangeError(`change: there is no bucket ${change.bucket}`);
  if ((key === undefined) === (prefix === undefined)) throw new RangeError('change: give either key or prefix');
  if (legalHold === undefined && tags === undefined) throw new RangeError('change: give legalHold or tags');
  const bucket = store.bucket(change.bucket);
  const keys = key === undefined ? bucket.keys().filter((one) => one.startsWith(prefix ?? '')) : [key];
  const versions = keys
    .flatMap((one) => bucket.versions(one))
    .filter((version) => !version.deleteMarker)
    .filter((version) => change.versionId === undefined || version.versionId === change.versionId);
  for (const version of versions) {
    if (legalHold !== undefined) version.legalHold = legalHold;
    if (tags !== undefined) version.tags = changedTags(version, tags);
  }
  return versions.length;
}

function changedTags(version: ObjectVersion, changes: NonNullable<QuietChange['tags']>): ReadonlyMap<string, string> {
  const tags = new Map(version.tags);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) tags.delete(key);
    else tags.set(key, value);
  }
  return tags;
}
