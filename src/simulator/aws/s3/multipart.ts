/** Multipart uploads: create, upload a part, complete, abort, list parts, list uploads. */
import { createHash, randomUUID } from 'node:crypto';
import type { Bucket } from './bucket';
import { algorithmNamed, checksumElements, checksumHeader } from './checksum';
import { xml, type S3Request, type S3Response } from './exchange';
import { versionHeader } from './existing-version';
import { assemble, MOST_PARTS, type MultipartUpload, type NamedPart, type Part } from './multipart-upload';
import { demandDigestForLock, encryptionHeaders, objectHeaders } from './new-object';
import type { Checksum, ChecksumAlgorithm } from './object-version';
import { checkWriteConditions } from './preconditions';
import { invalidArgument, malformedXml, S3Error } from './s3-error';
import { uploadBody } from './upload-body';
import { document, element, elements, textOf } from './xml';

const PAGE = 1000;

/** `POST ?uploads` */
export function createUpload(bucket: Bucket, request: S3Request): S3Response {
  const algorithm = algorithmNamed(request.headers['x-amz-checksum-algorithm']);
  const upload: MultipartUpload = {
    id: randomUUID().replaceAll('-', ''),
    key: request.key,
    initiated: request.now,
    object: objectHeaders(bucket, request),
    algorithm,
    checksumType: checksumTypeOf(algorithm, request.headers['x-amz-checksum-type']),
    parts: new Map(),
  };
  bucket.uploads.set(upload.id, upload);
  return xml(
    document('InitiateMultipartUploadResult', [
      element('Bucket', bucket.name),
      element('Key', upload.key),
      element('UploadId', upload.id),
    ]),
    {
      ...(algorithm === undefined
        ? {}
        : { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': upload.checksumType }),
      ...encryptionHeaders(upload.object.encryption ?? bucket.encryption),
    },
  );
}

function checksumTypeOf(algorithm: ChecksumAlgorithm | undefined, wanted: string | undefined): Checksum['type'] {
  const fullOnly = algorithm === undefined || algorithm === 'CRC64NVME';
  const type = wanted ?? (fullOnly ? 'FULL_OBJECT' : 'COMPOSITE');
  if (type !== 'FULL_OBJECT' && type !== 'COMPOSITE') throw invalidArgument(`Unknown checksum type ${type}`);
  const impossible = type === 'FULL_OBJECT' ? algorithm?.startsWith('SHA') === true : fullOnly;
  if (impossible) {
    throw new S3Error(
      400,
      'InvalidRequest',
      `The ${type} checksum type cannot be used with the ${(algorithm ?? 'default').toLowerCase()} checksum algorithm.`,
    );
  }
  return type;
}

/** `PUT ?partNumber&uploadId` */
export function uploadPart(bucket: Bucket, request: S3Request): S3Response {
  const upload = uploadOf(bucket, request);
  const number = Number(request.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) {
    throw invalidArgument(`Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`);
  }
  const { bytes, checksum, hasDigest } = uploadBody(request);
  demandDigestForLock(bucket, upload.object, hasDigest);
  if (upload.algorithm !== undefined && checksum !== undefined && checksum.algorithm !== upload.algorithm) {
    throw new S3Error(
      400,
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm.toLowerCase()}, ` +
        `actual checksum Type: ${checksum.algorithm.toLowerCase()}`,
    );
  }
  const etag = createHash('md5').update(bytes).digest('hex');
  const part: Part = { number, etag, size: bytes.length, uploaded: request.now, checksum, read: () => bytes };
  upload.parts.set(number, part);
  return {
    status: 200,
    headers: {
      ETag: `"${etag}"`,
      ...(checksum === undefined ? {} : { [checksumHeader(checksum.algorithm)]: checksum.value }),
    },
  };
}

/** `POST ?uploadId` */
export function completeUpload(bucket: Bucket, request: S3Request): S3Response {
  const upload = uploadOf(bucket, request);
  checkWriteConditions(bucket, request);
  const named = elements(request.bytes.toString('utf8'), 'Part').map((part): NamedPart => {
    const etag = textOf(part, 'ETag');
    const number = Number(textOf(part, 'PartNumber'));
    if (etag === undefined || !Number.isInteger(number)) throw malformedXml();
    const checksum = upload.algorithm === undefined ? undefined : textOf(part, `Checksum${upload.algorithm}`);
    return { number, etag: etag.replace(/^"|"$/g, ''), checksum };
  });
  if (named.length === 0) throw malformedXml();
  const version = bucket.put(request.key, { ...assemble(upload, named), lastModified: request.now });
  bucket.uploads.delete(upload.id);
  return xml(
    document('CompleteMultipartUploadResult', [
      element('Location', `/${bucket.name}/${version.key}`),
      element('Bucket', bucket.name),
      element('Key', version.key),
      element('ETag', `"${version.etag}"`),
      ...checksumElements(version.checksum),
    ]),
    { ...encryptionHeaders(version.encryption), ...versionHeader(bucket, version) },
  );
}

/** `DELETE ?uploadId` */
export function abortUpload(bucket: Bucket, request: S3Request): S3Response {
  bucket.uploads.delete(uploadOf(bucket, request).id);
  return { status: 204 };
}

/** `GET ?uploadId` */
export function listParts(bucket: Bucket, request: S3Request): S3Response {
  const upload = uploadOf(bucket, request);
  const after = Number(request.query.get('part-number-marker') ?? '0');
  const most = Math.min(PAGE, Number(request.query.get('max-parts') ?? PAGE));
  const rest = [...upload.parts.values()].filter((part) => part.number > after).sort((a, b) => a.number - b.number);
  const page = rest.slice(0, most);
  const next = page.at(-1)?.number ?? after;
  return xml(
    document('ListPartsResult', [
      element('Bucket', bucket.name),
      element('Key', upload.key),
      element('UploadId', upload.id),
      element('PartNumberMarker', after),
      ...(page.length < rest.length ? [element('NextPartNumberMarker', next)] : []),
      element('MaxParts', most),
      element('IsTruncated', page.length < rest.length),
      ...(upload.algorithm === undefined ? [] : [element('ChecksumAlgorithm', upload.algorithm)]),
      ...page.map((part) =>
        element('Part', [
          element('PartNumber', part.number),
          element('LastModified', new Date(part.uploaded).toISOString()),
          element('ETag', `"${part.etag}"`),
          element('Size', part.size),
          ...(part.checksum === undefined ? [] : [element(`Checksum${part.checksum.algorithm}`, part.checksum.value)]),
        ]),
      ),
    ]),
  );
}

/** `GET bucket?uploads` */
export function listUploads(bucket: Bucket, request: S3Request): S3Response {
  const { query } = request;
  const prefix = query.get('prefix') ?? '';
  const [keyMarker, idMarker] = [query.get('key-marker') ?? '', query.get('upload-id-marker') ?? ''];
  const most = Math.min(PAGE, Number(query.get('max-uploads') ?? PAGE));
  const place = (upload: Pick<MultipartUpload, 'key' | 'id'>): string => `${upload.key}\u0000${upload.id}`;
  const after = keyMarker === '' ? '' : `${keyMarker}\u0000${idMarker === '' ? '\uffff' : idMarker}`;
  const rest = [...bucket.uploads.values()]
    .filter((upload) => upload.key.startsWith(prefix) && place(upload) > after)
    .sort((a, b) => (place(a) < place(b) ? -1 : 1));
  const page = rest.slice(0, most);
  const last = page.at(-1);
  const encode = (text: string): string => (query.get('encoding-type') === 'url' ? encodeURIComponent(text) : text);
  return xml(
    document('ListMultipartUploadsResult', [
      element('Bucket', bucket.name),
      element('KeyMarker', encode(keyMarker)),
      element('UploadIdMarker', idMarker),
      element('Prefix', encode(prefix)),
      element('MaxUploads', most),
      element('IsTruncated', page.length < rest.length),
      ...(page.length < rest.length && last !== undefined
        ? [element('NextKeyMarker', encode(last.key)), element('NextUploadIdMarker', last.id)]
        : []),
      ...(query.get('encoding-type') === 'url' ? [element('EncodingType', 'url')] : []),
      ...page.map((upload) =>
        element('Upload', [
          element('Key', encode(upload.key)),
          element('UploadId', upload.id),
          element('Initiated', new Date(upload.initiated).toISOString()),
          element('StorageClass', 'STANDARD'),
        ]),
      ),
    ]),
  );
}

function uploadOf(bucket: Bucket, request: S3Request): MultipartUpload {
  const upload = bucket.uploads.get(request.query.get('uploadId') ?? '');
  if (upload !== undefined && upload.key === request.key) return upload;
  throw new S3Error(
    404,
    'NoSuchUpload',
    'The specified multipart upload does not exist. The upload ID might be invalid, or it was aborted or completed.',
  );
}
