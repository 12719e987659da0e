/** The plan of an export: which batches it has, which of them need a job, what is tried again. Pure. */
import { formatInterval, parseInterval, splitInterval } from '../time';
import type { Batch, ConversationId, ExportSpec } from './model';
import { MOST_CONVERSATIONS } from './query';

/** A batch without a job. */
export function plannedBatch(interval: string, conversationIds?: readonly ConversationId[]): Batch {
  return {
    jobId: null,
    interval,
    ...(conversationIds === undefined ? {} : { conversationIds }),
    state: 'planned',
    conversations: 0,
    recordings: 0,
    failedRecordings: 0,
    error: null,
  };
}

/**
 * The batches of an export by interval; null for one by conversation ids, whose interval Genesys Cloud has to be asked
 * for. Throws a RangeError for a wrong interval or duration.
 */
export function planBatches(spec: ExportSpec): readonly Batch[] | null {
  const { interval } = spec.scope;
  if (interval === undefined) return null;
  const parts =
    spec.batchInterval === undefined
      ? [formatInterval(parseInterval(interval))]
      : splitInterval(interval, spec.batchInterval);
  return parts.map((part) => plannedBatch(part));
}

/** Batches of named conversations: at most 100 a job. */
export function namedBatches(interval: string, conversationIds: readonly ConversationId[]): readonly Batch[] {
  const ids = [...new Set(conversationIds.map((id) => id.toLowerCase()))];
  const batches: Batch[] = [];
  for (let at = 0; at < ids.length; at += MOST_CONVERSATIONS) {
    batches.push(plannedBatch(interval, ids.slice(at, at + MOST_CONVERSATIONS)));
  }
  return batches;
}

/** True when the batch needs a job, or has one that has not ended. */
export function needsJob(batch: Batch): boolean {
  return ['planned', 'pending', 'ready', 'processing'].includes(batch.state);
}

/** True when the job has done what it could; whether the recordings are exported is another question. */
export function isFulfilled(batch: Pick<Batch, 'state'>): boolean {
  return ['fulfilled', 'incomplete', 'exported'].includes(batch.state);
}

/** A batch whose job ended without a result starts again. Its old job is forgotten, so that it is not looked at again. */
export function restarted(batch: Batch): Batch {
  if (!['failed', 'cancelled', 'forgotten'].includes(batch.state)) return batch;
  const { filters, first } = batch;
  return {
    ...plannedBatch(batch.interval, batch.conversationIds),
    ...(filters === undefined ? {} : { filters }),
    ...(first === undefined ? {} : { first }),
  };
}

/** True for a batch that exports again what another one has in its scope. */
export function isRetry(batch: Batch, all: readonly Batch[], spec: ExportSpec): boolean {
  const { conversationIds, first } = batch;
  if (conversationIds === undefined || first === true) return false;
  if (spec.scope.interval !== undefined) return true;
  const earlier = all.slice(0, all.indexOf(batch));
  const known = new Set(earlier.flatMap((each) => each.conversationIds ?? []));
  return conversationIds.every((id) => known.has(id));
}

/** Without retries that ended and did not help: what they were for is tried again. */
export function withoutEndedRetries(batches: readonly Batch[], spec: ExportSpec): readonly Batch[] {
  return batches.filter((batch) => batch.state !== 'incomplete' || !isRetry(batch, batches, spec));
}

/**
 * The batches that export `conversations` of this batch again, without those that another batch is about to export: one that
 * continued from one interval into the next is in the scope of two batches, and a job takes all of its recordings.
 */
export function retryBatches(
  batch: Batch,
  conversations: Iterable<ConversationId>,
  others: readonly Batch[],
  now: number,
): readonly Batch[] {
  const underWay = new Set(
    others
      .filter((other) => needsJob(other) || awaitsFiles(other, now))
      .flatMap((other) => other.conversationIds ?? []),
  );
  const { filters } = batch;
  return namedBatches(
    batch.interval,
    [...conversations].filter((id) => !underWay.has(id)),
  ).map((retry) => (filters === undefined ? retry : { ...retry, filters }));
}

/** Files may come hours after a job is done. After a day they are not waited for any more. */
function awaitsFiles({ state, fulfilledAt }: Batch, now: number): boolean {
  return state === 'fulfilled' && fulfilledAt !== undefined && now - fulfilledAt < FILES_WITHIN_MS;
}

const FILES_WITHIN_MS = 24 * 3_600_000;

/**
 * The duration that splits an interval into just these parts, if there is one: what `batch_interval` was when the jobs
 * were made.
 */
export function inferBatchInterval(parts: readonly string[]): string | undefined {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined || parts.length < 2) return undefined;
  const whole = formatInterval({ start: parseInterval(first).start, end: parseInterval(last).end });
  const { start, end } = parseInterval(first);
  const seconds = (end - start) / 1_000;
  const candidates = [
    ...(seconds % 86_400 === 0 ? [`P${seconds / 86_400}D`] : [`PT${seconds}S`]),
    ...Array.from({ length: 12 }, (_, index) => `P${index + 1}M`),
  ];
  return candidates.find((candidate) => {
    try {
      return splitInterval(whole, candidate).join() === parts.join();
    } catch {
      return false;
    }
  });
}
