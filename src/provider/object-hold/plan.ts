import { AwsError, objectLockMissing, type EngineChoice } from '../../aws';
import {
  DiagnosticError,
  isUnknown,
  type PlanContext,
  type PlanDestroyContext,
  type PlanOf,
  type StateOf,
} from '../../framework';
import type { Compliance } from '../compliance';
import { checkConsent, refuseDestroy, refuseReplace, refuseWithoutReason } from '../release-guard';
import { describeScope, versions } from './computed';
import { choose, describeEstimate, estimateOf, wholeWork, workLeft, type EngineArguments } from './estimate';
import { heldVersions, refuseUnlock, refuseWhileJobsRun, warnOfRelease } from './messages';
import { heldBy, readable, type ObjectHoldPrivate } from './private';
import { outlookOf } from './release';
import { withBucket } from './run';
import type { ObjectHoldSchema } from './schema';
import { countVersions, sameScope, type ScopeArguments } from './scope';

type State = StateOf<ObjectHoldSchema>;
type Context = PlanContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>;

/** A plan counts no further: a hundred requests. */
const MOST_COUNTED = 100_000;
const COUNTING_MS = 20_000;

/** Completes the plan of an object hold: what is left to do, and what cannot be done in place. */
export async function planObjectHold(context: Context): Promise<void> {
  readable(context.priorPrivate);
  checkConsent(context.planned, context.diagnostics);
  if (context.prior === null) await planCreate(context);
  else await planUpdate(context, context.prior);
}

/** Refuses to destroy a hold without consent, and says what a release entails. */
export async function planDestroyObjectHold({
  client,
  prior,
  priorPrivate,
  diagnostics,
  signal,
}: PlanDestroyContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>): Promise<void> {
  readable(priorPrivate);
  const count = heldBy(prior, priorPrivate);
  if (count === 0) return;
  if (!prior.release_on_destroy) throw refuseDestroy(heldVersions({ prior, count }));
  if (prior.release_reason === null) throw refuseWithoutReason(heldVersions({ prior, count }));
  refuseWhileJobsRun(prior, priorPrivate);
  await tellRelease({ client, prior, kept: priorPrivate, diagnostics, signal }, 'Destroying the object hold');
}

/** Says what a release would do, and throws what would refuse it. */
async function tellRelease({ client, prior, kept, diagnostics, signal }: Told, doing: string): Promise<void> {
  if (client === undefined) return;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(COUNTING_MS)]);
  const outlook = await withBucket(client, prior, async (bucket) => {
    try {
      return await outlookOf({ client, prior, kept, bucket, diagnostics, signal: limit }, MOST_COUNTED);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AwsError) && !limit.aborted) throw error;
      return undefined;
    }
  });
  warnOfRelease(doing, prior, outlook, client.register, diagnostics);
}

/** What a release is planned with. */
interface Told {
  readonly client: Compliance | undefined;
  readonly prior: State;
  readonly kept: ObjectHoldPrivate | null;
  readonly diagnostics: Context['diagnostics'];
  readonly signal: AbortSignal;
}

async function planCreate(context: Context): Promise<void> {
  const { priorPrivate } = context;
  const count = priorPrivate === null ? 0 : priorPrivate.held + priorPrivate.formerHeld;
  if (count > 0 && priorPrivate?.consent === false) {
    throw refuseReplace(heldVersions({ prior: null, count }));
  }
  await refuseWithoutObjectLock(context);
  await tellEstimate(context);
}

/**
 * A hold in a bucket that is there and has no Object Lock fails, and would only fail after the export. What cannot be looked at
 * (a bucket that the same apply makes, a right that is missing) is left to the apply.
 */
async function refuseWithoutObjectLock({ client, planned, signal, log }: Context): Promise<void> {
  const { bucket, region, endpoint, object_lock_legal_hold: lock } = planned;
  if (client === undefined || lock !== true || isUnknown(bucket) || isUnknown(region) || isUnknown(endpoint)) return;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(COUNTING_MS)]);
  try {
    const support = await withBucket(client, { bucket, region, endpoint }, ({ store }) => store.lockSupport(limit));
    if (support.state !== 'off') return;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AwsError) && !limit.aborted) throw error;
    log.info('the bucket could not be asked for Object Lock in the plan', { error: String(error) });
    return;
  }
  throw new DiagnosticError(
    'Bucket has no Object Lock',
    `${objectLockMissing(bucket)} If another resource of this plan enables it, apply that one first (-target).`,
    ['bucket'],
  );
}

