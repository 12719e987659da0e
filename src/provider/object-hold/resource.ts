import type { BatchJob } from '../../aws';
import {
  DiagnosticError,
  type CreateContext,
  type DeleteContext,
  type Log,
  type ReadContext,
  type ResourceDefinition,
  type StateOf,
  type UpdateContext,
} from '../../framework';
import type { BucketAccess } from '../bucket-access';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { refuseDestroy, refuseReplace, refuseWithoutReason } from '../release-guard';
import { describeScope, doneBy, seenAfterRead, seenAfterRun, type Computed } from './computed';
import { argumentsDigest, identityFor, newIdentity } from './identity';
import { importObjectHold } from './import';
import { journalFolder, journalPlace } from './journal';
import type { Facts } from './facts';
import { lastLook, lossesAfter, NO_LOSSES, type LastLook, type Losses } from './losses';
import {
  heldVersions,
  nothingHeld,
  refuseUnlock,
  refuseWhileJobsRun,
  shortfall,
  warnOfFindings,
  warnOfLeft,
  warnOfOverwrittenTags,
} from './messages';
import { acceptsSame, changedWish, planDestroyObjectHold, planObjectHold, repairChoice, unlocks } from './plan';
import { heldBy, pack, unpack, type Kept, type ObjectHoldPrivate } from './private';
import { release } from './release';
import { holdsSomething, inspect, runHold, withBucket, type Outcome, type RunTools } from './run';
import { objectHoldSchema, type ObjectHoldSchema } from './schema';
import { joinScopes, resolveObjectScope, sameScope } from './scope';
import { validateObjectHold } from './validate';

type State = StateOf<ObjectHoldSchema>;
type Arguments = Omit<State, keyof Computed>;
type Scopes = Pick<Kept, 'scope' | 'former' | 'formerHeld'>;
type Change =
  | CreateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>
  | UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>;
type Destroying = DeleteContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>;

/** Tags and legal holds on exported objects, which are never released as a side effect. */
export const objectHoldResource: ResourceDefinition<ObjectHoldSchema, Compliance, ObjectHoldPrivate> = {
  type: 'genesyscloud_compliance_object_hold',
  schema: objectHoldSchema,
  validate: validateObjectHold,
  plan: planObjectHold,
  planDestroy: planDestroyObjectHold,
  create: createHold,
  read: readHold,
  update: updateHold,
  delete: deleteHold,
  import: importObjectHold,
};

async function createHold(context: CreateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>): Promise<State> {
  const { client, diagnostics, signal } = context;
  const args = context.planned as Arguments;
  context.private = null;
  const id = await identityFor(args, journalFolder(client, args.journal_dir));
  return withBucket(client, args, async (bucket) => {
    const scope = await explained('Objects could not be listed', undefined, () =>
      resolveObjectScope(client, args, bucket.store, signal),
    );
    const tools = toolsOf(context, { id, args, prior: null, earlier: [], last: null });
    const outcome = await runHold(args, scope, undefined, bucket, tools);
    // Jobs that have begun go on by themselves: they are this hold's.
    if (!holdsSomething(outcome, tools)) {
      signal.throwIfAborted();
      throw nothingHeld(args, outcome);
    }
    const seen = seenAfterRun(args, outcome, NO_LOSSES);
    // Saved without an error even when a part is missing: a tainted hold would be destroyed by the next apply.
    const missing = shortfall(args, outcome, NO_LOSSES, seen);
    if (missing !== undefined) diagnostics.warn(missing.summary, missing.detail);
    tellFindings(context, args, outcome, tools);
    context.private = pack(keptAfter(args, { scope, former: [], formerHeld: 0 }, outcome, NO_LOSSES, tools));
    return { ...args, id, ...seen, ...doneBy(outcome, tools.journal.path, client.now()) };
  });
}

