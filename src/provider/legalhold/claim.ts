/** The claim of a legal hold: its key, and what of it is not in the register. */
import type { StateOf } from '../../framework';
import type { ConversationSet, HoldApi } from '../../genesys';
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

/** What an apply that could not use the register has protected without a claim. */
export interface Unregistered {
  /** Set by this hold. */
  readonly placed: ConversationSet;
  /** Protected before this hold came. */
  readonly before: ConversationSet;
  /** The rest of the hold has no claim either, because it was made by 0.1.0, or imported. */
  readonly old: boolean;
}

/** Where the claim of a hold stands after an apply. */
export interface Registration {
  readonly reference: ClaimReference | undefined;
  /** Null where all of it is claimed. */
  readonly unregistered: Unregistered | null;
}
