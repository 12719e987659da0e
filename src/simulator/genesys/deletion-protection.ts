/**
 * `/api/v2/recordings/deletionprotection`: the legal hold of the public API. PUT changes, POST asks.
 *
 * Not documented, and chosen here: one unknown conversation refuses the whole call; conversations over the
 * organization's limit come back as `failedUpdates` with status 200; everything else answers 204; a conversation
 * without recordings is accepted and stays unprotected, since there is nothing to protect.
 */
import { ApiError, notFound } from './api-error';
import { actorOf, type AuditActor } from './audit-log';
import { isPermitted } from './client';
import { noContent, ok, type ApiRequest, type ApiResponse, type Route } from './exchange';
import { booleanParameter, conversationIds, jsonBody, onlyProperties } from './validation';
import type { World } from '../world';

const PATH = '/api/v2/recordings/deletionprotection';
const APPLY = 'recording:deletionProtection:apply';
const REVOKE = 'recording:deletionProtection:revoke';
const LIMIT_CODE = 'recording.deletion.protection.limit.exceeded';

export function deletionProtectionRoutes(world: World): readonly Route[] {
  return [
    { method: 'PUT', path: PATH, any: [APPLY, REVOKE], handle: (request) => change(world, request) },
    { method: 'POST', path: PATH, handle: (request) => ok(query(world, request)) },
  ];
}

function change(world: World, request: ApiRequest): ApiResponse {
  const protect = booleanParameter(request.query, 'protect', true);
  const needed = protect ? APPLY : REVOKE;
  if (!isPermitted(request.client, needed)) {
    throw new ApiError(
      403,
      'missing.permissions',
      `Unable to perform the requested action. You are missing the following permission(s): ${needed}`,
    );
  }
  const ids = knownIds(world, request);
  const failed: unknown[] = [];
  const changed: string[] = [];
  for (const id of ids) {
    if (!protect) {
      if (world.protection.delete(id)) changed.push(id);
    } else if (world.protection.has(id) || world.conversations.get(id)?.recordings.length === 0) continue;
    else if (world.protection.size >= world.settings.protectedLimit) failed.push(overLimit(world, id));
    else {
      world.protection.set(id, world.clock.now());
      changed.push(id);
    }
  }
  auditProtection(world, protect, changed, actorOf(request));
  // Their delete dates count again.
  if (!protect) world.retention.note(ids);
  return failed.length === 0 ? noContent() : ok({ failedUpdates: failed });
}

/** One message a conversation. What does not change anything is not written down. */
export function auditProtection(world: World, protect: boolean, ids: readonly string[], actor: AuditActor): void {
  world.audits.add({
    serviceName: 'Quality',
    action: protect ? 'ApplyProtection' : 'RevokeProtection',
    entityType: 'Recording',
    entities: ids.map((id) => ({ id, conversationId: id })),
    actor,
  });
}

function overLimit(world: World, id: string): unknown {
  return {
    conversation: reference(id),
    errorCode: LIMIT_CODE,
    errorMessage: `The organization can protect at most ${world.settings.protectedLimit} conversations.`,
  };
}

/** Those of the given conversations that are protected. Unknown ones are simply not among them. */
function query(world: World, request: ApiRequest): readonly unknown[] {
  const body = jsonBody(request);
  onlyProperties(body, ['conversationIds'], 'ConversationDeletionProtectionQuery');
  return [...new Set(conversationIds(body))].filter((id) => world.protection.has(id)).map(reference);
}

function knownIds(world: World, request: ApiRequest): readonly string[] {
  if (request.bytes.length === 0) throw new ApiError(400, 'recording.empty.payload', 'Recording payload was empty.');
  const body = jsonBody(request);
  onlyProperties(body, ['conversationIds'], 'ConversationDeletionProtectionQuery');
  const ids = conversationIds(body);
  const unknown = ids.find((id) => world.conversations.get(id) === undefined);
  if (unknown !== undefined) {
    throw notFound('recording.conversation.not.found', `Recording conversation not found: [${unknown}].`, unknown);
  }
  return ids;
}

function reference(id: string): { readonly id: string; readonly selfUri: string } {
  return { id, selfUri: `/api/v2/conversations/${id}` };
}
