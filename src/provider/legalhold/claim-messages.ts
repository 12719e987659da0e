/** What is said about the register and the claims of others. */
import type { Diagnostics, StateOf } from '../../framework';
import type { Outlook, Released } from '../../register';
import { sharesInWords, whatStays } from '../claims';
import type { SharedRegister } from '../register';
import { conversations, holdNamed } from './computed';
import type { LegalHoldSchema } from './schema';
import { number } from '../../words';

type Named = Pick<StateOf<LegalHoldSchema>, 'name'> & { readonly id?: string | null };

/** Other claims that are named one by one. */
const TOLD = 5;

/** "releases 12 of 40; 28 stay held for 2 other claims". */
export function outlookInWords({ lifts, stay, others, before, unknown }: Outlook): string {
  return sharesInWords({
    lifts: lifts.size,
    stay: stay.size,
    claims: others.length,
    before: before.size,
    unknown: unknown.size,
  });
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
  const stayed = whatStays({ stay: kept.size, before: before.size, unknown: unknown.size });
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
