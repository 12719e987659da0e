/** Numbers that a plan owes a person: its attributes cannot hold them, since nobody has looked yet. */
import type { PlanContext, StateOf } from '../../framework';
import type { Compliance } from '../compliance';
import { abilitiesOf } from '../hold-api';
import { conversations, holdNamed } from './computed';
import type { HoldPrivate } from './ledger';
import { acceptance, gapLines } from './messages';
import type { LegalHoldSchema } from './schema';

type State = StateOf<LegalHoldSchema>;
type Context = PlanContext<LegalHoldSchema, Compliance, HoldPrivate>;

/** What is missing, why, and how it could be accepted. */
export function warnOfGaps({ diagnostics }: Context, prior: State): void {
  diagnostics.warn(
    'Legal hold is not whole',
    [
      `${holdNamed(prior)} holds ${(prior.held_count ?? 0).toLocaleString('en-US')} of ${conversations(prior.conversation_count ?? 0)}. The apply tries to hold the rest, and ends with an error while something is missing.`,
      ...gapLines(prior),
      ...acceptance(prior),
    ].join('\n'),
  );
}

/** For a scope that is another export's, which is not there yet. */
export function warnOfUnknownScope({ diagnostics }: Context, prior: State, consent: boolean | undefined): void {
  const fate =
    consent === true && abilitiesOf(prior).releasesParts
      ? 'will be released, because release_on_destroy is true'
      : 'stay held and are counted in out_of_scope_count';
  diagnostics.warn(
    'Scope of the hold changes',
    `${holdNamed(prior)} will cover other conversations, and which is known when the export is there. New ones are added; those that fall out of scope ${fate}. How many that are is unknown until then.`,
    ['export_job_id'],
  );
}

/** For conversations that fall out of scope: `leaving` by this plan, `released` of all that have. */
export function warnOfLeaving({ diagnostics }: Context, prior: State, leaving: number, released: number): void {
  const ofHold = holdNamed(prior).replace(/^The/, 'of the');
  if (released > 0) {
    diagnostics.warn(
      'Conversations will be released',
      `${conversations(released)} ${ofHold} ${released === 1 ? 'is' : 'are'} no longer in scope and will be released, because release_on_destroy is true. Deletion protection knows no cases: if another hold covers them too, it shows them as missing.`,
    );
    return;
  }
  if (leaving === 0) return;
  const why = abilitiesOf(prior).releasesParts
    ? 'To release them, set release_on_destroy = true.'
    : 'The compliance API releases a hold only as a whole, so they stay in it until it is destroyed.';
  diagnostics.warn(
    'Conversations fall out of scope and stay held',
    `${conversations(leaving)} ${ofHold} ${leaving === 1 ? 'is' : 'are'} no longer in scope. They stay held and are counted in out_of_scope_count. ${why}`,
  );
}
