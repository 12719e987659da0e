/**
 * `/api/v2/compliance/legalholds`: not part of the public API. Only organizations that have it are simulated with it
 * (`complianceApi`); its shape is this project's model, kept in this one file.
 */
import { randomUUID } from 'node:crypto';
import { constraint, notFound } from './api-error';
import { actorOf, type AuditActor } from './audit-log';
import { Clock } from '../clock';
import { auditProtection } from './deletion-protection';
import { noContent, ok, type ApiRequest, type ApiResponse, type Route } from './exchange';
import { cursorPage, numberedPage, uriOf } from './paging';
import { conversationIds, jsonBody, onlyProperties, text, uuidParameter } from './validation';
import type { World } from '../world';

export interface LegalHold {
  readonly id: string;
  readonly name: string;
  readonly externalReferenceId: string | undefined;
  readonly reason: string | undefined;
  readonly created: number;
  status: 'ACTIVE' | 'RELEASED';
  readonly conversations: Set<string>;
}

interface HoldFailure {
  readonly conversationId: string;
  readonly code: string;
  readonly message: string;
}

const PATH = '/api/v2/compliance/legalholds';
const VIEW = ['compliance:legalHold:view'];
const ADD = ['compliance:legalHold:add'];
const DELETE = ['compliance:legalHold:delete'];

/** None when the organization does not have the API: then every path of it is unknown, 404. */
export function complianceRoutes(world: World): readonly Route[] {
  if (!world.settings.complianceApi) return [];
  return [
    { method: 'GET', path: PATH, all: VIEW, handle: (request) => ok(listing(world, request)) },
    { method: 'POST', path: PATH, all: ADD, handle: (request) => create(world, request) },
    { method: 'GET', path: `${PATH}/{holdId}`, all: VIEW, handle: (request) => ok(present(holdOf(world, request))) },
    { method: 'DELETE', path: `${PATH}/{holdId}`, all: DELETE, handle: (request) => release(world, request) },
    {
      method: 'GET',
      path: `${PATH}/{holdId}/conversations`,
      all: VIEW,
      handle: (request) => ok(conversations(world, request)),
    },
    { method: 'POST', path: `${PATH}/{holdId}/conversations`, all: ADD, handle: (request) => add(world, request) },
  ];
}

/** Lets go of these conversations behind everybody's back, as an administrator might. Answers how many were held. */
export function releaseQuietly(world: World, ids: readonly string[], by?: AuditActor): number {
  const released: string[] = [];
  for (const id of ids) {
    const protectedBefore = world.protection.delete(id);
    const heldBefore = [...world.holds.values()].filter((hold) => hold.conversations.delete(id)).length > 0;
    if (protectedBefore || heldBefore) released.push(id);
  }
  // Who is not named left no trace.
  if (by !== undefined) auditProtection(world, false, released, by);
  world.retention.note(ids);
  return released.length;
}

function listing(world: World, { query, path }: ApiRequest): unknown {
  const name = query.get('name');
  const reference = query.get('externalReferenceId');
  const holds = [...world.holds.values()]
    .filter((hold) => name === null || hold.name === name)
    .filter((hold) => reference === null || hold.externalReferenceId === reference);
  return numberedPage(holds, query, path, (hold) => present(hold));
}

function create(world: World, request: ApiRequest): ApiResponse {
  const body = jsonBody(request);
  onlyProperties(body, ['name', 'externalReferenceId', 'reason', 'conversationIds'], 'LegalHold');
  const name = text(body['name'], 'name');
  if (name.trim() === '') throw constraint('name: must not be empty');
  const hold: LegalHold = {
    id: randomUUID(),
    name,
    externalReferenceId: referenceId(world, body['externalReferenceId']),
    reason: body['reason'] === undefined ? undefined : text(body['reason'], 'reason'),
    created: world.clock.now(),
    status: 'ACTIVE',
    conversations: new Set(),
  };
  const failures = put(world, hold, conversationIds(body));
  world.holds.set(hold.id, hold);
  auditHold(world, 'Create', hold, request);
  auditProtection(world, true, [...hold.conversations], actorOf(request));
  return { status: 201, body: present(hold, failures) };
}

function referenceId(world: World, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const reference = text(value, 'externalReferenceId');
  const pattern = world.settings.referenceIdPattern;
  if (pattern.test(reference)) return reference;
  throw constraint(`externalReferenceId: [${reference}] does not match ${pattern.source}`);
}

function add(world: World, request: ApiRequest): ApiResponse {
  const hold = holdOf(world, request);
  const body = jsonBody(request);
  onlyProperties(body, ['conversationIds'], 'LegalHoldConversations');
  const ids = conversationIds(body);
  if (hold.status !== 'ACTIVE') throw constraint(`The hold [${hold.id}] is ${hold.status}.`);
  const before = new Set(hold.conversations);
  const failures = put(world, hold, ids);
  const added = [...hold.conversations].filter((id) => !before.has(id));
  auditProtection(world, true, added, actorOf(request));
  return ok(present(hold, failures));
}

function put(world: World, hold: LegalHold, ids: readonly string[]): readonly HoldFailure[] {
  const failures: HoldFailure[] = [];
  for (const id of ids) {
    if (world.conversations.get(id) === undefined) {
      failures.push({
        conversationId: id,
        code: 'recording.conversation.not.found',
        message: 'Recording conversation not found.',
      });
    } else hold.conversations.add(id);
  }
  return failures;
}

function release(world: World, request: ApiRequest): ApiResponse {
  const hold = holdOf(world, request);
  const released = [...hold.conversations];
  hold.status = 'RELEASED';
  hold.conversations.clear();
  auditHold(world, 'Delete', hold, request);
  auditProtection(world, false, released, actorOf(request));
  world.retention.note(released);
  return noContent();
}

function auditHold(world: World, action: 'Create' | 'Delete', hold: LegalHold, request: ApiRequest): void {
  world.audits.add({
    serviceName: 'Quality',
    action,
    entityType: 'LegalHold',
    entities: [{ id: hold.id, name: hold.name }],
    actor: actorOf(request),
  });
}

function conversations(world: World, request: ApiRequest): unknown {
  const { query, path } = request;
  const { items, pageSize, cursor } = cursorPage([...holdOf(world, request).conversations], query, {
    maxPageSize: 500,
    pageSize: 100,
  });
  return {
    entities: items.map((id) => ({ id, selfUri: `/api/v2/conversations/${id}` })),
    pageSize,
    selfUri: uriOf(path, query, {}),
    ...(cursor === undefined ? {} : { cursor, nextUri: uriOf(path, query, { cursor }) }),
  };
}

function holdOf(world: World, request: ApiRequest): LegalHold {
  const id = uuidParameter(request, 'holdId');
  const hold = world.holds.get(id);
  if (hold === undefined) throw notFound('not.found', `There is no legal hold with the id [${id}].`, id);
  return hold;
}

function present(hold: LegalHold, failures: readonly HoldFailure[] = []): Record<string, unknown> {
  return {
    id: hold.id,
    name: hold.name,
    status: hold.status,
    ...(hold.externalReferenceId === undefined ? {} : { externalReferenceId: hold.externalReferenceId }),
    ...(hold.reason === undefined ? {} : { reason: hold.reason }),
    conversationCount: hold.conversations.size,
    dateCreated: Clock.iso(hold.created),
    failures,
    selfUri: `${PATH}/${hold.id}`,
  };
}
