import {
  DiagnosticError,
  isUnknown,
  UNKNOWN,
  type PlanContext,
  type PlanOf,
  type StateOf,
  type Unknown,
} from '../../framework';
import { isOpenInterval, parseInterval, splitInterval } from '../../time';
import { FOUND_AFTER_MS, GenesysError, type Batch, type ExportSpec } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { isAccepted, type AcceptedGaps, type Gap } from '../gaps';
import { checkHoldApi } from '../hold-api';
import { deletionsInWords, warnOfDeletions } from './deletion-warning';
import { changedScope, type Growth, type NewPart } from './growth';
import { noStepYet, warnOfPlannedGrowth, warnOfReplacement } from './growth-messages';
import { warnOfPlannedRepair } from './messages';
import { growthAt, newPartOf } from './newer';
import { outlineOf, successorPrivate, type ExportPrivate, type Outline } from './private';
import { isFinished, needsNewJob } from './progress';
import type { ExportJobSchema } from './schema';
import { plannedScope, specAt, specOf, type ScopeArguments } from './spec';
import type { Computed } from './state';
import { unfinishedBatches } from './unfinished';

type State = StateOf<ExportJobSchema>;
type Context = PlanContext<ExportJobSchema, Compliance, ExportPrivate>;

/** Completes the plan of an export: what will be made, or what of an unfinished one is still to do. */
export async function planExportJob(context: Context): Promise<void> {
  if (context.prior === null) await planCreate(context);
  else await planUpdate(context, context.prior);
}

async function planCreate(context: Context): Promise<void> {
  const { planned } = context;
  const scope = plannedScope(planned);
  context.plannedPrivate = successorPrivate(scope && specOf(scope));
  if (scope !== undefined) planned.batch_count = batchCount(context, scope);
  warnOfFreshness(context);
  await besideDeletions(context, scope, async () => {
    await checkIntegration(context);
    await checkHoldApi(context.client, context.client?.holdApi ?? 'auto', context.signal);
  });
}

/**
 * Checks what the export needs, and looks for deletions meanwhile: a plan waits for Genesys Cloud's answers, and these need
 * nothing of each other. Where a check fails the plan, what was being looked for is no longer waited for, and not said.
 */
async function besideDeletions(
  { client, diagnostics, signal }: Context,
  scope: ScopeArguments | undefined,
  check: () => Promise<void>,
): Promise<void> {
  const spec = client && scope && specAt(scope, client.now());
  if (client === undefined || spec === undefined) return check();
  const ended = new AbortController();
  const looking = deletionsInWords(client, spec, AbortSignal.any([signal, ended.signal]));
  // Awaited below; until then nobody would hear of its error.
  looking.catch(() => undefined);
  try {
    await check();
  } catch (error) {
    ended.abort(error);
    throw error;
  }
  const said = await looking;
  if (said !== undefined) diagnostics.warn(said.summary, said.detail);
}

/** An export that is not there yet keeps a hold behind it waiting, and recordings may be deleted meanwhile. */
async function lookForDeletions(context: Context, scope: ScopeArguments | undefined): Promise<void> {
  const { client, diagnostics, signal } = context;
  const spec = client && scope && specAt(scope, client.now());
  if (client !== undefined && spec !== undefined) await warnOfDeletions(client, spec, diagnostics, signal);
}

/** Named conversations are divided when the export runs, and an open interval ends there. */
function batchCount({ client }: Context, scope: ScopeArguments): number | Unknown {
  const { interval, batch_interval: step } = scope;
  if (interval === null) return UNKNOWN;
  if (!isOpenInterval(interval)) return step === null ? 1 : splitInterval(interval, step).length;
  if (client !== undefined && specAt(scope, client.now()) === undefined) throw noStepYet(scope);
  return UNKNOWN;
}

/** The same for what is new in the scope of a finished export. */
async function lookForNewDeletions(
  { client, diagnostics, signal }: Context,
  spec: ExportSpec,
  parts: readonly (NewPart | Batch)[],
): Promise<void> {
  const fresh = newPartOf(spec, parts);
  if (client !== undefined && fresh !== undefined)
    await warnOfDeletions(client, fresh, diagnostics, signal, { grows: true });
}

