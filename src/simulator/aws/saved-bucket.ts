/** Buckets in a snapshot: everything but the contents, which are kept apart or made again. */
import type { Bucket } from './s3/bucket';
import type { SettingName } from './s3/bucket-settings';
import type { MultipartUpload, Part } from './s3/multipart-upload';
import type { ObjectHeaders } from './s3/new-object';
import { NO_TAGS, type ObjectVersion, type Tags } from './s3/object-version';
import { seededContent } from './s3/seeded-objects';

type SavedTags = readonly (readonly [string, string])[];

/** Keeps the contents of uploads apart from the snapshot. */
export interface Blobs {
  /** Stores the bytes, if they are new, and answers their name. */
  put(bytes: Buffer): string;
  /** Throws when there is none of this name. */
  get(name: string): Buffer;
}

export interface SavedBucket {
  readonly name: string;
  readonly created: number;
  readonly versioning: Bucket['versioning'];
  readonly tags: SavedTags;
  readonly lock?: Bucket['lock'];
  readonly policy?: string;
  readonly encryption?: Bucket['encryption'];
  readonly settings?: readonly (readonly [SettingName, string])[];
  readonly uploads?: readonly SavedUpload[];
  /** Newest version of a key first. */
  readonly objects: readonly SavedVersion[];
}

type SavedVersion = Omit<ObjectVersion, 'read' | 'tags'> & {
  readonly tags: SavedTags;
  /** Names the content of an upload. */
  readonly blob?: string;
};

type SavedUpload = Omit<MultipartUpload, 'object' | 'parts'> & {
  readonly object: Omit<ObjectHeaders, 'tags'> & { readonly tags: SavedTags };
  readonly parts: readonly (Omit<Part, 'read'> & { readonly blob: string })[];
};

export function savedBucket(bucket: Bucket, blobs: Blobs): SavedBucket {
  return {
    name: bucket.name,
    created: bucket.created,
    versioning: bucket.versioning,
    tags: [...bucket.tags],
    ...(bucket.lock === undefined ? {} : { lock: bucket.lock }),
    ...(bucket.policy === undefined ? {} : { policy: bucket.policy }),
    encryption: bucket.encryption,
    settings: [...bucket.settings],
    uploads: [...bucket.uploads.values()].map((upload) => ({
      ...upload,
      object: { ...upload.object, tags: [...(upload.object.tags ?? [])] },
      parts: [...upload.parts.values()].map(({ read, ...part }) => ({ ...part, blob: blobs.put(read()) })),
    })),
    objects: bucket.keys().flatMap((key) =>
      bucket.versions(key).map(({ read, tags, ...version }) => ({
        ...version,
        tags: [...tags],
        ...(version.origin.kind === 'upload' && !version.deleteMarker ? { blob: blobs.put(read()) } : {}),
      })),
    ),
  };
}

/** `contentOf` makes the content of exported files again. */
export function restoreBucket(
  bucket: Bucket,
  saved: SavedBucket,
  blobs: Blobs,
  contentOf: (origin: ObjectVersion['origin']) => () => Buffer,
): void {
  bucket.versioning = saved.versioning;
  bucket.tags = tagsFrom(saved.tags);
  bucket.lock = saved.lock;
  bucket.policy = saved.policy;
  bucket.encryption = saved.encryption ?? bucket.encryption;
  for (const [name, value] of saved.settings ?? []) bucket.settings.set(name, value);
  for (const { object, parts, ...upload } of saved.uploads ?? []) {
    bucket.uploads.set(upload.id, {
      ...upload,
      object: { ...object, tags: tagsFrom(object.tags) },
      parts: new Map(parts.map(({ blob, ...part }) => [part.number, { ...part, read: () => blobs.get(blob) }])),
    });
  }
  for (const { blob, tags, ...version } of saved.objects) {
    const read =
      blob !== undefined
        ? () => blobs.get(blob)
        : version.origin.kind === 'seeded'
          ? seededContent(version.key)
          : contentOf(version.origin);
    bucket.restore({ ...version, tags: tagsFrom(tags), read });
  }
}

function tagsFrom(tags: SavedTags): Tags {
  return tags.length === 0 ? NO_TAGS : new Map(tags);
}
