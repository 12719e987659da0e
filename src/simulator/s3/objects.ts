/** Single objects: put, get, head, delete. */
import { createHash } from 'node:crypto';
import { decodeChunks, isChunked } from './chunked-body';
import type { S3Request, S3Response } from './exchange';
import type { Bucket, ObjectVersion } from './object-store';
import { existing } from './existing-version';
import { invalidArgument, malformedXml, S3Error } from './s3-error';
import { tagsFromHeader } from './tagging';
import { document, element, elements, textOf } from './xml';

const MAX_DELETES = 1000;

export function putObject(bucket: Bucket, request: S3Request): S3Response {
  const { headers } = request;
  const bytes = isChunked(headers)
    ? decodeChunks(request.bytes, headers['x-amz-decoded-content-length'])
    : request.bytes;
  checkDigest(bytes, headers['content-md5']);
  const version = bucket.put(request.key, {
    read: () => bytes,
    ...(headers['content-type'] === undefined ? {} : { contentType: headers['content-type'] }),
    metadata: Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'))),
    tags: tagsFromHeader(headers['x-amz-tagging']),
  });
  return { status: 200, headers: { ETag: `"${version.etag}"`, ...versionHeader(bucket, version) } };
}

function checkDigest(bytes: Buffer, contentMd5: string | undefined): void {
  if (contentMd5 === undefined) return;
  if (createHash('md5').update(bytes).digest('base64') === contentMd5) return;
  throw new S3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
}

export function getObject(bucket: Bucket, request: S3Request): S3Response {
  const version = existing(bucket, request.key, request.query.get('versionId') ?? undefined);
  const whole = version.read();
  const range = rangeOf(request.headers['range'], whole.length);
  const body = range === undefined ? whole : whole.subarray(range.from, range.to + 1);
  return {
    status: range === undefined ? 200 : 206,
    body,
    headers: {
      'Content-Type': version.contentType,
      'Accept-Ranges': 'bytes',
      ETag: `"${version.etag}"`,
      'Last-Modified': new Date(version.lastModified).toUTCString(),
      ...(range === undefined ? {} : { 'Content-Range': `bytes ${range.from}-${range.to}/${whole.length}` }),
      ...(version.tags.size === 0 ? {} : { 'x-amz-tagging-count': String(version.tags.size) }),
      ...versionHeader(bucket, version),
      ...version.metadata,
    },
  };
}

function rangeOf(header: string | undefined, size: number): { readonly from: number; readonly to: number } | undefined {
  if (header === undefined) return undefined;
  const match = /^bytes=(\d*)-(\d*)$/.exec(header);
  if (match === null || (match[1] === '' && match[2] === ''))
    throw invalidArgument(`The range ${header} is not understood`);
  const from = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const to = match[1] === '' || match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]));
  if (from > to) throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  return { from, to };
}

export function deleteObject(bucket: Bucket, request: S3Request): S3Response {
  const removed = bucket.delete(request.key, request.query.get('versionId') ?? undefined);
  return { status: 204, headers: removed === undefined ? {} : deletedHeaders(bucket, removed) };
}

function deletedHeaders(bucket: Bucket, version: ObjectVersion): Record<string, string> {
  return { ...(version.deleteMarker ? { 'x-amz-delete-marker': 'true' } : {}), ...versionHeader(bucket, version) };
}

/** `POST ?delete`: up to 1,000 at once. */
export function deleteObjects(bucket: Bucket, request: S3Request): S3Response {
  const body = request.bytes.toString('utf8');
  const objects = elements(body, 'Object').map((object) => ({
    key: textOf(object, 'Key'),
    versionId: textOf(object, 'VersionId'),
  }));
  if (objects.length === 0 || objects.length > MAX_DELETES) throw malformedXml();
  const quiet = textOf(body, 'Quiet') === 'true';
  const deleted = objects.map(({ key, versionId }) => {
    if (key === undefined) throw malformedXml();
    const removed = bucket.delete(key, versionId);
    const marker = removed?.deleteMarker === true && bucket.versioning !== 'Off';
    return element('Deleted', [
      element('Key', key),
      ...(versionId === undefined ? [] : [element('VersionId', versionId)]),
      ...(marker ? [element('DeleteMarker', true), element('DeleteMarkerVersionId', removed.versionId)] : []),
    ]);
  });
  return {
    status: 200,
    body: document('DeleteResult', quiet ? [] : deleted),
    headers: { 'Content-Type': 'application/xml' },
  };
}

function versionHeader(bucket: Bucket, version: ObjectVersion): Record<string, string> {
  return bucket.versioning === 'Off' ? {} : { 'x-amz-version-id': version.versionId };
}
