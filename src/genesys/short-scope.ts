/**
 * Analytics that list fewer conversations than a recording job took. Most often they do not list all: then nothing is called
 * complete. It can also be that the organization's maximum retention has deleted the others meanwhile. It counts as that only when
 * the retention is set and has passed for the interval, and Genesys Cloud says of each conversation that is known by name and not
 * listed that it does not know it. What is not known by name is missing among the recordings that the jobs counted.
 */
import type { Client } from './client';
import { ConversationSet, ConversationSetBuilder } from '../conversations';
import { maximumRetention } from './maximum-retention';
import type { Batch, DeletedByRetention } from './model';
import { operations } from './operations';
import { recordingsOf } from './recordings';
import { forEachConcurrently, parseInterval } from '../time';

/** Code of the error for analytics that list fewer conversations than a job has taken. */
export const SCOPE_TOO_SMALL = 'scope.too.small';

const DAY_MS = 86_400_000;
const CALLS_AT_ONCE = 4;

/** A batch of whose conversations analytics list only some. */
export interface ShortBatch {
  readonly batch: Batch;
  readonly listed: number;
}

/**
 * What the maximum retention has deleted, when that is why these batches are short. Throws GenesysError with the code
 * {@link SCOPE_TOO_SMALL} when it is not, or cannot be known; the signal's reason when it is aborted.
 *
 * @param missing those that the batches are known to have covered and that none lists now; undefined where nobody knows them
 */
export async function deletedByRetention(
  client: Client,
  short: readonly [ShortBatch, ...ShortBatch[]],
  missing: ConversationSet | undefined,
  signal: AbortSignal,
): Promise<DeletedByRetention> {
  const [first] = short;
  const maximum = await maximumRetention(client, signal);
  if ('unread' in maximum) {
    throw shortScope(client, first, `Unknown whether the others were deleted: ${maximum.unread}.`);
  }
  const { days } = maximum;
  if (days === null) {
    throw shortScope(client, first, 'The organization has no maximum retention that deletes conversations.');
  }
  const young = short.find(({ batch }) => parseInterval(batch.interval).start + days * DAY_MS > client.now());
  if (young !== undefined) {
    throw shortScope(client, young, `The maximum retention of ${days} days has not passed for this interval.`);
  }
  const conversations = missing ?? ConversationSet.empty;
  const known = await stillKnown(client, conversations, signal);
  const [example] = known;
  if (example !== undefined) {
    const why = `Genesys Cloud still knows ${known.size} of the conversations that it does not list (${example}).`;
    throw shortScope(client, first, why);
  }
  return { conversations, maximumDays: days };
}

/** Those of the conversations that Genesys Cloud knows when it is asked for their recordings. */
async function stillKnown(client: Client, some: ConversationSet, signal: AbortSignal): Promise<ConversationSet> {
  const known = new ConversationSetBuilder();
  await forEachConcurrently(some, CALLS_AT_ONCE, async (id) => {
    if ((await recordingsOf(client, id, signal)) !== null) known.add(id);
  });
  return known.build();
}

function shortScope(client: Client, { batch, listed }: ShortBatch, why: string): Error {
  const operation = operations.getScopeResults;
  return client.error(operation, operation.path, {
    status: 200,
    code: SCOPE_TOO_SMALL,
    reason: `Genesys Cloud's analytics lists ${listed} conversations for ${batch.interval}, but recording job ${batch.jobId} took ${batch.conversations}. ${why}`,
    correlationId: null,
    remedy:
      'Nothing was called complete. Give the OAuth client analytics:conversationDetail:view in all divisions and analytics:dataRetention:view, or run again when the analytics have caught up, which can take 48 hours. If the conversations are known to be deleted, hold the others by conversation_ids.',
  });
}