async function readHold(context: ReadContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>): Promise<State> {
  const { client, diagnostics, log, signal, state } = context;
  const kept = context.private === null ? undefined : unpack(context.private);
  const id = state.id ?? newIdentity();
  return withBucket(client, state, async (bucket) => {
    const { scope, facts } = await explained('Object hold could not be read', undefined, async () => {
      // State that lost its private part (moved by hand, say) still tells its scope.
      const known = kept?.scope ?? (await resolveObjectScope(client, state, bucket.store, signal));
      return { scope: known, facts: await inspect(state, known, bucket, signal, kept?.last?.newest) };
    });
    if (facts.versions > 0 && facts.unseen.count >= facts.versions)
      throw unreadable(state, facts.unseen.first[0]?.message);
    warnOfFindings(state, facts, diagnostics);
    const { path } = journalPlace(client, id, state.journal_dir, state);
    const losses = await lossesOf(state, kept, facts, path, log);
    context.private = pack({
      scope,
      former: kept?.former ?? [],
      formerHeld: kept?.formerHeld ?? 0,
      jobs: kept?.jobs ?? [],
      tagSets: facts.tagSets,
      consent: state.release_on_destroy,
      held: facts.held ?? 0,
      last: facts.present === null ? (kept?.last ?? null) : lastLook(facts.present),
      losses,
    });
    return { ...state, id, ...seenAfterRead(state, facts, losses) };
  });
}

/** Only what is held against deletion can be lost by it; without private state, what the state itself names stays lost. */
async function lossesOf(
  state: Pick<State, 'object_lock_legal_hold' | 'lost_count'>,
  kept: Pick<Kept, 'last' | 'losses'> | undefined,
  { present }: Facts,
  journalPath: string,
  log: Log,
): Promise<Losses> {
  if (kept === undefined) return { named: [], unnamed: state.lost_count ?? 0 };
  if (!state.object_lock_legal_hold || present === null) return kept.losses;
  return lossesAfter(kept.last, kept.losses, present, journalPath, log);
}

/** Adds what is new, and holds and tags what is missing. */
async function updateHold(context: UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>): Promise<State> {
  const { client, prior, signal } = context;
  const args = context.planned as Arguments;
  const id = prior.id ?? newIdentity();
  const before = context.private === null ? undefined : unpack(context.private);
  const same = sameScope(prior, args);
  const wish = same ? changedWish(prior, args) : 'other';
  if (prior.status === 'active' && wish === 'same' && acceptsSame(prior, args as State)) {
    if (before !== undefined) context.private = pack({ ...before, consent: args.release_on_destroy });
    return { ...prior, ...args };
  }
  const choice = wish === 'same' ? repairChoice(prior, args as State, context.private) : undefined;
  return withBucket(client, args, async (bucket) => {
    const scope =
      same && before !== undefined
        ? before.scope
        : await explained('Objects could not be listed', undefined, () =>
            resolveObjectScope(client, args, bucket.store, signal),
          );
    const leaves = !same && before !== undefined;
    let scopes: Scopes = {
      scope,
      former: [...(before?.former ?? []), ...(leaves ? [before.scope] : [])],
      formerHeld: (before?.formerHeld ?? 0) + (leaves ? (prior.held_count ?? 0) : 0),
    };
    if (unlocks(prior, args, context.private)) {
      await unlock(context, id, bucket);
      scopes = { scope, former: [], formerHeld: 0 };
    }
    // Another scope has other versions: they are not compared with those of the last look.
    const last = same ? (before?.last ?? null) : null;
    const tools = toolsOf(context, { id, args, prior, earlier: before?.jobs ?? [], last });
    // Noted before anything is written: what is held from here on must be known, however this ends.
    context.private = pack({
      ...scopes,
      jobs: tools.jobs,
      tagSets: 1,
      consent: args.release_on_destroy,
      held: args.object_lock_legal_hold ? (prior.held_count ?? 0) : 0,
      last,
      losses: before?.losses ?? NO_LOSSES,
    });
    const outcome = await runHold(args, scope, choice, bucket, tools);
    const known = before === undefined ? undefined : { last, losses: before.losses };
    const losses = await lossesOf({ ...prior, ...args }, known, outcome.facts, tools.journal.path, context.log);
    context.private = pack(keptAfter(args, scopes, outcome, losses, tools));
    tellFindings(context, args, outcome, tools);
    const seen = seenAfterRun(args, outcome, losses);
    const state = { ...args, id, ...seen, ...doneBy(outcome, tools.journal.path, client.now()) };
    context.save(state);
    const missing = shortfall(args, outcome, losses, seen);
    if (missing !== undefined) throw new DiagnosticError(missing.summary, missing.detail);
    return state;
  });
}

