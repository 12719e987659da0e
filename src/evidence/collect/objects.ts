/** The side of S3: every version below the places of the matter, with size, checksum, tags and lock. */
import {
  AwsError,
  compareUtf8,
  exportedFile,
  type ObjectContents,
  type ObjectStore,
  type ObjectVersion,
} from '../../aws';
import type { Checksum, NotLookedAt, ObjectRow } from '../model';
import type { FileCover, Place } from './claims';
import { inOrder } from './in-order';
import type { Progress } from './progress';
import type { Rows, Work } from './work';

/** Versions looked at side by side; each costs two or three requests. */
const AT_ONCE = 24;

/** A bucket as it is reached. */
export interface BucketReader {
  readonly store: ObjectStore;
  readonly contents: ObjectContents;
}

/** A version as it was seen; who claims it is asked later. */
export interface SeenVersion extends Omit<ObjectRow, 'claimed' | 'claimedByOthers'> {
  /** Rights that were missing to see all of it. */
  readonly missing: readonly string[];
}

/** What listing came to. */
export interface ObjectsSeen {
  /** Null where no bucket was named, or none could be listed. */
  readonly rows: Rows<SeenVersion> | null;
  /** All places were listed. */
  readonly complete: boolean;
  readonly notLookedAt: readonly NotLookedAt[];
}

/** How contents are hashed. `all`: the bytes of every file are read. `stored`: S3's own checksums are taken. */
export type Hashing = 'all' | 'stored';

/** Lists the places and looks at each version; an interrupted look continues behind the last key. */
export async function objectsOf(
  places: readonly Place[],
  readerOf: (bucket: string) => BucketReader,
  { hashing, isOwn }: { readonly hashing: Hashing; readonly isOwn: (bucket: string, key: string) => boolean },
  work: Work,
  signal: AbortSignal,
  progress: Progress,
): Promise<ObjectsSeen> {
  const listed: Rows<SeenVersion>[] = [];
  const notLookedAt: NotLookedAt[] = [];
  for (const [at, place] of places.entries()) {
    const name = `files-${at + 1}`;
    const look = (after: SeenVersion | undefined): AsyncIterable<SeenVersion> =>
      versionsOf(place, readerOf(place.bucket), { hashing, isOwn, after, signal, progress });
    try {
      listed.push(await work.fill<SeenVersion>(name, ({ key }) => key, look));
    } catch (error) {
      if (!(error instanceof AwsError) || !isRefusal(error)) throw error;
      notLookedAt.push({ what: `files in s3://${place.bucket}/${place.prefix}`, why: error.message });
    }
  }
  const read = async function* (): AsyncGenerator<SeenVersion> {
    for (const rows of listed) yield* rows.read();
  };
  return {
    rows: listed.length === 0 ? null : { read },
    complete: places.length > 0 && notLookedAt.length === 0,
    notLookedAt,
  };
}

function isRefusal({ missingRight, code }: AwsError): boolean {
  return missingRight !== undefined || code === 'NoSuchBucket';
}

async function* versionsOf(
  { bucket, prefix }: Place,
  reader: BucketReader,
  options: {
    readonly hashing: Hashing;
    readonly isOwn: (bucket: string, key: string) => boolean;
    readonly after: SeenVersion | undefined;
    readonly signal: AbortSignal;
    readonly progress: Progress;
  },
): AsyncGenerator<SeenVersion> {
  const { after, signal, progress } = options;
  // In a bucket without Object Lock nothing can be held, and S3 refuses the question.
  const canHold = (await reader.store.lockSupport(signal)).state !== 'off';
  let done = 0;
  const open = async function* (): AsyncGenerator<ObjectVersion> {
    for await (const { versions } of reader.store.listVersions(prefix, signal)) {
      for (const version of versions) {
        if (after === undefined || compareUtf8(version.key, after.key) > 0) yield version;
        else done += 1;
      }
    }
  };
  const look = (version: ObjectVersion): Promise<SeenVersion> =>
    seenVersion(bucket, version, reader, { ...options, canHold });
  for await (const row of inOrder(open(), AT_ONCE, look)) {
    yield row;
    done += 1;
    progress({ what: `files in s3://${bucket}/${prefix}`, done, total: null });
  }
}

async function seenVersion(
  bucket: string,
  version: ObjectVersion,
  { store, contents }: BucketReader,
  { hashing, isOwn, signal, canHold }: Parameters<typeof versionsOf>[2] & { readonly canHold: boolean },
): Promise<SeenVersion> {
  const { key, versionId, size, modified } = version;
  const missing: string[] = [];
  const permitted = async <Value>(work: () => Promise<Value>): Promise<Value | null> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AwsError) || error.missingRight === undefined) throw error;
      missing.push(error.missingRight.replace(/ on .*/, ` on the files of s3://${bucket}`));
      return null;
    }
  };
  const checksum = async (): Promise<Checksum | null> => {
    if (hashing === 'all' && isOwn(bucket, key)) {
      const { sha256 } = await contents.sha256(version, signal);
      return { algorithm: 'SHA-256', value: sha256, by: 'contents' };
    }
    const stored = await contents.checksum(version, signal);
    if (stored === null) return null;
    return { algorithm: stored.algorithm, value: stored.value, by: stored.composite ? 's3-composite' : 's3' };
  };
  const hold = canHold ? await permitted(async () => (await store.readHold(version, signal)).value) : 'OFF';
  const tags = await permitted(async () => (await store.readTags(version, signal)).value);
  const { conversationId, recordingId, isMetadata } = exportedFile(key);
  return {
    conversation: conversationId,
    recording: recordingId,
    metadata: isMetadata,
    bucket,
    key,
    version: versionId,
    size,
    modified,
    hold,
    tags: tags === null ? null : Object.fromEntries(tags),
    checksum: await permitted(checksum),
    missing,
  };
}

/** As rows, with who claims them. */
export async function* objectRows(
  seen: AsyncIterable<SeenVersion>,
  coverOf: ReadonlyMap<string, FileCover>,
): AsyncGenerator<ObjectRow> {
  for await (const { missing: _missing, ...version } of seen) {
    const cover = coverOf.get(version.bucket);
    yield {
      ...version,
      claimed: cover?.own(version.key) ?? false,
      claimedByOthers: cover?.others(version.key) ?? false,
    };
  }
}
