/** The claim of a legal hold: its key, and what of it is not in the register. */
import type { StateOf } from '../../framework';
import { ConversationSet, type HoldApi } from '../../genesys';
import type { ClaimKey, ClaimReference } from '../../register';
import { HOLD } from '../../words';
import type { LegalHoldSchema } from './schema';

type State = StateOf<LegalHoldSchema>;

/** Whose claim it is: a hold without a reference is a matter of its own. */
export function keyOf(
  organization: string,
  api: Pick<HoldApi, 'name'>,
  { name, external_reference_id: reference }: Pick<State, 'name' | 'external_reference_id'>,
): ClaimKey {
  return { organization, resourceType: HOLD, holdApi: api.name, matter: reference ?? name ?? '', name: name ?? '' };
}

/**
 * What a hold that has no claim, or not over all of it, is known to have protected without one: by applies that could not use the
 * register, and nothing where it was made before anything was in its scope.
 */
export interface Unregistered {
  /** Set by this hold. */
  readonly placed: ConversationSet;
  /** Protected before this hold came. */
  readonly before: ConversationSet;
  /** The rest of the hold has no claim either, because it was made by 0.1.0, or imported. */
  readonly old: boolean;
}

/** A hold that was made over nothing yet: whatever of its scope is held when its claim is written, it has not set. */
export const NOTHING_PROTECTED: Unregistered = {
  placed: ConversationSet.empty,
  before: ConversationSet.empty,
  old: false,
};

/** Whether something is protected that no claim says this hold needs. */
export function isHeldUnclaimed(unregistered: Unregistered | null): boolean {
  if (unregistered === null) return false;
  const { placed, before, old } = unregistered;
  return old || placed.size > 0 || before.size > 0;
}

/** Where the claim of a hold stands after an apply. */
export interface Registration {
  readonly reference: ClaimReference | undefined;
  /** Null where all of it is claimed. */
  readonly unregistered: Unregistered | null;
}
