/** Puts a review together: what plans say becomes one report, for the renderers that a run for drift has too. */

import type { PlansRead } from './plans-read';
import type { Facts } from '../../facts';
import type { PlanLog } from '../../plan';
import { checkRules, type CheckSettings, type Ignore } from '../../rules';
import { tally, type Item, type ReviewReport, type Target } from '../report';
import { checkSettings, NO_SETTINGS, type Settings } from '../settings';
import { counted, number } from '../../words';
import { changesIn } from './changes';
import { relatedIn } from './related';
import { conditionItems } from './conditions';
import { byWeight, itemsOf } from './items';
import { permissionChanges } from '../policies/permission-changes';
import { comparedPolicies } from '../policies/permissions';
import { pictureOf } from './picture';
import { Places } from './places';
import { targetOf, unreadTarget, type UnreadPlan } from './targets';
import { refusalItems, warningItems } from '../terraform-log';
import { workIn } from './work';

export interface ReviewSettings {
  /** Today, `2026-11-23`: given by the caller, so that a report does not change by itself. */
  readonly today: string;
  /** @default every rule has its own severity, and nothing is ignored */
  readonly settings?: Settings;
}

/** Builds the report. Pure. `unread` are plans that should have been looked at and could not be read. */
export function buildReview(
  read: PlansRead,
  { today, settings = NO_SETTINGS }: ReviewSettings,
  unread: readonly UnreadPlan[] = [],
): ReviewReport {
  const { facts, plans } = read;
  const places = new Places(read);
  const related = relatedIn(read);
  const policies = comparedPolicies(related, facts);
  const checked = check(facts, settings, today, places);
  const changes = changesIn(related, facts, policies, checked.findings);
  const items = [
    ...itemsOf(checked.findings, places, today),
    ...plans.flatMap(conditionItems),
    ...plans.flatMap((view) => warningItems(view.name, view.log, (address) => places.placeAt(view, address))),
    ...unread.flatMap(({ name, log }) => (log === undefined ? [] : logItems(name, log))),
  ].sort(byWeight);
  const named = new Set([...related.own, ...related.holders].map(({ view }) => view.name));
  const targets = [...plans.map((view) => targetOf(view, named.has(view.name))), ...unread.map(unreadTarget)];
  const report: ReviewReport = {
    kind: 'review',
    title: '',
    targets,
    items,
    changes,
    permissions: permissionChanges(policies),
    picture: pictureOf(related, facts, changes, plans),
    work: workIn(related, facts),
    off: checked.off,
    stale: checked.stale,
  };
  return { ...report, title: titleOf(report, items, targets) };
}

/** All that is known of a plan that is not there. */
function logItems(name: string, log: PlanLog): readonly Item[] {
  return [...refusalItems(name, log), ...warningItems(name, log, (address) => ({ address }))];
}

type Checked = Pick<ReviewReport, 'off' | 'stale'> & Pick<ReturnType<typeof checkRules>, 'findings'>;

/** Asks the rules. Ignores name addresses as plans have them; facts tell equal ones of several plans apart. */
function check(facts: Facts, settings: Settings, today: string, places: Places): Checked {
  const meant = new Map<Ignore, Settings['ignores'][number]>();
  const base = checkSettings({ ...settings, ignores: [] }, today);
  const ignores = settings.ignores.flatMap((one) =>
    // Without its target, so that none is left out for want of one; which targets it is for is decided by the addresses.
    (checkSettings({ rules: {}, ignores: [withoutTarget(one)] }, today).ignores ?? []).flatMap((ignore) => {
      const subjects = places.subjectsOf(one.address, one.target);
      return (subjects.length > 0 ? subjects : [one.address]).map((address) => {
        const copy = { ...ignore, address: subjects.length > 0 ? address : `${one.target ?? ''}/${one.address}` };
        meant.set(copy, one);
        return copy;
      });
    }),
  );
  const all: CheckSettings = { ...base, ignores };
  const { findings, off, stale } = checkRules(facts, all);
  // An ignore that stands for several addresses is stale when it is so for each of them.
  const used = new Set(
    ignores.filter((one) => !stale.some(({ ignore }) => ignore === one)).map((one) => meant.get(one)),
  );
  const left = new Map(stale.map(({ ignore, why }) => [meant.get(ignore), { ignore, why }]));
  return {
    findings,
    off,
    stale: [...left].flatMap(([given, { ignore, why }]) =>
      given === undefined || used.has(given) ? [] : [{ ignore: { ...ignore, address: given.address }, why }],
    ),
  };
}

function withoutTarget(ignore: Settings['ignores'][number]): Settings['ignores'][number] {
  const { target: _, ...rest } = ignore;
  return rest;
}

function titleOf(report: ReviewReport, items: readonly Item[], targets: readonly Target[]): string {
  const { error, warn, unknown, ignored } = tally({ ...report, items });
  const parts = [
    ...(error > 0 ? [counted(error, 'error')] : []),
    ...(warn > 0 ? [counted(warn, 'warning')] : []),
    ...(unknown > 0 ? [`${number(unknown)} unknown`] : []),
    ...(ignored > 0 ? [`${number(ignored)} ignored`] : []),
  ];
  const unseen = targets.filter(({ state }) => state !== 'complete').length;
  const which = targets.length === 1 ? 'the plan' : `${unseen} of ${targets.length} plans`;
  const look = unseen === 0 ? '' : `; ${which} could not be looked at in full`;
  const clear = unseen === 0 ? 'no problems found' : 'nothing found in what could be looked at';
  return `Plan review: ${parts.length === 0 ? clear : parts.join(', ')}${look}`;
}
