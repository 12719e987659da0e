/** Holding and tagging by either engine, and looking at what came of it. */
import {
  applyObjectHold,
  applyWithBatchOperations,
  AwsError,
  inspectObjectHold,
  TooManyTagSets,
  type BatchHoldRequest,
  type BatchJob,
  type Engine,
  type EngineChoice,
  type Journal,
  type ObjectHoldRequest,
  type ObjectHoldResult,
  type Sampled,
  type VersionFailure,
} from '../../aws';
import { DiagnosticError, type Diagnostics, type Log, type StateOf } from '../../framework';
import type { BucketAccess, Place } from '../bucket-access';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { choose, wholeWork } from './estimate';
import { Progress } from '../progress';
import { allRight, factsOf, partOf, type Facts } from './facts';
import { withJournal, type JournalPlace, type OpenJournal } from './journal';
import type { Registration } from './registration';
import type { ObjectHoldSchema } from './schema';
import { absentFrom, countVersions, scopedStore, type ObjectScope } from './scope';

/** The arguments that decide what is done, and where. */
export type HoldArguments = Pick<
  StateOf<ObjectHoldSchema>,
  'bucket' | 'region' | 'endpoint' | 'tags' | 'object_lock_legal_hold' | 'engine' | 'batch_operations'
>;

/** What a run did. */
export interface Outcome {
  readonly choice: EngineChoice;
  readonly engine: Engine;
  readonly facts: Facts;
  /** Versions that failed. */
  readonly failed: number;
  readonly failures: Sampled<VersionFailure>;
  readonly overwrittenTags: number;
  /** Null: it went through, though single versions may have failed. */
  readonly stopped: { readonly why: string; readonly error: unknown } | null;
  readonly journalSha256: string;
  /** The register could not be used for all of it. */
  readonly unregistered: boolean;
}

/** What an engine did. */
type Worked = Omit<Outcome, 'unregistered'>;

/** What a run works with. */
export interface RunTools {
  readonly client: Compliance;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly id: string;
  readonly diagnostics: Diagnostics;
  readonly journal: JournalPlace;
  readonly registration: Registration;
  /** The hold was there before its claim: what was held before it is not in the register. */
  readonly adopts: boolean;
  /** Digest over the arguments of a hold that is being created; null for one that is in state. */
  readonly creates: string | null;
  /** Up to when versions were known before, by S3's clock. */
  readonly knownUntil: number | undefined;
  /** Jobs of a run that was cut short. */
  readonly jobs: readonly BatchJob[];
  /** Told each job as soon as it exists. */
  readonly onJob: (job: BatchJob) => void;
}

/** Where a bucket is. */
export function placeOf({ bucket, region, endpoint }: Pick<HoldArguments, 'bucket' | 'region' | 'endpoint'>): Place {
  return { bucket, ...(region === null ? {} : { region }), ...(endpoint === null ? {} : { endpoint }) };
}

/** Opens the bucket, works, and closes its connections whatever comes. */
export async function withBucket<Result>(
  client: Compliance,
  args: Pick<HoldArguments, 'bucket' | 'region' | 'endpoint'>,
  work: (bucket: BucketAccess) => Promise<Result>,
): Promise<Result> {
  const bucket = client.openBucket(placeOf(args));
  try {
    return await work(bucket);
  } finally {
    await bucket.close();
  }
}

/** What is asked of the engines. */
export function requestOf(args: HoldArguments, scope: ObjectScope, knownUntil?: number): ObjectHoldRequest {
  return {
    bucket: args.bucket,
    ...(knownUntil === undefined ? {} : { knownUntil }),
    prefixes: scope.prefixes,
    tags: args.tags ?? new Map<string, string>(),
    legalHold: args.object_lock_legal_hold,
  };
}

/** Looks at every version in scope and writes nothing. */
export async function inspect(
  args: HoldArguments,
  scope: ObjectScope,
  bucket: BucketAccess,
  signal: AbortSignal,
  knownUntil: number | undefined,
): Promise<Facts> {
  const scoped = scopedStore(bucket.store, scope);
  const inspection = await inspectObjectHold(requestOf(args, scope, knownUntil), { store: scoped.store }, signal);
  return factsOf(args, inspection, absentFrom(scoped, scope), knownUntil);
}

