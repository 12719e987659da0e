import type { Known } from '../facts';

/**
 * What several resources say of one setting of a bucket: Terraform gives them no order, so where they differ, the one that is
 * applied last decides, and which that is is unknown. Undefined where none says anything.
 */
export function agreed<T>(said: readonly Known<T>[]): Known<T> | undefined {
  const unseen = said.find(({ known }) => !known);
  const [first, ...others] = said;
  if (unseen !== undefined || first === undefined) return unseen;
  const valueOf = (one: Known<T>): string => JSON.stringify(one.known ? one.value : null);
  if (others.every((other) => valueOf(other) === valueOf(first))) return first;
  const names = said.map(({ origin }) => origin.address).join(' and ');
  return { known: false, why: `is set by ${names}, which differ; the one applied last decides`, origin: first.origin };
}
