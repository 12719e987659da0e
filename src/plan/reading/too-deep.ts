/** A part that is nested deeper than whoever reads it can follow. */
export class TooDeep extends Error {
  override readonly name = 'TooDeep';
}

/** Readers walk values by recursion; Terraform's own stay far below. */
export const MOST_LEVELS = 500;
