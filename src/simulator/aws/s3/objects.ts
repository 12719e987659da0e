/** Single objects: put, get, head, attributes. */
import type { Bucket } from './bucket';
import { checksumElements, checksumHeaders, defaultChecksum } from './checksum';
import { versionIdOf, xml, type S3Request, type S3Response } from './exchange';
import { existing, versionHeader } from './existing-version';
import { demandDigestForLock, encryptionHeaders, objectHeaders } from './new-object';
import type { Checksum, ObjectVersion } from './object-version';
import { checkWriteConditions, isNotModified } from './preconditions';
import { invalidArgument, S3Error } from './s3-error';
import { uploadBody } from './upload-body';
import { document, element } from './xml';

export function putObject(bucket: Bucket, request: S3Request): S3Response {
  checkWriteConditions(bucket, request);
  const object = objectHeaders(bucket, request);
  const { bytes, checksum, hasDigest } = uploadBody(request);
  demandDigestForLock(bucket, object, hasDigest);
  const version = bucket.put(request.key, {
    ...object,
    read: () => bytes,
    checksum: checksum ?? defaultChecksum(bytes),
    lastModified: request.now,
  });
  return {
    status: 200,
    headers: {
      ETag: `"${version.etag}"`,
      ...checksumHeaders(version.checksum),
      ...encryptionHeaders(version.encryption),
      ...versionHeader(bucket, version),
    },
  };
}

/** GET and HEAD. What Object Lock says of the version is shown only to who may read it. */
export function getObject(bucket: Bucket, request: S3Request): S3Response {
  const version = existing(bucket, request.key, versionIdOf(request));
  const headers = {
    ETag: `"${version.etag}"`,
    'Last-Modified': new Date(version.lastModified).toUTCString(),
    ...versionHeader(bucket, version),
  };
  if (isNotModified(request, version)) return { status: 304, headers };
  const wanted = request.headers['range'];
  const range = rangeOf(wanted, version.size);
  // A HEAD says how long the content is, so it is read for GET and for ranges alike.
  const whole = version.read();
  const body = range === undefined ? whole : whole.subarray(range.from, range.to + 1);
  const showsChecksum = range === undefined && request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  return {
    status: range === undefined ? 200 : 206,
    body,
    headers: {
      ...headers,
      'Content-Type': version.contentType,
      'Accept-Ranges': 'bytes',
      ...(range === undefined ? {} : { 'Content-Range': `bytes ${range.from}-${range.to}/${version.size}` }),
      ...(version.tags.size === 0 ? {} : { 'x-amz-tagging-count': String(version.tags.size) }),
      ...(showsChecksum ? checksumHeaders(checksumOf(version)) : {}),
      ...encryptionHeaders(version.encryption),
      ...lockHeaders(version, request),
      ...version.metadata,
    },
  };
}

/** Exported files get S3's own when they are asked for: their content is made again at each look. */
function checksumOf({ checksum, origin, read }: ObjectVersion): Checksum | undefined {
  if (checksum !== undefined || (origin.kind !== 'recording' && origin.kind !== 'metadata')) return checksum;
  return defaultChecksum(read());
}

function lockHeaders({ legalHold, retention }: ObjectVersion, { may }: S3Request): Record<string, string> {
  return {
    ...(legalHold !== undefined && may('s3:GetObjectLegalHold') ? { 'x-amz-object-lock-legal-hold': legalHold } : {}),
    ...(retention !== undefined && may('s3:GetObjectRetention')
      ? {
          'x-amz-object-lock-mode': retention.mode,
          'x-amz-object-lock-retain-until-date': new Date(retention.until).toISOString(),
        }
      : {}),
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

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

/** `?attributes` */
export function getObjectAttributes(bucket: Bucket, request: S3Request): S3Response {
  const version = existing(bucket, request.key, versionIdOf(request));
  const wanted = (request.headers['x-amz-object-attributes'] ?? '').split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !ATTRIBUTES.includes(name));
  if (unknown !== undefined) throw invalidArgument(`Invalid attribute name specified: ${unknown}`);
  const { parts } = version;
  const checksum = checksumOf(version);
  return xml(
    document('GetObjectAttributesResponse', [
      ...(wanted.includes('ETag') ? [element('ETag', version.etag)] : []),
      ...(wanted.includes('Checksum') && checksum !== undefined
        ? [element('Checksum', checksumElements(checksum))]
        : []),
      ...(wanted.includes('ObjectParts') && parts !== undefined
        ? [
            element('ObjectParts', [
              element('PartsCount', parts.length),
              ...parts.map((size, index) => element('Part', [element('PartNumber', index + 1), element('Size', size)])),
            ]),
          ]
        : []),
      ...(wanted.includes('StorageClass') ? [element('StorageClass', 'STANDARD')] : []),
      ...(wanted.includes('ObjectSize') ? [element('ObjectSize', version.size)] : []),
    ]),
    { 'Last-Modified': new Date(version.lastModified).toUTCString(), ...versionHeader(bucket, version) },
  );
}
