/** The refusals: a hold is never released as a side effect. */
import { DiagnosticError } from '../framework';

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
      'To release it, set release_on_destroy = true, apply, and then destroy. ' +
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
      'To release it all the same, set release_on_destroy = true and apply first.',
    ['release_on_destroy'],
  );
}