async function planUpdate(context: Context, prior: State): Promise<void> {
  const { client, planned, priorPrivate } = context;
  const scope = plannedScope(planned);
  // One that is not known yet may be the same, and that of an open interval is not known without a clock.
  if (scope === undefined) return;
  if (client === undefined && isOpenInterval(scope.interval ?? '')) return;
  const now = client?.now() ?? new Date(0);
  const outline = outlineOf(priorPrivate, prior);
  const waitFor = planned.wait_for;
  if (!isUnknown(waitFor) && isFinished(outline.finished, prior, waitFor)) {
    const { growth, spec } = growthAt(outline, specOf(prior), scope, now);
    planFinished(context, prior, outline, growth);
    await lookForNewDeletions(context, spec, [
      ...(growth.kind === 'grows' ? growth.parts : []),
      ...(outline.growth ?? []),
    ]);
    return;
  }
  const batches = unfinishedBatches(outline, prior, scope, now);
  if (batches === undefined) {
    const { growth } = growthAt({ ...outline, reach: null }, specOf(prior), scope, now);
    const why = growth.kind === 'replaces' ? growth.why : changedScope(specOf(prior).scope, specOf(scope).scope);
    replace(context, prior, { why, shares: growth.kind !== 'replaces' || growth.shares });
    return;
  }
  context.markComputedUnknown();
  keepOrganization(context, prior);
  await lookForDeletions(context, scope);
  if (batches.length > 0 && !batches.some(needsNewJob)) {
    planned.id = prior.id;
    return;
  }
  await checkIntegration(context);
}

/** Terraform asks again, for the creation that takes its place. */
function replace(context: Context, prior: State, growth: Parameters<typeof warnOfReplacement>[1]): void {
  for (const name of growth.why) context.requiresReplace([name]);
  warnOfReplacement(prior, growth, context.diagnostics);
}

/** Nothing is to be done about a finished export, or it grows, or its gaps are closed: then what apply will see is not known. */
function planFinished(context: Context, prior: State, { growth: goingOn }: Outline, growth: Growth): void {
  const { planned, diagnostics } = context;
  if (growth.kind === 'replaces') {
    replace(context, prior, growth);
    return;
  }
  const digest = prior.gaps_sha256;
  const hasGaps = digest !== null && !isAccepted(digest, knownAcceptance(planned.accepted_gaps));
  const isGrowing = growth.kind === 'grows' || goingOn !== null;
  if (!hasGaps && !isGrowing) {
    if (context.changes) keepFacts(context, prior);
    return;
  }
  context.markComputedUnknown();
  keepOrganization(context, prior);
  // Jobs that export something again do not change which export it is; those of what is new do.
  if (!isGrowing) planned.id = prior.id;
  else warnOfPlannedGrowth(growth.kind === 'grows' ? growth.parts : [], goingOn ?? [], diagnostics);
  if (hasGaps) warnOfPlannedRepair(listedGaps(prior), prior.gap_count ?? 0, digest, diagnostics);
}

function listedGaps({ gaps }: State): readonly Gap[] {
  return (gaps ?? []).flatMap(({ kind, id, detail }) =>
    kind === null || id === null ? [] : [{ kind: kind as Gap['kind'], id, detail }],
  );
}

/** Apply refuses to write anywhere else. */
function keepOrganization({ planned }: Context, prior: State): void {
  planned.organization_id = prior.organization_id ?? UNKNOWN;
}

/** Nothing is left to do, so nothing that was computed changes. */
function keepFacts(context: Context, prior: State): void {
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
  'reexported_count',
  'unknown',
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
  if (client === undefined || typeof planned.interval !== 'string' || isOpenInterval(planned.interval)) return;
  const { end } = parseInterval(planned.interval);
  if (end <= client.now().getTime() - FOUND_AFTER_MS) return;
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
