import type { CreateContext, ResourceDefinition, StateOf, UpdateContext } from '../../framework';
import type { WaitFor } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { reachedOrganization, requireOrganization } from '../organization';
import { warnOfDeletions } from './deletion-warning';
import { updateFinished } from './finished';
import { importExportJob } from './import';
import { scopeChanged } from './growth-messages';
import { planExportJob } from './plan';
import { keptOf, type ExportPrivate } from './private';
import { isDoneBatch, isFinished } from './progress';
import { ownedBy, readExport, warnOfDamage } from './read';
import { runExport } from './run';
import { exportJobSchema, type ExportJobSchema } from './schema';
import { specAt } from './spec';
import { batchesIn, type Arguments } from './state';
import { handOver, startOf } from './succession';
import { unfinishedBatches } from './unfinished';
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
    await requireOrganization(client.genesys, ownedBy(client, prior, signal), signal);
    await explained('Unfinished export jobs could not be cancelled', undefined, () =>
      client.genesys.exports.cancel(unfinished, signal),
    );
  },

  import: importExportJob,
};

async function createExport(context: CreateContext<ExportJobSchema, Compliance, ExportPrivate>): Promise<State> {
  const { client, diagnostics, signal } = context;
  const args = context.planned as Arguments;
  context.private = null;
  const organizationId = await reachedOrganization(client.genesys, signal);
  const spec = specAt(args, client.now());
  if (spec !== undefined) await warnOfDeletions(client, spec, diagnostics, signal);
  return runExport(context, args, startOf(client.predecessors, args), organizationId);
}

async function updateExport(context: UpdateContext<ExportJobSchema, Compliance, ExportPrivate>): Promise<State> {
  const { client, prior, signal } = context;
  const args = context.planned as Arguments;
  const organizationId = await requireOrganization(client.genesys, ownedBy(client, prior, signal), signal);
  const kept = keptOf(context.private, prior, () => warnOfDamage(context.diagnostics));
  if (isFinished(kept.finished, prior, args.wait_for)) return updateFinished(context, args, kept, organizationId);
  const batches = unfinishedBatches(kept, prior, args, client.now());
  if (batches === undefined) throw scopeChanged(prior);
  const start = { batches, again: false, replaces: kept.replaces };
  return runExport(context, args, start, organizationId, kept.imported);
}
