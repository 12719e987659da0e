/** Puts a run together: what was seen of each target becomes one report, for the renderers that a review has too. */
import type { Origin } from '../../rules';
import { LEVELS, type Action, type Item, type ReviewReport, type Target } from '../report';
import { compareWithBaseline, keyOf, NO_BASELINE, type Baseline, type BaselineEntry } from './baseline';
import { explain } from './explain';
import { divide, type DriftIgnore } from './ignores';
import type { Look } from './look';
import { observe, type Drift, type Noise, type Pending } from './observe';
import { priorResources, withoutIndexes, type PlanJson } from './plan-json';
import { counted, enumerated, evidenceOf } from './told';

export interface DriftSettings {
  /** Today, `2026-11-23`: given by the caller, so that a report does not change by itself. */
  readonly today: string;
  /** @default nothing is ignored */
  readonly ignores?: readonly DriftIgnore[];
  /** @default everything is new */
  readonly baseline?: Baseline;
}

export interface DriftOutcome {
  readonly report: ReviewReport;
  /** How the findings stand to the baseline. Ignored ones are not counted. */
  readonly news: { readonly fresh: number; readonly known: number; readonly resolved: number };
  /** Ids with targets of those that are new, by {@link keyOf}. */
  readonly fresh: ReadonlySet<string>;
  /** The baseline for the next run. */
  readonly next: Baseline;
}

const HELP = 'docs/drift.md';

/** Builds the report. Pure. */
export function buildDriftReport(looks: readonly Look[], settings: DriftSettings): DriftOutcome {
  const { today, ignores = [], baseline = NO_BASELINE } = settings;
  const used = new Set<DriftIgnore>();
  const items: Item[] = [];
  for (const look of looks) {
    if (look.plan === null) continue;
    const { drifts, pending, noise } = observe(look.plan);
    for (const drift of drifts) {
      const { counts, ignored } = divide(drift, look.target, ignores, today);
      if (counts !== undefined) items.push(driftItem(counts, look));
      for (const { drift: part, ignore } of ignored) {
        used.add(ignore);
        const item = driftItem(part, look);
        const id = ignore.attribute === undefined ? item.id : `${item.id} ${ignore.attribute}`;
        items.push({ ...item, id, ignored: { reason: ignore.reason, until: ignore.until } });
      }
    }
    items.push(...pending.map((one) => pendingItem(one, look)), ...noise.map((one) => noiseItem(one, look)));
  }
  const targets = looks.map(targetOf);
  const lookedAt = new Set(targets.filter(({ state }) => state === 'complete').map(({ name }) => name));
  const findings = items.filter(isFinding);
  const compared = compareWithBaseline(baseline, findings, lookedAt, today);
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
    off: [],
    stale: ignores
      .filter((ignore) => !used.has(ignore))
      .map((ignore) => ({ ignore: { rule: 'drift/*', ...ignore }, why: whyStale(ignore, today) })),
  };
  return { report, news, fresh, next: compared.next };
}

/** Whether an item says that something is not as it was left: neither a change to come, nor noise, nor a thing put right. */
export function isFinding({ category, level }: Item): boolean {
  return category === 'drift' && level !== 'pass' && level !== 'note';
}

function driftItem(drift: Drift, look: Look): Item {
  const told = explain(drift);
  return {
    id: [told.rule, drift.address].join(' '),
    rule: told.rule,
    level: told.level,
    severity: told.level === 'error' ? 'error' : 'warn',
    category: 'drift',
    target: look.target,
    place: placeIn(look, drift.address, told.attribute),
    headline: told.headline,
    text: told.text,
    evidence: evidenceOf(drift),
    remedy: told.remedy,
    help: HELP,
  };
}

function pendingItem({ address, actions, attributes, previousAddress }: Pending, look: Look): Item {
  const what = actionOf(actions, previousAddress !== undefined);
  return {
    id: `drift/pending ${address}`,
    rule: 'drift/pending',
    level: 'note',
    severity: 'warn',
    category: 'pending',
    target: look.target,
    place: placeIn(look, address),
    headline: `${address} is configured and not applied yet: ${what}${attributes.length === 0 ? '' : ` (${enumerated(attributes)})`}`,
    text: 'The configuration asks for it, so this is no drift. Review the plan, then apply it.',
    evidence: [],
    remedy: '',
    help: HELP,
  };
}

function noiseItem({ address, attributes, why }: Noise, look: Look): Item {
  return {
    id: `drift/computed ${address}${attributes.length === 0 ? '' : ` ${attributes.join(',')}`}`,
    rule: 'drift/computed',
    level: 'note',
    severity: 'warn',
    category: 'noise',
    target: look.target,
    place: placeIn(look, address, attributes.length === 1 ? attributes[0] : undefined),
    headline: `${address} reads differently, and that is no drift${attributes.length === 0 ? '' : `: ${enumerated(attributes)}`}`,
    text: `It does not count, because ${why}.`,
    evidence: [],
    remedy: '',
    help: HELP,
  };
}

function resolvedItem({ id, target, firstSeen, headline }: BaselineEntry): Item {
  const [rule = 'drift/changed', ...address] = id.split(' ');
  return {
    id,
    rule,
    level: 'pass',
    severity: 'warn',
    category: 'drift',
    target,
    place: { address: address.join(' ') },
    headline: `Settled: ${headline}`,
    text: `It was found first on ${firstSeen}, and is not there any more.`,
    evidence: [],
    remedy: '',
    help: HELP,
    firstSeen,
  };
}

function placeIn(look: Look, address: string, attribute?: string): Origin {
  const constructPath = look.constructPaths.get(withoutIndexes(address));
  return {
    address,
    ...(attribute === undefined ? {} : { attribute }),
    ...(constructPath === undefined ? {} : { constructPath }),
  };
}

function targetOf({ target, plan, problems }: Look): Target {
  const counts: Partial<Record<Action, number>> = {};
  for (const { mode, change, previous_address: moved } of plan?.resource_changes ?? []) {
    if (mode !== 'managed') continue;
    const action = actionOf(change.actions, moved !== undefined);
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
  return all.some(({ mode, type }) => mode === 'managed' && type.startsWith('genesyscloud_'));
}

/** Terraform's list of actions as one word. */
function actionOf(actions: readonly string[], moved: boolean): Action {
  if (actions.includes('delete')) return actions.includes('create') ? 'replace' : 'destroy';
  if (actions.includes('forget')) return 'forget';
  if (actions.includes('create')) return 'create';
  if (actions.includes('update')) return 'update';
  if (actions.includes('read')) return 'read';
  return moved ? 'move' : 'none';
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
  const news = compared && open.length + resolved > 0 ? ` (${fresh} new, ${known} known, ${resolved} settled)` : '';
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

function whyStale({ until }: DriftIgnore, today: string): string {
  return today > until ? `it held until ${until}` : 'it matches no drift';
}
