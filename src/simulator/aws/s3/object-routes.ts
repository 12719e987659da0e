/** Requests on one object. */
import type { Bucket } from './bucket';
import { deleteObject } from './delete-objects';
import type { S3Request, S3Response } from './exchange';
import { legalHold, retention } from './lock-routes';
import { abortUpload, completeUpload, createUpload, listParts, uploadPart } from './multipart';
import { getObject, getObjectAttributes, putObject } from './objects';
import { allowOnly } from './parameters';
import { methodNotAllowed, notImplemented } from './s3-error';
import { objectTagging } from './tagging';

type Handler = (bucket: Bucket, request: S3Request) => S3Response;

const OF_VERSIONS: Readonly<Record<string, Handler>> = {
  tagging: objectTagging,
  'legal-hold': legalHold,
  retention,
  attributes: (bucket, request) => {
    if (request.method !== 'GET') throw methodNotAllowed();
    return getObjectAttributes(bucket, request);
  },
};

export function onObject(bucket: Bucket, request: S3Request): S3Response {
  const { query } = request;
  const name = Object.keys(OF_VERSIONS).find((candidate) => query.has(candidate));
  if (name !== undefined) {
    allowOnly(request, [name, 'versionId']);
    return (OF_VERSIONS[name] as Handler)(bucket, request);
  }
  if (query.has('uploads')) {
    allowOnly(request, ['uploads']);
    if (request.method !== 'POST') throw methodNotAllowed();
    return createUpload(bucket, request);
  }
  return query.has('uploadId') ? onUpload(bucket, request) : onPlainObject(bucket, request);
}

function onUpload(bucket: Bucket, request: S3Request): S3Response {
  switch (request.method) {
    case 'PUT':
      allowOnly(request, ['partNumber', 'uploadId']);
      return uploadPart(bucket, request);
    case 'POST':
      allowOnly(request, ['uploadId']);
      return completeUpload(bucket, request);
    case 'DELETE':
      allowOnly(request, ['uploadId']);
      return abortUpload(bucket, request);
    case 'GET':
      allowOnly(request, ['uploadId', 'max-parts', 'part-number-marker']);
      return listParts(bucket, request);
    default:
      throw methodNotAllowed();
  }
}

function onPlainObject(bucket: Bucket, request: S3Request): S3Response {
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
