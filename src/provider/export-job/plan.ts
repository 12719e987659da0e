import {
  DiagnosticError,
  isUnknown,
  UNKNOWN,
  type PlanContext,
  type PlanOf,
  type StateOf,
  type Unknown,
} from '../../framework';
import { parseInterval, splitInterval } from '../../time';
import { GenesysError, type ExportSpec } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { isAccepted, type AcceptedGaps, type Gap } from '../gaps';
import { checkHoldApi } from '../hold-api';
import { warnOfDeletions } from './deletion-warning';
import { warnOfPlannedRepair } from './messages';
import { successorPrivate, wasFinished, type ExportPrivate } from './private';
import { isDone, needsNewJob } from './progress';
import type { ExportJobSchema } from './schema';
import { plannedSpec, sameScope, specOf } from './spec';
import { batchesIn, type Computed } from './state';

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
  await lookForDeletions(context, spec);
}

/** An export that is not there yet keeps a hold behind it waiting, and recordings may be deleted meanwhile. */
async function lookForDeletions({ client, diagnostics, signal }: Context, spec: ExportSpec | undefined): Promise<void> {
  if (client !== undefined && spec !== undefined) await warnOfDeletions(client, spec, diagnostics, signal);
}

/** Named conversations are divided when the export runs. */
function batchCount({ scope, batchInterval }: ExportSpec): number | Unknown {
  if (scope.interval === undefined) return UNKNOWN;
  return batchInterval === undefined ? 1 : splitInterval(scope.interval, batchInterval).length;
}

async function planUpdate(context: Context, prior: StateOf<ExportJobSchema>): Promise<void> {
  const { planned, priorPrivate } = context;
  const spec = plannedSpec(planned);
  // Another scope is another export: Terraform asks again, for its creation. One that is not known yet may be the same.
  if (spec === undefined) return;
  if (!sameScope(spec, specOf(prior))) return;
  const waitFor = planned.wait_for;
  if (
    wasFinished(priorPrivate, prior) &&
    !isUnknown(waitFor) &&
    (prior.state !== 'fulfilled' || isDone(prior.state, waitFor))
  ) {
    planFinished(context, prior);
    return;
  }
  context.markComputedUnknown();
  keepOrganization(context, prior);
  const batches = batchesIn(prior);
  await lookForDeletions(context, spec);
  if (batches.length > 0 && !batches.some(needsNewJob)) {
    planned.id = prior.id;
    return;
  }
  await checkIntegration(context);
}

/** Nothing is to be done about a finished export, or its gaps are to be closed: then what apply will see is not known. */
function planFinished(context: Context, prior: StateOf<ExportJobSchema>): void {
  const { planned, diagnostics } = context;
  const digest = prior.gaps_sha256;
  if (digest === null || isAccepted(digest, knownAcceptance(planned.accepted_gaps))) {
    if (context.changes) keepFacts(context, prior);
    return;
  }
  context.markComputedUnknown();
  keepOrganization(context, prior);
  // Jobs that export something again do not change which export it is.
  planned.id = prior.id;
  warnOfPlannedRepair(listedGaps(prior), prior.gap_count ?? 0, digest, diagnostics);
}

function listedGaps({ gaps }: StateOf<ExportJobSchema>): readonly Gap[] {
  return (gaps ?? []).flatMap(({ kind, id, detail }) =>
    kind === null || id === null ? [] : [{ kind: kind as Gap['kind'], id, detail }],
  );
}

/** Apply refuses to write anywhere else. */
function keepOrganization({ planned }: Context, prior: StateOf<ExportJobSchema>): void {
  planned.organization_id = prior.organization_id ?? UNKNOWN;
}

/** Nothing is left to do, so nothing that was computed changes. */
function keepFacts(context: Context, prior: StateOf<ExportJobSchema>): void {
  const { planned } = context;
  for (const name of FACTS) Object.assign(planned, { [name]: prior[name] });
  keepOrganization(context, prior);
}

const FACTS = [
  'id',
  'state',
  'completed_at',
  'batch_count',
  'batches',
  'conversation_count',
  'recording_count',
  'failed_recording_count',
  'failed_recordings',
  'conversation_ids_sha256',
  'late_count',
  'lost_count',
  'gap_count',
  'gaps',
  'gaps_sha256',
] as const satisfies readonly (keyof Computed)[];

/** Undefined while it is not known, which accepts nothing. */
function knownAcceptance(accepted: PlanOf<ExportJobSchema>['accepted_gaps']): AcceptedGaps | null | undefined {
  if (accepted === null || isUnknown(accepted) || isUnknown(accepted.sha256)) return undefined;
  return { sha256: accepted.sha256, reason: '' };
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
        `integration_id: the organization has no integration ${id}.\n${error.message}\nUse the id of its AWS S3 recording bulk actions integration (Admin > Integrations), and check that aws_region and the OAuth client belong to the organization that has it.`,
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
