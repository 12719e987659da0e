import {
  DiagnosticError,
  type CreateContext,
  type ResourceDefinition,
  type StateOf,
  type UpdateContext,
} from '../../framework';
import type { WaitFor } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { isAccepted } from '../gaps';
import { reachedOrganization, requireOrganization } from '../organization';
import { rebatched } from './batches';
import { warnOfDeletions } from './deletion-warning';
import { importExportJob } from './import';
import { planExportJob } from './plan';
import { keptOf, type ExportPrivate } from './private';
import { isDone, isDoneBatch } from './progress';
import { ownedBy, readExport, warnOfDamage } from './read';
import { repairExport, runExport } from './run';
import { exportJobSchema, type ExportJobSchema } from './schema';
import { sameScope, specOf } from './spec';
import { batchesIn, type Arguments } from './state';
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
  await warnOfDeletions(client, specOf(args), diagnostics, signal);
  return runExport(context, args, startOf(client.predecessors, args), organizationId);
}

async function updateExport(context: UpdateContext<ExportJobSchema, Compliance, ExportPrivate>): Promise<State> {
  const { client, prior, signal } = context;
  const args = context.planned as Arguments;
  const organizationId = await requireOrganization(client.genesys, ownedBy(client, prior, signal), signal);
  if (!sameScope(specOf(prior), specOf(args))) throw scopeChanged(prior);
  const kept = keptOf(context.private, prior, () => warnOfDamage(context.diagnostics));
  if (kept.finished && (prior.state !== 'fulfilled' || isDone(prior.state, args.wait_for))) {
    // Only how to wait, or how to look, has changed, or gaps were accepted: the export itself is done.
    if (isAccepted(prior.gaps_sha256, args.accepted_gaps))
      return { ...prior, ...args, organization_id: organizationId };
    return repairExport(context, args, kept, organizationId);
  }
  const batches =
    prior.batch_interval === args.batch_interval
      ? kept.batches
      : rebatched(kept.batches, args.batch_interval ?? undefined);
  const start = { batches, again: false, replaces: kept.replaces };
  return runExport(context, args, start, organizationId, kept.imported);
}

/** An argument was not known when planning, and turned out to be another one: Terraform cannot replace the export by now. */
function scopeChanged(prior: State): DiagnosticError {
  return new DiagnosticError(
    'Scope of the export has changed',
    `When this was planned, an argument of the export ${prior.id} was not known yet; now it asks for something else than was exported. Nothing was changed. Plan again: the plan then shows that the export is replaced.`,
  );
}
