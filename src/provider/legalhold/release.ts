/** Letting go of conversations: only of what no other claim needs, and nobody had before. */
import { DiagnosticError } from '../../framework';
import { ConversationSet } from '../../genesys';
import {
  NotLifted,
  type ClaimKey,
  type ClaimReference,
  type ClaimView,
  type Register,
  type Released,
} from '../../register';
import { counted } from '../../words';
import { explained } from '../failures';
import { whileWaiting } from '../progress';
import { registerProblem } from '../register';
import type { ToRelease } from '../approvals';
import { HoldBits } from './bits';
import { liveClaimOf, refusedClaim } from '../claims';
import { conversations } from './computed';
import type { Work } from './protector';

/** Examples named in a message. */
const TOLD = 5;

/** A part of a hold that is to be released. */
export interface Leaving {
  /** Begins a sentence. */
  readonly named: string;
  readonly reference: ClaimReference;
  readonly key: ClaimKey;
  readonly keep: ConversationSet;
  readonly leaving: ConversationSet;
  readonly reason: string;
  readonly approvals: ToRelease['approvals'];
}

/** Releases what is leaving, and gives the claim over what stays. Safe to repeat after any interruption. */
export async function releaseLeaving(
  work: Work,
  { named, reference, key, keep, leaving, reason, approvals }: Leaving,
): Promise<{ readonly claim: ClaimReference; readonly released: Released }> {
  const { client, api, signal } = work;
  return releasing(named, async () => {
    const register = await client.register.open(signal);
    const bits = new HoldBits(api, null);
    let claim = liveClaimOf(register, reference);
    if ((await register.conversations(claim, signal)).and(leaving).size > 0) {
      const next = await register.replaceConversations(
        register.reference(claim.id),
        { key, keep, reason, approvals },
        bits,
        signal,
      );
      await next.setting.finish(keep.size, signal);
      claim = next.claim;
    }
    return { claim: register.reference(claim.id), released: await liftReplaced(work, register, claim, bits) };
  });
}

/** Releases the claim of a hold. */
export function releaseHold(
  work: Work,
  register: Register,
  claim: ClaimView,
  holdId: string | null,
  { named, reason, approvals }: ToRelease,
): Promise<Released> {
  const { client, api, signal } = work;
  return releasing(named, async () => {
    const bits = new HoldBits(api, holdId);
    const { allHoldsAdopted } = client.register;
    const reference = register.reference(claim.id);
    try {
      const options = { allHoldsAdopted, approvals };
      const released = await whileWaiting(
        work.log,
        (seconds) =>
          `${named} is being released, for ${counted(seconds, 'second')} so far: the first minute and a half every other machine is waited for`,
        () => register.releaseConversations(reference, reason, bits, signal, options),
      );
      return joined(released, await liftReplaced(work, register, claim, bits));
    } catch (error) {
      if (!(error instanceof NotLifted)) throw error;
      throw stillHeld(named, bits.held, error);
    }
  });
}

/** Finishes what runs before this one have begun to let go of. */
async function liftReplaced(work: Work, register: Register, claim: ClaimView, bits: HoldBits): Promise<Released> {
  const { client, signal } = work;
  const { allHoldsAdopted } = client.register;
  let all: Released = NOTHING;
  for (const { id } of register.replacedBy(claim.id)) {
    all = joined(all, await register.liftDropped(id, bits, signal, { allHoldsAdopted }));
  }
  return all;
}

const NOTHING: Released = {
  lifted: 0,
  kept: ConversationSet.empty,
  before: ConversationSet.empty,
  unknown: ConversationSet.empty,
};

function joined(one: Released, other: Released): Released {
  return {
    lifted: one.lifted + other.lifted,
    kept: one.kept.union(other.kept),
    before: one.before.union(other.before),
    unknown: one.unknown.union(other.unknown),
  };
}

/** What keeps a release from its end, as an error that says how it continues. */
async function releasing<Result>(named: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await explained('Legal hold could not be released', undefined, work);
  } catch (error) {
    const problem = registerProblem(error);
    if (problem !== undefined) {
      throw new DiagnosticError(
        'Release could not be finished',
        `${named}: ${problem.message}\nWhat was released is in the register, as far as that could be written. Apply again when the register can be used: the release continues from there.`,
        undefined,
        { cause: error },
      );
    }
    throw refusedClaim(error, named);
  }
}

/** The error for a release after which conversations are still protected. */
function stillHeld(named: string, held: ConversationSet, cause: NotLifted): DiagnosticError {
  const examples: string[] = [];
  for (const id of held) {
    if (examples.length === TOLD) break;
    examples.push(`  conversation ${id}`);
  }
  return new DiagnosticError(
    'Conversations are still protected',
    [
      `${named} was released, and ${conversations(cause.count)} stayed protected, among them:`,
      ...examples,
      'The requests were answered as a success, so something may have answered instead of Genesys Cloud (a proxy, a gateway), or somebody who is not in the register has protected these again. Nothing is reported as released that was not seen to be. The hold stays in state: apply again.',
    ].join('\n'),
    undefined,
    { cause },
  );
}
