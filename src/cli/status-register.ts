/** What the register says about the claims of a state: whether the state is the newest, and whether the matter still needs its holds. */
import { coveredAtMost, isLive, type Register } from '../register';
import type { StatusEntry } from '../review';
import { number } from '../words';

/** What the register adds to one thing of a state. */
export interface ClaimNote {
  /** `agrees`: the claim is there · `contradicts`: state and register say different things · `unknown`: the register knows nothing of it. */
  readonly verdict: 'agrees' | 'contradicts' | 'unknown';
  /** A sentence or two. */
  readonly text: string;
}

/** Undefined for an export, which has no claim. */
export function claimNote(
  register: Pick<Register, 'view' | 'place' | 'id'>,
  entry: StatusEntry,
): ClaimNote | undefined {
  const { subject, claimId, registerId, scope } = entry;
  if (subject === 'export') return undefined;
  const { view, place } = register;
  if (claimId === null) {
    return {
      verdict: 'unknown',
      text: `According to the state this hold is in no register, so ${place} says nothing about it. The next apply writes its claim.`,
    };
  }
  if (registerId !== null && registerId !== register.id) {
    return {
      verdict: 'unknown',
      text: `The claim of this hold is in another register (${registerId}) than ${place} (${register.id ?? 'empty'}).`,
    };
  }
  const claim = view.claims.get(claimId);
  if (claim === undefined) {
    return { verdict: 'unknown', text: `The register at ${place} has no claim ${claimId}, which the state names.` };
  }
  if (claim.replacedBy !== null) {
    return {
      verdict: 'contradicts',
      text: `The register at ${place} says that claim ${claimId} was replaced by ${claim.replacedBy} at ${claim.until ?? 'an unknown time'}: another apply came later, and this state is not the newest.`,
    };
  }
  if (!isLive(claim)) {
    const how = claim.state === 'done' ? 'was released' : 'is being released';
    return {
      verdict: 'contradicts',
      text: `The register at ${place} says that claim ${claimId} ${how} (${claim.until ?? 'at an unknown time'}): ${claim.reason ?? 'no reason is recorded'}. This state was written before, and what it calls held is not needed by this matter any more.`,
    };
  }
  const covered = coveredAtMost(claim);
  if (covered !== null && scope !== null && covered < scope) {
    return {
      verdict: 'contradicts',
      text: `The register at ${place} has ${number(covered)} conversations in claim ${claimId}, and the state ${number(scope)} in scope: the next apply claims the rest.`,
    };
  }
  const seen =
    claim.held === null ? 'none was seen held yet' : `${number(claim.held)} were seen held when it was last said`;
  const amount = covered === null ? '' : `over ${number(covered)} conversations, `;
  const more =
    covered !== null && scope !== null && covered > scope
      ? ' It covers more than the state has in scope: what fell out of scope, or what another apply has added since.'
      : '';
  return {
    verdict: 'agrees',
    text: `The register at ${place} has its claim, ${amount}since ${claim.since}; ${seen}. It keeps what applies wrote down, and looks at nothing.${more}`,
  };
}
