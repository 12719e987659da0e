/**
 * `/api/v2/gdpr/requests`: requests for erasure. Genesys Cloud carries them out later; here the recordings of every
 * conversation with one of the subject's addresses are erased when the delay is over. Whether protection stops that is a setting.
 */
import { randomUUID } from 'node:crypto';
import { Clock } from '../clock';
import type { Conversation } from '../conversations';
import type { World } from '../world';
import { ApiError, constraint, notFound } from './api-error';
import { actorOf, type AuditActor } from './audit-log';
import { ok, type ApiRequest, type ApiResponse, type Route } from './exchange';
import { numberedPage } from './paging';
import { booleanParameter, jsonBody, list, object, oneOf, onlyProperties, text, uuidParameter } from './validation';

export interface GdprRequest {
  readonly id: string;
  readonly created: number;
  /** When the recordings are erased. */
  readonly dueAt: number;
  readonly addresses: readonly string[];
  readonly subject: Readonly<Record<string, unknown>>;
  readonly by: AuditActor;
  done: boolean;
}

const PATH = '/api/v2/gdpr/requests';
const ADDRESSES = ['addresses', 'phoneNumbers', 'emailAddresses'] as const;

export function gdprRoutes(world: World): readonly Route[] {
  const view = ['gdpr:request:view'];
  return [
    { method: 'POST', path: PATH, all: ['gdpr:request:add'], handle: (request) => submit(world, request) },
    {
      method: 'GET',
      path: PATH,
      all: view,
      handle: ({ query, path }) => ok(numberedPage([...world.gdprRequests.values()].reverse(), query, path, present)),
    },
    {
      method: 'GET',
      path: `${PATH}/{requestId}`,
      all: view,
      handle: (request) => ok(present(requestOf(world, request))),
    },
  ];
}

/** Erases what is due. */
export function settleGdprRequests(world: World): void {
  const now = world.clock.now();
  for (const request of world.gdprRequests.values()) {
    if (request.done || request.dueAt > now) continue;
    request.done = true;
    for (const conversation of world.conversations) {
      if (!isAbout(conversation, request.addresses)) continue;
      world.retention.erase(conversation, [...conversation.recordings], { at: request.dueAt, by: request.by });
    }
  }
}

function submit(world: World, request: ApiRequest): ApiResponse {
  const body = jsonBody(request);
  onlyProperties(body, ['name', 'requestType', 'subject', 'replacementTerms', 'createdBy'], 'GDPRRequest');
  oneOf(body['requestType'], ['GDPR_DELETE'], 'requestType');
  const subject = object(body['subject'], 'subject');
  onlyProperties(subject, ['name', ...ADDRESSES], 'GDPRSubject');
  const addresses = ADDRESSES.flatMap((name) => list(subject[name] ?? [], name).map((one) => plain(text(one, name))));
  if (addresses.length === 0) throw constraint(`subject: give one of ${ADDRESSES.join(', ')}`);
  if (!booleanParameter(request.query, 'deleteConfirmed', false)) {
    throw new ApiError(
      400,
      'bad.request',
      'A request of the type GDPR_DELETE must be confirmed with deleteConfirmed=true.',
    );
  }
  const created = world.clock.now();
  const made: GdprRequest = {
    id: randomUUID(),
    created,
    dueAt: created + world.settings.erasureDelayMs,
    addresses,
    subject,
    by: actorOf(request),
    done: false,
  };
  world.gdprRequests.set(made.id, made);
  return { status: 202, body: present(made) };
}

function isAbout({ addressFrom, addressTo }: Conversation, addresses: readonly string[]): boolean {
  return [addressFrom, addressTo].some((one) => one !== undefined && addresses.includes(plain(one)));
}

/** Without `tel:` or `sip:` in front. */
function plain(address: string): string {
  return address.toLowerCase().replace(/^(?:tel|sip|mailto):/, '');
}

function requestOf(world: World, request: ApiRequest): GdprRequest {
  const id = uuidParameter(request, 'requestId');
  const found = world.gdprRequests.get(id);
  if (found === undefined) throw notFound('not.found', `There is no GDPR request with the id [${id}].`, id);
  return found;
}

function present({ id, created, subject, by, done }: GdprRequest): Record<string, unknown> {
  return {
    id,
    createdBy: { id: by.userId ?? by.clientId },
    requestType: 'GDPR_DELETE',
    createdDate: Clock.iso(created),
    status: done ? 'COMPLETED' : 'INITIATED',
    subject,
    selfUri: `${PATH}/${id}`,
  };
}
