import { DiagnosticError, isUnknown, UNKNOWN, type PlanContext, type StateOf, type Unknown } from '../../framework';
import { parseInterval, splitInterval } from '../../time';
import { GenesysError, type ExportSpec } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { checkHoldApi } from '../hold-api';
import { plannedSpec, sameScope, specOf } from './spec';
import { successorPrivate, type ExportPrivate } from './private';
import { isDone, needsNewJob } from './progress';
import type { ExportJobSchema } from './schema';
import { batchesIn } from './state';

type Context = PlanContext<ExportJobSchema, Compliance, ExportPrivate>;

/** Genesys Cloud needs up to this long to find new conversations (analytics data lake). */
const FRESHNESS_MS = 48 * 3_600_000;

/** Completes the plan of an export: what will be made, or what of an unfinished one is still to do. */
export async function planExportJob(context: Context): Promise<void> {
  if (context.prior === null) await planCreate(context);
  else await planUpdate(context, context.prior);
}

async function planCreate(context: Context): Promise<void> {
  const { planned } = context;
  const spec = plannedSpec(planned);
  context.plannedPrivate = successorPrivate(spec);
  if (spec !== undefined) planned.batch_count = batchCount(spec);
  warnOfFreshness(context);
  await checkIntegration(context);
  await checkHoldApi(context.client, context.client?.holdApi ?? 'auto', context.signal);
}

/** Named conversations are divided when the export runs. */
function batchCount({ scope, batchInterval }: ExportSpec): number | Unknown {
  if (scope.interval === undefined) return UNKNOWN;
  return batchInterval === undefined ? 1 : splitInterval(scope.interval, batchInterval).length;
}

async function planUpdate(context: Context, prior: StateOf<ExportJobSchema>): Promise<void> {
  const { planned } = context;
  const spec = plannedSpec(planned);
  // Another scope is another export: Terraform asks again, for its creation.
  if (spec === undefined || !sameScope(spec, specOf(prior))) return;
  if (!isUnknown(planned.wait_for) && isDone(prior.state, planned.wait_for)) {
    keepFacts(context, prior);
    return;
  }
  context.markComputedUnknown();
  const batches = batchesIn(prior);
  if (batches.length > 0 && !batches.some(needsNewJob)) {
    planned.id = prior.id;
    planned.batch_count = prior.batch_count;
    return;
  }
  await checkIntegration(context);
}

/** Nothing is left to do, so nothing that was computed changes. */
function keepFacts({ planned }: Context, prior: StateOf<ExportJobSchema>): void {
  planned.id = prior.id;
  planned.state = prior.state;
  planned.completed_at = prior.completed_at;
  planned.batch_count = prior.batch_count;
  planned.batches = prior.batches;
  planned.conversation_count = prior.conversation_count;
  planned.recording_count = prior.recording_count;
  planned.failed_recording_count = prior.failed_recording_count;
  planned.failed_recordings = prior.failed_recordings;
  planned.conversation_ids_sha256 = prior.conversation_ids_sha256;
}

function warnOfFreshness({ client, planned, diagnostics }: Context): void {
  if (client === undefined || typeof planned.interval !== 'string') return;
  const { end } = parseInterval(planned.interval);
  if (end <= client.now().getTime() - FRESHNESS_MS) return;
  diagnostics.warn(
    'Newest conversations may be missed',
    `The interval ends less than 48 hours ago, or in the future. Genesys Cloud can take up to 48 hours to find new conversations, and what it does not find when the export runs is not exported. Let the interval end earlier, or apply later.`,
    ['interval'],
  );
}

/** An integration that is not there fails the plan, not the apply. */
async function checkIntegration({ client, planned, signal }: Context): Promise<void> {
  const id = planned.integration_id;
  if (client === undefined || isUnknown(id)) return;
  const integration = await explained('Integration could not be read', ['integration_id'], async () => {
    try {
      return await client.genesys.integration(id, signal);
    } catch (error) {
      if (!(error instanceof GenesysError) || error.status !== 404) throw error;
      throw new DiagnosticError(
        'Unknown integration',
        `integration_id: the organisation has no integration ${id}.\n${error.message}\nUse the id of its AWS S3 recording bulk actions integration (Admin > Integrations), and check that aws_region and the OAuth client belong to the organisation that has it.`,
        ['integration_id'],
        { cause: error },
      );
    }
  });
  if (integration.state === 'ENABLED' || integration.state === 'ACTIVE') return;
  throw new DiagnosticError(
    'Integration is not active',
    `integration_id: integration "${integration.name}" (${integration.id}) is ${integration.state}, so it would export nothing. Activate it in Admin > Integrations, then plan again.`,
    ['integration_id'],
  );
}