/** What a plan must know to count. */
function countable(planned: PlanOf<ObjectHoldSchema>): (ScopeArguments & State) | undefined {
  const names = [
    'bucket',
    'prefix',
    'region',
    'endpoint',
    'tags',
    'object_lock_legal_hold',
    'engine',
    'batch_operations',
  ] as const;
  const known = names.every((name) => !isUnknown(planned[name]));
  const deep = [...(isUnknown(planned.tags) ? [] : (planned.tags?.values() ?? []))].every((tag) => !isUnknown(tag));
  const batch = isUnknown(planned.batch_operations) ? null : planned.batch_operations;
  const block = batch === null || !Object.values(batch).some(isUnknown);
  return known && deep && block && planned.export_job_id === null ? (planned as State) : undefined;
}

/**
 * A warning, since a plan of numbers that come from a living bucket would not be the same when Terraform plans again to
 * apply. A bucket that is not there yet is made by the same apply; other refusals are met again by the apply.
 */
async function tellEstimate({ client, planned, diagnostics, signal, log }: Context): Promise<void> {
  const args = countable(planned);
  if (client === undefined || args === undefined) return;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(COUNTING_MS)]);
  let count: number;
  try {
    count = await withBucket(client, args, ({ store }) =>
      countVersions(store, [args.prefix ?? ''], MOST_COUNTED, limit),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AwsError) && !limit.aborted) throw error;
    log.info('object versions could not be counted for the plan', { error: String(error) });
    return;
  }
  const choice = choose(args, wholeWork(count, args));
  const more = count >= MOST_COUNTED;
  diagnostics.warn(
    'What the object hold will take',
    `${describeScope(args)} has ${more ? `at least ${versions(count)}; a plan counts no further. For these` : `${versions(count)} now.`} ${more ? '' : 'If none is right yet, '}the engine ${choice.engine} takes ${describeEstimate(choice)}: ${choice.reason}`,
  );
}

/**
 * What comes from looking is unknown in the plan: only the apply will see it. What is left to do, as the last refresh saw it,
 * is in state and in the estimate.
 */
async function planUpdate(context: Context, prior: State): Promise<void> {
  const { planned, priorPrivate } = context;
  await refuseWhatCannotChange(context, prior);
  const sameObjects = scopeIsSame(prior, planned);
  const wish = sameObjects === true ? changedWish(prior, planned) : 'other';
  const repairs = prior.status !== 'active' || !isRegistered(prior, priorPrivate);
  if (!context.changes && !repairs) return;
  if (!repairs && wish === 'same' && acceptsSame(prior, planned)) {
    keepFacts(context, prior);
    return;
  }
  if (!context.changes) context.markComputedUnknown();
  warnOfScope(context, prior, sameObjects);
  if (wish !== 'same') return;
  const choice = repairChoice(prior, planned, priorPrivate);
  if (choice === undefined) return;
  planned.estimate = estimateOf(choice);
  // Batch Operations gives up for the direct engine when there are too many tag sets.
  if (choice.engine === 'direct' || planned.engine === 'batch_operations') planned.engine_used = choice.engine;
}

/** The engine for what the last look has found; the apply takes the same. Undefined while a setting is unknown. */
export function repairChoice(
  prior: State,
  planned: PlanOf<ObjectHoldSchema>,
  kept: ObjectHoldPrivate | null,
): EngineChoice | undefined {
  const { engine, batch_operations: batch } = planned;
  if (isUnknown(engine) || isUnknown(batch) || Object.values(batch ?? {}).some(isUnknown)) return undefined;
  return choose(planned as EngineArguments, workLeft(prior, kept?.tagSets ?? 1));
}

/** Nothing is to be done to any object, so nothing that was computed changes. */
function keepFacts({ planned }: Context, prior: State): void {
  planned.id = prior.id;
  planned.register_id = prior.register_id;
  planned.claim_id = prior.claim_id;
  planned.status = prior.status;
  planned.engine_used = prior.engine_used;
  planned.version_count = prior.version_count;
  planned.held_count = prior.held_count;
  planned.tagged_count = prior.tagged_count;
  planned.missing_count = prior.missing_count;
  planned.missing = prior.missing;
  planned.failed_count = prior.failed_count;
  planned.failures = prior.failures;
  planned.hidden_count = prior.hidden_count;
  planned.hidden = prior.hidden;
  planned.absent_conversation_count = prior.absent_conversation_count;
  planned.lost_count = prior.lost_count;
  planned.lost = prior.lost;
  planned.gap_count = prior.gap_count;
  planned.gaps = prior.gaps;
  planned.gaps_sha256 = prior.gaps_sha256;
  planned.manifest_sha256 = prior.manifest_sha256;
  planned.estimate = prior.estimate;
  planned.journal_path = prior.journal_path;
  planned.journal_sha256 = prior.journal_sha256;
  planned.applied_at = prior.applied_at;
  planned.verified_at = prior.verified_at;
}

