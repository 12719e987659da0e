/** The computed attributes of a hold, from what is held and what was wanted. Pure. */
import type { StateOf } from '../../framework';
import type { ConversationSet, HoldFailure, ProtectOutcome } from '../../genesys';
import type { Ledger } from './ledger';
import { LISTED_FAILURES, type LegalHoldSchema } from './schema';

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
  | 'out_of_scope_count'
  | 'failures'
  | 'conversation_ids_sha256'
>;

/** After protecting: what could not be held is failed or, when the work was cut short, not tried yet. */
export function countsAfterProtect(ledger: Ledger, wanted: ConversationSet, outcome: ProtectOutcome): Counts {
  const missing = wanted.size - outcome.applied - outcome.alreadyHeld;
  return {
    ...scopeCounts(ledger),
    status: missing === 0 ? 'active' : 'incomplete',
    held_count: ledger.scope.size - missing,
    missing_count: missing,
    failed_count: outcome.failures.length,
    failures: rowsOf(outcome.failures),
    out_of_scope_count: ledger.all.size - ledger.scope.size,
  };
}

/** After asking Genesys Cloud which of the ledger are held. */
export function countsAfterRead(prior: State, ledger: Ledger, held: ConversationSet): Counts {
  const heldInScope = ledger.scope.and(held).size;
  const missing = ledger.scope.size - heldInScope;
  const failures = (prior.failures ?? []).filter(
    ({ conversation_id: id }) => id !== null && ledger.scope.has(id) && !held.has(id),
  );
  return {
    ...scopeCounts(ledger),
    status: statusAfterRead(prior, missing, heldInScope),
    held_count: heldInScope,
    missing_count: missing,
    failed_count: missing === 0 ? 0 : Math.min(prior.failed_count ?? 0, missing),
    failures: missing === 0 ? [] : failures,
    out_of_scope_count: ledger.all.minus(ledger.scope).and(held).size,
  };
}

/** What was never held completely stays incomplete; what is less than before was released by somebody else. */
function statusAfterRead(prior: State, missing: number, held: number): HoldState {
  if (missing === 0) return 'active';
  if (prior.status === 'incomplete' && missing <= (prior.missing_count ?? 0)) return 'incomplete';
  return held === 0 ? 'released' : 'partially_released';
}

function scopeCounts(ledger: Ledger): Pick<Counts, 'conversation_count' | 'conversation_ids_sha256'> {
  return { conversation_count: ledger.scope.size, conversation_ids_sha256: ledger.scope.sha256 };
}

function rowsOf(failures: readonly HoldFailure[]) {
  return failures
    .slice(0, LISTED_FAILURES)
    .map(({ conversationId, code, message }) => ({ conversation_id: conversationId, code, message }));
}

/** The id of a hold that Genesys Cloud gives none: the same conversations give the same id, so that an import agrees. */
export function idWithoutHold(scope: ConversationSet): string {
  return `deletion-protection-${scope.sha256.slice(0, 32)}`;
}

/** "1 conversation", "2 conversations". */
export function conversations(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'conversation' : 'conversations'}`;
}
