/** A claim cannot be made, or not any more. */
import type { ClaimView } from './view';

/**
 * `live`: there is one of this key that was seen to be held. `stale`: one was released since the plan. `dropped`: it was
 * released. `superseded`: another state took it over.
 */
export type RefusalReason = 'live' | 'stale' | 'dropped' | 'superseded';

export class ClaimRefused extends Error {
  override readonly name = 'ClaimRefused';

  constructor(
    readonly reason: RefusalReason,
    readonly claim: ClaimView | undefined,
  ) {
    super(wording(reason, claim));
  }
}

function wording(reason: RefusalReason, claim: ClaimView | undefined): string {
  const named = claim === undefined ? 'The claim' : `Claim ${claim.id} of matter "${claim.key.matter}"`;
  const when = claim === undefined ? '' : ` since ${claim.since}`;
  switch (reason) {
    case 'live':
      return `${named} has the same name and is held${when}. To manage that hold from here, import it: terraform import ADDRESS claim/${claim?.id ?? 'ID'}. For a hold of its own, use another name or external_reference_id.`;
    case 'stale':
      return 'A hold of this matter and name was released after this plan was made. Plan again; what was let go is not held again by an old plan.';
    case 'dropped':
      return `${named} was released${claim?.until === undefined || claim.until === null ? '' : ` at ${claim.until}`}${claim?.reason === undefined || claim.reason === null ? '' : ` (${claim.reason})`}. A released claim is never set again. To hold these again, remove the hold from the state (terraform state rm ADDRESS) and apply: that makes a new claim.`;
    case 'superseded':
      return `${named} is managed by a newer state (epoch ${claim?.epoch ?? 'unknown'}); this state is older, perhaps restored from a backup. Nothing was changed. Continue with the newer state; if it is lost, remove the hold from this one (terraform state rm ADDRESS) and import claim/${claim?.id ?? 'ID'}.`;
  }
}
