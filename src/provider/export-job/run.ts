/** Runs an export until it is finished, and closes the gaps of one that was finished before. */
import type { CreateContext, StateOf, UpdateContext } from '../../framework';
import { isFulfilled, type Batch, type DeliveryProof, type RunOutcome, type WaitFor } from '../../genesys';
import { warnAboutClock } from '../clock-skew';
import type { Compliance } from '../compliance';
import { isOpenInterval } from '../../time';
import { counted } from '../../words';
import { explained } from '../failures';
import { isAccepted, digestOfGaps, type Gap } from '../gaps';
import { whileWaiting } from '../progress';
import { gapsOf, gapsOfFailed, keptOfCompletion } from './lacks';
import {
  logAdoption,
  unfinished,
  warnOfAdoption,
  warnOfFailedReplacement,
  warnOfGaps,
  warnOfInterruption,
  warnOfNothing,
  warnOfStrays,
} from './messages';
import { exportPrivate, jobsOf, NOTHING_KEPT, type ExportPrivate, type Kept } from './private';
import { noStepYet } from './growth-messages';
import { describeProgress } from './progress';
import type { ExportJobSchema } from './schema';
import { specAt } from './spec';
import { computedOf, type Arguments, type Facts } from './state';

type State = StateOf<ExportJobSchema>;
type Context =
  CreateContext<ExportJobSchema, Compliance, ExportPrivate> | UpdateContext<ExportJobSchema, Compliance, ExportPrivate>;

/** What a run starts from. */
export interface Start {
  readonly batches: readonly Batch[];
  /** Finished jobs are not taken over: it is asked for again. */
  readonly again: boolean;
  /**
   * It replaces an export that was finished. Jobs that fail are a warning then: Terraform would not get to the holds behind
   * it, and what they hold already has to be repaired whatever this export does.
   */
  readonly replaces?: boolean;
}

const NOT_LOOKED: Facts = {
  organizationId: null,
  completedAt: null,
  id: null,
  unknown: [],
  lookedAt: { scope: false, bucket: false },
};

/**
 * Runs an export from where it stands and answers the state to keep. Whatever is created on the way is saved as it
 * happens. Cut short, it answers the state so far with a warning, because a state saved with an error would be tainted
 * and the work thrown away; a job that failed is an error, unless this export replaces a finished one. Recordings that failed are an error when the user wants it so,
 * and a gap otherwise.
 */
export async function runExport(
  context: Context,
  args: Arguments,
  start: Start,
  organizationId: string,
  imported = false,
): Promise<State> {
  const spec = specAt(args, context.client.now());
  if (spec === undefined) throw noStepYet(args);
  const nothing = { ...NOTHING_KEPT, imported, replaces: start.replaces === true };
  const record = (kept: Kept, facts: Partial<Facts>): State => {
    const computed = computedOf(spec, kept, { ...NOT_LOOKED, organizationId, ...facts });
    context.private = exportPrivate(spec, kept);
    // What the plan promised holds, also where a predecessor was divided in another way.
    return { ...args, ...computed, batch_count: context.planned.batch_count ?? computed.batch_count };
  };
  let told = start.batches;
  const run = () =>
    context.client.genesys.exports.run(spec, start.batches, {
      waitFor: args.wait_for as WaitFor,
      signal: context.signal,
      onChange: (batches) => {
        if (jobsOf(batches).length > 0) context.save(record({ ...nothing, batches }, {}));
        told = batches;
        context.log.info(`export continues: ${describeProgress(batches)}`);
      },
      again: start.again,
      onAdopt: (job) => logAdoption(job, context.log),
      ...proofOf(context.client, args),
    });
  const words = (seconds: number): string =>
    `export is waited for, for ${counted(seconds, 'second')} so far: ${describeProgress(told)}`;
  const outcome = await explained('Export could not be run', undefined, () => whileWaiting(context.log, words, run));
  const kept = keptAfter(outcome, args, { ...nothing, batches: outcome.batches });
  const gaps = kept.gaps ?? [];
  const lookedAt = { scope: outcome.completion !== null, bucket: args.destination !== null && kept.files !== null };
  const state = record(kept, kept.finished ? { completedAt: outcome.completedAt, lookedAt } : {});
  warnAboutClock(context.client.genesys, context.diagnostics);
  warnOfAdoption(outcome, context.diagnostics);
  warnOfStrays(outcome, context.diagnostics);
  if (kept.finished) {
    if ((state.recording_count ?? 0) === 0 && (outcome.completion?.recordings ?? 0) === 0) {
      warnOfNothing(args, context.diagnostics);
    }
    if (isOpen(gaps, args)) warnOfGaps(gaps, outcome.batches, context.diagnostics);
    handOver(context.client, state, kept);
    return state;
  }
  if (jobsOf(outcome.batches).length > 0) context.save(state);
  const none = jobsOf(outcome.batches).length === 0;
  if (outcome.interrupted === undefined || outcome.interrupted === null) {
    const error = unfinished(outcome, gaps, spec);
    if (!nothing.replaces || none) throw error;
    warnOfFailedReplacement(error, context.diagnostics);
    return state;
  }
  if (none) throw outcome.interrupted;
  warnOfInterruption(outcome, context.diagnostics);
  return state;
}

/** What is known when a run has ended by itself. */
function keptAfter(
  { batches, completion, completedAt, failedRecordings }: RunOutcome,
  args: Arguments,
  kept: Kept,
): Kept {
  if (completedAt === null) return kept;
  const gaps = completion === null ? gapsOfFailed(failedRecordings) : gapsOf(completion);
  const isFinished =
    batches.every(isFulfilled) &&
    (completion === null || completion.finished) &&
    (gaps.length === 0 || args.on_failed_recordings !== 'error' || !isOpen(gaps, args));
  return {
    ...kept,
    finished: isFinished,
    gaps,
    ...(completion === null
      ? {}
      : { ...keptOfCompletion(completion, Date.parse(completedAt)), reexported: completion.repeated }),
  };
}

/** Whether there are gaps that nobody has accepted. */
export function isOpen(gaps: readonly Gap[], args: Pick<Arguments, 'accepted_gaps'>): boolean {
  return !isAccepted(digestOfGaps(gaps), args.accepted_gaps);
}

/** Tells holds of this run what the export covers. */
export function handOver(
  client: Compliance,
  { id, interval }: Pick<State, 'id' | 'interval'>,
  { covered, without }: Kept,
): void {
  if (covered === null || id === null || id === '') return;
  const isOpenEnded = isOpenInterval(interval ?? '');
  client.exportedSets.handOver(id, covered, { isOpen: isOpenEnded, ...(without === null ? {} : { without }) });
}

/** Proof by listing the bucket, when the configuration says where it is. */
export function proofOf(
  client: Compliance,
  args: Pick<State, 'destination'>,
): { readonly deliveryProof?: DeliveryProof } {
  const { destination } = args;
  if (destination === null) return {};
  return {
    deliveryProof: client.deliveryProof({
      bucket: destination.bucket,
      ...(destination.prefix === null ? {} : { prefix: destination.prefix }),
      ...(destination.region === null ? {} : { region: destination.region }),
      ...(destination.endpoint === null ? {} : { endpoint: destination.endpoint }),
    }),
  };
}
