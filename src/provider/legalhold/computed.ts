/** The computed attributes of a hold, from what was seen. Pure. */
import type { StateOf } from '../../framework';
import type { ConversationSet, HoldFailure } from '../../genesys';
import { digestOfGaps, isAccepted, LISTED_GAPS, type AcceptedGaps, type Gap } from '../gaps';
import { gapCount, gapList } from './findings';
import { HOLD_GAPS, type Ledger } from './ledger';
import { LISTED_FAILURES, type LegalHoldSchema } from './schema';
import { associatedCount } from './shared-recordings';
import { formatInstant } from '../../time';
import { number } from '../../words';

type State = StateOf<LegalHoldSchema>;

/** Where a hold stands; the words of the attribute `status`. */
export type HoldState = 'active' | 'incomplete' | 'partially_released' | 'released';

/** What changes with what is held. */
export type Counts = Pick<
  State,
  | 'status'
  | 'conversation_count'
  | 'held_count'
  | 'failed_count'
  | 'missing_count'
  | 'gone_count'
  | 'unprotectable_count'
  | 'lost_count'
  | 'late_count'
  | 'out_of_scope_count'
  | 'associated_count'
  | 'scope_end'
  | 'unknown'
  | 'failures'
  | 'gap_count'
  | 'gaps'
  | 'gaps_sha256'
  | 'conversation_ids_sha256'
>;

/** What is computed, and not set by anybody. */
export type Computed = Counts &
  Pick<State, 'id' | 'hold_api' | 'organization_id' | 'register_id' | 'claim_id' | 'applied_at' | 'verified_at'>;

/** What a look is told with. */
export interface Told {
  readonly exportJobId: string | null;
  readonly accepted: AcceptedGaps | null;
  /** Why conversations are not held, as Genesys Cloud has just said. */
  readonly failures: readonly HoldFailure[];
  /** What this look could not find out. */
  readonly unknown: readonly string[];
  /** What state says so far: reasons in it stay as long as the gap does. */
  readonly prior: Pick<State, 'failures' | 'gaps'> | null;
}

/**
 * The counts of a hold whose gaps were just looked at.
 *
 * @param heldOutOfScope conversations that fell out of scope and are protected
 */
export function countsOf(ledger: Ledger, heldOutOfScope: number, told: Told): Counts {
  const { gaps, scope, late, lostRecordings, followed, sharing } = ledger;
  if (gaps === null) throw new RangeError('nobody has looked at this hold');
  const list = () => gapList(ledger, told.exportJobId, told.failures, told.prior?.gaps ?? []);
  const digest = digestOfGaps(list());
  const listed = firstOf(list(), LISTED_GAPS);
  const missing = HOLD_GAPS.reduce((total, kind) => total + gaps[kind].size, 0);
  const held = scope.size - missing;
  return {
    status: statusOf(gaps.released.size, held, isAccepted(digest, told.accepted)),
    conversation_count: scope.size,
    held_count: held,
    failed_count: gaps.failed.size,
    missing_count: missing,
    gone_count: gaps.gone.size,
    unprotectable_count: gaps.unprotectable.size,
    lost_count: gaps.lost.size + lostRecordings,
    late_count: late.and(scope).size,
    out_of_scope_count: heldOutOfScope,
    associated_count: associatedCount(scope, sharing),
    unknown: told.unknown,
    scope_end: followed === null || told.exportJobId !== null ? null : formatInstant(followed.end),
    failures: failuresOf(gaps.failed.union(gaps.released), told),
    gap_count: gapCount(ledger),
    gaps: listed.map(({ kind, id, detail }) => ({ kind, id, detail })),
    gaps_sha256: digest,
    // As an auditor lists them: what is held besides, because it shares a recording, is no part of the scope.
    conversation_ids_sha256: scope.minus(sharing.associated).sha256,
  };
}

function firstOf(gaps: Iterable<Gap>, most: number): readonly Gap[] {
  const first: Gap[] = [];
  for (const gap of gaps) {
    if (first.length === most) break;
    first.push(gap);
  }
  return first;
}

function statusOf(released: number, held: number, accepted: boolean): HoldState {
  if (accepted) return 'active';
  if (released === 0) return 'incomplete';
  return held === 0 ? 'released' : 'partially_released';
}

function failuresOf(open: ConversationSet, { failures, prior }: Told): Counts['failures'] {
  const rows = new Map((prior?.failures ?? []).map((row) => [row.conversation_id, row]));
  for (const { conversationId, code, message } of failures) {
    rows.set(conversationId, { conversation_id: conversationId, code, message });
  }
  return [...rows.values()]
    .filter(({ conversation_id: id }) => id !== null && open.has(id))
    .sort((a, b) => ((a.conversation_id ?? '') < (b.conversation_id ?? '') ? -1 : 1))
    .slice(0, LISTED_FAILURES);
}

/** The id of a hold that Genesys Cloud gives none: the same conversations give the same id, so that an import agrees. */
export function idWithoutHold(scope: ConversationSet): string {
  return `deletion-protection-${scope.sha256.slice(0, 32)}`;
}

/** `The hold "Acme v. Example"`; an imported one that nobody has named yet goes by its id. */
export function holdNamed(hold: { readonly name: string | null; readonly id?: string | null }): string {
  if (hold.name !== null && hold.name !== '') return `The hold "${hold.name}"`;
  return hold.id === null || hold.id === undefined ? 'The imported hold' : `The imported hold ${hold.id}`;
}

/** The same in the middle of a sentence. */
export function theHold(hold: Parameters<typeof holdNamed>[0]): string {
  return holdNamed(hold).replace(/^The/, 'the');
}

/** "1 conversation", "2 conversations". */
export function conversations(count: number): string {
  return `${number(count)} ${count === 1 ? 'conversation' : 'conversations'}`;
}
