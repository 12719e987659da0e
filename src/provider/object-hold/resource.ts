import type { BatchJob, EngineChoice } from '../../aws';
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
import type { ClaimKey } from '../../register';
import type { BucketAccess } from '../bucket-access';
import { settleApprovers } from '../settle-approvers';
import { compareClaim, ownClaim, warnUnregistered } from '../claims';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { reachedOrganization } from '../organization';
import { refuseDestroy, refuseReplace, refuseWithoutReason } from '../release-guard';
import { filesOf, keyOf, objectHoldNamed } from './claim';
import { describeScope, doneBy, seenAfterRead, seenAfterRun, type Computed } from './computed';
import { argumentsDigest, identityFor, identityIn, newIdentity } from './identity';
import { importObjectHold } from './import';
import { journalFolder, journalPlace } from './journal';
import type { Facts } from './facts';
import { lastLook, lossesAfter, NO_LOSSES, type LastLook, type Losses } from './losses';
import {
  heldVersions,
  nothingHeld,
  nothingToHold,
  refuseUnlock,
  refuseWhileJobsRun,
  shortfall,
  tellReleased,
  warnOfFindings,
  warnOfOverwrittenTags,
} from './messages';
import {
  acceptsSame,
  changedWish,
  isRegistered,
  planDestroyObjectHold,
  planObjectHold,
  repairChoice,
  unlocks,
} from './plan';
import { heldBy, pack, unpack, type Kept, type ObjectHoldPrivate } from './private';
import { Registration } from './registration';
import { liftAgain, releaseHold } from './release';
import { holdsSomething, inspect, runHold, withBucket, type Outcome, type RunTools } from './run';
import { objectHoldSchema, type ObjectHoldSchema } from './schema';
import { countVersions, resolveObjectScope, sameScope, scopedStore, type ObjectScope } from './scope';
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
  update: updateAndSettle,
  delete: deleteHold,
  import: importObjectHold,
};

async function createHold(context: CreateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>): Promise<State> {
  const { client, signal } = context;
  const args = context.planned as Arguments;
  context.private = null;
  if (!args.object_lock_legal_hold) return new Creation(context, args, undefined).run();
  const key = keyOf(await reachedOrganization(client.genesys, signal), args);
  // Two holds of one name in one run are two claims of one key: the second has to find the first one's.
  return client.register.alone(JSON.stringify(key), () => new Creation(context, args, key).run());
}

class Creation {
  constructor(
    private readonly context: CreateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>,
    private readonly args: Arguments,
    private readonly key: ClaimKey | undefined,
  ) {}

  run(): Promise<State> {
    const { client, signal } = this.context;
    const { args } = this;
    return withBucket(client, args, async (bucket) => {
      const scope = await explained('Objects could not be listed', undefined, async () => {
        const resolved = await resolveObjectScope(client, args, bucket.store, signal);
        // What is claimed must be there: a claim over nothing would wait for its files.
        const { store } = scopedStore(bucket.store, resolved);
        if ((await countVersions(store, resolved.prefixes, 1, signal)) === 0) throw nothingToHold(args);
        return resolved;
      });
      const registration = await this.claim(scope);
      const id = await this.identity(registration);
      const tools = toolsOf(this.context, {
        id,
        args,
        prior: null,
        earlier: [],
        last: null,
        registration,
        adopts: false,
      });
      const outcome = await runClaimed(
        this.context,
        args,
        { scope, former: [], formerHeld: 0 },
        undefined,
        bucket,
        tools,
      );
      return this.state(id, scope, outcome, tools);
    });
  }

  private async claim(scope: ObjectScope): Promise<Registration> {
    const { client, signal } = this.context;
    const { args, key } = this;
    if (key === undefined) return Registration.none();
    return Registration.begin(
      client.register,
      { key, files: filesOf(args, scope, []), own: undefined, mayTakeOver: false, named: objectHoldNamed(args) },
      signal,
    );
  }

  /** A creation that was cut short is known again: by the journal of its claim, or by the one that lies here. */
  private async identity({ adopted, journal }: Registration): Promise<string> {
    const { client, signal } = this.context;
    if (adopted && journal !== undefined && (await journal.size(signal)) > 0) return identityIn(journal, signal);
    return identityFor(this.args, journalFolder(client, this.args.journal_dir));
  }

