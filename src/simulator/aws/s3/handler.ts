/**
 * S3, path-style. What is not here answers 501: a sub-resource that looked as if it had worked would make tests believe in
 * something that is not there.
 */
import type { Authority } from '../identity/authority';
import { bucketArn, objectArn } from '../identity/account';
import type { Principal } from '../identity/identity-store';
import type { UnknownPrincipal } from '../identity/unknown-principal';
import { listBuckets, onBucket } from './bucket-routes';
import { versionIdOf, type RightsOn, type S3Request, type S3Response } from './exchange';
import { mayUseKey } from './key-rights';
import { onObject } from './object-routes';
import type { ObjectStore } from './object-store';
import { contextOf } from './request-context';
import { rightsFor } from './rights';
import { noSuchBucket, notImplemented, S3Error } from './s3-error';
import { requestedTags } from './tagging';

/** Headers that ask for something which is not simulated. */
const UNSUPPORTED_HEADERS = [
  'x-amz-copy-source',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write-acp',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
];

export interface S3Parts {
  readonly store: ObjectStore;
  readonly authority: Authority;
  readonly unknownPrincipal: UnknownPrincipal;
  readonly keyPolicy: (keyId: string) => { readonly arn: string; readonly policy: string } | undefined;
}

/** Answers one request of a known principal. Throws {@link S3Error}. */
export function handleS3(parts: S3Parts, principal: Principal, plain: Omit<S3Request, 'may'>): S3Response {
  const { store } = parts;
  const unsupported = UNSUPPORTED_HEADERS.find((name) => plain.headers[name] !== undefined);
  if (unsupported !== undefined) throw notImplemented(`The header ${unsupported}`);
  const request: S3Request = { ...plain, may: mayOf(parts, principal, plain) };
  for (const right of rightsFor(request)) if (!request.may(right)) throw denied(principal, right, request);
  if (!mayUseKey(parts, principal, request)) throw denied(principal, 'the KMS key', request);
  if (request.bucket === '') return listBuckets(store, request);
  if (request.key === '') return onBucket(store, request, parts.unknownPrincipal);
  if (!store.hasBucket(request.bucket)) throw noSuchBucket(request.bucket);
  try {
    return onObject(store.bucket(request.bucket), request);
  } catch (error) {
    // Whether an object exists is told only to who may list.
    const isMissing = error instanceof S3Error && (error.code === 'NoSuchKey' || error.code === 'NoSuchVersion');
    if (isMissing && !request.may('s3:ListBucket', { key: '' })) throw denied(principal, 's3:ListBucket', request);
    throw error;
  }
}

function denied(principal: Principal, right: string, request: Pick<S3Request, 'bucket' | 'key'>): S3Error {
  const resource = request.key === '' ? bucketArn(request.bucket) : objectArn(request.bucket, request.key);
  return new S3Error(
    403,
    'AccessDenied',
    `User: ${principal.arn} is not authorized to perform: ${right} on resource: "${resource}"`,
  );
}

function mayOf(parts: S3Parts, principal: Principal, request: Omit<S3Request, 'may'>): S3Request['may'] {
  const { store, authority } = parts;
  const bucket = store.hasBucket(request.bucket) ? store.bucket(request.bucket) : undefined;
  const policy = bucket?.policy;
  if (principal.kind === 'admin' && policy === undefined) return () => true;
  const versionId = versionIdOf({ ...request, may: () => true });
  const tags = requestedTags({ ...request, may: () => true });
  return (action, on: RightsOn = {}) => {
    // Nobody can be locked out of their own bucket for good: AWS lets the account's root repair the policy.
    if (principal.kind === 'admin' && action.endsWith('BucketPolicy')) return true;
    const key = on.key ?? request.key;
    const version = on.versionId ?? (on.key === undefined ? versionId : undefined);
    const present = key === '' ? undefined : bucket?.version(key, version);
    const resource =
      key === '' ? (request.bucket === '' ? '*' : bucketArn(request.bucket)) : objectArn(request.bucket, key);
    const about = {
      ...on,
      ...(present === undefined ? {} : { existingTags: present.tags }),
      ...(version === undefined ? {} : { versionId: version }),
    };
    return authority.allows(principal, {
      action,
      resource,
      context: contextOf(request, about, tags),
      ...(policy === undefined ? {} : { resourcePolicy: { kind: 'bucket', name: request.bucket, document: policy } }),
    });
  };
}
