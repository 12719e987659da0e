/**
 * Tells apart what a plan shows. Never reads an exit code: a plan that exits 0 can hold drift (a computed attribute that
 * changed), and one that exits 2 none (a change of configuration).
 */

import { differencesOf, isUnknown, sameValue, withoutSecrets, type Difference } from '../differences';
import { isObserved } from '../resources/argument-changes';
import { repeatedAttributes } from './repeated-attributes';
import { goneTogether } from './gone-together';
import { STANDING_TYPES } from '../standing';
import {
  actionOf,
  Configuration,
  type PlanAction,
  type PlanJson,
  isManaged,
  priorResources,
  type ResourceChange,
  type StateResource,
} from '../../plan';

/** A resource that is not as Terraform left it. */
export interface Drift {
  readonly kind: 'changed' | 'deleted';
  readonly address: string;
  readonly type: string;
  /** Sensitive attributes are left out, here and in `after`. */
  readonly before: Readonly<Record<string, unknown>>;
  /** Empty for a deleted one. */
  readonly after: Readonly<Record<string, unknown>>;
  /** Attributes that count; empty for a deleted one. */
  readonly differences: readonly Difference[];
  /** Addresses of what went with a deleted one. */
  readonly parts?: readonly string[];
}

/** A resource whose configuration is not applied yet. */
export interface Pending {
  readonly address: string;
  readonly type: string;
  readonly action: PlanAction;
  readonly attributes: readonly string[];
}

/** Attributes that moved by themselves, and why they do not count. */
export interface Noise {
  readonly address: string;
  readonly type: string;
  readonly attributes: readonly string[];
  readonly why: string;
}

export interface Observation {
  readonly drifts: readonly Drift[];
  readonly pending: readonly Pending[];
  readonly noise: readonly Noise[];
}

/**
 * Sorts what a plan shows into drift, pending change and noise. Pure. `open` are addresses of exports and holds that are not
 * whole: what the plan does about them is their repair, and no change to come.
 */
export function observe(plan: PlanJson, open: ReadonlySet<string> = new Set()): Observation {
  const changes = new Map(
    (plan.resource_changes ?? []).filter(isManaged).map((change) => [change.address, change] as const),
  );
  const seen = (plan.resource_drift ?? []).filter(isManaged).filter(({ change }) => !isNoOp(change.actions));
  const seenIn: Context = {
    configuration: new Configuration(plan),
    prior: priorResources(plan),
    errored: plan.errored === true,
  };
  const drifts: Drift[] = [];
  const noise: Noise[] = [];
  for (const resource of seen) {
    const sorted = sortDrift(seenIn, resource, changes.get(resource.address));
    drifts.push(...sorted.drifts);
    noise.push(...sorted.noise);
  }
  const drifted = new Map(seen.map((resource) => [resource.address, resource]));
  const pending = [...changes.values()].flatMap((change) =>
    pendingIn(change, drifted.get(change.address), open.has(change.address)),
  );
  return { drifts: goneTogether(drifts), pending, noise };
}

/** What a plan says about all of its resources. */
interface Context {
  readonly configuration: Configuration;
  readonly prior: readonly StateResource[];
  readonly errored: boolean;
}

