import type { HoldDependency } from '../../facts';
import type { Target } from '../../plan';
import type { Element } from '../../plan';
import type { PlanView } from '../../plan';

/** Exports that a hold waits for, directly or through other resources, modules, variables and outputs. */
export function exportsBefore(view: PlanView, hold: Element): readonly HoldDependency[] {
  const found: HoldDependency[] = [];
  const note = (start: readonly Target[], via: Pick<HoldDependency, 'via' | 'attribute'>): void => {
    const seen = new Set<string>();
    for (const reached of reachable(view, start)) {
      if (!reached.reference.startsWith('genesyscloud_recording_export_job.')) continue;
      for (const { subject } of view.instances(reached, hold)) {
        if (seen.has(subject.address)) continue;
        seen.add(subject.address);
        found.push({ export: subject.address, ...via });
      }
    }
  };
  const { configuration } = view;
  for (const [attribute, expression] of Object.entries(configuration.expressions(hold.module, hold.reference))) {
    note(configuration.targets(hold.module, expression), { via: 'reference', attribute });
  }
  note(said(view, hold), { via: 'depends_on' });
  return found;
}

/** What `depends_on` of a resource, and of the modules around it, names. */
function said(view: PlanView, { module, reference }: Pick<Target, 'module' | 'reference'>): readonly Target[] {
  const { configuration } = view;
  const own = configuration.resource(module, reference)?.depends_on ?? [];
  return [
    ...own.flatMap((address) => configuration.dependencies(module, address)),
    ...configuration
      .enclosingCalls(module)
      .flatMap(({ module: outside, call }) =>
        (call.depends_on ?? []).flatMap((address) => configuration.dependencies(outside, address)),
      ),
  ];
}

function reachable(view: PlanView, start: readonly Target[]): readonly Target[] {
  const name = ({ module, reference }: Target) => `${module}|${reference}`;
  const seen = new Map(start.map((target) => [name(target), target]));
  // A Map is walked in the order of insertion, entries that are added on the way included.
  for (const target of seen.values()) {
    const { configuration } = view;
    const expressions = Object.values(configuration.expressions(target.module, target.reference));
    const next = [
      ...expressions.flatMap((expression) => configuration.targets(target.module, expression)),
      ...said(view, target),
    ];
    for (const one of next) if (!seen.has(name(one))) seen.set(name(one), one);
  }
  return [...seen.values()];
}
