import type { CreateContext, ReadContext, ResourceDefinition, StateOf, UpdateContext } from '../../framework';
import type { Batch, WaitFor } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { rebatched } from './batches';
import { importExportJob } from './import';
import { planExportJob } from './plan';
import { exportPrivate, jobsOf, type ExportPrivate } from './private';
import { isDone, isDoneBatch, stateOfExport } from './progress';
import { proofOf, runExport } from './run';
import { exportJobSchema, type ExportJobSchema } from './schema';
import { specOf } from './spec';
import { batchesIn, computedOf, type Arguments } from './state';
import { handOver, startOf } from './succession';
import { validateExportJob } from './validate';

type State = StateOf<ExportJobSchema>;

/** A bulk export that has really happened once it is applied. */
export const exportJobResource: ResourceDefinition<ExportJobSchema, Compliance, ExportPrivate> = {
  type: 'genesyscloud_recording_export_job',
  schema: exportJobSchema,
  validate: validateExportJob,
  plan: planExportJob,
  create: createExport,
  update: updateExport,
  read: readExport,

  async delete({ client, prior, private: kept, signal }) {
    // Destroyed to be made again from the same jobs: they are carried on, not cancelled.
    if (handOver(client.predecessors, prior, kept)) return;
    const waitFor = prior.wait_for as WaitFor;
    const unfinished = batchesIn(prior).filter((batch) => batch.jobId !== null && !isDoneBatch(batch, waitFor));
    if (unfinished.length === 0) return;
    await explained('Unfinished export jobs could not be cancelled', undefined, () =>
      client.genesys.exports.cancel(unfinished, signal),
    );
  },

  import: importExportJob,
};

function createExport(context: CreateContext<ExportJobSchema, Compliance, ExportPrivate>): Promise<State> {
  const args = context.planned as Arguments;
  context.private = null;
  return runExport(context, args, startOf(context.client.predecessors, args));
}

async function updateExport(context: UpdateContext<ExportJobSchema, Compliance, ExportPrivate>): Promise<State> {
  const { prior } = context;
  const args = context.planned as Arguments;
  // Only how to wait, or how to look, has changed: the export itself is done.
  if (isDone(prior.state, args.wait_for)) return { ...prior, ...args };
  const known = batchesOf(context.private, prior);
  const batches =
    prior.batch_interval === args.batch_interval ? known : rebatched(known, args.batch_interval ?? undefined);
  return runExport(context, args, { batches, again: false });
}

/**
 * An export that is done is a fact: nothing is asked, so that it stays when Genesys Cloud has forgotten its jobs. One
 * that is not done is looked at; when all of its jobs are gone it is planned anew, as if it had never been.
 */
async function readExport(context: ReadContext<ExportJobSchema, Compliance, ExportPrivate>): Promise<State | null> {
  const { client, signal, state } = context;
  if (isDone(state.state, state.wait_for)) return state;
  const waitFor = state.wait_for as WaitFor;
  const known = batchesOf(context.private, state);
  return explained('Export could not be read', undefined, async () => {
    const open = known.filter((batch) => batch.jobId !== null && !isDoneBatch(batch, waitFor));
    const options = { signal, ...proofOf(client, state) };
    const seen = new Map((await client.genesys.exports.refresh(open, options)).map((batch) => [batch.jobId, batch]));
    const batches = known.map((batch) => (batch.jobId === null ? batch : (seen.get(batch.jobId) ?? batch)));
    if (batches.every((batch) => batch.jobId === null || batch.state === 'forgotten')) return null;
    const done = isDone(stateOfExport(batches), waitFor);
    context.private = exportPrivate(specOf(state), batches);
    const failedRecordings = batches.some(({ failedRecordings }) => failedRecordings > 0)
      ? await client.genesys.exports.failedRecordings(batches, signal)
      : [];
    const completion =
      stateOfExport(batches) === 'exported' ? await client.genesys.exports.completion(jobsOf(batches), options) : null;
    const completedAt = done ? client.now().toISOString() : null;
    return { ...state, ...computedOf(batches, { completion, completedAt, failedRecordings }) };
  });
}

function batchesOf(kept: ExportPrivate | null, state: State): readonly Batch[] {
  return kept === null ? batchesIn(state) : kept.batches;
}
