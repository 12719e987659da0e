/**
 * What CloudTrail calls a request to S3. Requests on a bucket are management events, requests on objects, and listings, are
 * data events.
 *
 * Source: S3 user guide, "Amazon S3 CloudTrail events".
 */
import type { HttpRequest } from '../../http-server';
import { textOf } from '../s3/xml';
import type { TrailAct } from './event';

/** Sub-resources of a bucket, and what their events are called after the verb. */
const BUCKET: Readonly<Record<string, string>> = {
  policy: 'BucketPolicy',
  versioning: 'BucketVersioning',
  'object-lock': 'BucketObjectLockConfiguration',
  lifecycle: 'BucketLifecycle',
  encryption: 'BucketEncryption',
  publicAccessBlock: 'BucketPublicAccessBlock',
  ownershipControls: 'BucketOwnershipControls',
  logging: 'BucketLogging',
  tagging: 'BucketTagging',
  location: 'BucketLocation',
};
const OBJECT: Readonly<Record<string, string>> = {
  tagging: 'ObjectTagging',
  'legal-hold': 'ObjectLegalHold',
  retention: 'ObjectRetention',
  attributes: 'ObjectAttributes',
};
const VERBS: Readonly<Record<string, string>> = { GET: 'Get', HEAD: 'Get', PUT: 'Put', DELETE: 'Delete', POST: 'Put' };

export function s3Act(request: HttpRequest): TrailAct {
  const { method, url, bytes } = request;
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decoded(url.pathname)) ?? [];
  const query = url.searchParams;
  const readOnly = method === 'GET' || method === 'HEAD';
  const { name, category } =
    key === '' ? bucketEvent(method, bucket, query) : { name: objectEvent(method, query), category: 'Data' as const };
  const body = readOnly || bytes.length > MOST_BODY ? '' : bytes.toString('utf8');
  return {
    eventSource: 's3.amazonaws.com',
    eventName: name,
    category,
    readOnly,
    requestParameters: {
      ...(bucket === '' ? {} : { bucketName: bucket }),
      ...(key === '' ? {} : { key }),
      ...Object.fromEntries([...query].filter(([parameter]) => !/^(?:X-Amz-|x-id$)/.test(parameter))),
      ...bodyParameters(name, body),
      ...bypass(request),
    },
    resources: [
      ...(key === '' ? [] : [{ type: 'AWS::S3::Object', name: `${bucket}/${key}` }]),
      ...(bucket === '' ? [] : [{ type: 'AWS::S3::Bucket', name: bucket }]),
    ],
  };
}

/** Bodies of settings are small; contents of objects are none of CloudTrail's business. */
const MOST_BODY = 65_536;

function bucketEvent(
  method: string,
  bucket: string,
  query: URLSearchParams,
): { readonly name: string; readonly category: TrailAct['category'] } {
  const sub = Object.keys(BUCKET).find((name) => query.has(name));
  if (sub !== undefined) return { name: `${VERBS[method] ?? 'Put'}${BUCKET[sub] ?? ''}`, category: 'Management' };
  if (query.has('delete')) return { name: 'DeleteObjects', category: 'Data' };
  if (bucket === '') return { name: 'ListBuckets', category: 'Management' };
  if (method === 'PUT') return { name: 'CreateBucket', category: 'Management' };
  if (method === 'DELETE') return { name: 'DeleteBucket', category: 'Management' };
  if (method === 'HEAD') return { name: 'HeadBucket', category: 'Data' };
  if (query.has('versions')) return { name: 'ListObjectVersions', category: 'Data' };
  if (query.has('uploads')) return { name: 'ListMultipartUploads', category: 'Data' };
  return { name: 'ListObjects', category: 'Data' };
}

function objectEvent(method: string, query: URLSearchParams): string {
  const sub = Object.keys(OBJECT).find((name) => query.has(name));
  if (sub !== undefined) return `${VERBS[method] ?? 'Put'}${OBJECT[sub] ?? ''}`;
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (query.has('uploadId')) {
    const names: Readonly<Record<string, string>> = {
      PUT: 'UploadPart',
      POST: 'CompleteMultipartUpload',
      DELETE: 'AbortMultipartUpload',
    };
    return names[method] ?? 'ListParts';
  }
  return method === 'HEAD' ? 'HeadObject' : `${VERBS[method] ?? 'Put'}Object`;
}

function bodyParameters(name: string, body: string): Record<string, unknown> {
  if (body === '') return {};
  switch (name) {
    case 'PutBucketPolicy':
      return { bucketPolicy: jsonOr(body) };
    case 'PutBucketVersioning':
      return { VersioningConfiguration: { Status: textOf(body, 'Status') } };
    case 'PutObjectLegalHold':
      return { LegalHold: { Status: textOf(body, 'Status') } };
    case 'PutObjectRetention':
      return { Retention: { Mode: textOf(body, 'Mode'), RetainUntilDate: textOf(body, 'RetainUntilDate') } };
    default:
      return {};
  }
}

function bypass({ headers }: HttpRequest): Record<string, unknown> {
  const value = headers['x-amz-bypass-governance-retention'];
  return value === undefined ? {} : { 'x-amz-bypass-governance-retention': value };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
