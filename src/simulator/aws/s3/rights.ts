/**
 * The rights that a request needs: all of them.
 *
 * Source: service authorization reference, "Actions, resources, and condition keys for Amazon S3", and "Required permissions
 * for Amazon S3 API operations" of the S3 user guide.
 */
import { isSettingName, SETTINGS } from './bucket-settings';
import type { S3Request } from './exchange';

type Asked = Pick<S3Request, 'method' | 'key' | 'bucket' | 'query' | 'headers'>;

/** Empty for `?delete`, whose rights are asked for key by key. */
export function rightsFor(request: Asked): readonly string[] {
  if (request.bucket === '') return ['s3:ListAllMyBuckets'];
  return request.key === '' ? bucketRights(request) : objectRights(request);
}

function bucketRights({ method, query, headers }: Asked): readonly string[] {
  const setting = [...query.keys()].find(isSettingName);
  if (setting !== undefined) return [method === 'GET' ? SETTINGS[setting].read : SETTINGS[setting].write];
  const isRead = method === 'GET' || method === 'HEAD';
  if (query.has('tagging')) return [isRead ? 's3:GetBucketTagging' : 's3:PutBucketTagging'];
  if (query.has('versioning')) return [isRead ? 's3:GetBucketVersioning' : 's3:PutBucketVersioning'];
  if (query.has('object-lock')) {
    return [isRead ? 's3:GetBucketObjectLockConfiguration' : 's3:PutBucketObjectLockConfiguration'];
  }
  if (query.has('policy')) {
    return [isRead ? 's3:GetBucketPolicy' : method === 'DELETE' ? 's3:DeleteBucketPolicy' : 's3:PutBucketPolicy'];
  }
  if (query.has('location')) return ['s3:GetBucketLocation'];
  if (query.has('versions')) return ['s3:ListBucketVersions'];
  if (query.has('uploads')) return ['s3:ListBucketMultipartUploads'];
  if (query.has('delete')) return [];
  if (isRead) return ['s3:ListBucket'];
  if (method === 'DELETE') return ['s3:DeleteBucket'];
  const locked = headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true';
  return ['s3:CreateBucket', ...(locked ? ['s3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning'] : [])];
}

function objectRights(request: Asked): readonly string[] {
  const { method, query } = request;
  const isRead = method === 'GET' || method === 'HEAD';
  const versioned = query.has('versionId');
  if (query.has('tagging')) {
    const verb = isRead ? 'Get' : method === 'DELETE' ? 'Delete' : 'Put';
    // With a version id the action for versions is needed in addition to the plain one.
    return [`s3:${verb}ObjectTagging`, ...(versioned ? [`s3:${verb}ObjectVersionTagging`] : [])];
  }
  if (query.has('legal-hold')) return [isRead ? 's3:GetObjectLegalHold' : 's3:PutObjectLegalHold'];
  if (query.has('retention')) return isRead ? ['s3:GetObjectRetention'] : ['s3:PutObjectRetention', ...bypass(request)];
  if (query.has('attributes')) {
    return versioned
      ? ['s3:GetObjectVersion', 's3:GetObjectVersionAttributes']
      : ['s3:GetObject', 's3:GetObjectAttributes'];
  }
  if (query.has('uploadId') && method === 'GET') return ['s3:ListMultipartUploadParts'];
  if (query.has('uploadId') && method === 'DELETE') return ['s3:AbortMultipartUpload'];
  if (isRead) return [versioned ? 's3:GetObjectVersion' : 's3:GetObject'];
  if (method === 'DELETE') return deleteRights(versioned, request.headers);
  return ['s3:PutObject', ...rightsOfHeaders(request)];
}

/** Also of each object of a `?delete`. */
export function deleteRights(versioned: boolean, headers: Asked['headers']): readonly string[] {
  return versioned ? ['s3:DeleteObjectVersion', ...bypass({ headers })] : ['s3:DeleteObject'];
}

function rightsOfHeaders({ headers }: Asked): readonly string[] {
  return [
    ...(headers['x-amz-tagging'] === undefined ? [] : ['s3:PutObjectTagging']),
    ...(headers['x-amz-acl'] === undefined ? [] : ['s3:PutObjectAcl']),
    ...(headers['x-amz-object-lock-legal-hold'] === undefined ? [] : ['s3:PutObjectLegalHold']),
    ...(headers['x-amz-object-lock-mode'] === undefined ? [] : ['s3:PutObjectRetention']),
  ];
}

function bypass({ headers }: Pick<Asked, 'headers'>): readonly string[] {
  return bypassesGovernance(headers) ? ['s3:BypassGovernanceRetention'] : [];
}

/** Whether the request asks to be let past a GOVERNANCE retention. */
export function bypassesGovernance(headers: Asked['headers']): boolean {
  return headers['x-amz-bypass-governance-retention']?.toLowerCase() === 'true';
}
