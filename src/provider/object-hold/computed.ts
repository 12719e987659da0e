/** The computed attributes of an object hold, from what was seen and done. Pure. */
import { createHash } from 'node:crypto';
import type { Sampled, VersionFailure } from '../../aws';
import type { StateOf } from '../../framework';
import { estimateOf } from './estimate';
import type { Facts } from './facts';
import type { Outcome } from './run';
import { LISTED_FAILURES, LISTED_VERSIONS, type ObjectHoldSchema } from './schema';
import type { ScopeArguments } from './scope';

type State = StateOf<ObjectHoldSchema>;

/** Where a hold stands; the words of the attribute `status`. */
export type HoldState = 'active' | 'incomplete' | 'partially_released' | 'released';

/** What changes with every look. */
export type Seen = Pick<
  State,
  | 'status'
  | 'version_count'
  | 'held_count'
  | 'tagged_count'
  | 'missing_count'
  | 'missing'
  | 'failed_count'
  | 'failures'
  | 'hidden_count'
  | 'hidden'
  | 'absent_conversation_count'
  | 'manifest_sha256'
>;

/** What changes with every run. */
export type Done = Pick<State, 'engine_used' | 'estimate' | 'journal_path' | 'journal_sha256' | 'applied_at'>;

/** Every attribute that the user cannot set. */
export type Computed = Seen & Done & Pick<State, 'id'>;

/** After a run. */
export function seenAfterRun({ facts, failed, failures, stopped }: Outcome): Seen {
  const complete = facts.missing === 0 && stopped === null;
  return {
    ...countsOf(facts),
    status: complete ? 'active' : 'incomplete',
    failed_count: complete ? 0 : failed,
    failures: complete ? [] : rowsOf(failures),
  };
}

/** What a run leaves. */
export function doneBy(outcome: Outcome, journalPath: string, now: Date): Done {
  return {
    engine_used: outcome.engine,
    estimate: estimateOf(outcome.choice),
    journal_path: journalPath,
    journal_sha256: outcome.journalSha256,
    applied_at: now.toISOString(),
  };
}

/** After looking. Failures stay while something is missing. */
export function seenAfterRead(prior: State, facts: Facts): Seen {
  const { missing, unseen } = facts;
  const left = missing === 0 ? 0 : Math.min(prior.failed_count ?? 0, missing);
  return {
    ...countsOf(facts),
    status: statusAfterRead(prior, facts),
    failed_count: Math.max(left, unseen.count),
    failures: unseen.count > 0 ? rowsOf(unseen) : left === 0 ? [] : prior.failures,
  };
}

/** Fewer held than before: somebody released them. Anything else that is missing came later, or was never done. */
function statusAfterRead(prior: State, { missing, held, unseen }: Facts): HoldState {
  if (missing === 0) return 'active';
  const wasReleased = prior.status === 'released' || prior.status === 'partially_released';
  const fewer = held !== null && prior.held_count !== null && held + unseen.count < prior.held_count;
  if (!fewer && !wasReleased) return 'incomplete';
  return held === 0 ? 'released' : 'partially_released';
}

function countsOf(facts: Facts): Omit<Seen, 'status' | 'failed_count' | 'failures'> {
  return {
    version_count: facts.versions,
    held_count: facts.held,
    tagged_count: facts.tagged,
    missing_count: facts.missing,
    missing: facts.lacking
      .slice(0, LISTED_VERSIONS)
      .map(({ key, versionId, lacks }) => ({ key, version_id: versionId, lacks })),
    hidden_count: facts.hidden.count,
    hidden: facts.hidden.first.slice(0, LISTED_VERSIONS).map(({ key, versionId }) => ({ key, version_id: versionId })),
    absent_conversation_count: facts.absent,
    manifest_sha256: facts.manifestSha256,
  };
}

function rowsOf({ first }: Sampled<VersionFailure>): State['failures'] {
  return first
    .slice(0, LISTED_FAILURES)
    .map(({ key, versionId, step, code, message }) => ({ key, version_id: versionId, step, code, message }));
}

/** The same scope gives the same id, so that a hold whose state was lost finds its journal and its jobs again. */
export function idOf({ bucket, export_job_id: exportJobId, prefix }: ScopeArguments): string {
  const identity = JSON.stringify([bucket, exportJobId?.toLowerCase() ?? null, prefix ?? '']);
  return `object-hold-${createHash('sha256').update(identity).digest('hex').slice(0, 32)}`;
}

/** "1 object version", "2 object versions". */
export function versions(count: number): string {
  return `${count.toLocaleString('en-US')} object ${count === 1 ? 'version' : 'versions'}`;
}

/** `s3://bucket/prefix`, or the export in the bucket: for messages. */
export function describeScope({ bucket, export_job_id: exportJobId, prefix }: ScopeArguments): string {
  return exportJobId === null ? `s3://${bucket}/${prefix ?? ''}` : `export ${exportJobId} in s3://${bucket}`;
}
