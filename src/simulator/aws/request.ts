/** What a request to AWS says about itself before it is looked into: the service and the access key that signed it. */
import type { HttpRequest } from '../http-server';

export type AwsService = 's3' | 's3-control' | 'iam' | 'sts' | 'kms' | 'cloudtrail';

export interface Signature {
  readonly accessKeyId: string;
  /** As in the credential scope: `s3`, `iam`. */
  readonly service: string;
}

/** `AWS4-HMAC-SHA256 Credential=KEY/20260101/us-east-1/s3/aws4_request, …`, in the header or in the query. */
export function signatureOf({ headers, url }: HttpRequest): Signature | undefined {
  const header = headers['authorization'];
  const scope =
    header === undefined
      ? (url.searchParams.get('X-Amz-Credential') ?? '')
      : (/^AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256) .*?Credential=([^,\s]+)/.exec(header)?.[1] ?? '');
  const [accessKeyId = '', , , service = ''] = scope.split('/');
  return accessKeyId === '' ? undefined : { accessKeyId, service };
}

/** All services share one port: the signature says which one is meant, and S3 Control has paths of its own. */
export function serviceOf(request: HttpRequest, signature: Signature | undefined): AwsService {
  const service = signature?.service;
  if (service === 'iam' || service === 'sts' || service === 'kms' || service === 'cloudtrail') return service;
  const isControl = request.headers['x-amz-account-id'] !== undefined && request.url.pathname.startsWith('/v20180820/');
  return isControl ? 's3-control' : 's3';
}
