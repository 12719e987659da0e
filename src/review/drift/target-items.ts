/** Items about one target: what is not whole, what was changed, what is still to be applied, what could not be found out. */
import type { Item } from '../report';
import type { SettingsIgnore } from '../settings';
import { warningItems } from '../terraform-log';
import { isWhole } from '../standing';
import { driftWords } from '../resources/registry';
import { divide, ignoreOf, type Sighting } from './ignores';
import { findingItem, noiseItem, pendingItem, placeIn, unrelatedItem, unrelatedWords, type Finding } from './items';
import { type Look, isManaged, type PlanJson, type ResourceChange } from '../../plan';
import { differencesOf } from '../differences';
import { isObserved } from '../resources/argument-changes';
import { movedFindings } from './moved';
import { observe, type Drift } from './observe';
import { notApplied, oursIn, type Ours } from './ours';
import { continuedFinding } from './open-interval';
import { Parts } from './part';
import type { DriftSettings } from './report';
import { notAppliedFinding, shortfallFindings, unknownFinding, grownScopeFinding } from './shortfalls';
import { evidenceOf, type DriftWords } from '../resources/drift-words';

/** The items of a look. Ignores that hold for one of them are noted in `used`. */
export function itemsOf(look: Look, settings: DriftSettings, used: Set<SettingsIgnore>): readonly Item[] {
  const { plan, target } = look;
  if (plan === null) return [];
  const { today, rules = {}, ignores = [], all = false } = settings;
  const sighting = ({ rule }: DriftWords): Sighting => ({ rule, target, today });
  const ours = oursIn(plan);
  const planned = new Map((plan.resource_changes ?? []).filter(isManaged).map((one) => [one.address, one] as const));
  const { drifts, noise, ...observed } = observe(
    plan,
    new Set(ours.filter(({ standing }) => !isWhole(standing)).map(({ address }) => address)),
  );
  const parts = new Parts(plan);
  const related = drifts.filter((drift) => parts.has(drift));
  const isListed = all || rules['drift/unrelated'] !== undefined;
  const others = isListed ? drifts.filter((drift) => !parts.has(drift)) : [];

  const items: Item[] = [];
  for (const finding of ourFindings(plan, ours, planned)) {
    if (rules[finding.words.rule]?.severity === 'off') continue;
    const ignore = ignoreOf(finding, sighting(finding.words), ignores);
    if (ignore !== undefined) used.add(ignore);
    const item = findingItem(finding, look, rules);
    items.push(ignore === undefined ? item : { ...item, ignored: { reason: ignore.reason, until: ignore.until } });
  }
  for (const [drift, wordsOf] of [
    ...related.map((drift) => [drift, driftWords] as const),
    ...others.map((drift) => [drift, unrelatedWords] as const),
  ]) {
    if (rules[wordsOf(drift).rule]?.severity === 'off') continue;
    const { counts, ignored } = divide(drift, sighting(wordsOf(drift)), ignores);
    if (counts !== undefined) items.push(driftItem(counts, wordsOf(counts)));
    for (const { drift: part, ignore } of ignored) {
      used.add(ignore);
      const item = driftItem(part, wordsOf(part));
      // What is left of the drift has the same rule and address, and needs an id of its own.
      const id = counts === undefined ? item.id : `${item.id} ${ignore.attribute ?? ''}`.trim();
      items.push({ ...item, id, ignored: { reason: ignore.reason, until: ignore.until } });
    }
  }
  const hasPart = ({ address, type }: { readonly address: string; readonly type: string }): boolean =>
    parts.has({
      type,
      before: planned.get(address)?.change.before ?? {},
      after: planned.get(address)?.change.after ?? {},
    });
  // What a wider scope adds is a finding of its own.
  const widened = new Set(items.filter(({ id }) => id.endsWith(' scope')).map(({ place }) => place.address));
  const pending = observed.pending.filter(({ address, attributes }) => !widened.has(address) || attributes.length > 1);
  const [shownPending, hiddenPending] = divided(pending, (one) => all || hasPart(one));
  const [shownNoise, hiddenNoise] = divided(noise, (one) => all || hasPart(one));
  items.push(...shownPending.map((one) => pendingItem(one, look)), ...shownNoise.map((one) => noiseItem(one, look)));
  const hidden = [isListed ? [] : drifts.filter((drift) => !parts.has(drift)), hiddenPending, hiddenNoise] as const;
  const addresses = hidden.flat().map(({ address }) => address);
  if (addresses.length > 0) {
    items.push(unrelatedItem([hidden[0].length, hidden[1].length, hidden[2].length], addresses, look));
  }
  items.push(...warningItems(target, look.log, (address) => placeIn(look, address)));
  return items;

  function driftItem(drift: Drift, words: DriftWords): Item {
    return findingItem(
      { words, address: drift.address, type: drift.type, evidence: evidenceOf(drift.address, drift.differences) },
      look,
      rules,
    );
  }
}

/** Those that are taken, and the others. */
function divided<T>(all: readonly T[], take: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  const [taken, others]: [T[], T[]] = [[], []];
  for (const one of all) (take(one) ? taken : others).push(one);
  return [taken, others];
}

/** Findings about exports and holds. */
function ourFindings(
  plan: PlanJson,
  ours: readonly Ours[],
  planned: ReadonlyMap<string, ResourceChange>,
): readonly Finding[] {
  return [
    ...notApplied(plan).map((change): Finding => {
      const { address, type } = change;
      return { words: notAppliedFinding(change), address, type, evidence: [] };
    }),
    ...ours.flatMap((one) => {
      const all = [
        ...shortfallFindings(one),
        ...movedFindings(one),
        ...[
          unknownFinding(one),
          grownScopeFinding(one, planned.get(one.address)) ?? continuedFinding(one, plan),
        ].filter((found) => found !== undefined),
      ];
      const { address, type, drift } = one;
      const evidence =
        drift === undefined
          ? []
          : evidenceOf(
              address,
              differencesOf(drift.change).filter(({ attribute }) => isObserved(type, attribute)),
            );
      return all.map((found): Finding => ({ words: found, address, type, evidence }));
    }),
  ];
}
