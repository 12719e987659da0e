/** Dividing what is still to be exported again. Pure. */
import { formatInterval, parseInterval, splitInterval } from '../../time';
import type { Batch } from '../../genesys';

/**
 * Divides again, by the present `batch_interval`, what needs a job of its own: what has none yet, and what failed (often
 * because it was too large). Other batches stay as they are, and so do retries of named conversations.
 */
export function rebatched(batches: readonly Batch[], batchInterval: string | undefined): readonly Batch[] {
  const result: Batch[] = [];
  for (const run of runsOfPlanned(batches)) {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined) continue;
    if (!isFree(first)) {
      result.push(...run);
      continue;
    }
    const { start } = parseInterval(first.interval);
    const { end } = parseInterval(last.interval);
    const whole = formatInterval({ start, end });
    result.push(...pieces(whole, batchInterval).map((piece) => plannedBatch(piece)));
  }
  return result;
}

function pieces(interval: string, batchInterval: string | undefined): readonly string[] {
  return batchInterval === undefined
    ? [formatInterval(parseInterval(interval))]
    : splitInterval(interval, batchInterval);
}

/** Neighbours without jobs that touch each other, together; every other batch by itself. */
function* runsOfPlanned(batches: readonly Batch[]): Generator<readonly Batch[]> {
  let run: Batch[] = [];
  for (const batch of batches) {
    const last = run.at(-1);
    const touches =
      last !== undefined &&
      isFree(last) &&
      isFree(batch) &&
      parseInterval(last.interval).end === parseInterval(batch.interval).start;
    if (!touches && run.length > 0) {
      yield run;
      run = [];
    }
    run.push(batch);
  }
  if (run.length > 0) yield run;
}

function isFree({ state, conversationIds, filters }: Batch): boolean {
  const hasNoJob = ['planned', 'failed', 'cancelled', 'forgotten'].includes(state);
  return hasNoJob && conversationIds === undefined && filters === undefined;
}

function plannedBatch(interval: string): Batch {
  return { jobId: null, interval, state: 'planned', conversations: 0, recordings: 0, failedRecordings: 0, error: null };
}