  private state(id: string, scope: ObjectScope, outcome: Outcome, tools: RunTools): State {
    const { client, diagnostics, signal } = this.context;
    const { args } = this;
    // Jobs that have begun continue by themselves: they are this hold's.
    if (!holdsSomething(outcome, tools)) {
      signal.throwIfAborted();
      throw nothingHeld(args, outcome);
    }
    const seen = seenAfterRun(args, outcome, NO_LOSSES);
    // Saved without an error even when a part is missing: a tainted hold would be destroyed by the next apply.
    const missing = shortfall(args, outcome, NO_LOSSES, seen);
    if (missing !== undefined) diagnostics.warn(missing.summary, missing.detail);
    tellFindings(this.context, args, outcome, tools);
    this.context.private = pack(keptAfter(args, { scope, former: [], formerHeld: 0 }, outcome, NO_LOSSES, tools));
    return { ...args, id, ...claimInState(tools), ...seen, ...doneBy(outcome, tools.journal.path, client.now()) };
  }
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
    const own = ownClaim(state, kept?.epoch ?? null);
    await compareClaim(client.register, own, objectHoldNamed(state), diagnostics, signal);
    const { path } = journalPlace(client, id, state.journal_dir, state);
    const losses = await lossesOf(state, kept, facts, path, log);
    const unregistered = kept?.unregistered ?? false;
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
      epoch: kept?.epoch ?? null,
      unregistered,
      imported: kept?.imported ?? false,
    });
    return { ...state, id, ...seenAfterRead(state, facts, losses, unregistered) };
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

/** The update, and then who must approve the release of what it holds. */
async function updateAndSettle(
  context: UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>,
): Promise<State> {
  const { client, diagnostics, signal } = context;
  const state = await updateHold(context);
  const epoch = context.private === null ? null : unpack(context.private).epoch;
  await settleApprovers({ client, state, epoch, named: objectHoldNamed(state), diagnostics }, signal);
  return state;
}

/** Adds what is new, and holds and tags what is missing. */
async function updateHold(context: UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>): Promise<State> {
  const { client, prior, signal } = context;
  const args = context.planned as Arguments;
  const id = prior.id ?? newIdentity();
  const before = context.private === null ? undefined : unpack(context.private);
  const same = sameScope(prior, args);
  const wish = same ? changedWish(prior, args) : 'other';
  const isTold = isRegistered({ ...prior, object_lock_legal_hold: args.object_lock_legal_hold }, context.private);
  if (prior.status === 'active' && wish === 'same' && acceptsSame(prior, args as State) && isTold) {
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
      await unlock(context, bucket);
      scopes = { scope, former: [], formerHeld: 0 };
    }
    // Another scope has other versions: they are not compared with those of the last look.
    const last = same ? (before?.last ?? null) : null;
    const registration = await claimAgain(context, args, scopes);
    const adopts = prior.object_lock_legal_hold && prior.claim_id === null && before?.unregistered !== true;
    const earlier = before?.jobs ?? [];
    const tools = toolsOf(context, { id, args, prior, earlier, last, registration, adopts });
    // Noted before anything is written: what is held from here on must be known, however this ends.
    context.private = pack({
      ...scopes,
      jobs: tools.jobs,
      tagSets: 1,
      consent: args.release_on_destroy,
      held: args.object_lock_legal_hold ? (prior.held_count ?? 0) : 0,
      last,
      losses: before?.losses ?? NO_LOSSES,
      ...claimKept(tools),
    });
    const outcome = await runClaimed(context, args, scopes, choice, bucket, tools);
    const known = before === undefined ? undefined : { last, losses: before.losses };
    const losses = await lossesOf({ ...prior, ...args }, known, outcome.facts, tools.journal.path, context.log);
    context.private = pack(keptAfter(args, scopes, outcome, losses, tools));
    tellFindings(context, args, outcome, tools);
    const seen = seenAfterRun(args, outcome, losses);
    const done = doneBy(outcome, tools.journal.path, client.now());
    const state = { ...args, id, ...claimInState(tools), ...seen, ...done };
    context.save(state);
    const missing = shortfall(args, outcome, losses, seen);
    if (missing !== undefined) throw new DiagnosticError(missing.summary, missing.detail);
    return state;
  });
}

/** The claim of a hold that is in state, over what it covers now; a new one for a hold that has none. */
async function claimAgain(
  { client, prior, signal, private: packed }: UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>,
  args: Arguments,
  { scope, former }: Scopes,
): Promise<Registration> {
  if (!args.object_lock_legal_hold) return Registration.none();
  const kept = packed === null ? undefined : unpack(packed);
  // Its claim went with the release that turned the hold off.
  const own = prior.object_lock_legal_hold ? ownClaim(prior, kept?.epoch ?? null) : undefined;
  return Registration.begin(
    client.register,
    {
      key: keyOf(await reachedOrganization(client.genesys, signal), args),
      files: filesOf(args, scope, own === undefined ? former : []),
      own,
      mayTakeOver: kept === undefined || kept.imported,
      named: objectHoldNamed(args),
    },
    signal,
  );
}

