/**
 * `/api/v2/audits/query` and `/api/v2/quality/conversations/audits/query`: queries that run as a job and are read behind a
 * cursor; `/api/v2/audits/query/realtime`, which answers at once and knows the last 14 days.
 */
import { randomUUID } from 'node:crypto';
import { Clock } from '../clock';
import { ApiError, constraint, invalidValue, notFound } from './api-error';
import { presentAudit, type AuditMessage } from './audit-log';
import { ok, type ApiRequest, type ApiResponse, type Route } from './exchange';
import { cursorPage } from './paging';
import {
  interval,
  jsonBody,
  list,
  object,
  oneOf,
  onlyProperties,
  optionalWhole,
  text,
  uuidParameter,
} from './validation';
import type { World } from '../world';

const AUDITS = '/api/v2/audits/query';
const QUALITY = '/api/v2/quality/conversations/audits/query';
const REALTIME_MS = 14 * 86_400_000;
const MAX_PAGE = 500;
const SERVICES = ['Quality', 'Integrations', 'AnalyticsReporting'] as const;
const ORDERS = ['asc', 'desc', 'ascending', 'descending'] as const;

type Kind = 'audits' | 'quality';

const FORMS = { audits: 'AuditLogMessage', quality: 'QualityAuditLogMessage' } as const;
const PERMISSIONS = { audits: ['audits:audit:view'], quality: ['audits:interactionDetails:view'] } as const;

/** What a filter can ask for; its value must be equal. */
const PROPERTIES: Readonly<Record<string, (message: AuditMessage) => string | undefined>> = {
  UserId: ({ entry }) => entry.actor.userId,
  ClientId: ({ entry }) => entry.actor.clientId,
  Action: ({ entry }) => entry.action,
  EntityType: ({ entry }) => entry.entityType,
  EntityId: ({ entity }) => entity.id,
};

