/** What a bucket holds: versions of objects and delete markers. */

/** Where an object's content comes from: an upload, or an exported recording, whose content can be made again. */
export type Origin =
  | { readonly kind: 'upload' }
  | {
      readonly kind: 'recording' | 'metadata';
      readonly conversationId: string;
      readonly recordingId: string;
    }
  /** One of many equal objects that a seed asked for; its content is its key. */
  | { readonly kind: 'seeded' };

export type Tags = ReadonlyMap<string, string>;

/** Shared by all versions without tags, so that 100,000 of them cost nothing. */
export const NO_TAGS: Tags = new Map();

export type RetentionMode = 'GOVERNANCE' | 'COMPLIANCE';

/** How long a version cannot be deleted. */
export interface Retention {
  readonly mode: RetentionMode;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';

/** A checksum as it was sent with the upload, or as S3 made it when none was sent. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; of a composite one, with `-` and the number of parts. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

/** Server-side encryption of a version. */
export interface Encryption {
  readonly algorithm: 'AES256' | 'aws:kms';
  readonly keyId?: string;
}

export interface ObjectVersion {
  readonly origin: Origin;
  readonly key: string;
  /** `null` when it was written while the bucket was not versioned, as S3 calls it. */
  readonly versionId: string;
  /** Later versions of a bucket have higher numbers. */
  readonly sequence: number;
  readonly deleteMarker: boolean;
  readonly etag: string;
  readonly size: number;
  readonly contentType: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
  readonly encryption: Encryption;
  /** Sizes of the parts of a multipart upload. */
  readonly parts?: readonly number[];
  tags: Tags;
  /** Absent when nobody ever set one. */
  legalHold?: 'ON' | 'OFF';
  retention?: Retention;
  readonly read: () => Buffer;
}

export interface NewObject {
  /** @default an upload */
  readonly origin?: Origin;
  readonly read: () => Buffer;
  /** @default MD5 of the content */
  readonly etag?: string;
  readonly contentType?: string;
  /** Milliseconds since 1970. @default now */
  readonly lastModified?: number;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
  /** @default the bucket's */
  readonly encryption?: Encryption;
  readonly parts?: readonly number[];
  readonly tags?: Tags;
  readonly legalHold?: 'ON' | 'OFF';
  /** @default the bucket's default retention */
  readonly retention?: Retention;
}
