/** Requests on a bucket as a whole. */
import type { Statement } from '../../../iam';
import type { Bucket } from './bucket';
import { bucketPolicy } from './bucket-policy';
import { bucketSetting, isSettingName } from './bucket-settings';
import { deleteObjects } from './delete-objects';
import { xml, type S3Request, type S3Response } from './exchange';
import { listObjectsV1, listObjectsV2, listVersions } from './listing';
import { bucketLock } from './lock-routes';
import { listUploads } from './multipart';
import type { ObjectStore } from './object-store';
import { allowOnly, subResource } from './parameters';
import { malformedXml, methodNotAllowed, noSuchBucket, S3Error } from './s3-error';
import { bucketTagging } from './tagging';
import { document, element, textOf } from './xml';

const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type', 'fetch-owner'];
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function listBuckets(store: ObjectStore, request: S3Request): S3Response {
  if (request.method !== 'GET') throw methodNotAllowed();
  allowOnly(request, []);
  const buckets = store
    .list()
    .map((bucket) =>
      element('Bucket', [
        element('Name', bucket.name),
        element('CreationDate', new Date(bucket.created).toISOString()),
      ]),
    );
  return xml(
    document('ListAllMyBucketsResult', [element('Owner', [element('ID', 'simulator')]), element('Buckets', buckets)]),
  );
}

export function onBucket(
  store: ObjectStore,
  request: S3Request,
  unknownPrincipal: (statements: readonly Statement[]) => string | undefined,
): S3Response {
  const { method, query } = request;
  if (method === 'PUT' && subResource(query) === undefined) return createBucket(store, request);
  if (!store.hasBucket(request.bucket)) throw noSuchBucket(request.bucket);
  const bucket = store.bucket(request.bucket);
  const name = [...query.keys()].find((key) => key in SUB_RESOURCES || isSettingName(key));
  if (name !== undefined && isSettingName(name)) {
    allowOnly(request, [name]);
    return bucketSetting(store, bucket, name, request);
  }
  if (name === 'policy') {
    allowOnly(request, ['policy']);
    return bucketPolicy(bucket, request, unknownPrincipal);
  }
  const handle = name === undefined ? undefined : SUB_RESOURCES[name];
  if (name !== undefined && handle !== undefined) return handle(bucket, request);
  return onPlainBucket(store, bucket, request);
}

function onPlainBucket(store: ObjectStore, bucket: Bucket, request: S3Request): S3Response {
  switch (request.method) {
    case 'HEAD':
      allowOnly(request, []);
      return { status: 200, headers: { 'x-amz-bucket-region': 'us-east-1' } };
    case 'GET':
      return listObjects(bucket, request);
    case 'DELETE':
      allowOnly(request, []);
      if (!bucket.isEmpty) throw new S3Error(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty');
      store.deleteBucket(bucket.name);
      return { status: 204 };
    default:
      allowOnly(request, []);
      throw methodNotAllowed();
  }
}

/** Every sub-resource that is neither a setting nor the policy. */
const SUB_RESOURCES: Readonly<Record<string, ((bucket: Bucket, request: S3Request) => S3Response) | undefined>> = {
  policy: undefined,
  tagging: only('tagging', bucketTagging),
  versioning: only('versioning', versioning),
  'object-lock': only('object-lock', bucketLock),
  location: only('location', (_bucket, request) => {
    if (request.method !== 'GET') throw methodNotAllowed();
    return xml(document('LocationConstraint', []));
  }),
  delete: only('delete', (bucket, request) => {
    if (request.method !== 'POST') throw methodNotAllowed();
    return deleteObjects(bucket, request);
  }),
  versions: (bucket, request) => {
    if (request.method !== 'GET') throw methodNotAllowed();
    allowOnly(request, ['versions', 'key-marker', 'version-id-marker', ...LISTING]);
    return xml(listVersions(bucket, request.query));
  },
  uploads: (bucket, request) => {
    if (request.method !== 'GET') throw methodNotAllowed();
    allowOnly(request, ['uploads', 'prefix', 'key-marker', 'upload-id-marker', 'max-uploads', 'encoding-type']);
    return listUploads(bucket, request);
  },
};

function only(
  name: string,
  handle: (bucket: Bucket, request: S3Request) => S3Response,
): (bucket: Bucket, request: S3Request) => S3Response {
  return (bucket, request) => {
    allowOnly(request, [name]);
    return handle(bucket, request);
  };
}

function listObjects(bucket: Bucket, request: S3Request): S3Response {
  const { query } = request;
  if (query.get('list-type') === '2') {
    allowOnly(request, ['list-type', 'continuation-token', 'start-after', ...LISTING]);
    return xml(listObjectsV2(bucket, query));
  }
  allowOnly(request, ['marker', ...LISTING]);
  return xml(listObjectsV1(bucket, query));
}

function createBucket(store: ObjectStore, request: S3Request): S3Response {
  if (!BUCKET_NAME.test(request.bucket)) {
    throw new S3Error(400, 'InvalidBucketName', 'The specified bucket is not valid.');
  }
  if (store.hasBucket(request.bucket)) {
    throw new S3Error(409, 'BucketAlreadyOwnedByYou', 'The bucket exists already, and you own it.');
  }
  const bucket = store.createBucket(request.bucket);
  if (request.headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true') {
    bucket.versioning = 'Enabled';
    bucket.lock = {};
  }
  return { status: 200, headers: { Location: `/${request.bucket}` } };
}

function versioning(bucket: Bucket, request: S3Request): S3Response {
  if (request.method === 'GET') {
    return xml(
      document('VersioningConfiguration', bucket.versioning === 'Off' ? [] : [element('Status', bucket.versioning)]),
    );
  }
  if (request.method !== 'PUT') throw methodNotAllowed();
  const status = textOf(request.bytes.toString('utf8'), 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
  if (status === 'Suspended' && bucket.lock !== undefined) {
    throw new S3Error(
      409,
      'InvalidBucketState',
      'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
    );
  }
  bucket.versioning = status;
  return { status: 200 };
}
