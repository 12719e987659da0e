/** One request to AWS from arrival to answer: service, fault, caller, work, log. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { serviceOf, signatureOf, type AwsService } from './request';
import { Clock } from '../clock';
import type { Fault, Faults } from '../control/faults';
import type { HttpRequest, HttpResponse } from '../http-server';
import type { Principal } from './identity/identity-store';
import { loggedQuery, type LoggedAwsRequest, type RequestLog } from '../control/request-log';
import { services } from './services';
import { actOf } from './trail/act';
import { Refusal } from './refusal';
import { checkTimeOfSignature } from './signature-time';
import type { World } from '../world';

export interface AwsParts {
  readonly world: World;
  readonly faults: Faults;
  readonly log: RequestLog<LoggedAwsRequest>;
  readonly save: () => Promise<void>;
}

/** What a service answers; the request id is added. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One service behind the port. */
export interface Service {
  /** What faults and the log call the request: the path for S3, `/GetRole` where all requests have the same path. */
  readonly pathOf: (request: HttpRequest) => string;
  /** Does the work. Throws S3Error and AwsServiceError. */
  readonly answer: (world: World, principal: Principal, request: HttpRequest) => ServiceAnswer;
  readonly isRead: (request: HttpRequest) => boolean;
  readonly errorAnswer: (error: ServiceFailure, path: string, requestId: string) => ServiceAnswer;
  /** Error codes of faults that name only a status. */
  readonly codes: Readonly<Record<number, string>>;
}

export interface ServiceFailure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Further elements of an error of S3. */
  readonly details?: Readonly<Record<string, string>>;
}

/** Null cuts the connection. */
export async function serveAws(parts: AwsParts, request: HttpRequest): Promise<HttpResponse | null> {
  const requestId = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase();
  const signature = signatureOf(request);
  const name = serviceOf(request, signature);
  const service = services[name];
  const path = service.pathOf(request);
  const fault = parts.faults.take(name, request.method, path, request.url.searchParams);
  if (fault?.delayMs !== undefined) await wait(fault.delayMs, undefined, { ref: false });
  const lost = fault?.drop === true || fault?.drop === 'before';
  const caller: { principal?: Principal } = {};
  const answer = lost
    ? null
    : await answerOf(parts, service, {
        name,
        request,
        path,
        requestId,
        fault,
        accessKeyId: signature?.accessKeyId,
        caller,
      });
  const sent = fault?.drop === 'after' ? null : answer;
  parts.log.add(logged(parts.world, name, path, request, sent?.status ?? 0, requestId, caller.principal));
  if (sent === null) return null;
  const headers = {
    'x-amz-request-id': requestId,
    'x-amzn-RequestId': requestId,
    Server: 'AmazonS3',
    // The SDK goes by the server's time where its own is off by minutes: so its clock follows `advance`, too.
    ...(request.arrivedAt === undefined
      ? {}
      : { Date: new Date(request.arrivedAt + parts.world.clock.offset).toUTCString() }),
  };
  return { status: sent.status, headers: { ...headers, ...sent.headers, ...fault?.headers }, body: sent.body ?? '' };
}

interface Arrival {
  readonly name: AwsService;
  readonly request: HttpRequest;
  readonly path: string;
  readonly requestId: string;
  readonly fault: Fault | undefined;
  readonly accessKeyId: string | undefined;
  readonly caller: { principal?: Principal };
}

async function answerOf({ world, save }: AwsParts, service: Service, arrival: Arrival): Promise<ServiceAnswer> {
  const { request, path, requestId, fault, caller } = arrival;
  try {
    if (fault?.status !== undefined) {
      if (typeof fault.body === 'string') return { status: fault.status, body: fault.body };
      throw new Refusal(fault.status, service.codes[fault.status] ?? 'InternalError', 'A fault was asked for.');
    }
    world.settle();
    checkTimeOfSignature(request, service === services.s3 ? 's3' : 'others', world.clock);
    caller.principal = principalOf(world, arrival.accessKeyId);
    const answer = service.answer(world, caller.principal, request);
    record(world, service, arrival);
    if (!service.isRead(request)) await save();
    return answer;
  } catch (error) {
    const failure = failureOf(error);
    record(world, service, arrival, failure);
    return service.errorAnswer(failure, path, requestId);
  }
}

/** What nobody known has asked leaves no event; a fault in place of an answer never reached the service. */
function record(world: World, service: Service, arrival: Arrival, failure?: ServiceFailure): void {
  const { request, path, requestId, accessKeyId, caller } = arrival;
  if (caller.principal === undefined || accessKeyId === undefined) return;
  const act = actOf(world, arrival.name, request, { isRead: service.isRead(request), path });
  const { principal } = caller;
  world.trail.record({
    act,
    principal,
    accessKeyId,
    request,
    requestId,
    ...(failure === undefined ? {} : { failure }),
  });
}

function principalOf(world: World, accessKeyId: string | undefined): Principal {
  if (accessKeyId === undefined) throw new Refusal(403, 'AccessDenied', 'The request is not signed.');
  const principal = world.identities.principal(accessKeyId, world.clock.now());
  if (principal === 'expired') throw new Refusal(400, 'ExpiredToken', 'The provided token has expired.');
  if (principal === 'unknown') {
    throw new Refusal(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  }
  return principal;
}

function failureOf(error: unknown): ServiceFailure {
  if (error instanceof Error && 'status' in error && 'code' in error) return error as unknown as ServiceFailure;
  // A mistake of the simulator itself: told apart from the failures it plays.
  return { status: 500, code: 'InternalError', message: `The simulator failed: ${String(error)}` };
}

function logged(
  world: World,
  service: AwsService,
  path: string,
  request: HttpRequest,
  status: number,
  requestId: string,
  principal: Principal | undefined,
): LoggedAwsRequest {
  return {
    time: Clock.iso(world.clock.now()),
    service,
    method: request.method,
    path,
    query: loggedQuery(request.url.searchParams),
    status,
    requestId,
    principal: principal?.arn ?? null,
  };
}
