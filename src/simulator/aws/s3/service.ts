/** S3 as one of the services behind the port. */
import type { Service } from '../server';
import type { HttpRequest } from '../../http-server';
import { bucketKeyOf } from '../identity/key-policy';
import { unknownPrincipalIn } from '../identity/unknown-principal';
import type { S3Request } from './exchange';
import { handleS3, type S3Parts } from './handler';
import { errorDocument, S3Error } from './s3-error';
import type { World } from '../../world';

export const s3Service: Service = {
  pathOf: (request) => request.url.pathname,
  isRead: (request) => request.method === 'GET' || request.method === 'HEAD',
  answer: (world, principal, request) => handleS3(s3Parts(world), principal, s3Request(request, world)),
  errorAnswer: (failure, path, requestId) => ({
    status: failure.status,
    body: errorDocument(failure, path, requestId),
    headers: { 'Content-Type': 'application/xml', ...failure.headers },
  }),
  codes: { 403: 'AccessDenied', 404: 'NoSuchKey', 409: 'OperationAborted', 500: 'InternalError', 503: 'SlowDown' },
};

/** What S3 works with in this world. */
export function s3Parts(world: World): S3Parts {
  return {
    store: world.objects,
    authority: world.authority,
    unknownPrincipal: unknownPrincipalIn(world.identities),
    keyPolicy: bucketKeyOf(world.identities),
  };
}

function s3Request(request: HttpRequest, { clock, settings }: World): Omit<S3Request, 'may'> {
  const query = new URLSearchParams(request.url.searchParams);
  // Whoever signs in the query may put headers there, too.
  const hoisted = [...query].filter(([name]) => name.startsWith('x-amz-'));
  for (const [name] of hoisted) query.delete(name);
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(request.url.pathname) ?? [];
  return {
    method: request.method,
    bucket: unescapePath(bucket),
    key: unescapePath(key),
    query,
    headers: { ...Object.fromEntries(hoisted), ...request.headers },
    bytes: request.bytes,
    now: clock.now(),
    conditionalWrites: settings.conditionalWrites,
  };
}

function unescapePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}
