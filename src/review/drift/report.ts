/** Puts a run together: what was seen of each target becomes one report, for the renderers that a review has too. */
import { actionOf, type PlanJson } from '../../facts';
import { LEVELS, type Action, type Item, type ReviewReport, type Target } from '../report';
import { isAboutDrift, type Settings, type SettingsIgnore } from '../settings';
import { compareWithBaseline, keyOf, NO_BASELINE, type Baseline, type BaselineEntry } from './baseline';
import { explain } from './explain';
import { DRIFT_RULES, type DriftRule } from './drift-rules';
import { divide } from './ignores';
import { driftItem, isFinding, noiseItem, pendingItem, resolvedItem } from './items';
import type { Look } from './look';
import { observe } from './observe';
import { priorResources } from './plan-json';
import { counted } from '../../words';

export interface DriftSettings extends Partial<Settings> {
  /** Today, `2026-11-23`: given by the caller, so that a report does not change by itself. */
  readonly today: string;
  /** @default everything is new */
  readonly baseline?: Baseline;
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
  const items: Item[] = [];
  for (const look of looks) {
    if (look.plan === null) continue;
    const { drifts, pending, noise } = observe(look.plan);
    for (const drift of drifts) {
      const { rule } = explain(drift);
      if (rules[rule]?.severity === 'off') continue;
      const { counts, ignored } = divide(drift, { rule, target: look.target, today }, ignores);
      if (counts !== undefined) items.push(driftItem(counts, look, rules));
      for (const { drift: part, ignore } of ignored) {
        used.add(ignore);
        const item = driftItem(part, look, rules);
        // What is left of the drift has the same rule and address, and needs an id of its own.
        const id = counts === undefined ? item.id : `${item.id} ${ignore.attribute ?? ''}`.trim();
        items.push({ ...item, id, ignored: { reason: ignore.reason, until: ignore.until } });
      }
    }
    items.push(...pending.map((one) => pendingItem(one, look)), ...noise.map((one) => noiseItem(one, look)));
  }
  const targets = looks.map(targetOf);
  const lookedAt = new Set(targets.filter(({ state }) => state === 'complete').map(({ name }) => name));
  const findings = items.filter(isFinding);
  const found = findings.map(({ id, target, headline, ignored }) => ({
    ...{ id, target, headline },
    ...(ignored === undefined ? {} : { ignored: true as const }),
  }));
  const isOff = ({ id }: BaselineEntry): boolean => rules[id.split(' ')[0] as DriftRule]?.severity === 'off';
  const compared = compareWithBaseline(baseline, found, (entry) => lookedAt.has(entry.target) && !isOff(entry), today);
  const dated = items.map((item) => {
    const firstSeen = isFinding(item) ? compared.firstSeen.get(keyOf(item)) : undefined;
    return firstSeen === undefined ? item : { ...item, firstSeen };
  });
  const open = findings.filter(({ ignored }) => ignored === undefined);
  const fresh = new Set(open.map(keyOf).filter((key) => compared.fresh.has(key)));
  const news = { fresh: fresh.size, known: open.length - fresh.size, resolved: compared.resolved.length };
  const report: ReviewReport = {
    kind: 'drift',
    title: titleOf(open, targets, news, settings.baseline !== undefined),
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

function titleOf(
  open: readonly Item[],
  targets: readonly Target[],
  { fresh, known, resolved }: DriftOutcome['news'],
  compared: boolean,
): string {
  const errors = open.filter(({ level }) => level === 'error').length;
  const warnings = open.filter(({ level }) => level === 'warn').length;
  const others = open.length - errors - warnings;
  const unseen = targets.filter(({ state }) => state !== 'complete').length;
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(others > 0 ? [`${others} that cannot be told`] : []),
  ];
  const where = counted(targets.length, 'stack');
  const look = unseen === 0 ? '' : `; ${unseen} of them could not be looked at in full`;
  const news =
    compared && open.length + resolved > 0 ? ` (${fresh} new or changed, ${known} known, ${resolved} settled)` : '';
  return `Drift: ${parts.length === 0 ? 'none found' : parts.join(', ')} in ${where}${look}${news}`;
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
