/** Which conversations a query covers, through the analytics jobs that list them. Ids are streamed into 16 bytes each. */
import { BoundsReached, type Caller } from './bounded';
import { AmbiguousFailure } from './client';
import { PollPace } from '../time';
import { type ConversationSet, ConversationSetBuilder } from '../conversations';
import { GenesysError, hasStatus } from './errors';
import { operations } from './operations';
import type { ConversationQuery } from './query';

const PAGE_SIZE = 1_000;

/** All conversations that match the query, whether they have recordings or not. */
export async function conversationsOf(
  client: Caller,
  query: ConversationQuery,
  signal: AbortSignal,
): Promise<ConversationSet> {
  const builder = new ConversationSetBuilder();
  await inScope(client, query, signal, ({ conversationId }) => builder.add(conversationId));
  return builder.build();
}

/** A conversation that a query has found. */
export interface FoundConversation {
  readonly conversationId: string;
  /** Milliseconds since 1970; undefined where the answer does not say it. */
  readonly start: number | undefined;
  /** Undefined while it has not ended: it may still get recordings. */
  readonly end: number | undefined;
}

/** Hands over each conversation that matches the query, as its page comes. What was handed over stays true when it throws. */
export async function inScope(
  client: Caller,
  query: ConversationQuery,
  signal: AbortSignal,
  take: (found: FoundConversation) => void,
): Promise<void> {
  const jobId = await submit(client, query, signal);
  try {
    await untilFulfilled(client, jobId, signal);
    await collect(client, jobId, signal, take);
  } finally {
    await forget(client, jobId, signal);
  }
}

/** A query that changes nothing may be asked twice; a lost first one expires by itself. */
async function submit(client: Caller, query: ConversationQuery, signal: AbortSignal): Promise<string> {
  const request = { operation: operations.createScopeQuery, body: query };
  const pace = new PollPace(client.random);
  const begun = client.clock.now();
  for (;;) {
    try {
      return (await client.call(request, signal)).jobId;
    } catch (error) {
      if (!(error instanceof AmbiguousFailure)) throw error;
      if (hasStatus(error.failure, 500) || client.clock.now() - begun > client.retryTimeoutMs) throw error.failure;
      await client.clock.sleep(pace.next(), signal);
    }
  }
}

async function untilFulfilled(client: Caller, jobId: string, signal: AbortSignal): Promise<void> {
  const operation = operations.getScopeQuery;
  const pace = new PollPace(client.random);
  for (;;) {
    const status = await client.call({ operation, params: { jobId } }, signal);
    if (status.state === 'FULFILLED') return;
    if (status.state === 'FAILED' || status.state === 'CANCELLED' || status.state === 'EXPIRED') {
      throw client.error(operations.createScopeQuery, operation.path.replace('{jobId}', jobId), {
        status: 200,
        code: status.state,
        reason: status.errorMessage ?? 'the query ended without a result',
        correlationId: null,
        remedy: 'Run again; if it fails again, use a shorter interval.',
      });
    }
    await client.clock.sleep(pace.next(), signal);
  }
}

async function collect(
  client: Caller,
  jobId: string,
  signal: AbortSignal,
  take: (found: FoundConversation) => void,
): Promise<void> {
  const request = { operation: operations.getScopeResults, params: { jobId } };
  const asked = new Set<string>();
  let last: ReadonlySet<string> = new Set();
  for (let cursor: string | undefined; ;) {
    const query = { pageSize: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) };
    const page = await client.call({ ...request, query }, signal);
    const ids = new Set(page.conversations.map(({ conversationId }) => conversationId));
    if (ids.size > 0 && ids.size === last.size && [...ids].every((id) => last.has(id))) {
      throw client.foreign(request, 'a page of the results came twice');
    }
    last = ids;
    for (const { conversationId, conversationStart, conversationEnd } of page.conversations) {
      const start = conversationStart === undefined ? undefined : Date.parse(conversationStart);
      const end = conversationEnd === undefined ? undefined : Date.parse(conversationEnd);
      take({ conversationId, start, end });
    }
    cursor = page.cursor;
    if (cursor === undefined || cursor === '') return;
    if (asked.has(cursor)) throw client.foreign(request, 'its cursors lead in a circle');
    asked.add(cursor);
  }
}

/** Analytics keeps few queries at a time. One that cannot be deleted expires by itself: no reason to fail. */
async function forget(client: Caller, jobId: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  try {
    await client.call({ operation: operations.deleteScopeQuery, params: { jobId } }, signal);
  } catch (error) {
    if (!(error instanceof GenesysError) && !(error instanceof BoundsReached) && !signal.aborted) throw error;
  }
}
