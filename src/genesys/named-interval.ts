/** The interval that named conversations lie in: Genesys Cloud's queries need one, a list of ids has none. */
import type { Client } from './client';
import { formatInterval, forEachConcurrently } from '../time';
import type { ConversationId } from './model';
import { operations } from './operations';
import { recordingsOf } from './recordings';

const DAY_MS = 24 * 60 * 60 * 1_000;
const CALLS_AT_ONCE = 4;

/**
 * From a day before the first recording of these conversations to a day after the last, in UTC. Throws GenesysError for
 * a conversation that does not exist, and when none has a recording.
 */
export async function intervalOf(
  client: Client,
  conversationIds: readonly ConversationId[],
  signal: AbortSignal,
): Promise<string> {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  await forEachConcurrently(conversationIds, CALLS_AT_ONCE, async (conversationId) => {
    const rows = await recordingsOf(client, conversationId, signal);
    if (rows === null) throw unknownConversation(client, conversationId);
    const times = timesOf(rows);
    const known = times.length > 0 || rows.length === 0 ? times : await fullTimes(client, conversationId, signal);
    for (const time of known) {
      start = Math.min(start, time);
      end = Math.max(end, time);
    }
  });
  if (!Number.isFinite(start)) throw noRecordings(client, conversationIds);
  // Whole days, so that the same conversations give the same interval in every run.
  const from = Math.floor(start / DAY_MS - 1) * DAY_MS;
  const to = Math.ceil(end / DAY_MS + 1) * DAY_MS;
  return formatInterval({ start: from, end: to });
}

/** The metadata names times only for some media; the recording itself always does. */
async function fullTimes(client: Client, conversationId: ConversationId, signal: AbortSignal): Promise<number[]> {
  const request = { operation: operations.getRecordings, params: { conversationId }, query: { maxWaitMs: 5_000 } };
  return timesOf(await client.call(request, signal, `conversation ${conversationId}`));
}

function timesOf(
  rows: readonly { readonly startTime?: string | undefined; readonly endTime?: string | undefined }[],
): number[] {
  return rows
    .flatMap((row) => [row.startTime, row.endTime])
    .filter((time) => time !== undefined)
    .map((time) => Date.parse(time));
}

function unknownConversation(client: Client, conversationId: ConversationId): Error {
  const operation = operations.getRecordingMetadata;
  return client.error(operation, operation.path.replace('{conversationId}', conversationId), {
    status: 404,
    code: 'conversation.not.found',
    reason: `There is no conversation ${conversationId} in this organization.`,
    correlationId: null,
    subject: `conversation ${conversationId}`,
    remedy: 'Correct or remove the id in conversation_ids, and check aws_region and the OAuth client.',
  });
}

function noRecordings(client: Client, conversationIds: readonly ConversationId[]): Error {
  const operation = operations.getRecordingMetadata;
  return client.error(operation, operation.path, {
    status: 200,
    code: 'no.recordings',
    reason: `None of the ${conversationIds.length} conversations has a recording with a time (first: ${conversationIds[0]}).`,
    correlationId: null,
    remedy: 'There is nothing to export. Check conversation_ids, or use interval instead.',
  });
}
