/** Deletes: one object, or up to 1,000 with `POST ?delete`. What Object Lock protects stays. */
import type { Bucket } from './bucket';
import { demandDigest } from './checksum';
import { versionIdOf, xml, type S3Request, type S3Response } from './exchange';
import { isProtected, lockedError } from './object-lock';
import type { ObjectVersion } from './object-version';
import { checkWriteConditions } from './preconditions';
import { bypassesGovernance, deleteRights } from './rights';
import { invalidArgument, malformedXml, S3Error } from './s3-error';
import { document, element, elements, textOf } from './xml';

const MAX_DELETES = 1000;

export function deleteObject(bucket: Bucket, request: S3Request): S3Response {
  checkWriteConditions(bucket, request);
  const removed = remove(bucket, request, request.key, versionIdOf(request));
  if (removed === undefined) return { status: 204 };
  return {
    status: 204,
    headers: {
      ...(removed.deleteMarker ? { 'x-amz-delete-marker': 'true' } : {}),
      ...(bucket.versioning === 'Off' ? {} : { 'x-amz-version-id': removed.versionId }),
    },
  };
}

function remove(
  bucket: Bucket,
  request: S3Request,
  key: string,
  versionId: string | undefined,
): ObjectVersion | undefined {
  if (versionId === '') throw invalidArgument('Version id cannot be the empty string');
  const doomed = versionId === undefined ? undefined : bucket.version(key, versionId);
  if (doomed !== undefined && isProtected(doomed, request.now, bypassesGovernance(request.headers)))
    throw lockedError();
  return bucket.delete(key, versionId);
}

export function deleteObjects(bucket: Bucket, request: S3Request): S3Response {
  demandDigest(request.headers, request.bytes);
  const body = request.bytes.toString('utf8');
  const objects = elements(body, 'Object').map((object) => ({
    key: textOf(object, 'Key'),
    versionId: textOf(object, 'VersionId'),
  }));
  if (objects.length === 0 || objects.length > MAX_DELETES) throw malformedXml();
  const quiet = textOf(body, 'Quiet') === 'true';
  const results = objects.map(({ key, versionId }) => {
    if (key === undefined) throw malformedXml();
    return deleteOne(bucket, request, key, versionId);
  });
  const shown = results.filter((result) => result.failed || !quiet).map((result) => result.element);
  return xml(document('DeleteResult', shown));
}

function deleteOne(
  bucket: Bucket,
  request: S3Request,
  key: string,
  versionId: string | undefined,
): { readonly failed: boolean; readonly element: string } {
  const named = [element('Key', key), ...(versionId === undefined ? [] : [element('VersionId', versionId)])];
  try {
    const on = { key, ...(versionId === undefined ? {} : { versionId }) };
    if (!deleteRights(versionId !== undefined, request.headers).every((right) => request.may(right, on))) {
      throw new S3Error(403, 'AccessDenied', 'Access Denied');
    }
    const removed = remove(bucket, request, key, versionId);
    const marker = removed?.deleteMarker === true && bucket.versioning !== 'Off';
    return {
      failed: false,
      element: element('Deleted', [
        ...named,
        ...(marker ? [element('DeleteMarker', true), element('DeleteMarkerVersionId', removed.versionId)] : []),
      ]),
    };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return {
      failed: true,
      element: element('Error', [...named, element('Code', error.code), element('Message', error.message)]),
    };
  }
}
