import {
  DiagnosticError,
  Interrupted,
  type CreateContext,
  type Diagnostics,
  type StateOf,
  type UpdateContext,
} from '../../framework';
import type { Batch, DeliveryProof, ExportSpec, RunOutcome, WaitFor } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { exportPrivate, jobsOf, type ExportPrivate } from './private';
import { describeProgress, isDone } from './progress';
import type { ExportJobSchema } from './schema';
import { specOf, type ScopeArguments } from './spec';
import { computedOf, NO_FACTS, type Arguments, type Facts } from './state';

type State = StateOf<ExportJobSchema>;
type Context =
  CreateContext<ExportJobSchema, Compliance, ExportPrivate> | UpdateContext<ExportJobSchema, Compliance, ExportPrivate>;

/** What a run starts from. */
export interface Start {
  readonly batches: readonly Batch[];
  /** Finished jobs are not taken over: it is asked for again. */
  readonly again: boolean;
}

/**
 * Runs an export from where it stands and answers the state to keep. Whatever is created on the way is saved as it
 * happens. Cut short, it answers the state so far with a warning, because a state saved with an error would be tainted
 * and the work thrown away; a job that failed, and recordings that failed, are errors.
 */
export async function runExport(context: Context, args: Arguments, start: Start): Promise<State> {
  const spec = specOf(args as ScopeArguments);
  const record = (batches: readonly Batch[], facts: Facts): State => {
    const computed = computedOf(batches, facts);
    // What the plan promised holds, also where retries have added jobs.
    const batchCount = context.planned.batch_count ?? computed.batch_count;
    context.private = exportPrivate(spec, batches);
    return { ...args, ...computed, batch_count: batchCount };
  };
  const outcome = await explained('Export could not be run', undefined, () =>
    context.client.genesys.exports.run(spec, start.batches, {
      waitFor: args.wait_for as WaitFor,
      signal: context.signal,
      onChange: (batches) => {
        if (jobsOf(batches).length > 0) context.save(record(batches, NO_FACTS));
      },
      again: start.again,
      ...proofOf(context.client, args),
    }),
  );
  const state = record(outcome.batches, outcome);
  warnOfAdoption(outcome, context.diagnostics);
  warnOfStrays(outcome, context.diagnostics);
  if (isDone(state.state, args.wait_for)) {
    warnOfNothing(outcome, state, context.diagnostics);
    return state;
  }
  if (jobsOf(outcome.batches).length > 0) context.save(state);
  if (outcome.interrupted === null || outcome.interrupted === undefined) throw unfinished(outcome, spec);
  if (jobsOf(outcome.batches).length === 0) throw outcome.interrupted;
  warnOfInterruption(outcome, context.diagnostics);
  return state;
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

function warnOfAdoption({ adopted }: RunOutcome, diagnostics: Diagnostics): void {
  const finished = adopted.filter(
    ({ state }) => state === 'fulfilled' || state === 'exported' || state === 'incomplete',
  );
  if (finished.length === 0) return;
  diagnostics.warn(
    'Finished export taken over',
    `Genesys Cloud already had ${finished.length === 1 ? 'a job' : 'jobs'} of the same query from this OAuth client, finished in the last 24 hours, and nothing was exported twice:\n${finished
      .map(({ jobId, interval }) => `  job ${jobId}, ${interval}`)
      .join(
        '\n',
      )}\nThey are not in the state of this resource. Why is not known: an earlier apply may have lost its state, this resource may have had the same scope before its arguments were changed, or another configuration may export the same. To export again nevertheless, apply with -replace for this resource (without create_before_destroy, which makes the new export before the old one is known to be replaced).`,
  );
}

function warnOfStrays({ strays }: RunOutcome, diagnostics: Diagnostics): void {
  if (strays.length === 0) return;
  diagnostics.warn(
    'Recording jobs without use are left',
    `Genesys Cloud answered the creation of ${strays.length === 1 ? 'a job' : 'jobs'} too late, another job has done the work since, and cancelling was refused: ${strays.join(', ')}. ` +
      'They export nothing and count against no limit, but the next export of the same scope would take them for its own. Cancel them with DELETE /api/v2/recording/jobs/{jobId} (permission recording:job:delete).',
  );
}

function warnOfNothing({ completion }: RunOutcome, state: State, diagnostics: Diagnostics): void {
  if ((state.recording_count ?? 0) > 0 || (completion?.recordings ?? 0) > 0) return;
  diagnostics.warn(
    'Export covers no recordings',
    'Genesys Cloud found no recording in scope, so nothing was exported and a legal hold on this export will be refused. Check interval, media_types, message_types and addresses; new conversations can take up to 48 hours to be found.',
  );
}

function warnOfInterruption({ batches, interrupted }: RunOutcome, diagnostics: Diagnostics): void {
  const timedOut = interrupted instanceof Interrupted && interrupted.reason === 'timeout';
  diagnostics.warn(
    'Export is not complete yet',
    `${timedOut ? 'The timeout ran out' : 'The apply was stopped'} while the export was under way. It stands at ${describeProgress(batches)}. ` +
      'Genesys Cloud goes on with the running jobs. Everything is saved: apply again and it goes on from here, nothing is exported twice.' +
      (timedOut ? ' If exports of this size need longer, raise timeouts.' : ''),
  );
}

/** The error for an export that ended without being complete. */
function unfinished({ batches, failedRecordings }: RunOutcome, spec: ExportSpec): DiagnosticError {
  const failed = batches.filter(({ state }) => state === 'failed' || state === 'cancelled' || state === 'forgotten');
  if (failed.length > 0) {
    return new DiagnosticError(
      failed.length === 1 ? 'Export job failed' : `${failed.length} export jobs failed`,
      `${failed.map(describeFailure).join('\n')}\nThe export stands at ${describeProgress(batches)}. What is exported is kept: when the cause is removed, apply again, and only what is missing is exported.`,
    );
  }
  const count = batches.reduce((total, batch) => total + batch.failedRecordings, 0);
  if (count > 0) {
    const examples = failedRecordings
      .slice(0, 5)
      .map(({ conversationId, recordingId }) => `  recording ${recordingId} of conversation ${conversationId}`);
    return new DiagnosticError(
      'Recordings could not be exported',
      [
        `${count} of the recordings in scope failed, in integration ${spec.integrationId}; the export stands at ${describeProgress(batches)}. Genesys Cloud gives no reason per recording.`,
        ...examples,
        ...(count > examples.length ? [`  and ${count - examples.length} more`] : []),
        'Check that the role of the integration may write to the bucket (s3:PutObject, s3:PutObjectAcl, and the KMS key if there is one). Then apply again: only what is missing is exported.',
      ].join('\n'),
    );
  }
  return new DiagnosticError(
    'Export is not complete',
    `The export stands at ${describeProgress(batches)}. Apply again: it goes on from here.`,
  );
}

function describeFailure({ jobId, interval, state, error }: Batch): string {
  const what = jobId === null ? `The batch ${interval}` : `Job ${jobId} (${interval})`;
  switch (state) {
    case 'cancelled':
      return `${what} was cancelled outside of Terraform.`;
    case 'forgotten':
      return `${what} is gone: Genesys Cloud no longer knows it.`;
    default:
      return `${what} failed: ${error ?? 'Genesys Cloud gives no reason.'}`;
  }
}
