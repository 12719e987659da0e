/** One request to the Genesys Cloud API from arrival to answer: fault, route, token, rate, permission, work, log. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError, errorBody, standardError } from './api-error';
import { ANONYMOUS } from './client';
import { Clock } from '../clock';
import type { ApiResponse } from './exchange';
import { falseAnswer, needsRealAnswer } from '../control/false-answers';
import type { Fault, Faults } from '../control/faults';
import type { HttpRequest, HttpResponse } from '../http-server';
import { authenticate } from './oauth';
import { checkPermissions } from './permissions';
import type { RateLimit } from './rate-limit';
import { loggedBody, loggedHeaders, loggedQuery, type LoggedRequest, type RequestLog } from '../control/request-log';
import type { Router } from './router';
import type { World } from '../world';

export interface GenesysParts {
  readonly world: World;
  readonly router: Router;
  readonly rateLimit: RateLimit;
  readonly faults: Faults;
  readonly log: RequestLog<LoggedRequest>;
  /** Called after every request that may have changed something; its promise holds the answer back. */
  readonly save: () => Promise<void>;
}

type Headers = Record<string, string>;

/** Null cuts the connection. */
export async function serveGenesys(parts: GenesysParts, request: HttpRequest): Promise<HttpResponse | null> {
  const correlationId = randomUUID();
  const path = decode(request.url.pathname);
  if (path.startsWith('/__simulator/')) return render(await answer(parts, request, path, correlationId), {});

  const began = parts.world.clock.now();
  const fault = parts.faults.take('genesys', request.method, path);
  if (fault?.delayMs !== undefined) await wait(fault.delayMs, undefined, { ref: false });
  const headers: Headers = { 'ININ-Correlation-Id': correlationId, Date: new Date(began).toUTCString() };
  const drop = fault?.drop === true ? 'before' : fault?.drop;

  let response: ApiResponse | null = null;
  if (fault?.kind !== undefined)
    response = await answerFalsely(parts, request, { path, correlationId, headers }, fault);
  else if (fault?.status !== undefined) response = faultResponse(fault, correlationId);
  else if (drop !== 'before') response = await answer(parts, request, path, correlationId, headers);
  if (drop !== undefined && drop !== false) response = null;

  record(parts, request, { path, correlationId, began, status: response?.status ?? 0 });
  return response === null ? null : render(response, { ...headers, ...fault?.headers });
}

async function answerFalsely(
  parts: GenesysParts,
  request: HttpRequest,
  known: { readonly path: string; readonly correlationId: string; readonly headers: Headers },
  { kind = 'html-200', done }: Fault,
): Promise<ApiResponse> {
  const works = needsRealAnswer(kind) || done === true;
  return falseAnswer(kind, works ? await answer(parts, request, known.path, known.correlationId, known.headers) : null);
}

async function answer(
  parts: GenesysParts,
  request: HttpRequest,
  path: string,
  correlationId: string,
  headers: Headers = {},
): Promise<ApiResponse> {
  const { world, router, rateLimit } = parts;
  try {
    world.settle();
    const { route, params } = router.match(request.method, path);
    let client = ANONYMOUS;
    if (route.authenticated !== false) {
      const bearer = authenticate(world, request.headers['authorization']);
      client = bearer.client;
      const rate = rateLimit.count(bearer.token);
      Object.assign(headers, rate.headers);
      if (rate.exceeded !== undefined) throw rate.exceeded;
      checkPermissions(client, route);
    }
    const response = await route.handle({
      method: request.method,
      path,
      query: request.url.searchParams,
      headers: request.headers,
      bytes: request.bytes,
      params,
      client,
      address: request.address ?? '127.0.0.1',
    });
    await parts.save();
    return response;
  } catch (error) {
    const failure = error instanceof ApiError ? error : unexpected(error);
    return {
      status: failure.status,
      body: errorBody(failure, correlationId),
      ...(failure.extra.headers === undefined ? {} : { headers: failure.extra.headers }),
    };
  }
}

/** A mistake of the simulator itself: told apart from the 500s it plays. */
function unexpected(error: unknown): ApiError {
  return new ApiError(
    500,
    'simulator.error',
    `The simulator failed: ${error instanceof Error ? error.message : String(error)}`,
  );
}

function faultResponse(fault: Fault, correlationId: string): ApiResponse {
  const status = fault.status ?? 500;
  if (fault.body !== undefined) return { status, body: fault.body };
  if (status < 400) return { status };
  return { status, body: errorBody(standardError(status), correlationId) };
}

function render(response: ApiResponse, headers: Headers): HttpResponse {
  const all: Headers = { ...headers, ...response.headers };
  if (response.body === undefined) return { status: response.status, headers: all, body: '' };
  // A fault's text is sent as it is: proxies answer with HTML, and that must be survived too.
  const raw = typeof response.body === 'string' && response.body !== '';
  return {
    status: response.status,
    headers: { 'Content-Type': raw ? 'text/plain; charset=utf-8' : 'application/json', ...all },
    body: raw ? String(response.body) : JSON.stringify(response.body),
  };
}

function record(
  { world, log }: GenesysParts,
  request: HttpRequest,
  known: { readonly path: string; readonly correlationId: string; readonly began: number; readonly status: number },
): void {
  log.add({
    time: Clock.iso(known.began),
    method: request.method,
    path: known.path,
    query: loggedQuery(request.url.searchParams),
    headers: loggedHeaders(request.headers),
    body: loggedBody(request.bytes, request.headers['content-type']),
    status: known.status,
    durationMs: world.clock.now() - known.began,
    correlationId: known.correlationId,
    jobs: {
      pending: world.jobs.count('PENDING'),
      processing: world.jobs.count('PROCESSING'),
      exportsWaiting: world.exports.waiting.length,
    },
  });
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
