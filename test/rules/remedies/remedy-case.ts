import type { Facts } from '../../../src/facts';
import type { Finding, RuleId } from '../../../src/rules';

/** A mistake, and somebody who does what its remedy says, to the letter and no more. */
export interface RemedyCase {
  readonly rule: RuleId;
  /** What is wrong, in a few words. */
  readonly mistake: string;
  readonly facts: Facts;
  /** The facts once the remedy was followed. Throws when the remedy does not say what to do. */
  readonly follow: (remedy: string, facts: Facts, finding: Finding) => Facts;
}

/** What a remedy says at this place. Throws when it does not. */
export function said(remedy: string, pattern: RegExp): readonly string[] {
  const found = pattern.exec(remedy);
  if (found === null) throw new Error(`This does not say what to do, which was to be ${pattern}:\n${remedy}`);
  return found.slice(1).map((part) => part ?? '');
}

/** The only fact of a list with something else in it. */
export function changed<T>(facts: readonly T[], change: Partial<T>): readonly T[] {
  return facts.map((fact) => ({ ...fact, ...change }));
}
