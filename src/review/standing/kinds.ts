/**
 * Kinds of shortfall: what can keep an export or a hold from being whole. Gaps are those that the provider names one by one
 * and that `accepted_gaps` can accept; the others follow from the state of the resource as a whole.
 */

/** Kinds of gap, the same words as in `gaps` of the resources; docs/states.md explains each. */
export const GAP_KINDS = [
  'released',
  'lost',
  'failed',
  'late',
  'gone',
  'unprotectable',
  'absent',
  'unregistered',
] as const;

/** One of {@link GAP_KINDS}. */
export type GapKind = (typeof GAP_KINDS)[number];

/**
 * `unfinished` an export that has not ended · `unlocked` object versions without the legal hold · `untagged` without the
 * tags · `unexplained` less is held than is in scope, and nothing says why · `unnamed` a gap of a kind that this version
 * does not know.
 */
export type OtherKind = 'unfinished' | 'unlocked' | 'untagged' | 'unexplained' | 'unnamed';

export type ShortfallKind = GapKind | OtherKind;

/** Kinds in which the conversation or version is not held, or not exported, now. `unregistered` is held. */
export const NOT_HELD: ReadonlySet<ShortfallKind> = new Set<ShortfallKind>(
  GAP_KINDS.filter((kind) => kind !== 'unregistered'),
);

export function isGapKind(word: unknown): word is GapKind {
  return (GAP_KINDS as readonly unknown[]).includes(word);
}
