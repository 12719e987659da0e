/** Numbers that a plan owes a person: its attributes cannot hold them, since nobody has looked yet. */
import type { PlanContext, StateOf } from '../../framework';
import type { ConversationSet } from '../../genesys';
import type { Compliance } from '../compliance';
import { abilitiesOf } from '../hold-api';
import { approvalsOf, refuseUnapproved } from '../approvals';
import { claimToRelease, ownClaim } from '../claims';
import { tellRelease } from './claim-messages';
import { conversations, holdNamed, theHold } from './computed';
import { formatInstant, type Interval } from '../../time';
import type { HoldGaps, HoldPrivate } from './ledger';
import { acceptance, gapLines } from './messages';
import type { LegalHoldSchema } from './schema';
import type { ScopeArgument } from './scope-argument';
import { number } from '../../words';

type State = StateOf<LegalHoldSchema>;
type Context = PlanContext<LegalHoldSchema, Compliance, HoldPrivate>;

/** What is missing, why, and how it could be accepted. */
export function warnOfGaps({ diagnostics }: Context, prior: State, gaps: HoldGaps | undefined): void {
  diagnostics.warn(
    'Legal hold is not whole',
    [
      `${holdNamed(prior)} holds ${number(prior.held_count ?? 0)} of ${conversations(prior.conversation_count ?? 0)}. The apply tries to hold the rest, and ends with an error while something is missing.`,
      ...gapLines(prior, gaps),
      ...acceptance(prior),
    ].join('\n'),
  );
}

/** For a hold without a claim: of version 0.1.0, or imported. */
export function warnOfAdoption({ diagnostics, client }: Context, prior: State): void {
  const where = client === undefined ? 'the register' : `the register (${client.register.words})`;
  diagnostics.warn(
    'Hold is entered in the register',
    `${holdNamed(prior)} has no claim yet, because version 0.1.0 kept none, or because it was imported. The apply writes one into ${where}. Whether somebody else held its conversations before is unknown, so that a release of this hold will keep them protected, unless all_holds_adopted = true in the provider block says that every hold of 0.1.0 is in the register.`,
  );
}

/** For the steps of an open scope that have ended. */
export function warnOfSteps({ diagnostics, planned }: Context, prior: State, steps: Interval): void {
  const step = (planned.scope as ScopeArgument).batch_interval;
  diagnostics.warn(
    'Scope of the hold has grown',
    `${holdNamed(prior)} continues from ${formatInstant(steps.start)}, in steps of ${step}. The apply holds what is in the whole steps until ${formatInstant(steps.end)}, and in those that end before the apply. How many conversations that is, is known then.`,
    ['scope'],
  );
}

/** For a scope that is another export's, which is not there yet, or that the apply has to read or to look at. */
export function warnOfUnknownScope({ diagnostics, planned }: Context, prior: State, releases: boolean): void {
  const fate = releases
    ? 'will be released where no other claim needs them, because release_on_destroy is true'
    : 'stay held and are counted in out_of_scope_count';
  const [path, when] =
    planned.conversations_from !== null
      ? ['conversations_from', 'the apply has read the list']
      : planned.scope === null
        ? ['export_job_id', 'the export is there']
        : ['scope', 'the apply has looked at its scope'];
  diagnostics.warn(
    'Scope of the hold changes',
    `${holdNamed(prior)} will cover other conversations, and which is known when ${when}. New ones are added; those that fall out of scope ${fate}. How many that are is unknown until then.`,
    [path],
  );
}

/** For conversations that fall out of scope by this plan and stay held. */
export function warnOfLeaving({ diagnostics }: Context, prior: State, leaving: number): void {
  if (leaving === 0) return;
  const why = abilitiesOf(prior).releasesParts
    ? 'To release them, set release_on_destroy = true and release_reason, and apply; the apply after that releases them.'
    : 'The compliance API releases a hold only as a whole, so they stay in it until it is destroyed.';
  diagnostics.warn(
    'Conversations fall out of scope and stay held',
    `${conversations(leaving)} of ${theHold(prior)} ${leaving === 1 ? 'is' : 'are'} no longer in scope. They stay held and are counted in out_of_scope_count. ${why}`,
  );
}

/** For conversations out of scope that the apply releases, with what stays for others. Refuses where that is unknown. */
export async function tellLeaving(
  { client, diagnostics, priorPrivate, signal }: Context,
  prior: State,
  leaving: ConversationSet,
): Promise<void> {
  const own = ownClaim(prior, priorPrivate?.epoch ?? null);
  // Without a claim, or a client, the apply finds out.
  if (client === undefined || own === undefined) return;
  const { register, claim } = await claimToRelease(client.register, own, holdNamed(prior), signal);
  const releasing = {
    named: holdNamed(prior),
    reason: prior.release_reason ?? '',
    approvals: await approvalsOf(client, prior, signal),
  };
  await refuseUnapproved(register, claim, releasing, signal);
  const { allHoldsAdopted } = client.register;
  const what = `${conversations(leaving.size)} of ${theHold(prior)} ${leaving.size === 1 ? 'is' : 'are'} no longer in scope. The apply`;
  tellRelease(
    diagnostics,
    client.register,
    what,
    await register.outlook(claim, leaving, signal, { allHoldsAdopted }),
    false,
  );
}
