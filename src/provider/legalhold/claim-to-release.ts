import type { StateOf } from '../../framework';
import type { ClaimView, Register } from '../../register';
import type { Compliance } from '../compliance';
import { registerProblem } from '../register';
import { claimOf, refusedClaim, type OwnClaim } from './claim';
import { refuseBlindRelease } from './claim-messages';
import { holdNamed } from './computed';
import type { LegalHoldSchema } from './schema';

/**
 * The claim that a release is about, as the register has it now. Throws a refusal where the register does not say what others need: it
 * cannot be read, is another one, lacks the claim, or is seen by this machine alone where that is not enough; and for an old state.
 */
export async function claimToRelease(
  { register: shared }: Compliance,
  own: OwnClaim,
  hold: Pick<StateOf<LegalHoldSchema>, 'name' | 'id'>,
  signal: AbortSignal,
): Promise<{ readonly register: Register; readonly claim: ClaimView }> {
  if (shared.refusesReleases !== undefined) throw refuseBlindRelease(hold, shared.refusesReleases);
  try {
    const register = await shared.open(signal);
    return { register, claim: claimOf(register, own) };
  } catch (error) {
    const problem = registerProblem(error);
    if (problem !== undefined) throw refuseBlindRelease(hold, problem.message);
    throw refusedClaim(error, holdNamed(hold));
  }
}
