/** Putting conversations under a hold, releasing them, and keeping only what was seen. */
import type { StateOf } from '../../framework';
import { ConversationSet, type HoldFailure, type HoldRequest, type ProtectOutcome, type Standing } from '../../genesys';
import type { AcceptedGaps } from '../gaps';
import { countsOf, type Computed, type Counts } from './computed';
import { gapsOf, heldWithRecordings, type Look } from './findings';
import { bothRecordings, NO_RECORDINGS } from './held-recordings';
import { packLedger, type HoldPrivate, type Ledger } from './ledger';
import type { Protector, Work } from './protector';
import type { LegalHoldSchema } from './schema';
import type { Scope } from './scope';

type State = StateOf<LegalHoldSchema>;

/** What the user sets. */
export type Arguments = Omit<State, keyof Computed>;

/** Conversations without recordings that are asked about again before a hold is tried, one request each. */
const MOST_ASKED_AGAIN = 100;

/** How a hold is named to Genesys Cloud. */
export function requestOf(args: {
  readonly name: string;
  readonly external_reference_id: string | null;
  readonly reason: string | null;
}): HoldRequest {
  return {
    name: args.name,
    ...(args.external_reference_id === null ? {} : { externalReferenceId: args.external_reference_id }),
    ...(args.reason === null ? {} : { reason: args.reason }),
  };
}

/** The private state that goes with a ledger; `epoch` of its claim, where it has one. */
export function privateOf(
  ledger: Ledger,
  args: Pick<State, 'release_on_destroy' | 'release_reason' | 'name'>,
  epoch: number | undefined,
): HoldPrivate {
  return {
    ...packLedger(ledger),
    consent: args.release_on_destroy && args.release_reason !== null,
    name: args.name ?? '',
    ...(epoch === undefined ? {} : { epoch }),
  };
}

/** A try to hold a scope, seen. */
export interface Tried {
  readonly ledger: Ledger;
  readonly outcome: ProtectOutcome;
}

/**
 * Protects what of the scope is not held. Conversations that are known to have nothing to protect are asked about first, and only
 * tried when that has changed: one of them in a call would have the whole call refused.
 *
 * @param before the ledger as the last look left it; undefined for a new hold
 */
export async function holdScope(
  { client, signal }: Pick<Work, 'client' | 'signal'>,
  protector: Protector,
  holdId: string | null,
  scope: Scope,
  before: Ledger | undefined,
): Promise<Tried> {
  const empty = nothingThere(before).and(scope.conversations).union(scope.lost);
  const asked = await client.genesys.holds.standing(empty, MOST_ASKED_AGAIN, signal);
  const hopeless = asked.gone.union(asked.withoutRecordings).union(scope.lost.minus(asked.recorded));
  const covers = scope.conversations;
  const tried = await protector.protect(holdId, covers, covers.minus(hopeless));
  const outcome = { ...tried, failures: [...tried.failures, ...deletions(scope)] };
  const standing = both(asked, outcome.standing);
  const look = {
    held: before === undefined ? outcome.held : heldWithRecordings(outcome.held, before, standing),
    standing,
  };
  const { unregistered } = protector.registration;
  return { outcome, ledger: { ...ledgerAfter(scope, before, look), unregistered } };
}

/** Why conversations are lost, where the maximum retention is known to have deleted them. */
function deletions({ lost, deleted }: Scope): readonly HoldFailure[] {
  if (deleted === undefined) return [];
  const message = `Deleted before it was held: the organization keeps interaction data for ${deleted.maximumDays} days at most.`;
  return [...lost.and(deleted.conversations)].map((conversationId) => ({
    conversationId,
    code: 'maximum.retention',
    message,
  }));
}

function nothingThere(before: Ledger | undefined): ConversationSet {
  if (before === undefined || before.gaps === null) return ConversationSet.empty;
  const { gone, lost, unprotectable } = before.gaps;
  return ConversationSet.unionOf([gone, lost, unprotectable]);
}

/** Nothing was asked about any recording. */
export const NOTHING_KNOWN: Standing = {
  gone: ConversationSet.empty,
  withoutRecordings: ConversationSet.empty,
  recorded: ConversationSet.empty,
};

/** What both have found out. */
export function both(one: Standing, other: Standing): Standing {
  return {
    gone: one.gone.union(other.gone),
    withoutRecordings: one.withoutRecordings.union(other.withoutRecordings),
    recorded: one.recorded.union(other.recorded),
  };
}

/** The ledger of a scope that was just looked at. Nothing leaves it but by a release. */
export function ledgerAfter(scope: Scope, before: Ledger | undefined, look: Look): Ledger {
  const all = before === undefined ? scope.conversations : before.all.union(scope.conversations);
  const gaps = gapsOf(scope, before, look);
  const lostRecordings = gaps.lost.size > 0 && scope.lost.size > 0 ? 0 : scope.lostRecordings;
  const unregistered = before?.unregistered ?? null;
  const { conversations, late, followed, sharing } = scope;
  const recordings = bothRecordings(before?.recordings ?? NO_RECORDINGS, scope.recordings);
  return { all, scope: conversations, late, lostRecordings, gaps, unregistered, followed, sharing, recordings };
}

/** The scope that a hold has already, as its ledger knows it. */
export function scopeIn(ledger: Ledger): Scope {
  return {
    conversations: ledger.scope,
    late: ledger.late,
    exported: ConversationSet.empty,
    lost: ConversationSet.empty,
    lostRecordings: ledger.lostRecordings,
    recordings: ledger.recordings,
    followed: ledger.followed,
    sharing: ledger.sharing,
  };
}

/** The counts to keep after a look. An apply does not find out what the refresh before it could not. */
export function counted(
  args: Pick<State, 'export_job_id' | 'accepted_gaps'>,
  ledger: Ledger,
  heldOutOfScope: number,
  failures: readonly HoldFailure[],
  prior: State | null,
  unknown: readonly string[] = prior?.unknown ?? [],
): Counts {
  return countsOf(ledger, heldOutOfScope, {
    exportJobId: args.export_job_id,
    accepted: args.accepted_gaps as AcceptedGaps | null,
    failures,
    prior,
    unknown,
  });
}
