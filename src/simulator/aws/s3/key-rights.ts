/**
 * Uses of a KMS key that S3 makes in the caller's name: GenerateDataKey to write, Decrypt to read, and both for parts of a
 * multipart upload (S3 user guide, "Protecting data using server-side encryption with AWS KMS keys").
 */
import type { Principal } from '../identity/identity-store';
import type { S3Request } from './exchange';
import type { S3Parts } from './handler';
import { S3Error } from './s3-error';

/** False when key policy and identity do not allow it. Throws 400 when there is no such key. */
export function mayUseKey(parts: S3Parts, principal: Principal, request: S3Request): boolean {
  const { store, authority, keyPolicy } = parts;
  if (request.key === '' || !store.hasBucket(request.bucket)) return true;
  const use = useOf(store.bucket(request.bucket), request);
  if (use === undefined) return true;
  const key = keyPolicy(use.keyId);
  if (key === undefined) throw new S3Error(400, 'KMS.NotFoundException', `Key '${use.keyId}' does not exist`);
  return use.actions.every((action) =>
    authority.allows(principal, {
      action,
      resource: key.arn,
      resourcePolicy: { kind: 'key', name: key.arn, document: key.policy },
      context: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
    }),
  );
}

function useOf(
  bucket: ReturnType<S3Parts['store']['bucket']>,
  request: S3Request,
): { readonly keyId: string; readonly actions: readonly string[] } | undefined {
  const { method, query, headers } = request;
  const isPart = query.has('uploadId') || query.has('uploads');
  const isContent = isPart || [...query.keys()].every((name) => name === 'versionId' || name.startsWith('x-'));
  if (!isContent) return undefined;
  if (method === 'GET' && !isPart) {
    const version = bucket.version(request.key, query.get('versionId') ?? undefined);
    const keyId = version?.encryption.keyId;
    return keyId === undefined ? undefined : { keyId, actions: ['kms:Decrypt'] };
  }
  if (method !== 'PUT' && method !== 'POST') return undefined;
  const keyId =
    headers['x-amz-server-side-encryption'] === undefined
      ? bucket.encryption.keyId
      : headers['x-amz-server-side-encryption-aws-kms-key-id'];
  if (keyId === undefined) return undefined;
  return { keyId, actions: isPart ? ['kms:GenerateDataKey', 'kms:Decrypt'] : ['kms:GenerateDataKey'] };
}
