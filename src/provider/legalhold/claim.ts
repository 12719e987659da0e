/** The claim of a hold: its key, and how state names it. */
import { DiagnosticError, type StateOf } from '../../framework';
import type { ConversationSet } from '../../genesys';
import { type HoldApi } from '../../genesys';
import {
  ClaimRefused,
  isLive,
  type ClaimKey,
  type ClaimReference,
  type ClaimView,
  type Register,
} from '../../register';
import { HOLD } from '../../words';
import type { HoldPrivate } from './ledger';
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

/** The claim that a state names. Its epoch is null where private state is lost, and after an import. */
export interface OwnClaim {
  readonly register: string;
  readonly claim: string;
  readonly epoch: number | null;
}

export function ownClaim(
  { register_id: register, claim_id: claim }: Pick<State, 'register_id' | 'claim_id'>,
  kept: HoldPrivate | null,
): OwnClaim | undefined {
  if (register === null || claim === null) return undefined;
  return { register, claim, epoch: kept?.epoch ?? null };
}

/**
 * The claim as it goes on in the register: where it was replaced, and the state could not be saved, the one in its place. Throws
 * RegisterProblem for another register and for a missing claim, {@link ClaimRefused} for an old state.
 */
export function claimOf(register: Register, own: OwnClaim): ClaimView {
  const last = register.view.claims.get(register.latest(own.claim));
  const claim = register.claim({ ...own, epoch: own.epoch ?? last?.epoch ?? 1 });
  return last ?? claim;
}

/** The same; throws {@link ClaimRefused} for a released one. */
export function liveClaimOf(register: Register, own: OwnClaim): ClaimView {
  const claim = claimOf(register, own);
  if (!isLive(claim)) throw new ClaimRefused('dropped', claim);
  return claim;
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

/** A refusal of the register as an error for the user. */
export function refusedClaim(error: unknown, named: string): unknown {
  if (!(error instanceof ClaimRefused)) return error;
  const titles = {
    live: 'Another hold has this claim',
    stale: 'The hold was released meanwhile',
    dropped: 'The hold was released',
    superseded: 'The state is older than the hold',
  };
  return new DiagnosticError(titles[error.reason], `${named}: ${error.message}`, undefined, { cause: error });
}
