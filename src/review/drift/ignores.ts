/** Decisions to live with a drift for a while. They stay visible, and end by themselves. */
import type { SettingsIgnore } from '../settings';
import { isObserved } from '../resources/argument-changes';
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
  const holding = holdingFor(drift.address, { rule, target, today }, ignores);
  const whole = holding.find(({ attribute }) => attribute === undefined);
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

/**
 * The ignore of a finding about an export or a hold. Attributes that come from looking say the same thing: whoever names
 * one of them, held_count or missing_count, means the finding.
 */
export function ignoreOf(
  { address, type }: { readonly address: string; readonly type: string },
  sighting: Sighting,
  ignores: readonly SettingsIgnore[],
): SettingsIgnore | undefined {
  return holdingFor(address, sighting, ignores).find(
    ({ attribute }) => attribute === undefined || isObserved(type, attribute),
  );
}

function holdingFor(
  address: string,
  { rule, target, today }: Sighting,
  ignores: readonly SettingsIgnore[],
): readonly SettingsIgnore[] {
  return ignores.filter(
    (one) =>
      one.address === address && (one.rule ?? rule) === rule && (one.target ?? target) === target && today <= one.until,
  );
}