async function deleteHold(context: Destroying): Promise<void> {
  const { client, prior, private: packed } = context;
  const count = heldBy(prior, packed);
  if (count === 0) return;
  // Terraform withholds private state from a tainted hold that it replaces: that is how such a one is known.
  const refuse = packed === null ? refuseReplace : refuseDestroy;
  if (!prior.release_on_destroy) throw refuse(heldVersions({ prior, count }));
  if (prior.release_reason === null) throw refuseWithoutReason(heldVersions({ prior, count }));
  refuseWhileJobsRun(prior, packed);
  await withBucket(client, prior, (bucket) => releaseAll(context, prior.id ?? newIdentity(), bucket));
}

/** Tags stay wanted, the hold does not any more: with consent, and otherwise refused by the plan. */
async function unlock(
  context: UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>,
  id: string,
  bucket: BucketAccess,
): Promise<void> {
  const { prior, private: packed } = context;
  if (!prior.release_on_destroy) throw refuseUnlock(prior, heldBy(prior, packed));
  if (prior.release_reason === null) throw refuseWithoutReason(heldVersions({ prior, count: heldBy(prior, packed) }));
  refuseWhileJobsRun(prior, packed);
  await releaseAll(context, id, bucket);
}

/** Releases all that was ever in scope, and tells what stays held because it is not ours. */
async function releaseAll(
  context: Destroying | UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>,
  id: string,
  bucket: BucketAccess,
): Promise<void> {
  const { client, diagnostics, prior, signal, private: packed } = context;
  await explained('Object hold could not be released', undefined, async () => {
    const kept = packed === null ? undefined : unpack(packed);
    const scopes = joinScopes(
      kept === undefined
        ? [await resolveObjectScope(client, prior, bucket.store, signal)]
        : [kept.scope, ...kept.former],
    );
    const tools = toolsOf(context, { id, args: prior, prior, earlier: [], last: null });
    const { left } = await release(prior, heldBy(prior, packed), scopes, bucket, tools);
    if (left.size > 0) warnOfLeft(prior, left, diagnostics);
  });
}

/** What a run is about. */
interface RunPlace {
  readonly id: string;
  readonly args: Arguments;
  /** Null for a hold that is being created. */
  readonly prior: State | null;
  readonly earlier: readonly BatchJob[];
  readonly last: LastLook | null;
}

function toolsOf(context: Change | Destroying, { id, args, prior, earlier, last }: RunPlace): RunTools {
  const jobs = [...earlier];
  const { client, diagnostics, signal, log } = context;
  return {
    client,
    diagnostics,
    signal,
    log,
    id,
    journal: journalPlace(client, id, args.journal_dir, prior),
    creates: prior === null ? argumentsDigest(args) : null,
    knownUntil: last?.newest,
    jobs,
    onJob: (job) => void jobs.push(job),
  };
}

/** Jobs are only worth keeping when they were left running. */
function keptAfter(
  args: Arguments,
  scopes: Scopes,
  { facts, stopped }: Outcome,
  losses: Losses,
  { jobs }: RunTools,
): Kept {
  return {
    last: facts.present === null ? null : lastLook(facts.present),
    losses,
    ...scopes,
    jobs: stopped === null ? [] : jobs,
    tagSets: facts.tagSets,
    consent: args.release_on_destroy,
    held: facts.held ?? 0,
  };
}

function tellFindings(
  { diagnostics }: Change,
  args: Arguments,
  outcome: Outcome,
  { journal: { path } }: RunTools,
): void {
  warnOfFindings(args, outcome.facts, diagnostics);
  warnOfOverwrittenTags(outcome, path, diagnostics);
}

function unreadable(state: State, message: string | undefined): DiagnosticError {
  return new DiagnosticError(
    'Object hold could not be read',
    `No version under ${describeScope(state)} could be looked at, so nothing is known about their hold. The first:\n${message ?? ''}`,
  );
}
