/** What the headers of an upload say about the object, in one piece or in parts. */
import type { Bucket } from './bucket';
import { enforcesOwner } from './bucket-settings';
import type { S3Request } from './exchange';
import { holdStatusOf, noLockError, retentionOf } from './object-lock';
import type { Encryption, NewObject } from './object-version';
import { invalidArgument, S3Error } from './s3-error';
import { tagsFromHeader } from './tagging';

/** Everything but the content. Throws 400 for what the bucket does not take. */
export type ObjectHeaders = Pick<
  NewObject,
  'contentType' | 'metadata' | 'tags' | 'legalHold' | 'retention' | 'encryption'
>;

export function objectHeaders(bucket: Bucket, request: S3Request): ObjectHeaders {
  const { headers } = request;
  checkAcl(bucket, headers['x-amz-acl']);
  const retention = retentionOf(headers['x-amz-object-lock-mode'], headers['x-amz-object-lock-retain-until-date']);
  const hold = headers['x-amz-object-lock-legal-hold'];
  if ((retention !== undefined || hold !== undefined) && bucket.lock === undefined) throw noLockError();
  if (retention !== undefined && retention.until <= request.now) {
    throw invalidArgument('The retain until date must be in the future!');
  }
  const encryption = encryptionOf(headers);
  return {
    ...(headers['content-type'] === undefined ? {} : { contentType: headers['content-type'] }),
    metadata: Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'))),
    tags: tagsFromHeader(headers['x-amz-tagging']),
    ...(hold === undefined ? {} : { legalHold: holdStatusOf(hold) }),
    ...(retention === undefined ? {} : { retention }),
    ...(encryption === undefined ? {} : { encryption }),
  };
}

/** An upload that will be locked is taken only with a digest. Throws 400. */
export function demandDigestForLock(bucket: Bucket, object: ObjectHeaders, hasDigest: boolean): void {
  const locked = object.retention !== undefined || object.legalHold !== undefined;
  if (hasDigest || (!locked && bucket.lock?.defaultRetention === undefined)) return;
  throw new S3Error(
    400,
    'InvalidRequest',
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
  );
}

function checkAcl(bucket: Bucket, acl: string | undefined): void {
  if (acl === undefined || acl === 'bucket-owner-full-control' || !enforcesOwner(bucket)) return;
  throw new S3Error(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs');
}

function encryptionOf(headers: S3Request['headers']): Encryption | undefined {
  const algorithm = headers['x-amz-server-side-encryption'];
  if (algorithm === undefined) return undefined;
  if (algorithm === 'AES256') return { algorithm };
  if (algorithm !== 'aws:kms') throw invalidArgument('The encryption method specified is not supported');
  const keyId = headers['x-amz-server-side-encryption-aws-kms-key-id'];
  return { algorithm, ...(keyId === undefined ? {} : { keyId }) };
}

/** As answers to uploads and reads carry it. */
export function encryptionHeaders({ algorithm, keyId }: Encryption): Record<string, string> {
  return {
    'x-amz-server-side-encryption': algorithm,
    ...(keyId === undefined ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': keyId }),
  };
}
