/** What the claims of a register need of deletion protection, over all matters: it takes room, whether it is protected now or not. */
import type { ClaimedConversations } from '../collect/live';
import { ConversationSet } from '../genesys';
import { liveClaims, RegisterProblem, type Register } from '../register';
import { HOLD } from '../words';

/** Claims whose conversations a check of the live accounts reads. */
const MOST_CLAIMS = 200;

/** Conversations that claims of one organization cover. */
export interface Claimed {
  readonly conversations: ConversationSet;
  /** False where there are more claims than were read: then it is "at least" these. */
  readonly isWhole: boolean;
}

/** Reads the claims of holds by deletion protection, so many at most. Throws RegisterProblem. */
export async function claimedConversations(
  register: Register,
  organization: string,
  mostClaims: number,
  signal: AbortSignal,
): Promise<Claimed> {
  const claims = liveClaims(register.view).filter(
    ({ key }) =>
      key.organization === organization && key.resourceType === HOLD && key.holdApi === 'deletion_protection',
  );
  const sets: ConversationSet[] = [];
  for (const claim of claims.slice(0, mostClaims)) sets.push(await register.conversations(claim, signal));
  return { conversations: ConversationSet.unionOf(sets), isWhole: claims.length <= mostClaims };
}

/** The same for a check of the live accounts, to which a register that cannot be read is a reason. */
export function claimsOf(open: (signal: AbortSignal) => Promise<Register>): ClaimedConversations {
  return async (organization, signal) => {
    try {
      const { conversations, isWhole } = await claimedConversations(
        await open(signal),
        organization,
        MOST_CLAIMS,
        signal,
      );
      return isWhole
        ? { known: true, conversations }
        : { known: false, why: `are those of more than ${MOST_CLAIMS} claims` };
    } catch (error) {
      if (!(error instanceof RegisterProblem)) throw error;
      return { known: false, why: `could not be read from the register: ${firstSentences(error.message)}` };
    }
  };
}

/** What went wrong, without request id and advice: it is told in the middle of a sentence. */
function firstSentences(message: string): string {
  const [line = ''] = message.split('\n', 1);
  return (line.split(/\sRequest id /, 1)[0] ?? '').trimEnd().replace(/\.$/, '');
}
