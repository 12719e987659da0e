/** `/api/v2/analytics/conversations/details`: the query that answers at once, and the one that runs as a job. */
import { randomUUID } from 'node:crypto';
import { analyticsConversation } from './analytics-view';
import { ApiError, constraint, notFound } from './api-error';
import { Clock } from '../clock';
import { ASYNC_FIELDS, readConversationQuery, SYNC_FIELDS, type ConversationQuery } from './conversation-query';
import type { Conversation } from '../conversations';
import { noContent, ok, type ApiRequest, type ApiResponse, type Route } from './exchange';
import { cursorPage } from './paging';
import { jsonBody, list, object, onlyProperties, optionalWhole, uuidParameter } from './validation';
import type { World } from '../world';

export interface AnalyticsJob {
  readonly id: string;
  readonly submitted: number;
  readonly readyAt: number;
  /** Places of the matched conversations. */
  readonly matched: readonly number[];
  cancelled: boolean;
}

const PATH = '/api/v2/analytics/conversations/details';
const VIEW = ['analytics:conversationDetail:view', 'analytics:agentConversationDetail:view'];
const DAY = 86_400_000;
/** The query that answers at once takes no longer interval. */
const MAX_SYNC_DAYS = 31;
const MAX_SYNC_PAGE = 100;
const MAX_ASYNC_PAGE = 1000;
const JOB_LIFETIME_MS = DAY;

export function analyticsRoutes(world: World): readonly Route[] {
  return [
    { method: 'POST', path: `${PATH}/query`, any: VIEW, handle: (request) => ok(query(world, request)) },
    { method: 'POST', path: `${PATH}/jobs`, any: VIEW, handle: (request) => submit(world, request) },
    {
      method: 'GET',
      path: `${PATH}/jobs/availability`,
      any: ['analytics:conversationDetail:view'],
      handle: () => ok({ dataAvailabilityDate: availability(world) }),
    },
    { method: 'GET', path: `${PATH}/jobs/{jobId}`, any: VIEW, handle: (request) => status(world, request) },
    {
      method: 'GET',
      path: `${PATH}/jobs/{jobId}/results`,
      any: VIEW,
      handle: (request) => ok(results(world, request)),
    },
    { method: 'DELETE', path: `${PATH}/jobs/{jobId}`, any: VIEW, handle: (request) => cancel(world, request) },
  ];
}

/** Analytics data is complete up to here: the simulator has it at once. */
function availability(world: World): string {
  return Clock.iso(world.clock.now());
}

function query(world: World, request: ApiRequest): unknown {
  const body = jsonBody(request);
  const wanted = readConversationQuery(body, SYNC_FIELDS, 'ConversationQuery');
  if (wanted.interval.end - wanted.interval.start > MAX_SYNC_DAYS * DAY) {
    throw new ApiError(400, 'bad.request', `The interval may not be longer than ${MAX_SYNC_DAYS} days.`);
  }
  if (list(body['aggregations'] ?? [], 'aggregations').length > 0) {
    throw constraint('aggregations: not available in the simulator');
  }
  const { pageSize, pageNumber } = paging(body['paging']);
  const places = ordered(world, wanted);
  const page = places.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  return { conversations: page.map((place) => view(world, place)), totalHits: places.length };
}

function paging(value: unknown): { readonly pageSize: number; readonly pageNumber: number } {
  const fields = object(value ?? {}, 'paging');
  onlyProperties(fields, ['pageSize', 'pageNumber'], 'PagingSpec');
  const pageSize = optionalWhole(fields['pageSize'], 'pageSize') ?? 25;
  const pageNumber = optionalWhole(fields['pageNumber'], 'pageNumber') ?? 1;
  if (pageSize < 1 || pageSize > MAX_SYNC_PAGE) throw constraint(`paging.pageSize: must be from 1 to ${MAX_SYNC_PAGE}`);
  if (pageNumber < 1) throw constraint('paging.pageNumber: must be from 1');
  return { pageSize, pageNumber };
}

function submit(world: World, request: ApiRequest): ApiResponse {
  const wanted = readConversationQuery(jsonBody(request), ASYNC_FIELDS, 'AsyncConversationQuery');
  const places = ordered(world, wanted);
  const now = world.clock.now();
  const job: AnalyticsJob = {
    id: randomUUID(),
    submitted: now,
    readyAt: now + world.settings.pendingMs,
    matched: wanted.limit === undefined ? places : places.slice(0, wanted.limit),
    cancelled: false,
  };
  world.analyticsJobs.set(job.id, job);
  return { status: 202, body: { jobId: job.id } };
}

function status(world: World, request: ApiRequest): ApiResponse {
  const job = jobOf(world, request);
  const state = stateOf(world, job);
  const body = {
    state,
    submissionDate: Clock.iso(job.submitted),
    ...(state === 'FULFILLED'
      ? { completionDate: Clock.iso(job.readyAt), expirationDate: Clock.iso(job.submitted + JOB_LIFETIME_MS) }
      : {}),
  };
  return { status: state === 'PENDING' ? 202 : 200, body };
}

function results(world: World, request: ApiRequest): unknown {
  const job = jobOf(world, request);
  const state = stateOf(world, job);
  if (state !== 'FULFILLED') throw new ApiError(400, 'bad.request', `The job is ${state}; it has no results yet.`);
  const { items, cursor } = cursorPage(job.matched, request.query, {
    maxPageSize: MAX_ASYNC_PAGE,
    pageSize: MAX_ASYNC_PAGE,
  });
  return {
    conversations: items.map((place) => view(world, place)),
    ...(cursor === undefined ? {} : { cursor }),
    dataAvailabilityDate: availability(world),
  };
}

function cancel(world: World, request: ApiRequest): ApiResponse {
  jobOf(world, request).cancelled = true;
  return noContent();
}

function stateOf(world: World, job: AnalyticsJob): 'PENDING' | 'FULFILLED' | 'CANCELLED' | 'EXPIRED' {
  if (job.cancelled) return 'CANCELLED';
  const now = world.clock.now();
  if (now >= job.submitted + JOB_LIFETIME_MS) return 'EXPIRED';
  return now >= job.readyAt ? 'FULFILLED' : 'PENDING';
}

function jobOf(world: World, request: ApiRequest): AnalyticsJob {
  const id = uuidParameter(request, 'jobId');
  const job = world.analyticsJobs.get(id);
  if (job === undefined) throw notFound('not.found', `There is no analytics job with the id [${id}].`, id);
  return job;
}

function ordered(world: World, wanted: ConversationQuery): number[] {
  const start = (place: number): number => world.conversations.at(place).start;
  const places = world.conversations.select(wanted.interval, wanted.matches);
  return places.sort((a, b) => (wanted.descending ? start(b) - start(a) : start(a) - start(b)));
}

function view(world: World, place: number): Record<string, unknown> {
  const conversation: Conversation = world.conversations.at(place);
  return analyticsConversation(conversation);
}