function sortDrift(
  { configuration, prior, errored }: Context,
  resource: ResourceChange,
  planned: ResourceChange | undefined,
): { readonly drifts: readonly Drift[]; readonly noise: readonly Noise[] } {
  const { address, type, change } = resource;
  const before = withoutSecrets(change.before, change.before_sensitive);
  if (change.actions.includes('delete')) {
    return { drifts: [{ kind: 'deleted', address, type, before, after: {}, differences: [] }], noise: [] };
  }
  const all = differencesOf(change);
  const given = configuration.resource(resource.module_address ?? '', `${type}.${resource.name}`);
  const configured = given && new Set(Object.keys(given.expressions ?? {}));
  const mirrors = repeatedAttributes(prior, resource);
  const counts = (difference: Difference): boolean => {
    const mirror = mirrors.get(difference.attribute);
    if (mirror !== undefined) return mirror === 'unmanaged';
    // How exports and holds stand is judged as a whole, not attribute by attribute.
    if (isObserved(type, difference.attribute)) return false;
    if (STANDING_TYPES.has(type) && configured?.has(difference.attribute) === false) return false;
    // An errored plan may have stopped before it came to repair this: what is configured is then taken for drift.
    if (errored && planned === undefined) return configured?.has(difference.attribute) !== false;
    return isRepaired(planned, difference);
  };
  const differences = all.filter(counts);
  const quiet = all.filter((difference) => !counts(difference) && !isObserved(type, difference.attribute));
  const after = withoutSecrets(change.after, change.after_sensitive);
  return {
    drifts: differences.length === 0 ? [] : [{ kind: 'changed', address, type, before, after, differences }],
    noise: [
      ...noiseOf(resource, quiet, (one) => mirrors.has(one.attribute), 'another resource of this state manages it'),
      ...noiseOf(
        resource,
        quiet,
        (one) => !mirrors.has(one.attribute) && configured?.has(one.attribute) === true,
        'Terraform does not plan to change it back: ignore_changes says so, or the provider takes both for the same',
      ),
      ...noiseOf(
        resource,
        quiet,
        (one) => !mirrors.has(one.attribute) && configured?.has(one.attribute) !== true,
        'the provider computes it, and no configuration asks for another value',
      ),
      ...(all.length === 0
        ? [{ address, type, attributes: [], why: 'before and after mean the same, they are only written differently' }]
        : []),
    ],
  };
}

/** Whether the plan changes the attribute again. */
function isRepaired(planned: ResourceChange | undefined, { attribute }: Difference): boolean {
  if (planned === undefined || isNoOp(planned.change.actions)) return false;
  const { before, after, after_unknown: unknown } = planned.change;
  return isUnknown(unknown, attribute) || !sameValue(before?.[attribute], after?.[attribute]);
}

function noiseOf(
  { address, type }: ResourceChange,
  quiet: readonly Difference[],
  take: (difference: Difference) => boolean,
  why: string,
): readonly Noise[] {
  const attributes = quiet.filter(take).map(({ attribute }) => attribute);
  return attributes.length === 0 ? [] : [{ address, type, attributes, why }];
}

/** What is left of a planned change when the repair of drift is taken out. */
function pendingIn(resource: ResourceChange, drift: ResourceChange | undefined, isOpen: boolean): readonly Pending[] {
  const { address, type, change, previous_address: previousAddress } = resource;
  const { actions } = change;
  const action = actionOf(change, previousAddress);
  const one = (attributes: readonly string[]): readonly Pending[] => [{ address, type, action, attributes }];
  if (isNoOp(actions)) return previousAddress === undefined && change.importing === undefined ? [] : one([]);
  const deleted = drift?.change.actions.includes('delete') === true;
  const creates = actions.length === 1 && actions[0] === 'create';
  if (deleted) return creates ? [] : one([]);
  // That nothing is held yet is a finding of its own.
  if (creates && STANDING_TYPES.has(type)) return [];
  const attributes = differencesOf(change)
    .map(({ attribute }) => attribute)
    .filter((attribute) => !isObserved(type, attribute) && !restores(change.after?.[attribute], drift, attribute));
  if (!actions.includes('update')) return one([]);
  return (drift !== undefined || isOpen) && attributes.length === 0 ? [] : one(attributes);
}

/** Whether a planned value is the one from before the drift. */
function restores(planned: unknown, drift: ResourceChange | undefined, attribute: string): boolean {
  if (drift === undefined) return false;
  const { before, after } = drift.change;
  return !sameValue(before?.[attribute], after?.[attribute]) && sameValue(planned, before?.[attribute]);
}

function isNoOp(actions: readonly string[]): boolean {
  return actions.every((action) => action === 'no-op' || action === 'read');
}
