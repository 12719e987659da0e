import type { Bucket, ObjectVersion } from './object-store';
import { methodNotAllowed, noSuchKey, noSuchVersion, S3Error } from './s3-error';

/** The version to work on. Throws 404 for none, and 404 or 405 for a delete marker, as S3 does. */
export function existing(bucket: Bucket, key: string, versionId: string | undefined): ObjectVersion {
  const version = bucket.version(key, versionId);
  if (version === undefined) throw versionId === undefined ? noSuchKey() : noSuchVersion();
  if (!version.deleteMarker) return version;
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
  if (versionId !== undefined) throw methodNotAllowed(headers);
  throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', headers);
}
