/** Conditional requests: `If-Match`, `If-None-Match`, `If-Modified-Since`, `If-Unmodified-Since`. */
import type { Bucket } from './bucket';
import type { S3Request } from './exchange';
import type { ObjectVersion } from './object-version';
import { noSuchKey, notImplemented, S3Error } from './s3-error';

type Conditional = Pick<S3Request, 'headers'>;

/**
 * Whether conditions of writes count. Ceph 16 does not look at them in a bucket with versioning: every writer wins, and a
 * register that trusts them loses entries without a word.
 */
export type ConditionalWrites = 'honored' | 'ignored-when-versioned';

/** Before reading. Throws 412; answers true when the answer is 304. */
export function isNotModified({ headers }: Conditional, version: ObjectVersion): boolean {
  const match = headers['if-match'];
  if (match !== undefined && !matches(match, version)) throw preconditionFailed('If-Match');
  const unmodified = headers['if-unmodified-since'];
  if (match === undefined && unmodified !== undefined && secondsOf(version) > Date.parse(unmodified)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const none = headers['if-none-match'];
  if (none !== undefined) return matches(none, version);
  const modified = headers['if-modified-since'];
  return modified !== undefined && secondsOf(version) <= Date.parse(modified);
}

/**
 * Before writing or deleting what is there now: a delete marker is nothing. The write follows without a pause, so of two
 * that create the same key one wins. Throws 404 or 412.
 */
export function checkWriteConditions(bucket: Bucket, { headers, key, conditionalWrites }: S3Request): void {
  if (conditionalWrites === 'ignored-when-versioned' && bucket.versioning !== 'Off') return;
  const present = bucket.version(key);
  const current = present?.deleteMarker === true ? undefined : present;
  const none = headers['if-none-match'];
  if (none !== undefined && none !== '*') throw notImplemented('If-None-Match with an ETag on a write');
  if (none !== undefined && current !== undefined) throw preconditionFailed('If-None-Match');
  const match = headers['if-match'];
  if (match === undefined) return;
  if (current === undefined) throw noSuchKey();
  if (!matches(match, current)) throw preconditionFailed('If-Match');
}

function matches(header: string, version: ObjectVersion): boolean {
  return header.split(',').some((tag) => {
    const text = tag.trim().replace(/^W\//, '').replace(/^"|"$/g, '');
    return text === '*' || text === version.etag;
  });
}

/** HTTP dates have whole seconds. */
function secondsOf(version: ObjectVersion): number {
  return Math.floor(version.lastModified / 1000) * 1000;
}

function preconditionFailed(condition: string): S3Error {
  return new S3Error(
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    {},
    { Condition: condition },
  );
}