interface Query {
  readonly interval: { readonly start: number; readonly end: number };
  readonly serviceName: string | undefined;
  readonly filters: readonly { readonly property: string; readonly value: string }[];
  readonly descending: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A query that was asked, with its answer as it stood then. */
export interface AuditQueryJob {
  readonly id: string;
  readonly kind: Kind;
  readonly asked: number;
  readonly readyAt: number;
  readonly query: Readonly<Record<string, unknown>>;
  /** Shown messages. */
  readonly found: readonly Readonly<Record<string, unknown>>[];
}

export function auditRoutes(world: World): readonly Route[] {
  const both = (['audits', 'quality'] as const).flatMap((kind): Route[] => {
    const path = kind === 'audits' ? AUDITS : QUALITY;
    const all = PERMISSIONS[kind];
    return [
      { method: 'POST', path, all, handle: (request) => submit(world, request, kind) },
      {
        method: 'GET',
        path: `${path}/{transactionId}`,
        all,
        handle: (request) => ok(status(world, jobOf(world, request, kind))),
      },
      {
        method: 'GET',
        path: `${path}/{transactionId}/results`,
        all,
        handle: (request) => ok(results(world, request, jobOf(world, request, kind))),
      },
    ];
  });
  return [
    ...both,
    { method: 'GET', path: `${AUDITS}/servicemapping`, all: PERMISSIONS.audits, handle: () => ok(serviceMapping()) },
    {
      method: 'POST',
      path: `${AUDITS}/realtime`,
      all: PERMISSIONS.audits,
      handle: (request) => ok(realtime(world, request)),
    },
  ];
}

function submit(world: World, request: ApiRequest, kind: Kind): ApiResponse {
  const body = jsonBody(request);
  const fields = kind === 'audits' ? ['interval', 'serviceName', 'filters', 'sort'] : ['interval', 'filters', 'sort'];
  onlyProperties(body, fields, kind === 'audits' ? 'AuditQueryRequest' : 'QMAuditQueryRequest');
  if (kind === 'quality' && body['filters'] === undefined) throw constraint('filters: must be given');
  const query = readQuery(body, kind);
  const now = world.clock.now();
  const job: AuditQueryJob = {
    id: randomUUID(),
    kind,
    asked: now,
    readyAt: now + world.settings.pendingMs,
    query: body,
    // Names of users are shown only to who asks for them with `expand`.
    found: find(world, query).map((message) => presentAudit(message, world.organizationId, FORMS[kind], true)),
  };
  world.auditQueries.set(job.id, job);
  return { status: 202, body: status(world, job) };
}

function status(world: World, job: AuditQueryJob): Record<string, unknown> {
  return {
    id: job.id,
    state: world.clock.now() >= job.readyAt ? 'Succeeded' : 'Queued',
    [job.kind === 'audits' ? 'startDate' : 'dateStart']: Clock.iso(job.asked),
    ...job.query,
  };
}

function results(world: World, { query }: ApiRequest, job: AuditQueryJob): unknown {
  if (world.clock.now() < job.readyAt) {
    throw new ApiError(400, 'bad.request', `The query [${job.id}] has not finished yet.`, { entityId: job.id });
  }
  const { items, pageSize, cursor } = cursorPage(job.found, query, { maxPageSize: MAX_PAGE });
  const expand = expandsUser(query);
  return {
    id: job.id,
    pageSize,
    ...(cursor === undefined ? {} : { cursor }),
    entities: expand ? items : items.map(withoutUserName),
  };
}

function realtime(world: World, request: ApiRequest): unknown {
  const body = jsonBody(request);
  onlyProperties(
    body,
    ['interval', 'serviceName', 'filters', 'sort', 'pageNumber', 'pageSize'],
    'AuditRealtimeQueryRequest',
  );
  const query = readQuery(body, 'audits');
  if (query.interval.start < world.clock.now() - REALTIME_MS) {
    throw new ApiError(400, 'bad.request', 'The interval may begin at most 14 days ago; older audits need /query.');
  }
  const pageSize = optionalWhole(body['pageSize'], 'pageSize') ?? 25;
  const pageNumber = optionalWhole(body['pageNumber'], 'pageNumber') ?? 1;
  if (pageSize < 1 || pageSize > MAX_PAGE) throw constraint(`pageSize: must be from 1 to ${MAX_PAGE}`);
  if (pageNumber < 1) throw constraint('pageNumber: must be from 1');
  const found = find(world, query);
  const page = found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  const expand = expandsUser(request.query);
  return {
    entities: page.map((message) => presentAudit(message, world.organizationId, 'AuditLogMessage', expand)),
    pageSize,
    pageNumber,
    total: found.length,
    pageCount: Math.ceil(found.length / pageSize),
  };
}

function readQuery(body: Readonly<Record<string, unknown>>, kind: Kind): Query {
  const service = body['serviceName'];
  const properties = [...Object.keys(PROPERTIES), ...(kind === 'quality' ? ['ConversationId'] : [])];
  const [sort] = list(body['sort'] ?? [], 'sort').map((item) => {
    const { name, sortOrder } = object(item, 'sort');
    oneOf(name, ['Timestamp', 'timestamp', 'eventDate'], 'name');
    return oneOf(text(sortOrder, 'sortOrder').toLowerCase(), ORDERS, 'sortOrder');
  });
  return {
    interval: interval(body['interval'], 'interval'),
    serviceName:
      kind === 'quality' ? 'Quality' : service === undefined ? undefined : oneOf(service, SERVICES, 'serviceName'),
    filters: list(body['filters'] ?? [], 'filters').map((item) => {
      const filter = object(item, 'filters');
      onlyProperties(filter, ['property', 'value'], 'AuditQueryFilter');
      const value = text(filter['value'], 'value');
      if (value === '') throw invalidValue(value, 'value', 'a string that is not empty');
      return { property: oneOf(filter['property'], properties, 'property'), value };
    }),
    descending: sort === 'desc' || sort === 'descending',
    body,
  };
}

/** Filters of one property are alternatives, those of different ones hold together. */
function find(world: World, { interval: { start, end }, serviceName, filters, descending }: Query): AuditMessage[] {
  const wanted = new Map<string, Set<string>>();
  for (const { property, value } of filters) {
    wanted.set(property, (wanted.get(property) ?? new Set()).add(value.toLowerCase()));
  }
  const found = [...world.audits.between(start, end)].filter(
    (message) =>
      (serviceName === undefined || message.entry.serviceName === serviceName) &&
      [...wanted].every(([property, values]) => values.has(valueOf(message, property)?.toLowerCase() ?? '')),
  );
  return descending ? found.reverse() : found;
}

function valueOf(message: AuditMessage, property: string): string | undefined {
  return property === 'ConversationId' ? message.entity.conversationId : PROPERTIES[property]?.(message);
}

function withoutUserName(message: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const user = message['user'] as Readonly<Record<string, unknown>> | undefined;
  if (user === undefined) return message;
  const { name: _name, ...rest } = user;
  return { ...message, user: rest };
}

function expandsUser(query: URLSearchParams): boolean {
  return query.getAll('expand').some((value) => value.split(',').includes('user'));
}

function jobOf(world: World, request: ApiRequest, kind: Kind): AuditQueryJob {
  const id = uuidParameter(request, 'transactionId');
  const job = world.auditQueries.get(id);
  if (job?.kind === kind) return job;
  throw notFound('not.found', `There is no audit query with the id [${id}].`, id);
}

function serviceMapping(): unknown {
  const protection = ['ApplyProtection', 'RevokeProtection', 'Delete', 'UpdateRetention'];
  return {
    services: [
      {
        name: 'Quality',
        entities: [
          { name: 'Recording', actions: protection },
          { name: 'BulkActions', actions: ['Create', 'Execute', 'Delete'] },
          { name: 'RecordingSettings', actions: ['Update'] },
          { name: 'LegalHold', actions: ['Create', 'Delete'] },
        ],
      },
      { name: 'Integrations', entities: [{ name: 'Integration', actions: ['Create', 'Update', 'Delete'] }] },
      { name: 'AnalyticsReporting', entities: [{ name: 'DataRetention', actions: ['Update'] }] },
    ],
  };
}
