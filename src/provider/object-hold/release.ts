/** Taking holds off again, by either engine: only with consent, and only those that are ours. */
import {
  inspectObjectHold,
  releaseObjectHold,
  releaseWithBatchOperations,
  type BatchHoldResult,
  type Journal,
  type ObjectHoldResult,
  type PlacedHolds,
} from '../../aws';
import { DiagnosticError, type StateOf } from '../../framework';
import type { BucketAccess } from '../bucket-access';
import { messageOf } from '../failures';
import { describeScope, versions } from './computed';
import { choose, wantsTags } from './estimate';
import { placedHolds, withJournal, type JournalPlace } from './journal';
import { batchSettings, requestOf, type RunTools } from './run';
import type { ObjectHoldSchema } from './schema';
import { scopedStore, type ObjectScope } from './scope';

type State = StateOf<ObjectHoldSchema>;

/** What became of the versions. */
export interface Released {
  readonly released: number;
  /** Versions that stay held, by reason. */
  readonly left: ReadonlyMap<string, number>;
}

/** What an engine was given, whichever it is. */
interface Work {
  readonly prior: State;
  readonly scope: ObjectScope;
  readonly bucket: BucketAccess;
  readonly tools: RunTools;
  readonly placed: PlacedHolds | undefined;
}

/**
 * Releases these scopes one after the other; `held` is how many versions that may be, which decides on the engine. Throws when a
 * version could not be released, or it is unknown whose they are.
 */
export async function release(
  prior: State,
  held: number,
  scopes: readonly ObjectScope[],
  bucket: BucketAccess,
  tools: RunTools,
): Promise<Released> {
  await requireProof(prior, tools.journal);
  const { engine, reason } = choose(prior, { versions: held, toHold: held, toTag: 0, tagSets: 1 });
  tools.log.info('release begins', { engine, reason });
  const run = engine === 'direct' ? releaseDirectly : releaseByJobs;
  const left = new Map<string, number>();
  let released = 0;
  await withJournal(tools.client, tools.journal, tools.signal, tools.diagnostics, async (journal) => {
    // Read once it is locked, so that nobody places more in the meantime.
    const placed = await placedHolds(tools.journal);
    for (const scope of scopes) {
      const part = await run({ prior, scope, bucket, tools, placed }, journal);
      released += part.released;
      for (const [reason, count] of part.left) left.set(reason, (left.get(reason) ?? 0) + count);
    }
  });
  return { released, left };
}

/** Throws when nothing tells which holds are ours: no complete journal, and no tags. */
export async function requireProof(prior: State, journal: JournalPlace): Promise<void> {
  if (wantsTags(prior)) return;
  const placed = await placedHolds(journal);
  if (placed?.isComplete !== true) throw nobodysHolds(prior, journal.path);
}

async function releaseDirectly({ prior, scope, bucket, tools, placed }: Work, journal: Journal): Promise<Released> {
  const result = await releaseObjectHold(
    { ...requestOf(prior, scope), legalHold: true, ...(placed === undefined ? {} : { placed }) },
    { store: scopedStore(bucket.store, scope).store, journal },
    tools.signal,
  );
  tools.signal.throwIfAborted();
  const released = result.writes.holds;
  if (result.stopped !== null || result.failed > 0) throw notReleased(prior, released, result.failed, result);
  return { released, left: new Map(Object.entries(result.left)) };
}

async function releaseByJobs({ prior, scope, bucket, tools, placed }: Work, journal: Journal): Promise<Released> {
  const { settings, partition } = batchSettings(prior);
  const { store } = scopedStore(bucket.store, scope);
  const request = { ...requestOf(prior, scope), legalHold: true };
  const result = await releaseWithBatchOperations(
    { ...request, holdId: tools.id, settings, ...(placed === undefined ? {} : { placed }) },
    { store, s3: bucket.s3, jobs: bucket.jobs(settings.accountId), partition, journal, onJob: tools.onJob },
    tools.signal,
    ({ tasks, succeeded, failed, notes }) => {
      tools.log.debug('jobs go on', { tasks, succeeded, failed });
      for (const note of notes) tools.log.warn(note);
    },
  );
  tools.signal.throwIfAborted();
  const released = result.tasks.succeeded;
  const left = new Map(Object.entries(result.left));
  if (result.stopped !== null || result.failures.count > 0) {
    throw notReleased(prior, released, result.failures.count, result);
  }
  // What jobs report is evidence; what the versions themselves say is proof.
  const { versions: all, notHeld } = await inspectObjectHold({ ...request, tags: new Map() }, { store }, tools.signal);
  const stillHeld = all - notHeld.count - [...left.values()].reduce((sum, count) => sum + count, 0);
  if (stillHeld > 0) throw notReleased(prior, released, stillHeld, result);
  return { released, left };
}

function nobodysHolds(prior: State, path: string): DiagnosticError {
  return new DiagnosticError(
    'Unknown which holds are ours',
    `The legal hold of S3 is one bit for all matters. The journal ${path}, which tells which versions of ${describeScope(prior)} this hold has put it on, is not there or lacks earlier runs, and the hold has no tags that could tell it. Nothing was released.\n` +
      'Bring the journal back (journal_dir names its folder), or take the resource out of the state with "terraform state rm" and release the versions by hand.',
    ['journal_dir'],
  );
}

function notReleased(
  prior: State,
  released: number,
  failed: number,
  { failures, stopped }: Pick<ObjectHoldResult | BatchHoldResult, 'failures' | 'stopped'>,
): DiagnosticError {
  return new DiagnosticError(
    'Object hold could not be released',
    [
      `${failed === 0 ? 'Some' : versions(failed)} under ${describeScope(prior)} could not be released; ${versions(released)} were. The rest stay held and in state.`,
      ...failures.first.slice(0, 5).map(({ message }) => `  ${message}`),
      ...(failures.count > 5 ? [`  and ${failures.count - 5} more`] : []),
      ...(stopped === null ? [] : [`The work ended early: ${messageOf(stopped.error)}`]),
      'Remove the cause and repeat: what is released is not written again.',
    ].join('\n'),
  );
}
