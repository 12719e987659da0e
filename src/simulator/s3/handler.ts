/**
 * S3, path-style: buckets, objects, versions, tags. What is not here answers 501: a sub-resource that looked as if it
 * had worked, such as an object lock, would make tests believe in protection that is not there.
 */
import { deleteObject, deleteObjects, getObject, putObject } from './objects';
import type { S3Request, S3Response } from './exchange';
import { listObjectsV1, listObjectsV2, listVersions } from './listing';
import type { Bucket, ObjectStore } from './object-store';
import { malformedXml, methodNotAllowed, noSuchBucket, notImplemented, S3Error } from './s3-error';
import { bucketTagging, objectTagging } from './tagging';
import { document, element, textOf } from './xml';

/** Query parameters that change nothing about what is asked for. */
const HARMLESS = new Set(['x-id']);
const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type', 'fetch-owner'];
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** Headers that ask for something which is not simulated. */
const UNSUPPORTED_HEADERS = [
  'x-amz-copy-source',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold',
  'x-amz-bucket-object-lock-enabled',
  'x-amz-server-side-encryption',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
];

/** Answers one request. Throws {@link S3Error}. */
export function handleS3(store: ObjectStore, request: S3Request): S3Response {
  if (!isSigned(request)) throw new S3Error(403, 'AccessDenied', 'The request is not signed.');
  const unsupported = UNSUPPORTED_HEADERS.find((name) => request.headers[name] !== undefined);
  if (unsupported !== undefined && request.headers[unsupported] !== 'false')
    throw notImplemented(`The header ${unsupported}`);
  if (request.bucket === '') return listBuckets(store, request);
  if (request.key === '') return onBucket(store, request);
  if (!store.hasBucket(request.bucket)) throw noSuchBucket(request.bucket);
  return onObject(store.bucket(request.bucket), request);
}

/** Any signature of version 4 will do, in the header or in the query. */
function isSigned({ headers, query }: S3Request): boolean {
  return /^AWS4-(HMAC|ECDSA)/.test(headers['authorization'] ?? '') || query.has('X-Amz-Signature');
}

function listBuckets(store: ObjectStore, request: S3Request): S3Response {
  if (request.method !== 'GET') throw methodNotAllowed();
  allowOnly(request, []);
  return xml(
    document('ListAllMyBucketsResult', [
      element('Owner', [element('ID', 'simulator')]),
      element(
        'Buckets',
        store
          .list()
          .map((bucket) =>
            element('Bucket', [
              element('Name', bucket.name),
              element('CreationDate', new Date(bucket.created).toISOString()),
            ]),
          ),
      ),
    ]),
  );
}

function onBucket(store: ObjectStore, request: S3Request): S3Response {
  const { method, query } = request;
  if (method === 'PUT' && subResource(query) === undefined) return createBucket(store, request);
  if (!store.hasBucket(request.bucket)) throw noSuchBucket(request.bucket);
  const bucket = store.bucket(request.bucket);
  if (query.has('tagging')) {
    allowOnly(request, ['tagging']);
    return bucketTagging(bucket, request);
  }
  switch (method) {
    case 'HEAD':
      allowOnly(request, []);
      return { status: 200, headers: { 'x-amz-bucket-region': 'us-east-1' } };
    case 'GET':
      return readBucket(bucket, request);
    case 'PUT':
      allowOnly(request, ['versioning']);
      return setVersioning(bucket, request);
    case 'POST':
      allowOnly(request, ['delete']);
      if (!query.has('delete')) throw methodNotAllowed();
      return deleteObjects(bucket, request);
    case 'DELETE':
      allowOnly(request, []);
      if (!bucket.isEmpty) throw new S3Error(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty');
      store.deleteBucket(bucket.name);
      return { status: 204 };
    default:
      throw methodNotAllowed();
  }
}

function createBucket(store: ObjectStore, request: S3Request): S3Response {
  if (!BUCKET_NAME.test(request.bucket)) {
    throw new S3Error(400, 'InvalidBucketName', 'The specified bucket is not valid.');
  }
  if (store.hasBucket(request.bucket)) {
    throw new S3Error(409, 'BucketAlreadyOwnedByYou', 'The bucket exists already, and you own it.');
  }
  store.createBucket(request.bucket);
  return { status: 200, headers: { Location: `/${request.bucket}` } };
}

function readBucket(bucket: Bucket, request: S3Request): S3Response {
  const { query } = request;
  if (query.has('location')) {
    allowOnly(request, ['location']);
    return xml(document('LocationConstraint', []));
  }
  if (query.has('versioning')) {
    allowOnly(request, ['versioning']);
    return xml(
      document('VersioningConfiguration', bucket.versioning === 'Off' ? [] : [element('Status', bucket.versioning)]),
    );
  }
  if (query.has('versions')) {
    allowOnly(request, ['versions', 'key-marker', 'version-id-marker', ...LISTING]);
    return xml(listVersions(bucket, query));
  }
  if (query.get('list-type') === '2') {
    allowOnly(request, ['list-type', 'continuation-token', 'start-after', ...LISTING]);
    return xml(listObjectsV2(bucket, query));
  }
  allowOnly(request, ['marker', ...LISTING]);
  return xml(listObjectsV1(bucket, query));
}

function setVersioning(bucket: Bucket, request: S3Request): S3Response {
  const status = textOf(request.bytes.toString('utf8'), 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
  bucket.versioning = status;
  return { status: 200 };
}

function onObject(bucket: Bucket, request: S3Request): S3Response {
  if (request.query.has('tagging')) {
    allowOnly(request, ['tagging', 'versionId']);
    return objectTagging(bucket, request);
  }
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      allowOnly(request, ['versionId']);
      return getObject(bucket, request);
    case 'PUT':
      allowOnly(request, []);
      return putObject(bucket, request);
    case 'DELETE':
      allowOnly(request, ['versionId']);
      return deleteObject(bucket, request);
    default:
      throw notImplemented(`${request.method} on an object`);
  }
}

function subResource(query: URLSearchParams): string | undefined {
  return [...query.keys()].find((name) => !HARMLESS.has(name) && !name.startsWith('X-Amz-'));
}

function allowOnly({ query }: S3Request, names: readonly string[]): void {
  for (const name of query.keys()) {
    if (!names.includes(name) && !HARMLESS.has(name) && !name.startsWith('X-Amz-')) throw notImplemented(`?${name}`);
  }
}

function xml(body: string): S3Response {
  return { status: 200, body, headers: { 'Content-Type': 'application/xml' } };
}
