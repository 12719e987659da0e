/**
 * Which recordings of a scope are deleted soon, unless they are protected before. The retention query lists the recordings of the
 * whole organization with their dates, so it is asked first, in a few pages; only about conversations whose recordings are due
 * it is asked whether they are protected and in scope.
 */
import { ConversationSet } from '../conversations';
import { parseInterval } from '../time';
import type { Client } from './client';
import { DeletionProtection } from './holds/deletion-protection';
import { maximumRetention } from './maximum-retention';
import type { ConversationId, DeletionOutlook, DeletionQuestion, ExportScope, PlannedDeletion } from './model';
import { conversationQuery, MOST_CONVERSATIONS } from './query';
import { retentionPages, type RecordingRow } from './recordings';
import { conversationsOf } from './scope';

const DAY_MS = 86_400_000;
/** Recordings may be made a little before or after the interval in which their conversation was active. */
const SLACK_DAYS = 2;
/** Conversations with something due that are asked about, a hundred at a time. */
const MOST_HUNDREDS = 3;
/** Deletions that are named. */
const MOST_NAMED = 100;

/** Throws GenesysError when the recordings cannot be listed at all, or the signal's reason. */
export async function deletionOutlook(
  client: Client,
  question: DeletionQuestion,
  signal: AbortSignal,
): Promise<DeletionOutlook> {
  const unseen: string[] = [];
  const maximum = await maximumRetention(client, signal);
  if ('unread' in maximum) unseen.push(maximum.unread);
  const maximumDays = 'unread' in maximum ? undefined : maximum.days;
  // Genesys Cloud has answered by now, so that this is its own time.
  const asOf = client.now();
  const due = await dueRecordings(client, question, { maximumDays: maximumDays ?? null, asOf }, unseen, signal);
  const { lost, end } = await lostOnes(client, question, due, signal);
  const until = Math.min(asOf + question.withinMs, end ?? Number.POSITIVE_INFINITY);
  return {
    asOf: new Date(asOf).toISOString(),
    until: new Date(until).toISOString(),
    next: lost.slice(0, MOST_NAMED),
    count: lost.length,
    maximumDays,
    unseen,
  };
}

/** Recordings that may be in scope and are due in time, soonest first. */
async function dueRecordings(
  client: Client,
  { scope, inScope, withinMs, mostPages }: DeletionQuestion,
  { maximumDays, asOf }: { readonly maximumDays: number | null; readonly asOf: number },
  unseen: string[],
  signal: AbortSignal,
): Promise<readonly PlannedDeletion[]> {
  const isCandidate = candidates(scope, inScope);
  const found: PlannedDeletion[] = [];
  let pages = 0;
  for await (const page of retentionPages(client, leastAge(scope, asOf), signal)) {
    if (pages === mostPages) {
      unseen.push(`the organization has more recordings than ${mostPages} pages list`);
      break;
    }
    pages += 1;
    for (const row of page) {
      const deletion = isCandidate(row) ? deletionOf(row, maximumDays) : undefined;
      if (deletion !== undefined && Date.parse(deletion.at) <= asOf + withinMs) found.push(deletion);
    }
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.recordingId < b.recordingId ? -1 : 1));
}

function candidates(
  { interval, conversationIds }: ExportScope,
  inScope: ConversationSet | undefined,
): (row: RecordingRow) => boolean {
  const named = inScope ?? (conversationIds === undefined ? undefined : ConversationSet.of(conversationIds));
  if (named !== undefined) return ({ conversationId }) => named.has(conversationId);
  if (interval === undefined) return () => true;
  const { start, end } = parseInterval(interval);
  return ({ creationTime }) => {
    const made = Date.parse(creationTime ?? '');
    return Number.isNaN(made) || (made >= start - SLACK_DAYS * DAY_MS && made < end + SLACK_DAYS * DAY_MS);
  };
}

/** Days for which everything in scope has been kept already: younger recordings need not be listed. */
function leastAge({ interval }: ExportScope, now: number): number {
  if (interval === undefined) return 0;
  return Math.max(0, Math.floor((now - parseInterval(interval).end) / DAY_MS) - SLACK_DAYS);
}

function deletionOf(row: RecordingRow, maximumDays: number | null): PlannedDeletion | undefined {
  const { conversationId, recordingId, deleteDate, creationTime } = row;
  const byPolicy = Date.parse(deleteDate ?? '');
  const byMaximum = maximumDays === null ? Number.NaN : Date.parse(creationTime ?? '') + maximumDays * DAY_MS;
  if (Number.isNaN(byPolicy) && Number.isNaN(byMaximum)) return undefined;
  const isPolicy = Number.isNaN(byMaximum) || byPolicy <= byMaximum;
  const at = new Date(isPolicy ? byPolicy : byMaximum).toISOString();
  return { conversationId, recordingId, at, by: isPolicy ? 'policy' : 'maximum-retention' };
}

/** Those of the due recordings that are in scope and not protected; `end` is set where only those until then were looked at. */
async function lostOnes(
  client: Client,
  { scope, inScope }: DeletionQuestion,
  due: readonly PlannedDeletion[],
  signal: AbortSignal,
): Promise<{ readonly lost: readonly PlannedDeletion[]; readonly end: number | undefined }> {
  const protection = new DeletionProtection(client);
  const ids = [...new Set(due.map(({ conversationId }) => conversationId))];
  const open = new Set<ConversationId>();
  const most = MOST_HUNDREDS * MOST_CONVERSATIONS;
  for (let from = 0; from < Math.min(ids.length, most); from += MOST_CONVERSATIONS) {
    const hundred = ConversationSet.of(ids.slice(from, from + MOST_CONVERSATIONS));
    const bare = hundred.minus((await protection.status(null, hundred, signal)).held);
    const isCovered = inScope !== undefined || scope.interval === undefined;
    for (const id of isCovered ? bare : await those(client, scope, bare, signal)) open.add(id);
  }
  // The first conversation that was not asked about: what is due before it was all looked at.
  const unasked = ids[most];
  const end = unasked === undefined ? undefined : due.find(({ conversationId }) => conversationId === unasked)?.at;
  const lost = due.filter(({ conversationId, at }) => open.has(conversationId) && (end === undefined || at < end));
  return { lost, end: end === undefined ? undefined : Date.parse(end) - 1 };
}

/** Those of the conversations that a query by time and channel covers. */
async function those(
  client: Client,
  scope: ExportScope,
  some: ConversationSet,
  signal: AbortSignal,
): Promise<ConversationSet> {
  if (some.size === 0 || scope.interval === undefined) return ConversationSet.empty;
  const query = conversationQuery(scope, { interval: scope.interval, conversationIds: [...some] });
  return (await conversationsOf(client, query, signal)).and(some);
}
