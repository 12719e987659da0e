/** What the engines need of S3, in their own words. The S3 client behind it is a detail of {@link createS3ObjectStore}. */
import type { Receipt } from '../call';
import type { TagSet } from './tag-set';

/** One version of an object. */
export interface VersionRef {
  readonly key: string;
  /** `null`, the text, for what was written before versioning was switched on. */
  readonly versionId: string;
}

/** A version as the listing shows it. */
export interface ObjectVersion extends VersionRef {
  /** Without quotes. No MD5 for multipart uploads. */
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
  /** When S3 took it, in milliseconds since 1970, by S3's clock. */
  readonly modified: number;
}

/** A delete marker that is the latest version of its key: the key looks deleted, its versions are still there. */
export interface HidingMarker extends VersionRef {
  /** Milliseconds since 1970; null when the server does not say. */
  readonly since: number | null;
}

/** A page of a listing. Keys in the order of their UTF-8 bytes, versions of a key newest first. */
export interface VersionPage {
  readonly versions: readonly ObjectVersion[];
  /** Only markers that are the latest version of their key. */
  readonly hidingMarkers: readonly HidingMarker[];
  readonly receipt: Receipt;
}

/** S3's legal hold: no end date, no reason, one bit for all matters together. */
export type HoldStatus = 'ON' | 'OFF';

/** An answer and what it cost. */
export interface Answer<T> {
  readonly value: T;
  readonly receipt: Receipt;
}

/** Whether a bucket can hold objects at all. `unseen` when we may not look, with the right that is missing. */
export type LockSupport =
  { readonly state: 'on' | 'off' } | { readonly state: 'unseen'; readonly missingRight: string };

/**
 * A bucket's object versions. Everything takes a version id: without one, S3 changes whatever is the latest at that moment.
 * All methods throw {@link AwsError}, and the signal's reason when aborted.
 */
export interface ObjectStore {
  /** The shortest time for which {@link ObjectStore.liftHold} can be told to be good, in milliseconds. */
  readonly shortestLiftMs: number;
  /** Reads page by page; nothing but the current page is kept. */
  listVersions(prefix: string, signal: AbortSignal): AsyncIterable<VersionPage>;
  readTags(version: VersionRef, signal: AbortSignal): Promise<Answer<TagSet>>;
  /** Replaces all tags of the version. */
  writeTags(version: VersionRef, tags: TagSet, signal: AbortSignal): Promise<Receipt>;
  readHold(version: VersionRef, signal: AbortSignal): Promise<Answer<HoldStatus>>;
  writeHold(version: VersionRef, status: HoldStatus, signal: AbortSignal): Promise<Receipt>;
  /**
   * Takes the hold off with one request and never a second, which S3 refuses when it arrives later than `withinMs` from now. Throws {@link AwsError} without a status when no answer came: then it may take effect until that time.
   */
  liftHold(version: VersionRef, withinMs: number, signal: AbortSignal): Promise<Receipt>;
  lockSupport(signal: AbortSignal): Promise<LockSupport>;
}
