/** The refusals: a hold is never released as a side effect. */
import { DiagnosticError } from '../../framework';
import { conversations } from './computed';

/** What a hold that somebody wants to destroy or replace says about itself. */
export interface Held {
  readonly name: string | null;
  readonly id?: string | null;
  readonly count: number;
}

/** The refusal to destroy. */
export function refuseDestroy(held: Held): DiagnosticError {
  return new DiagnosticError(
    'Legal hold would be released',
    `${describe(held)} would be released by destroying it, and release_on_destroy is false. Nothing was changed.\n` +
      'To release it, set release_on_destroy = true, apply, and then destroy. ' +
      'To stop managing it and leave the conversations held, run "terraform state rm" with its address, or use a "removed" block with destroy = false. ' +
      'If it was only renamed or moved, add a "moved" block instead.',
    ['release_on_destroy'],
  );
}

/** The refusal to replace, for -replace and for a tainted hold. */
export function refuseReplace(held: Held): DiagnosticError {
  return new DiagnosticError(
    'Legal hold would be released and made again',
    `${describe(held)} would be released by replacing it, and release_on_destroy is false in its state. Nothing was changed.\n` +
      'Replacing is never needed: released conversations are held again by an ordinary apply. Plan without -replace, or run "terraform untaint" with its address. ' +
      'To release it all the same, set release_on_destroy = true and apply first.',
    ['release_on_destroy'],
  );
}

function describe({ name, id, count }: Held): string {
  const named = name === null ? 'The hold' : `The hold "${name}"`;
  return `${named}${id === undefined || id === null ? '' : ` (${id})`} over ${conversations(count)}`;
}