/** Runs; where the claim was released meanwhile, what this run has held is released, too, and the error says so. */
async function runClaimed(
  context: Change,
  args: Arguments,
  { scope, former }: Scopes,
  choice: EngineChoice | undefined,
  bucket: BucketAccess,
  tools: RunTools,
): Promise<Outcome> {
  const { client, diagnostics } = context;
  const { registration } = tools;
  try {
    const outcome = await runHold(args, scope, choice, bucket, tools);
    if (registration.problem !== undefined) {
      warnUnregistered(diagnostics, objectHoldNamed(args), 'objects', registration.problem);
    }
    return outcome;
  } catch (error) {
    if (!Registration.wasDropped(error)) throw error;
    await liftAgain({ client, args, scopes: [scope, ...former], bucket, tools });
    throw registration.refused(error);
  }
}

async function deleteHold(context: Destroying): Promise<void> {
  const { client, prior, private: packed, signal } = context;
  const count = heldBy(prior, packed);
  if (count === 0) {
    // A hold over nothing may have a claim all the same, which would keep what others release.
    if (prior.claim_id === null || !(await holdsNothing(context))) return;
  } else {
    // Terraform withholds private state from a tainted hold that it replaces: that is how such a one is known.
    const refuse = packed === null ? refuseReplace : refuseDestroy;
    if (!prior.release_on_destroy) throw refuse(heldVersions({ prior, count }));
    if (prior.release_reason === null) throw refuseWithoutReason(heldVersions({ prior, count }));
    refuseWhileJobsRun(prior, packed);
  }
  signal.throwIfAborted();
  await withBucket(client, prior, (bucket) => releaseAll(context, bucket));
}

/** Throws where something is held after all and nobody has agreed to release it. */
async function holdsNothing({ client, prior, private: packed, signal }: Destroying): Promise<boolean> {
  if (prior.release_on_destroy && prior.release_reason !== null) return true;
  const { held } = await withBucket(client, prior, (bucket) =>
    explained('Object hold could not be read', undefined, async () => {
      const scope =
        packed === null ? await resolveObjectScope(client, prior, bucket.store, signal) : unpack(packed).scope;
      return inspect(prior, scope, bucket, signal, undefined);
    }),
  );
  if (held !== null && held > 0) throw refuseDestroy(heldVersions({ prior, count: held }));
  return true;
}

/** Tags stay wanted, the hold does not any more: with consent, and otherwise refused by the plan. */
async function unlock(
  context: UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>,
  bucket: BucketAccess,
): Promise<void> {
  const { prior, private: packed } = context;
  if (!prior.release_on_destroy) throw refuseUnlock(prior, heldBy(prior, packed));
  if (prior.release_reason === null) throw refuseWithoutReason(heldVersions({ prior, count: heldBy(prior, packed) }));
  refuseWhileJobsRun(prior, packed);
  await releaseAll(context, bucket);
}

/** Releases all that was ever in scope, and tells what stays held because it is not ours, or others need it. */
async function releaseAll(
  context: Destroying | UpdateContext<ObjectHoldSchema, Compliance, ObjectHoldPrivate>,
  bucket: BucketAccess,
): Promise<void> {
  const { client, diagnostics, prior, signal, private: kept } = context;
  const released = await explained('Object hold could not be released', undefined, () =>
    releaseHold({ client, prior, kept, bucket, diagnostics, signal }),
  );
  tellReleased(prior, released, client.register, diagnostics);
}

/** What a run is about. */
interface RunPlace {
  readonly id: string;
  readonly args: Arguments;
  /** Null for a hold that is being created. */
  readonly prior: State | null;
  readonly earlier: readonly BatchJob[];
  readonly last: LastLook | null;
  readonly registration: Registration;
  readonly adopts: boolean;
}

function toolsOf(context: Change, { id, args, prior, earlier, last, registration, adopts }: RunPlace): RunTools {
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
    registration,
    adopts,
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
  tools: RunTools,
): Kept {
  return {
    ...claimKept(tools),
    last: facts.present === null ? null : lastLook(facts.present),
    losses,
    ...scopes,
    jobs: stopped === null ? [] : tools.jobs,
    tagSets: facts.tagSets,
    consent: args.release_on_destroy,
    held: facts.held ?? 0,
  };
}

/** How private state names the claim, and whether it knows all. */
function claimKept({
  registration: { forState, problem },
}: RunTools): Pick<Kept, 'epoch' | 'unregistered' | 'imported'> {
  return { epoch: forState?.epoch ?? null, unregistered: problem !== undefined, imported: false };
}

function claimInState({ registration: { forState } }: RunTools): Pick<State, 'register_id' | 'claim_id'> {
  return { register_id: forState?.register ?? null, claim_id: forState?.claim ?? null };
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
