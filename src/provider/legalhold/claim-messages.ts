/** What is said about the register and the claims of others. */
import { DiagnosticError, type Diagnostics, type StateOf } from '../../framework';
import type { Outlook, Released } from '../../register';
import type { SharedRegister } from '../register';
import { conversations, holdNamed } from './computed';
import type { LegalHoldSchema } from './schema';
import { number } from '../../words';

type Named = Pick<StateOf<LegalHoldSchema>, 'name'> & { readonly id?: string | null };

/** Other claims that are named one by one. */
const TOLD = 5;

/** A hold that was applied without its claim. */
export function warnUnregistered(diagnostics: Diagnostics, hold: Named, problem: string): void {
  diagnostics.warn(
    'Hold is not in the register',
    `${holdNamed(hold)} was applied without its claim. ${problem}\nUntil the next apply has written the claim, the release of another hold does not spare these conversations.`,
  );
}

/** A refresh that could not compare a hold with the register. It says nothing against what was seen at Genesys Cloud. */
export function warnUnread(diagnostics: Diagnostics, hold: Named, problem: string): void {
  diagnostics.warn(
    'Register could not be read',
    `${holdNamed(hold)} was looked at, and its claim was not compared. ${problem}`,
  );
}

/** A release is refused while what others claim is unknown. */
export function refuseBlindRelease(hold: Named, problem: string): DiagnosticError {
  return new DiagnosticError(
    'Release refused: what other matters claim is unknown',
    `${holdNamed(hold)} is not released, and nothing was changed. ${problem}`,
  );
}

/** For a hold without a claim: nothing says what others need, and whether it was held before. */
export function refuseUnregisteredRelease(hold: Named): DiagnosticError {
  return new DiagnosticError(
    'Release refused: the hold is not in the register',
    `${holdNamed(hold)} has no claim in the register, because it was made by version 0.1.0, imported, or applied while the register could not be used. Nothing was changed.\nApply it first: that writes its claim. Then destroy it.`,
  );
}

/** "releases 12 of 40; 28 stay held for 2 other claims". */
export function outlookInWords({ lifts, stay, others, before, unknown }: Outlook): string {
  const all = lifts.size + stay.size + before.size + unknown.size;
  return [
    `releases ${number(lifts.size)} of ${number(all)}`,
    ...(stay.size === 0 ? [] : [`${stays(stay.size)} held for ${claims(others.length)}`]),
    ...(before.size === 0
      ? []
      : [`${stays(before.size)} held because ${they(before.size)} held before this hold came`]),
    ...(unknown.size === 0
      ? []
      : [`${stays(unknown.size)} held because it is unknown whether ${they(unknown.size)} held before`]),
  ].join('; ');
}

/** What a release is going to do, for a plan. */
export function tellRelease(
  diagnostics: Diagnostics,
  register: SharedRegister,
  what: string,
  outlook: Outlook,
  whole: boolean,
): void {
  const { others, unknown, stay } = outlook;
  const told = others
    .slice(0, TOLD)
    .map(({ claim, count: many }) => `  ${register.nameOf(claim)}: ${conversations(many)}`);
  diagnostics.warn(
    'Conversations will be released',
    [
      `${what} ${outlookInWords(outlook)}.`,
      ...told,
      ...(others.length > told.length ? [`  and ${number(others.length - told.length)} more claims`] : []),
      ...(whole && stay.size > 0
        ? [
            'The compliance API releases a hold as a whole. The other claims have holds of their own; what they miss afterwards is held for them again.',
          ]
        : []),
      ...(unknown.size > 0
        ? [
            'Version 0.1.0 kept no record of what was held before. When every hold of 0.1.0 has been applied with this version, set all_holds_adopted = true in the provider block: then these are released too.',
          ]
        : []),
      ...(register.releaseNote === undefined ? [] : [register.releaseNote]),
    ].join('\n'),
  );
}

/** What a release has done, where it did not let go of everything. */
export function tellReleased(
  diagnostics: Diagnostics,
  register: SharedRegister,
  hold: Named,
  { lifted, kept, before, unknown }: Released,
): void {
  const stayed = [
    ...(kept.size === 0 ? [] : [`${stays(kept.size)} held for other claims`]),
    ...(before.size === 0
      ? []
      : [`${stays(before.size)} held because ${they(before.size)} held before this hold came`]),
    ...(unknown.size === 0
      ? []
      : [`${stays(unknown.size)} held because it is unknown whether ${they(unknown.size)} held before`]),
  ];
  const note = register.releaseNote;
  if (stayed.length === 0 && note === undefined) return;
  diagnostics.warn(
    'Conversations were released',
    [
      `${holdNamed(hold)} released ${number(lifted)}${stayed.length === 0 ? '' : `; ${stayed.join('; ')}`}.`,
      ...(note === undefined ? [] : [note]),
    ].join('\n'),
  );
}

function stays(amount: number): string {
  return `${number(amount)} ${amount === 1 ? 'stays' : 'stay'}`;
}

function they(amount: number): string {
  return amount === 1 ? 'it was' : 'they were';
}

function claims(amount: number): string {
  return `${number(amount)} other ${amount === 1 ? 'claim' : 'claims'}`;
}
