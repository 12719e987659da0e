/** What an audit message says that somebody did. */
import type { Act, Doing } from '../../attribution';
import type { AuditMessage } from './operations';

/** The act; undefined for a message about something else, and for what did not succeed. */
export function actOf(message: AuditMessage): Act | undefined {
  const { id, eventDate, status, remoteIp } = message;
  const doing = doingOf(message);
  if (doing === undefined || (status !== undefined && !/^success$/i.test(status))) return undefined;
  return {
    at: Date.parse(eventDate),
    actor: actorOf(message),
    client: named('client', message.client) ?? null,
    address: remoteIp?.[0] ?? null,
    source: `audit ${id} of Genesys Cloud`,
    doing,
  };
}

function doingOf({ action, entityType, entity, context, user, client, level }: AuditMessage): Doing | undefined {
  const inContext = context?.['conversationId'];
  const conversation = typeof inContext === 'string' && inContext !== '' ? inContext : undefined;
  switch (`${action} ${entityType ?? ''}`) {
    case 'ApplyProtection Recording':
    case 'RevokeProtection Recording': {
      // Protection is per conversation: where the context does not name it, the entity is it.
      const id = conversation ?? entity?.id;
      return id === undefined ? undefined : { kind: 'protection', conversation: id, on: action === 'ApplyProtection' };
    }
    case 'Delete Recording':
      if (conversation === undefined) return undefined;
      return {
        kind: 'recording',
        conversation,
        recording: entity?.id ?? null,
        bySystem: level === 'SYSTEM' && named('user', user) === undefined && named('client', client) === undefined,
      };
    case 'Create LegalHold':
    case 'Delete LegalHold':
      return entity?.id === undefined ? undefined : { kind: 'hold', hold: entity.id, on: action === 'Create' };
    default:
      return undefined;
  }
}

/** Without user and client it was Genesys Cloud itself, by a policy say. */
function actorOf({ user, client, level }: AuditMessage): string {
  const person = named('user', user) ?? named('client', client);
  if (person !== undefined) return person;
  return level === 'SYSTEM' ? 'Genesys Cloud itself (no user and no client)' : 'somebody whom the audit does not name';
}

function named(kind: string, reference: AuditMessage['user']): string | undefined {
  const { id, name } = reference ?? {};
  if (id === undefined) return name === undefined ? undefined : `${kind} ${name}`;
  return name === undefined ? `${kind} ${id}` : `${kind} ${name} (${id})`;
}
