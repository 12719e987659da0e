/**
 * CloudTrail as one of the services behind the port: `LookupEvents`. Management events of the last 90 days, newest first, two
 * requests a second. What is not here answers 501.
 *
 * Source: CloudTrail API reference, LookupEvents.
 */
import { createHash } from 'node:crypto';
import type { HttpRequest } from '../../http-server';
import type { World } from '../../world';
import { AwsServiceError } from '../error';
import type { Service } from '../server';
import { recordOf, type TrailEvent } from './event';

type Input = Readonly<Record<string, unknown>>;

const MOST_RESULTS = 50;
const SECOND_MS = 1000;

const ATTRIBUTES: Readonly<Record<string, (event: TrailEvent) => readonly string[]>> = {
  EventId: ({ id }) => [id],
  EventName: ({ eventName }) => [eventName],
  ReadOnly: ({ readOnly }) => [String(readOnly)],
  Username: ({ userName }) => [userName],
  ResourceType: ({ resources }) => resources.map(({ type }) => type),
  ResourceName: ({ resources }) => resources.map(({ name }) => name),
  EventSource: ({ eventSource }) => [eventSource],
  AccessKeyId: ({ accessKeyId }) => [accessKeyId],
};

export const cloudTrailService: Service = {
  pathOf: (request) => `/${actionOf(request)}`,
  isRead: () => true,
  answer: (world, principal, request) => {
    const action = actionOf(request);
    if (action !== 'LookupEvents') {
      throw new AwsServiceError(501, 'NotImplemented', `${action} is not part of the simulator's CloudTrail.`);
    }
    if (!world.authority.allows(principal, { action: 'cloudtrail:LookupEvents', resource: '*' })) {
      throw new AwsServiceError(
        400,
        'AccessDeniedException',
        `User: ${principal.arn} is not authorized to perform: cloudtrail:LookupEvents because no identity-based policy allows the cloudtrail:LookupEvents action`,
      );
    }
    throttle(world, request);
    const body = JSON.stringify(lookUp(world, bodyOf(request)));
    return { status: 200, body, headers: { 'Content-Type': 'application/x-amz-json-1.1' } };
  },
  errorAnswer: ({ status, code, message, headers }) => ({
    status,
    body: JSON.stringify({ __type: code, message }),
    headers: { 'Content-Type': 'application/x-amz-json-1.1', ...headers },
  }),
  codes: {
    400: 'ThrottlingException',
    403: 'AccessDeniedException',
    500: 'InternalFailure',
    503: 'ServiceUnavailable',
  },
};

/** By the computer's clock: a test whose time stands still has to get on. */
function throttle({ trail, settings, clock }: World, { arrivedAt = clock.now() }: HttpRequest): void {
  trail.lookUps = trail.lookUps.filter((at) => at > arrivedAt - SECOND_MS);
  if (trail.lookUps.length >= settings.trailLookupsPerSecond) {
    throw new AwsServiceError(400, 'ThrottlingException', 'Rate exceeded');
  }
  trail.lookUps.push(arrivedAt);
}

function lookUp(world: World, input: Input): unknown {
  const { NextToken, ...query } = input;
  const [start, end] = [instantOf(input, 'StartTime'), instantOf(input, 'EndTime')];
  if (start !== undefined && end !== undefined && start > end) {
    throw new AwsServiceError(400, 'InvalidTimeRangeException', 'The start time must not be after the end time.');
  }
  if (input['EventCategory'] !== undefined && input['EventCategory'] !== 'insight') {
    throw new AwsServiceError(400, 'InvalidEventCategoryException', 'The only event category is insight.');
  }
  const most = input['MaxResults'] ?? MOST_RESULTS;
  if (!Number.isInteger(most) || (most as number) < 1 || (most as number) > MOST_RESULTS) {
    throw new AwsServiceError(400, 'InvalidMaxResultsException', `MaxResults must be from 1 to ${MOST_RESULTS}.`);
  }
  const matches = attributeTest(input['LookupAttributes']);
  const found = world.trail
    .lookUp()
    // Nothing in here is an insight.
    .filter(() => input['EventCategory'] === undefined)
    .filter(({ at }) => (start === undefined || at >= start) && (end === undefined || at <= end))
    .filter(matches);
  // A token is good for the same query only; it names the event after which to continue, since new ones come in front.
  const digest = createHash('sha256').update(JSON.stringify(query)).digest('hex').slice(0, 16);
  const from = placeAfter(found, NextToken, digest);
  const page = found.slice(from, from + (most as number));
  const last = page.at(-1);
  const more = from + page.length < found.length && last !== undefined;
  return { Events: page.map(present), ...(more ? { NextToken: tokenOf(digest, last.id) } : {}) };
}

function attributeTest(value: unknown): (event: TrailEvent) => boolean {
  if (value === undefined) return () => true;
  const invalid = (why: string): AwsServiceError => new AwsServiceError(400, 'InvalidLookupAttributesException', why);
  if (!Array.isArray(value) || value.length > 1) throw invalid('There is at most one lookup attribute.');
  const [attribute] = value as readonly { readonly AttributeKey?: string; readonly AttributeValue?: string }[];
  if (attribute === undefined) return () => true;
  const { AttributeKey = '', AttributeValue = '' } = attribute;
  const read = Object.hasOwn(ATTRIBUTES, AttributeKey) ? ATTRIBUTES[AttributeKey] : undefined;
  if (read === undefined)
    throw invalid(`The attribute key ${AttributeKey} is not one of ${Object.keys(ATTRIBUTES).join(', ')}.`);
  return (event) => read(event).includes(AttributeValue);
}

function present(event: TrailEvent): unknown {
  return {
    EventId: event.id,
    EventName: event.eventName,
    ReadOnly: String(event.readOnly),
    AccessKeyId: event.accessKeyId,
    EventTime: Math.floor(event.at / SECOND_MS),
    EventSource: event.eventSource,
    Username: event.userName,
    Resources: event.resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: JSON.stringify(recordOf(event)),
  };
}

function tokenOf(digest: string, id: string): string {
  return Buffer.from(`${digest}:${id}`).toString('base64');
}

function placeAfter(found: readonly TrailEvent[], token: unknown, digest: string): number {
  if (token === undefined) return 0;
  const [known, id] = Buffer.from(String(token), 'base64').toString('utf8').split(':');
  const place = found.findIndex((event) => event.id === id);
  if (known === digest && place >= 0) return place + 1;
  throw new AwsServiceError(400, 'InvalidNextTokenException', 'The token is not one of this query.');
}

/** Seconds since 1970, as the protocol has instants; undefined stays undefined. */
function instantOf(input: Input, name: string): number | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number')
    throw new AwsServiceError(400, 'SerializationException', `${name} is not a timestamp.`);
  return value * SECOND_MS;
}

function actionOf(request: HttpRequest): string {
  return (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';
}

function bodyOf(request: HttpRequest): Input {
  try {
    return JSON.parse(request.bytes.toString('utf8') || '{}') as Input;
  } catch {
    throw new AwsServiceError(400, 'SerializationException', 'The body is not JSON.');
  }
}
