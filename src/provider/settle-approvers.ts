/** Whether the approvers that a claim has pinned are those of the provider block, and how they are changed. */
import type { Diagnostics } from '../framework';
import { approversDigest, approversInWords, ClaimRefused, NotApproved, type Approvers } from '../register';
import { approvalsOf, type Approved } from './approvals';
import { liveClaimOf, ownClaim, type NamesClaim } from './claims';
import type { Compliance } from './compliance';
import { registerProblem } from './register';

/** A hold whose approvers are compared with those of the provider block. */
export interface Settling {
  readonly client: Compliance;
  readonly state: NamesClaim & Approved;
  readonly epoch: number | null;
  readonly named: string;
  readonly diagnostics: Diagnostics;
}

/**
 * After an apply: pins the approvers of the provider block in a claim that has none, and changes those that are pinned where they
 * have approved it. Where they have not, they stay, and a warning says so.
 */
export async function settleApprovers(
  { client, state, epoch, named, diagnostics }: Settling,
  signal: AbortSignal,
): Promise<void> {
  const wanted = client.register.approvers ?? null;
  const own = ownClaim(state, epoch);
  if (own === undefined || (wanted === null && (state.release_approvals ?? []).length === 0)) return;
  try {
    const register = await client.register.open(signal);
    const claim = liveClaimOf(register, own);
    if (approversDigest(claim.approvers) === approversDigest(wanted)) return;
    const approvals = claim.approvers === null ? { texts: [], now: 0 } : await approvalsOf(client, state, signal);
    await register.changeApprovers(register.reference(claim.id), wanted, approvals, signal);
  } catch (error) {
    // A register that cannot be read, or a claim that is gone, is said where the hold is applied.
    if (registerProblem(error) !== undefined || error instanceof ClaimRefused) return;
    if (!(error instanceof NotApproved)) throw error;
    // Approvals of a release are none of a change: they are not told as refused.
    diagnostics.warn('Approvers of the hold stay as they are', staysAsItIs(named, error, wanted));
  }
}

function staysAsItIs(named: string, { weighed, subject }: NotApproved, wanted: Approvers | null): string {
  const refused = weighed.refused.filter((line) => !line.includes('it approves the release of the claim'));
  return [
    `${named} was made with other approvers than the provider block names${wanted === null ? ', which names none' : ` (${approversInWords(wanted)})`}. Those of its claim stay in force. Changing them takes ${weighed.required} of their approvals, and ${weighed.valid.length} are valid.`,
    ...refused,
    `To change them, have the present approvers sign: genesyscloud-compliance approve --claim ${subject.claim} --change-approvers, with the new public keys. Then add the approvals to release_approvals and apply.`,
  ].join('\n');
}