/**
 * Brings every version in scope to its hold and tags. `choice` is what the plan has promised; without it the engine is
 * chosen by the number of versions. Failures of single versions, and a run that was cut short, are in the answer; thrown is
 * what kept it from beginning.
 */
export async function runHold(
  args: HoldArguments,
  scope: ObjectScope,
  choice: EngineChoice | undefined,
  bucket: BucketAccess,
  tools: RunTools,
): Promise<Outcome> {
  return explained('Objects could not be held', undefined, () =>
    withJournal(tools.client, tools.journal, tools.signal, tools.diagnostics, tools.registration, async (open) => {
      const { journal, shipping } = open;
      await beginJournal(journal, tools);
      const chosen = choice ?? (await chooseByCount(args, scope, bucket, tools.signal));
      tools.log.info('object hold begins', { engine: chosen.engine, reason: chosen.reason });
      const outcome = await runEither(args, scope, chosen, bucket, open, tools);
      if (tools.creates !== null && holdsSomething(outcome, tools)) {
        await journal.append({ type: 'kept', id: tools.id });
        await journal.sync();
      }
      await tools.registration.ship(shipping, journal, tools.signal);
      if (outcome.stopped === null) await tools.registration.finish(outcome.facts.held ?? 0, tools.signal);
      return { ...outcome, journalSha256: journal.head, unregistered: tools.registration.problem !== undefined };
    }),
  );
}

/** The first line of a journal says whose it is; one that another hold has in its state is never written into. */
async function beginJournal(
  journal: Journal,
  { id, creates, adopts, registration, journal: { path } }: RunTools,
): Promise<void> {
  const { reference, adopted, tookOver } = registration;
  if (adopts && reference !== undefined && !tookOver) {
    const unknown = journal.isNew || journal.lacksEarlier ? 'all' : 'others';
    await journal.append({ type: 'adopted', claim: reference.claim, unknown });
  }
  if (creates === null) return;
  if (journal.isNew) await journal.append({ type: 'hold', id, arguments: creates });
  // Its run was killed after it had kept the journal and before its claim was complete.
  if (!journal.isKept || adopted) return;
  throw new DiagnosticError(
    'Journal belongs to another hold',
    `The journal ${path} was just taken by another object hold with the same arguments. Nothing was changed. Apply again: this hold then begins its own.`,
  );
}

/** Whether a hold that is created becomes one: something is held, or jobs are about to hold. */
export function holdsSomething({ facts }: Pick<Outcome, 'facts'>, { jobs }: Pick<RunTools, 'jobs'>): boolean {
  return facts.versions !== facts.missing || jobs.length > 0;
}

async function runEither(
  args: HoldArguments,
  scope: ObjectScope,
  chosen: EngineChoice,
  bucket: BucketAccess,
  open: OpenJournal,
  tools: RunTools,
): Promise<Worked> {
  if (chosen.engine === 'direct') return runDirect(args, scope, chosen, bucket, open, tools);
  try {
    return await runBatch(args, scope, chosen, bucket, open, tools);
  } catch (error) {
    if (!(error instanceof TooManyTagSets)) throw error;
    if (args.engine !== 'auto') throw new DiagnosticError('Too many tag sets', error.message, ['engine']);
    return runDirect(args, scope, chosen, bucket, open, tools);
  }
}

/** A listing is enough: below the threshold it is `direct`, whatever there is to write. */
async function chooseByCount(
  args: HoldArguments,
  scope: ObjectScope,
  bucket: BucketAccess,
  signal: AbortSignal,
): Promise<EngineChoice> {
  const { store } = scopedStore(bucket.store, scope);
  const versions = await countVersions(store, scope.prefixes, Number.POSITIVE_INFINITY, signal);
  return choose(args, wholeWork(versions, args));
}

