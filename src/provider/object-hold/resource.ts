import type { BatchJob } from '../../aws';
import {
  DiagnosticError,
  type CreateContext,
  type DeleteContext,
  type ReadContext,
  type ResourceDefinition,
  type StateOf,
  type UpdateContext,
} from '../../framework';
import type { BucketAccess } from '../bucket-access';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { refuseDestroy, refuseReplace } from '../release-guard';
import { describeScope, doneBy, idOf, seenAfterRead, seenAfterRun, type Computed } from './computed';
import { importObjectHold } from './import';
import { journalPath } from './journal';
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
import { changedWish, planDestroyObjectHold, planObjectHold, repairChoice, unlocks } from './plan';
import { heldBy, pack, unpack, type Kept, type ObjectHoldPrivate } from './private';
import { release } from './release';
import { inspect, runHold, withBucket, type Outcome, type RunTools } from './run';
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
  const id = idOf(args);
  return withBucket(client, args, async (bucket) => {
    const scope = await explained('Objects could not be listed', undefined, () =>
      resolveObjectScope(client, args, bucket.store, signal),
    );
    const tools = toolsOf(context, id, args, []);
    const outcome = await runHold(args, scope, undefined, bucket, tools);
    const { facts } = outcome;
    // Jobs that have begun go on by themselves: they are this hold's.
    if (facts.versions === facts.missing && tools.jobs.length === 0) {
      signal.throwIfAborted();
      throw nothingHeld(args, outcome);
    }
    // Saved without an error even when a part is missing: a tainted hold would be destroyed by the next apply.
    const missing = shortfall(args, outcome);
    if (missing !== undefined) diagnostics.warn(missing.summary, missing.detail);
    tellFindings(context, args, outcome, tools);
    context.private = pack(keptAfter(args, { scope, former: [], formerHeld: 0 }, outcome, tools));
    return { ...args, id, ...seenAfterRun(outcome), ...doneBy(outcome, tools.journalPath, client.now()) };
  });
}

async function readHold(context: ReadContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>): Promise<State> {
  const { client, diagnostics, signal, state } = context;
  return withBucket(client, state, async (bucket) => {
    const { scope, facts } = await explained('Object hold could not be read', undefined, async () => {
      // State that lost its private part (moved by hand, say) still tells its scope.
      const known =
        context.private === null
          ? await resolveObjectScope(client, state, bucket.store, signal)
          : unpack(context.private).scope;
      return { scope: known, facts: await inspect(state, known, bucket, signal) };
    });
    if (facts.versions > 0 && facts.unseen.count >= facts.versions)
      throw unreadable(state, facts.unseen.first[0]?.message);
    warnOfFindings(state, facts, diagnostics);
    const kept = context.private === null ? undefined : unpack(context.private);
    context.private = pack({
      scope,
      former: kept?.former ?? [],
      formerHeld: kept?.formerHeld ?? 0,
      jobs: kept?.jobs ?? [],
      tagSets: facts.tagSets,
      consent: state.release_on_destroy,
      held: facts.held ?? 0,
    });
    return { ...state, ...seenAfterRead(state, facts) };
  });
}

/** Adds what is new, and holds and tags what is missing. */
async function updateHold(context: UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>): Promise<State> {
  const { client, prior, signal } = context;
  const args = context.planned as Arguments;
  const id = prior.id ?? idOf(prior);
  const before = context.private === null ? undefined : unpack(context.private);
  const same = sameScope(prior, args);
  const wish = same ? changedWish(prior, args) : 'other';
  if (prior.status === 'active' && wish === 'same') {
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
    const tools = toolsOf(context, id, args, before?.jobs ?? []);
    // Noted before anything is written: what is held from here on must be known, however this ends.
    context.private = pack({
      ...scopes,
      jobs: tools.jobs,
      tagSets: 1,
      consent: args.release_on_destroy,
      held: args.object_lock_legal_hold ? (prior.held_count ?? 0) : 0,
    });
    const outcome = await runHold(args, scope, choice, bucket, tools);
    context.private = pack(keptAfter(args, scopes, outcome, tools));
    tellFindings(context, args, outcome, tools);
    const state = { ...args, id, ...seenAfterRun(outcome), ...doneBy(outcome, tools.journalPath, client.now()) };
    context.save(state);
    const missing = shortfall(args, outcome);
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
  refuseWhileJobsRun(prior, packed);
  await withBucket(client, prior, (bucket) => releaseAll(context, prior.id ?? idOf(prior), bucket));
}

/** Tags stay wanted, the hold does not any more: with consent, and otherwise refused by the plan. */
async function unlock(
  context: UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>,
  id: string,
  bucket: BucketAccess,
): Promise<void> {
  const { prior, private: packed } = context;
  if (!prior.release_on_destroy) throw refuseUnlock(prior, heldBy(prior, packed));
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
    const { left } = await release(prior, heldBy(prior, packed), scopes, bucket, toolsOf(context, id, prior, []));
    if (left.size > 0) warnOfLeft(prior, left, diagnostics);
  });
}

function toolsOf(
  context: Change | Destroying,
  id: string,
  { journal_dir: folder }: Pick<State, 'journal_dir'>,
  earlier: readonly BatchJob[],
): RunTools {
  const jobs = [...earlier];
  const { client, signal, log } = context;
  return {
    client,
    signal,
    log,
    id,
    journalPath: journalPath(client, id, folder),
    jobs,
    onJob: (job) => void jobs.push(job),
  };
}

/** Jobs are only worth keeping when they were left running. */
function keptAfter(args: Arguments, scopes: Scopes, { facts, stopped }: Outcome, { jobs }: RunTools): Kept {
  return {
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
  { journalPath: path }: RunTools,
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
