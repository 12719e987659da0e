/** Decisions to live with a drift for a while. They stay visible, and end by themselves. */
import type { SettingsIgnore } from '../settings';
import { isOneFact } from './meaning';
import type { Drift } from './observe';
import type { DriftRule } from './drift-rules';

/** A drift, divided: what counts, and what is ignored by which decision. */
export interface Divided {
  readonly counts: Drift | undefined;
  readonly ignored: readonly { readonly drift: Drift; readonly ignore: SettingsIgnore }[];
}

/** Where and when a drift was seen, and what it is called. */
export interface Sighting {
  readonly rule: DriftRule;
  readonly target: string;
  /** Today, `2026-11-23`. */
  readonly today: string;
}

/** Applies the ignores that hold today to a drift. */
export function divide(drift: Drift, { rule, target, today }: Sighting, ignores: readonly SettingsIgnore[]): Divided {
  const holding = ignores.filter(
    (one) =>
      one.address === drift.address &&
      (one.rule ?? rule) === rule &&
      (one.target ?? target) === target &&
      today <= one.until,
  );
  const names = new Set(drift.differences.map(({ attribute }) => attribute));
  // Of a hold, held_count and missing_count say the same thing: whoever names one of them means it.
  const isWhole = ({ attribute }: SettingsIgnore): boolean =>
    attribute === undefined || (isOneFact(drift.type) && names.has(attribute));
  const whole = holding.find(isWhole);
  if (whole !== undefined) return { counts: undefined, ignored: [{ drift, ignore: whole }] };
  const ignored = holding.flatMap((ignore) => {
    const differences = drift.differences.filter(({ attribute }) => attribute === ignore.attribute);
    return differences.length === 0 ? [] : [{ drift: { ...drift, differences }, ignore }];
  });
  const gone = new Set(ignored.map(({ ignore }) => ignore.attribute));
  const differences = drift.differences.filter(({ attribute }) => !gone.has(attribute));
  const counts = drift.kind === 'deleted' || differences.length > 0 ? { ...drift, differences } : undefined;
  return { counts, ignored };
}