async function runDirect(
  args: HoldArguments,
  scope: ObjectScope,
  choice: EngineChoice,
  bucket: BucketAccess,
  { journal, shipping }: OpenJournal,
  { signal, log, knownUntil, registration }: RunTools,
): Promise<Worked> {
  const scoped = scopedStore(bucket.store, scope);
  const progress = progressOf(args, log, choice, null);
  const result = await applyObjectHold(
    requestOf(args, scope, knownUntil),
    {
      store: scoped.store,
      journal,
      ready: (version, both) => registration.ready(version, both),
      beforeWriting: (both) => registration.ship(shipping, journal, both),
    },
    signal,
    ({ listed, settled, changed, failed }) => {
      progress.at(settled);
      log.debug('object hold continues', { listed, settled, changed, failed });
    },
  );
  // Pages that an interrupted run had settled were passed over: they were seen then, and not by this run.
  const clean = result.stopped === null && result.failed === 0 && result.resumed === 0;
  const absent = absentFrom(scoped, scope);
  const facts = clean
    ? allRight(args, result, absent)
    : ((await inspectAfter(args, scope, bucket, signal, knownUntil)) ?? partOf(args, result, doneBy(result), absent));
  const { failed, failures, overwrittenTags, stopped, journalHead } = result;
  return { choice, engine: 'direct', facts, failed, failures, overwrittenTags, stopped, journalSha256: journalHead };
}

async function runBatch(
  args: HoldArguments,
  scope: ObjectScope,
  choice: EngineChoice,
  bucket: BucketAccess,
  { journal, shipping }: OpenJournal,
  { signal, log, id, jobs, onJob, knownUntil, registration }: RunTools,
): Promise<Worked> {
  const scoped = scopedStore(bucket.store, scope);
  const { settings, checksums, partition } = batchSettings(args);
  let progress: Progress | undefined;
  const result = await applyWithBatchOperations(
    { ...requestOf(args, scope), holdId: id, settings, checksums, resume: jobs },
    {
      store: scoped.store,
      s3: bucket.s3,
      jobs: bucket.jobs(settings.accountId),
      partition,
      journal,
      onJob,
      beforeWriting: (both) => registration.ship(shipping, journal, both),
    },
    signal,
    ({ tasks, succeeded, failed, notes }) => {
      progress ??= progressOf(args, log, choice, tasks);
      progress.at(succeeded + failed);
      log.debug('jobs continue', { tasks, succeeded, failed });
      for (const note of notes) log.warn(note);
    },
  );
  // What jobs report is evidence; what the versions themselves say is proof.
  const facts =
    (await inspectAfter(args, scope, bucket, signal, knownUntil)) ??
    partOf(args, result, result.unchanged, absentFrom(scoped, scope));
  const { failures, stopped, journalHead } = result;
  return {
    choice,
    engine: 'batch_operations',
    facts,
    failed: failures.count,
    failures,
    overwrittenTags: 0,
    stopped,
    journalSha256: journalHead,
  };
}

/** Versions of this hold, in lines of the log. */
function progressOf({ bucket }: HoldArguments, log: Log, { estimate }: EngineChoice, total: number | null): Progress {
  const what = `The object hold in s3://${bucket} is being set`;
  return new Progress({ log, what, thing: 'object version', total, estimatedSeconds: estimate.durationSeconds });
}

/** Where jobs run, with whose rights, and where their papers go. */
export function batchSettings({ batch_operations: block }: Pick<HoldArguments, 'batch_operations'>): {
  readonly settings: BatchHoldRequest['settings'];
  readonly checksums: boolean;
  readonly partition: string;
} {
  if (block === null) throw new RangeError('batch_operations is checked when validating');
  const [, partition = 'aws', , , accountId = ''] = block.role_arn.split(':');
  return {
    partition,
    checksums: block.checksums,
    settings: { accountId, roleArn: block.role_arn, bucket: block.report_bucket, prefix: block.report_prefix },
  };
}

/** Undefined when it cannot be looked at, now that something is wrong. */
async function inspectAfter(
  args: HoldArguments,
  scope: ObjectScope,
  bucket: BucketAccess,
  signal: AbortSignal,
  knownUntil: number | undefined,
): Promise<Facts | undefined> {
  if (signal.aborted) return undefined;
  try {
    return await inspect(args, scope, bucket, signal, knownUntil);
  } catch (error) {
    if (error instanceof AwsError || signal.aborted) return undefined;
    throw error;
  }
}

/** What this run has seen itself. */
function doneBy({ changed, unchanged }: ObjectHoldResult): number {
  return changed + unchanged;
}
