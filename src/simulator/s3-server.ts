/** One request to S3 from arrival to answer. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Clock } from './clock';
import type { Faults } from './faults';
import type { HttpRequest, HttpResponse } from './http-server';
import { loggedQuery, type LoggedS3Request, type RequestLog } from './request-log';
import type { S3Request, S3Response } from './s3/exchange';
import { handleS3 } from './s3/handler';
import { errorDocument, S3Error } from './s3/s3-error';
import type { World } from './world';

export interface S3Parts {
  readonly world: World;
  readonly faults: Faults;
  readonly log: RequestLog<LoggedS3Request>;
  readonly save: () => Promise<void>;
}

/** Null cuts the connection. */
export async function serveS3(parts: S3Parts, request: HttpRequest): Promise<HttpResponse | null> {
  const requestId = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase();
  const headers = { 'x-amz-request-id': requestId, Server: 'AmazonS3' };
  const fault = parts.faults.take('s3', request.method, request.url.pathname);
  if (fault?.delayMs !== undefined) await wait(fault.delayMs, undefined, { ref: false });
  const lost = fault?.drop === true || fault?.drop === 'before';
  const response = lost ? null : await answer(parts, request, requestId, fault?.status, fault?.body);
  const sent = fault?.drop === 'after' ? null : response;
  parts.log.add({
    time: Clock.iso(parts.world.clock.now()),
    method: request.method,
    path: request.url.pathname,
    query: loggedQuery(request.url.searchParams),
    status: sent?.status ?? 0,
    requestId,
  });
  if (sent === null) return null;
  return {
    status: sent.status,
    headers: { ...headers, ...sent.headers, ...fault?.headers },
    body: sent.body ?? '',
  };
}

async function answer(
  parts: S3Parts,
  request: HttpRequest,
  requestId: string,
  status: number | undefined,
  body: unknown,
): Promise<S3Response> {
  const resource = request.url.pathname;
  try {
    if (status !== undefined) {
      if (typeof body === 'string') return { status, body };
      throw new S3Error(status, STANDARD_CODES[status] ?? 'InternalError', 'A fault was asked for.');
    }
    parts.world.settle();
    const response = handleS3(parts.world.objects, s3Request(request));
    if (request.method !== 'GET' && request.method !== 'HEAD') await parts.save();
    return response;
  } catch (error) {
    const failure =
      error instanceof S3Error ? error : new S3Error(500, 'InternalError', `The simulator failed: ${String(error)}`);
    return {
      status: failure.status,
      body: errorDocument(failure, resource, requestId),
      headers: { 'Content-Type': 'application/xml', ...failure.headers },
    };
  }
}

const STANDARD_CODES: Readonly<Record<number, string>> = {
  403: 'AccessDenied',
  404: 'NoSuchKey',
  500: 'InternalError',
  503: 'SlowDown',
};

function s3Request(request: HttpRequest): S3Request {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(request.url.pathname) ?? [];
  return {
    method: request.method,
    bucket: unescapePath(bucket),
    key: unescapePath(key),
    query: request.url.searchParams,
    headers: request.headers,
    bytes: request.bytes,
  };
}

function unescapePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}
