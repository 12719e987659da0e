import type { Bucket } from './bucket';
import type { ObjectVersion } from './object-version';
import { invalidArgument, methodNotAllowed, noSuchKey, noSuchVersion, S3Error } from './s3-error';

/** The version to work on. Throws 404 for none, and 404 or 405 for a delete marker, as S3 does. */
export function existing(bucket: Bucket, key: string, versionId: string | undefined): ObjectVersion {
  if (versionId === '') throw invalidArgument('Version id cannot be the empty string');
  const version = bucket.version(key, versionId);
  if (version === undefined) throw versionId === undefined ? noSuchKey() : noSuchVersion();
  if (!version.deleteMarker) return version;
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
  if (versionId !== undefined) throw methodNotAllowed(headers);
  throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', headers);
}

/** Buckets that were never versioned do not speak of versions. */
export function versionHeader(bucket: Bucket, version: ObjectVersion): Record<string, string> {
  return bucket.versioning === 'Off' ? {} : { 'x-amz-version-id': version.versionId };
}
