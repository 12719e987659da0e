/** Which conversations a query covers, through the analytics jobs that list them. Ids are streamed into 16 bytes each. */
import { type Client, AmbiguousFailure } from './client';
import { PollPace } from '../time';
import { type ConversationSet, ConversationSetBuilder } from '../conversations';
import { hasStatus } from './errors';
import { operations } from './operations';
import type { ConversationQuery } from './query';

interface QueryStatus {
  readonly state?: 'QUEUED' | 'PENDING' | 'FAILED' | 'CANCELLED' | 'FULFILLED' | 'EXPIRED';
  readonly errorMessage?: string;
}

interface Results {
  readonly conversations?: readonly { readonly conversationId?: string }[];
  readonly cursor?: string;
}

const PAGE_SIZE = 1_000;

/** All conversations that match the query, whether they have recordings or not. */
export async function conversationsOf(
  client: Client,
  query: ConversationQuery,
  signal: AbortSignal,
): Promise<ConversationSet> {
  const jobId = await submit(client, query, signal);
  try {
    await untilFulfilled(client, jobId, signal);
    return await collect(client, jobId, signal);
  } finally {
    await forget(client, jobId, signal);
  }
}

/** A query that changes nothing may be asked twice; a lost first one expires by itself. */
async function submit(client: Client, query: ConversationQuery, signal: AbortSignal): Promise<string> {
  const request = { operation: operations.createScopeQuery, body: query };
  const pace = new PollPace(client.random);
  const begun = client.clock.now();
  for (;;) {
    try {
      return (await client.call<{ readonly jobId: string }>(request, signal)).jobId;
    } catch (error) {
      if (!(error instanceof AmbiguousFailure)) throw error;
      if (error.failure.status === 500 || client.clock.now() - begun > client.retryTimeoutMs) throw error.failure;
      await client.clock.sleep(pace.next(), signal);
    }
  }
}

async function untilFulfilled(client: Client, jobId: string, signal: AbortSignal): Promise<void> {
  const operation = operations.getScopeQuery;
  const pace = new PollPace(client.random);
  for (;;) {
    const status = await client.call<QueryStatus>({ operation, params: { jobId } }, signal);
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

async function collect(client: Client, jobId: string, signal: AbortSignal): Promise<ConversationSet> {
  const builder = new ConversationSetBuilder();
  let cursor: string | undefined;
  do {
    const query = { pageSize: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) };
    const page = await client.call<Results>(
      { operation: operations.getScopeResults, params: { jobId }, query },
      signal,
    );
    for (const { conversationId } of page.conversations ?? []) {
      if (conversationId !== undefined) builder.add(conversationId);
    }
    cursor = page.cursor === cursor || page.cursor === '' ? undefined : page.cursor;
  } while (cursor !== undefined);
  return builder.build();
}

/** Analytics keeps few queries at a time. One that cannot be deleted expires by itself: no reason to fail. */
async function forget(client: Client, jobId: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  try {
    await client.call({ operation: operations.deleteScopeQuery, params: { jobId } }, signal);
  } catch (error) {
    if (!hasStatus(error, 400, 403, 404, 405, 409, 500, 502, 503, 504, 0) && !signal.aborted) throw error;
  }
}
