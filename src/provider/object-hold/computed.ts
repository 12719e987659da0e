/** The computed attributes of an object hold, from what was seen and done. Pure. */
import { exportIdInWords } from '../export-id';
import type { Sampled, VersionFailure } from '../../aws';
import type { StateOf } from '../../framework';
import { isAccepted } from '../gaps';
import { estimateOf } from './estimate';
import type { Facts } from './facts';
import { gapAttributesOf, gapsOf, type Failed, type GapList, type Placed } from './gaps';
import type { Losses } from './losses';
import type { Outcome } from './run';
import { LISTED_FAILURES, LISTED_LOST, LISTED_VERSIONS, type ObjectHoldSchema } from './schema';
import type { ScopeArguments } from './scope';
import { number } from '../../words';

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
  | 'lost_count'
  | 'lost'
  | 'gap_count'
  | 'gaps'
  | 'gaps_sha256'
  | 'manifest_sha256'
>;

/** What changes with every run. */
export type Done = Pick<
  State,
  'engine_used' | 'estimate' | 'journal_path' | 'journal_sha256' | 'applied_at' | 'verified_at'
>;

/** Every attribute that the user cannot set. */
export type Computed = Seen & Done & Pick<State, 'id' | 'register_id' | 'claim_id'>;

type Accepted = ScopeArguments & Pick<State, 'accepted_gaps'>;

/** After a run. */
export function seenAfterRun(
  args: Accepted,
  { facts, failed, failures, stopped, unregistered }: Outcome,
  losses: Losses,
): Seen {
  const complete = facts.missing === 0 && stopped === null;
  const rows = complete ? [] : rowsOf(failures);
  const seen: Seen = {
    ...countsOf(facts, losses),
    status: 'incomplete',
    failed_count: complete ? 0 : failed,
    failures: rows,
    ...gapAttributesOf(gapsAfterRun(args, { facts, failed, failures, stopped, unregistered }, losses)),
  };
  return { ...seen, status: stopped === null && standsAs(args, seen, facts) ? 'active' : 'incomplete' };
}

/** The gaps that a run leaves. */
export function gapsAfterRun(
  scope: ScopeArguments,
  {
    facts,
    failed,
    failures,
    stopped,
    unregistered,
  }: Pick<Outcome, 'facts' | 'failed' | 'failures' | 'stopped' | 'unregistered'>,
  losses: Losses,
): GapList {
  const complete = facts.missing === 0 && stopped === null;
  return gapsOf(
    placed(scope, unregistered),
    facts,
    losses,
    complete ? { count: 0, rows: [] } : failedOf(failed, rowsOf(failures)),
  );
}

function placed(scope: ScopeArguments, unregistered: boolean): Placed {
  return { bucket: scope.bucket, unregistered: unregistered ? scopeName(scope) : null };
}

/** What a run leaves. */
export function doneBy({ choice, engine, journalSha256, facts }: Outcome, journalPath: string, now: Date): Done {
  return {
    engine_used: engine,
    estimate: estimateOf(choice),
    journal_path: journalPath,
    journal_sha256: journalSha256,
    applied_at: now.toISOString(),
    // By the clock of S3, where it tells the time.
    verified_at: facts.present === null ? null : new Date(facts.present.at ?? now).toISOString(),
  };
}

/** After looking. Failures stay while something is missing. */
export function seenAfterRead(prior: State, facts: Facts, losses: Losses, unregistered: boolean): Seen {
  const { missing, unseen } = facts;
  const left = missing === 0 ? 0 : Math.min(prior.failed_count ?? 0, missing);
  const failures = unseen.count > 0 ? rowsOf(unseen) : left === 0 ? [] : prior.failures;
  const failed = Math.max(left, unseen.count);
  const seen: Seen = {
    ...countsOf(facts, losses),
    status: 'incomplete',
    failed_count: failed,
    failures,
    ...gapAttributesOf(gapsOf(placed(prior, unregistered), facts, losses, failedOf(failed, failures))),
  };
  return { ...seen, status: standsAs(prior, seen, facts) ? 'active' : statusAfterRead(prior, facts) };
}

/** Whether all is right, or exactly what is not was accepted. */
function standsAs({ accepted_gaps: accepted }: Accepted, seen: Seen, { missing, unheldCount }: Facts): boolean {
  if (seen.gap_count === 0) return missing === 0;
  const told = Math.max(seen.failed_count ?? 0, 0) + unheldCount;
  return isAccepted(seen.gaps_sha256, accepted) && missing <= told;
}

/** Fewer held than before: somebody released them. Anything else that is missing came later, or was never done. */
function statusAfterRead(prior: State, { missing, held, unseen, releasedCount }: Facts): HoldState {
  if (missing === 0) return 'incomplete';
  const wasReleased = prior.status === 'released' || prior.status === 'partially_released';
  const fewer =
    releasedCount === null
      ? held !== null && prior.held_count !== null && held + unseen.count < prior.held_count
      : releasedCount > (prior.failed_count ?? 0);
  if (!fewer && !wasReleased) return 'incomplete';
  return held === 0 ? 'released' : 'partially_released';
}

function failedOf(count: number, failures: State['failures']): Failed {
  // Null after an import: there was no run that could have failed.
  const rows = failures === null ? [] : failures;
  return { count: rows.length === 0 ? 0 : Math.max(count, rows.length), rows };
}

type Counts = Omit<Seen, 'status' | 'failed_count' | 'failures' | 'gap_count' | 'gaps' | 'gaps_sha256'>;

function countsOf(facts: Facts, losses: Losses): Counts {
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
    lost_count: losses.named.length + losses.unnamed,
    lost: losses.named
      .slice(0, LISTED_LOST)
      .map(({ key, versionId, heldSince }) => ({ key, version_id: versionId, held_since: heldSince })),
    manifest_sha256: facts.manifestSha256,
  };
}

function rowsOf({ first }: Sampled<VersionFailure>): State['failures'] {
  return first
    .slice(0, LISTED_FAILURES)
    .map(({ key, versionId, step, code, message }) => ({ key, version_id: versionId, step, code, message }));
}

/** "1 object version", "2 object versions". */
export function versions(count: number): string {
  return `${number(count)} object ${count === 1 ? 'version' : 'versions'}`;
}

/**
 * What a hold without a name of its own is known by, in the register and in accepted gaps: `s3://bucket/prefix`, or the whole
 * id of the export in the bucket. Never shortened, since claims are found again by it.
 */
export function scopeName({ bucket, export_job_id: exportJobId, prefix }: ScopeArguments): string {
  return exportJobId === null ? `s3://${bucket}/${prefix ?? ''}` : `export ${exportJobId} in s3://${bucket}`;
}

/** The same for messages: of an export that has grown, the first job and how many more there are. */
export function describeScope(scope: ScopeArguments): string {
  const { bucket, export_job_id: exportJobId } = scope;
  return exportJobId === null ? scopeName(scope) : `export ${exportIdInWords(exportJobId)} in s3://${bucket}`;
}
