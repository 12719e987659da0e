/** Reads the audits of an organization: who applied and revoked protections, deleted holds and recordings. Changes nothing. */
import type { Act, RecordRead, RecordUnread } from '../../attribution';
import { type Clock, systemClock } from '../../time';
import { Client } from '../client';
import { checkConfig } from '../config';
import { GenesysError } from '../errors';
import type { GenesysDependencies } from '../genesys';
import type { GenesysConfig } from '../model';
import { operations } from '../operations';
import { SdkTransport } from '../transport';
import { actOf } from './acts';
import { auditOperations, type AuditMessage } from './operations';

/** Actions that can be asked for; each is a query of its own. */
export type AuditAction = 'ApplyProtection' | 'RevokeProtection' | 'Create' | 'Delete';

/** Which audits. */
export interface AuditRange {
  readonly actions: readonly AuditAction[];
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly until: number;
}

export interface AuditTrail {
  organizationId(signal: AbortSignal): Promise<string>;
  /** Newest first, with a bounded number of requests. Rejects with the signal's reason only: a missing right is an answer. */
  read(range: AuditRange, signal: AbortSignal): Promise<RecordRead | RecordUnread>;
}

const NAME = 'the audits of Genesys Cloud';
const DAY_MS = 86_400_000;
/** One query is about this long at most. */
const WINDOW_MS = 30 * DAY_MS;
/** Audits are kept for less than a year. */
const KEPT_MS = 365 * DAY_MS;
const PAGE = 500;
/** Pages of all queries together. */
const MOST_PAGES = 100;
/** Looks at one query, five seconds apart at last. */
const MOST_LOOKS = 60;
const LOOK_MS = 5_000;

/** Reaches the audits. Sends nothing before the first call. Throws a RangeError for settings that are wrong. */
export function createAuditTrail(config: GenesysConfig, dependencies: GenesysDependencies = {}): AuditTrail {
  const problems = checkConfig(config);
  if (problems.length > 0) throw new RangeError(problems.map((problem) => problem.message).join('\n'));
  const clock = dependencies.clock ?? systemClock;
  const transport = dependencies.transport ?? new SdkTransport(config);
  return new Trail(new Client(config, transport, clock, dependencies.random ?? Math.random), clock);
}

class Trail implements AuditTrail {
  constructor(
    private readonly client: Client,
    private readonly clock: Clock,
  ) {}

  async organizationId(signal: AbortSignal): Promise<string> {
    return (await this.client.call({ operation: operations.getOrganization }, signal)).id;
  }

  async read({ actions, since, until }: AuditRange, signal: AbortSignal): Promise<RecordRead | RecordUnread> {
    const oldest = Math.max(since, until - KEPT_MS);
    const acts: Act[] = [];
    let pages = 0;
    let from = until;
    try {
      while (from > oldest) {
        const start = Math.max(oldest, from - WINDOW_MS);
        const found: Act[] = [];
        for (const action of actions) {
          for await (const page of this.pages(action, start, from, signal)) {
            found.push(...page.map(actOf).filter((act) => act !== undefined));
            pages += 1;
            if (pages > MOST_PAGES) return { name: NAME, acts, from, because: `${MOST_PAGES} pages were read` };
          }
        }
        acts.push(...found);
        from = start;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GenesysError) && !(error instanceof QueryFailed)) throw error;
      return { name: NAME, unread: reasonOf(error) };
    }
    const because = oldest > since ? 'audits are kept for a year' : 'nothing older was asked for';
    return { name: NAME, acts, from, because };
  }

  private async *pages(
    action: AuditAction,
    start: number,
    end: number,
    signal: AbortSignal,
  ): AsyncGenerator<readonly AuditMessage[]> {
    const body = {
      interval: `${new Date(start).toISOString()}/${new Date(end).toISOString()}`,
      serviceName: 'Quality',
      filters: [{ property: 'Action', value: action }],
      sort: [{ name: 'Timestamp', sortOrder: 'descending' }],
    };
    const { id } = await this.client.call({ operation: auditOperations.query, body }, signal);
    await this.finished(id, signal);
    let cursor: string | undefined;
    do {
      const query = { pageSize: PAGE, expand: 'user', ...(cursor === undefined ? {} : { cursor }) };
      const request = { operation: auditOperations.results, params: { transactionId: id }, query };
      const page = await this.client.call(request, signal);
      yield page.entities;
      if (page.cursor !== undefined && page.cursor === cursor) {
        throw this.client.foreign(request, 'its cursor leads to the same page again');
      }
      cursor = page.cursor === '' ? undefined : page.cursor;
    } while (cursor !== undefined);
  }

  private async finished(id: string, signal: AbortSignal): Promise<void> {
    const request = { operation: auditOperations.status, params: { transactionId: id } };
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      const { state } = await this.client.call(request, signal);
      if (state === 'Succeeded') return;
      if (state === 'Failed' || state === 'Cancelled') throw new QueryFailed(`the query ended as ${state} (${id})`);
      await this.clock.sleep(Math.min(LOOK_MS, 500 * 2 ** looks), signal);
    }
    throw new QueryFailed(`the query was not done after ${MOST_LOOKS} looks (${id})`);
  }
}

/** A query that Genesys Cloud took and did not finish. */
class QueryFailed extends Error {
  override readonly name = 'QueryFailed';
}

function reasonOf(error: GenesysError | QueryFailed): string {
  if (error instanceof QueryFailed) return error.message;
  const { missingPermission } = error;
  if (missingPermission !== undefined) return `the client lacks the permission ${missingPermission}`;
  return error.message.replace(/\.$/, '');
}
