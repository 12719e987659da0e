/** Taking holds off again: only with consent, and only those that are ours. */
import { existsSync } from 'node:fs';
import { readPlacedHolds, releaseObjectHold, type ObjectHoldResult, type PlacedHolds } from '../../aws';
import { DiagnosticError, type StateOf } from '../../framework';
import type { BucketAccess } from '../bucket-access';
import { messageOf } from '../failures';
import { describeScope, versions } from './computed';
import { wantsTags } from './estimate';
import { unusable, withJournal } from './journal';
import { requestOf, type RunTools } from './run';
import type { ObjectHoldSchema } from './schema';
import { scopedStore, type ObjectScope } from './scope';

type State = StateOf<ObjectHoldSchema>;

/** What became of the versions. */
export interface Released {
  readonly released: number;
  /** Versions that stay held, by reason. */
  readonly left: ReadonlyMap<string, number>;
}

/** Releases these scopes one after the other. Throws when a version could not be released, or nobody can tell whose they are. */
export async function release(
  prior: State,
  scopes: readonly ObjectScope[],
  bucket: BucketAccess,
  tools: RunTools,
): Promise<Released> {
  const placed = await placedHolds(tools.journalPath);
  if (placed === undefined && !wantsTags(prior)) throw nobodysHolds(prior, tools.journalPath);
  const left = new Map<string, number>();
  let released = 0;
  for (const scope of scopes) {
    const result = await withJournal(tools.client, tools.journalPath, (journal) =>
      releaseObjectHold(
        { ...requestOf(prior, scope), legalHold: true, ...(placed === undefined ? {} : { placed }) },
        { store: scopedStore(bucket.store, scope).store, journal },
        tools.signal,
      ),
    );
    tools.signal.throwIfAborted();
    if (result.stopped !== null || result.failed > 0) throw notReleased(prior, result);
    released += result.writes.holds;
    for (const [reason, count] of Object.entries(result.left)) left.set(reason, (left.get(reason) ?? 0) + count);
  }
  return { released, left };
}

/** Undefined when there is no journal here: then the tags tell. */
async function placedHolds(path: string): Promise<PlacedHolds | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return await readPlacedHolds(path);
  } catch (error) {
    throw unusable(path, error);
  }
}

function nobodysHolds(prior: State, path: string): DiagnosticError {
  return new DiagnosticError(
    'Nobody can tell which holds are ours',
    `The legal hold of S3 is one bit for all matters. The journal ${path}, which tells which versions of ${describeScope(prior)} this hold has put it on, is not there, and the hold has no tags that could tell it. Nothing was released.\n` +
      'Bring the journal back (journal_dir names its folder), or take the resource out of the state with "terraform state rm" and release the versions by hand.',
    ['journal_dir'],
  );
}

function notReleased(prior: State, { failures, failed, stopped, writes }: ObjectHoldResult): DiagnosticError {
  return new DiagnosticError(
    'Object hold could not be released',
    [
      `${failed === 0 ? 'Some' : versions(failed)} under ${describeScope(prior)} could not be released; ${versions(writes.holds)} were. The rest stay held and in state.`,
      ...failures.first.slice(0, 5).map(({ message }) => `  ${message}`),
      ...(failures.count > 5 ? [`  and ${failures.count - 5} more`] : []),
      ...(stopped === null ? [] : [`The work ended early: ${messageOf(stopped.error)}`]),
      'Remove the cause and destroy again.',
    ].join('\n'),
  );
}