/** Whether the register has nothing to learn of a hold: what only tags needs no claim. */
export function isRegistered(
  { object_lock_legal_hold: lock, claim_id: claim }: Pick<State, 'object_lock_legal_hold' | 'claim_id'>,
  kept: ObjectHoldPrivate | null,
): boolean {
  if (!lock) return true;
  return claim !== null && kept?.epoch !== undefined && kept.unregistered === undefined;
}

/** Whether the same set of gaps is accepted as before. */
export function acceptsSame(
  prior: Pick<State, 'accepted_gaps'>,
  { accepted_gaps: accepted }: Pick<PlanOf<ObjectHoldSchema>, 'accepted_gaps'>,
): boolean {
  if (isUnknown(accepted)) return false;
  return accepted?.sha256 === prior.accepted_gaps?.sha256;
}

/** Undefined: not known yet. */
function scopeIsSame(prior: State, planned: PlanOf<ObjectHoldSchema>): boolean | undefined {
  const { bucket, export_job_id: exportJobId, prefix } = planned;
  if (isUnknown(bucket) || isUnknown(exportJobId) || isUnknown(prefix)) return undefined;
  return sameScope(prior, { bucket, export_job_id: exportJobId, prefix });
}

/** Whether the versions that are right would have to be written again. */
export function changedWish(
  prior: State,
  planned: Pick<PlanOf<ObjectHoldSchema>, 'tags' | 'object_lock_legal_hold'>,
): 'same' | 'other' {
  const { tags, object_lock_legal_hold: lock } = planned;
  if (isUnknown(tags) || isUnknown(lock) || lock !== prior.object_lock_legal_hold) return 'other';
  const before = prior.tags ?? new Map<string, string>();
  const after = tags ?? new Map<string, string>();
  const same = after.size === before.size && [...after].every(([name, value]) => before.get(name) === value);
  return same ? 'same' : 'other';
}

function warnOfScope({ diagnostics }: Context, prior: State, same: boolean | undefined): void {
  if (same === true) return;
  diagnostics.warn(
    'Scope of the object hold changes',
    `The object hold on ${describeScope(prior)} covers other objects from now on. New ones are added; those that fall out of scope stay as they are, held and tagged, and are released with this hold, when that is allowed.`,
  );
}

/** What would release something, or leave it held with nobody who knows. */
async function refuseWhatCannotChange(
  { client, planned, priorPrivate, requiresReplace, diagnostics, signal }: Context,
  prior: State,
): Promise<void> {
  const held = heldBy(prior, priorPrivate);
  // One that is not known yet may be the same: Terraform plans again when it is.
  if (planned.bucket !== prior.bucket && !(isUnknown(planned.bucket) && held > 0)) {
    if (held === 0) {
      requiresReplace(['bucket']);
      return;
    }
    throw new DiagnosticError(
      'Bucket of an object hold cannot be changed',
      `bucket: the hold covers ${versions(held)} under ${describeScope(prior)}, which would be released or forgotten. Set bucket back to "${prior.bucket}" and make a second object hold for the other bucket; this one is released with release_on_destroy = true.`,
      ['bucket'],
    );
  }
  if (!unlocks(prior, planned, priorPrivate)) return;
  if (!prior.release_on_destroy) throw refuseUnlock(prior, held);
  if (prior.release_reason === null) throw refuseWithoutReason(heldVersions({ prior, count: held }));
  refuseWhileJobsRun(prior, priorPrivate);
  await tellRelease({ client, prior, kept: priorPrivate, diagnostics, signal }, 'Turning off object_lock_legal_hold');
}

/** Whether a legal hold that is there is not wanted any more. */
export function unlocks(
  prior: State,
  planned: Pick<PlanOf<ObjectHoldSchema>, 'object_lock_legal_hold'>,
  kept: ObjectHoldPrivate | null,
): boolean {
  return planned.object_lock_legal_hold === false && heldBy(prior, kept) > 0;
}
