/** The refusals: a hold is never released as a side effect. */
import { DiagnosticError, isUnknown, type Diagnostics, type Unknown } from '../framework';

/** What a hold that somebody wants to destroy or replace says about itself. */
export interface Held {
  /** Begins the title: "Legal hold". */
  readonly kind: string;
  /** Begins the sentence: `The hold "Acme v. Example" (hold-1)`. */
  readonly named: string;
  /** What it holds: "conversations". */
  readonly things: string;
  /** How many: "2 conversations". */
  readonly counted: string;
}

/** The refusal to destroy. */
export function refuseDestroy({ kind, named, things, counted }: Held): DiagnosticError {
  return new DiagnosticError(
    `${kind} would be released`,
    `${named} over ${counted} would be released by destroying it, and release_on_destroy is false. Nothing was changed.\n` +
      'To release it, set release_on_destroy = true and release_reason, apply, and then destroy. ' +
      `To stop managing it and leave the ${things} held, run "terraform state rm" with its address, or use a "removed" block with destroy = false. ` +
      'If it was only renamed or moved, add a "moved" block instead.',
    ['release_on_destroy'],
  );
}

/** The refusal to replace, for -replace and for a tainted hold. */
export function refuseReplace({ kind, named, things, counted }: Held): DiagnosticError {
  return new DiagnosticError(
    `${kind} would be released and made again`,
    `${named} over ${counted} would be released by replacing it, and release_on_destroy is false in its state. Nothing was changed.\n` +
      `Replacing is never needed: released ${things} are held again by an ordinary apply. Plan without -replace, or run "terraform untaint" with its address. ` +
      'To release it all the same, set release_on_destroy = true and release_reason, and apply first.',
    ['release_on_destroy'],
  );
}

/** Consent to a release, as configuration, plan or state has it. */
export interface Consent {
  readonly release_on_destroy: boolean | null | Unknown;
  readonly release_reason: string | null | Unknown;
}

/** For validating and planning: consent without a reason is refused before it can be applied. */
export function checkConsent({ release_on_destroy: consent, release_reason: reason }: Consent, to: Diagnostics): void {
  if (isUnknown(consent) || isUnknown(reason) || consent !== true || reason !== null) return;
  to.error(
    'A release needs a reason',
    'release_on_destroy is true, and release_reason is not set. Write down why the hold may be released, e.g. release_reason = "Acme v. Example was settled on 2026-11-20": it stays in the record of the hold.',
    ['release_reason'],
  );
}

/** The refusal to release a hold whose state has the consent and no reason. */
export function refuseWithoutReason({ kind, named, counted }: Held): DiagnosticError {
  return new DiagnosticError(
    `${kind} would be released without a reason`,
    `${named} over ${counted} may be released according to release_on_destroy, and no release_reason was applied with it. Nothing was changed.\n` +
      'Set release_reason to why it may be released, apply, and then destroy.',
    ['release_reason'],
  );
}
