/** Puts a run together: what was seen of each target becomes one report, for the renderers that a review has too. */

import { LEVELS, type Action, type Item, type ReviewReport, type Target } from '../report';
import { isAboutDrift, type Settings, type SettingsIgnore } from '../settings';
import { compareWithBaseline, keyOf, NO_BASELINE, type Baseline, type BaselineEntry } from './baseline';
import { DRIFT_RULES, type DriftRule } from './drift-rules';
import { isFinding, resolvedItem } from './items';
import { actionOf, type PlanJson, type Look, priorResources } from '../../plan';
import { itemsOf } from './target-items';
import { counted, number } from '../../words';

export interface DriftSettings extends Partial<Settings> {
  /** Today, `2026-11-23`: given by the caller, so that a report does not change by itself. */
  readonly today: string;
  /** @default everything is new */
  readonly baseline?: Baseline;
  /**
   * Whether resources without a part in recordings are listed one by one.
   * @default false: they are counted in one line
   */
  readonly all?: boolean;
}

export interface DriftOutcome {
  readonly report: ReviewReport;
  /** How the findings stand to the baseline: new or changed, known, settled. Ignored ones are not counted. */
  readonly news: { readonly fresh: number; readonly known: number; readonly resolved: number };
  /** Those that are new or changed, by {@link keyOf}. */
  readonly fresh: ReadonlySet<string>;
  /** The baseline for the next run. */
  readonly next: Baseline;
}

/** Builds the report. Pure. */
export function buildDriftReport(looks: readonly Look[], settings: DriftSettings): DriftOutcome {
  const { today, rules = {}, ignores = [], baseline = NO_BASELINE } = settings;
  const used = new Set<SettingsIgnore>();
  const items = looks.flatMap((look) => itemsOf(look, settings, used));
  const targets = looks.map(targetOf);
  const lookedAt = new Set(targets.filter(({ state }) => state === 'complete').map(({ name }) => name));
  const unseen = new Set(
    items.filter(({ category }) => category === 'unseen').map(({ target, place }) => `${target}\n${place.address}`),
  );
  const findings = items.filter(isFinding);
  const found = findings.map(({ id, target, headline, ignored }) => ({
    ...{ id, target, headline },
    ...(ignored === undefined ? {} : { ignored: true as const }),
  }));
  const wasLookedFor = ({ id, target }: BaselineEntry): boolean => {
    const [rule = '', address = ''] = id.split(' ');
    const isOff = rules[rule as DriftRule]?.severity === 'off';
    return lookedAt.has(target) && !isOff && !unseen.has(`${target}\n${address}`);
  };
  const compared = compareWithBaseline(baseline, found, wasLookedFor, today);
  const dated = items.map((item) => {
    const firstSeen = isFinding(item) ? compared.knownSince.get(keyOf(item)) : undefined;
    return firstSeen === undefined ? item : { ...item, firstSeen };
  });
  const open = findings.filter(({ ignored }) => ignored === undefined);
  const fresh = new Set(open.map(keyOf).filter((key) => compared.fresh.has(key)));
  const news = { fresh: fresh.size, known: open.length - fresh.size, resolved: compared.resolved.length };
  const report: ReviewReport = {
    kind: 'drift',
    title: titleOf([...open, ...items.filter(isUnknown)], targets, news, settings.baseline !== undefined),
    targets,
    items: [...dated, ...compared.resolved.map(resolvedItem)].sort(byWeight),
    changes: [],
    permissions: [],
    picture: null,
    work: null,
    off: DRIFT_RULES.flatMap(({ id }) =>
      rules[id]?.severity === 'off' ? [{ rule: id, reason: rules[id].reason }] : [],
    ),
    stale: ignores
      .filter((ignore) => isAboutDrift(ignore) && !used.has(ignore))
      .flatMap((ignore) => {
        const why = whyStale(ignore, today, targets);
        return why === undefined ? [] : [{ ignore: { ...ignore, rule: ignore.rule ?? 'drift/*' }, why }];
      }),
  };
  return { report, news, fresh, next: compared.next };
}

function targetOf({ target, plan, problems }: Look): Target {
  const counts: Partial<Record<Action, number>> = {};
  for (const { mode, change, previous_address: moved } of plan?.resource_changes ?? []) {
    if (mode === 'data') continue;
    const action = actionOf(change, moved);
    counts[action] = (counts[action] ?? 0) + 1;
  }
  return {
    name: target,
    state: plan === null ? 'failed' : problems.length > 0 ? 'partial' : 'complete',
    problems,
    counts,
    concerned: plan !== null && isConcerned(plan),
  };
}

function isConcerned(plan: PlanJson): boolean {
  const all = [...priorResources(plan), ...(plan.resource_changes ?? [])];
  return all.some(({ mode, type }) => mode !== 'data' && type.startsWith('genesyscloud_'));
}

/** What could not be looked at comes first: without it the rest reads as if it were all. */
function titleOf(
  open: readonly Item[],
  targets: readonly Target[],
  { fresh, known, resolved }: DriftOutcome['news'],
  compared: boolean,
): string {
  const count = (...levels: readonly Item['level'][]): number =>
    open.filter(({ level }) => levels.includes(level)).length;
  const unseen = targets.filter(({ state }) => state !== 'complete').length;
  const stacks = counted(targets.length, 'stack');
  const parts = [
    ...(count('error') > 0 ? [counted(count('error'), 'error')] : []),
    ...(count('warn') > 0 ? [counted(count('warn'), 'warning')] : []),
    ...(count('unknown') > 0 ? [`${number(count('unknown'))} unknown`] : []),
  ];
  const said = parts.length === 0 ? 'none found' : parts.join(', ');
  const news =
    compared && open.length + resolved > 0 ? ` (${fresh} new or changed, ${known} known, ${resolved} settled)` : '';
  if (unseen === 0) return `Drift: ${said} in ${stacks}${news}`;
  return `Drift: ${number(unseen)} of ${stacks} could not be looked at in full; ${said} in what was looked at${news}`;
}

function isUnknown({ level, ignored }: Item): boolean {
  return level === 'unknown' && ignored === undefined;
}

function byWeight(a: Item, b: Item): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    Number(a.ignored !== undefined) - Number(b.ignored !== undefined) ||
    compareText(a.target, b.target) ||
    compareText(a.place.address, b.place.address) ||
    compareText(a.id, b.id)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Undefined: it may well match something that this run did not look at. */
function whyStale({ until, target }: SettingsIgnore, today: string, targets: readonly Target[]): string | undefined {
  if (today > until) return `it held until ${until}`;
  const meant = target === undefined ? targets : targets.filter(({ name }) => name === target);
  return meant.length > 0 && meant.every(({ state }) => state === 'complete') ? 'it matches no drift' : undefined;
}
