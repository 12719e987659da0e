/** What Genesys Cloud writes down about changes: who, with which client, from where, when. Kept for a year. */
import { randomUUID } from 'node:crypto';
import { Clock } from '../clock';
import { uuidOf } from '../ids';
import type { Client } from './client';

/** Who did something. */
export interface AuditActor {
  readonly clientId?: string;
  readonly userId?: string;
  readonly userName?: string;
  /** IP addresses are those of the request. */
  readonly address?: string;
}

/** The actions that the contract names, as far as they happen here. */
export type AuditAction =
  'ApplyProtection' | 'RevokeProtection' | 'Create' | 'Update' | 'Delete' | 'Execute' | 'UpdateRetention';

/** One action on one or many things: a thousand conversations in ten requests are ten entries. */
export interface AuditEntry {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly actor: AuditActor;
  readonly serviceName: 'Quality' | 'Integrations' | 'AnalyticsReporting';
  readonly action: AuditAction;
  readonly entityType: string;
  readonly entities: readonly AuditEntity[];
  readonly changes: readonly PropertyChange[];
}

export interface AuditEntity {
  readonly id: string;
  readonly name?: string;
  readonly conversationId?: string;
}

export interface PropertyChange {
  readonly property: string;
  readonly oldValues: readonly string[];
  readonly newValues: readonly string[];
}

/** One message of the log: what an entry says about one thing. */
export interface AuditMessage {
  readonly id: string;
  readonly entry: AuditEntry;
  readonly entity: AuditEntity;
}

const KEPT_MS = 365 * 86_400_000;

export class AuditLog {
  /** Oldest first. */
  readonly entries: AuditEntry[] = [];

  constructor(private readonly now: () => number) {}

  /** Without an actor it was Genesys Cloud itself. */
  add(
    entry: Pick<AuditEntry, 'serviceName' | 'action' | 'entityType' | 'entities'> & {
      readonly actor?: AuditActor;
      readonly changes?: readonly PropertyChange[];
      readonly at?: number;
    },
  ): void {
    if (entry.entities.length === 0) return;
    this.entries.push({ actor: {}, changes: [], at: this.now(), ...entry, id: randomUUID() });
  }

  /** The messages from one instant to before another, oldest first; nothing that is older than a year. */
  *between(from: number, to: number): Generator<AuditMessage> {
    const oldest = Math.max(from, this.now() - KEPT_MS);
    for (const entry of this.entries) {
      if (entry.at < oldest || entry.at >= to) continue;
      for (const [index, entity] of entry.entities.entries()) {
        yield { id: uuidOf(`audit ${entry.id} ${index}`), entry, entity };
      }
    }
  }
}

/** The actor of a request: a client, and the user whom it acts for. */
export function actorOf(request: { readonly client: Client; readonly address: string }): AuditActor {
  const { client, address } = request;
  return {
    clientId: client.id,
    ...(client.user === undefined ? {} : { userId: client.user.id, userName: client.user.name }),
    address,
  };
}

/** Which properties differ between two versions of a thing. */
export function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly PropertyChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const text = (value: unknown): readonly string[] =>
    value === undefined ? [] : [typeof value === 'string' ? value : JSON.stringify(value)];
  return names
    .map((property) => ({ property, oldValues: text(before[property]), newValues: text(after[property]) }))
    .filter(({ oldValues, newValues }) => oldValues[0] !== newValues[0]);
}

/** A message as `/api/v2/audits` shows it, or as the audits of conversations do: two models of one thing. */
export function presentAudit(
  { id, entry, entity }: AuditMessage,
  organizationId: string,
  form: 'AuditLogMessage' | 'QualityAuditLogMessage',
  expandUser: boolean,
): Record<string, unknown> {
  const { actor } = entry;
  const text = `${entry.action} ${entry.entityType} ${entity.id}`;
  const addresses = actor.address === undefined ? [] : [actor.address];
  return {
    id,
    userHomeOrgId: organizationId,
    ...(actor.userId === undefined
      ? {}
      : {
          user: {
            id: actor.userId,
            ...(expandUser && actor.userName !== undefined ? { name: actor.userName } : {}),
            selfUri: `/api/v2/users/${actor.userId}`,
          },
        }),
    ...(actor.clientId === undefined
      ? {}
      : { client: { id: actor.clientId, selfUri: `/api/v2/oauth/clients/${actor.clientId}` } }),
    ...(form === 'AuditLogMessage'
      ? { remoteIp: addresses, message: { message: text } }
      : { remoteIps: addresses, messageInfo: { message: text } }),
    serviceName: entry.serviceName,
    level: actor.clientId === undefined && actor.userId === undefined ? 'SYSTEM' : 'USER',
    eventDate: Clock.iso(entry.at),
    action: entry.action,
    entity: { id: entity.id, ...(entity.name === undefined ? {} : { name: entity.name }) },
    entityType: entry.entityType,
    status: 'SUCCESS',
    ...(form === 'AuditLogMessage' ? { transactionInitiator: true } : {}),
    propertyChanges: entry.changes,
    context: entity.conversationId === undefined ? {} : { conversationId: entity.conversationId },
  };
}
