/**
 * The condition keys of an S3 request. Loopback has no TLS: the simulator takes every request as one that came over TLS, so
 * that policies which demand it can be tried.
 */
import { ACCOUNT_ID, REGION } from '../identity/account';
import type { RightsOn, S3Request } from './exchange';
import { textOf } from './xml';

type Context = Record<string, string | readonly string[]>;

/** Headers and query parameters that are condition keys, by their key. */
const HEADER_KEYS: Readonly<Record<string, string>> = {
  'x-amz-acl': 's3:x-amz-acl',
  'x-amz-server-side-encryption': 's3:x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id': 's3:x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-storage-class': 's3:x-amz-storage-class',
  'x-amz-content-sha256': 's3:x-amz-content-sha256',
  'x-amz-object-lock-mode': 's3:object-lock-mode',
  'x-amz-object-lock-retain-until-date': 's3:object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold': 's3:object-lock-legal-hold',
  // A bucket policy can demand conditional writes with these.
  'if-none-match': 's3:if-none-match',
  'if-match': 's3:if-match',
  'user-agent': 'aws:UserAgent',
  referer: 'aws:Referer',
};
const QUERY_KEYS: Readonly<Record<string, string>> = {
  prefix: 's3:prefix',
  delimiter: 's3:delimiter',
  'max-keys': 's3:max-keys',
};

/** `requestTags` are those that the request would set. */
export function contextOf(
  request: Pick<S3Request, 'method' | 'headers' | 'query' | 'bytes' | 'now'>,
  on: RightsOn,
  requestTags: ReadonlyMap<string, string>,
): Context {
  const instant = new Date(request.now).toISOString();
  const context: Context = {
    'aws:SecureTransport': 'true',
    's3:TlsVersion': '1.3',
    'aws:SourceIp': '127.0.0.1',
    'aws:CurrentTime': instant,
    'aws:EpochTime': String(Math.floor(request.now / 1000)),
    'aws:RequestedRegion': REGION,
    'aws:ResourceAccount': ACCOUNT_ID,
    's3:ResourceAccount': ACCOUNT_ID,
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    's3:authType': request.query.has('X-Amz-Signature') ? 'REST-QUERY-STRING' : 'REST-HEADER',
  };
  for (const [header, key] of Object.entries(HEADER_KEYS)) {
    const value = request.headers[header];
    if (value !== undefined) context[key] = value;
  }
  for (const [parameter, key] of Object.entries(QUERY_KEYS)) {
    const value = request.query.get(parameter);
    if (value !== null) context[key] = value;
  }
  const hold = legalHoldIn(request);
  if (hold !== undefined) context['s3:object-lock-legal-hold'] = hold;
  if (on.versionId !== undefined) context['s3:VersionId'] = on.versionId;
  for (const [key, value] of on.existingTags ?? []) context[`s3:ExistingObjectTag/${key}`] = value;
  for (const [key, value] of requestTags) context[`s3:RequestObjectTag/${key}`] = value;
  if (requestTags.size > 0) context['s3:RequestObjectTagKeys'] = [...requestTags.keys()];
  return context;
}

/** What a PutObjectLegalHold asks for: it says so in its body, not in a header. */
function legalHoldIn({ method, query, bytes }: Pick<S3Request, 'method' | 'query' | 'bytes'>): string | undefined {
  return method === 'PUT' && query.has('legal-hold') ? textOf(bytes.toString('utf8'), 'Status') : undefined;
}
