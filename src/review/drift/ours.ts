/**
 * Exports and holds of a plan: what is not whole now, whether Terraform knew it or not. Judged by how a resource stands,
 * not by what differs: a gap that an earlier run wrote into the state differs from nothing, and is as open as before.
 */

import { type PlanJson, isManaged, priorResources, type ResourceChange, type Values } from '../../plan';
import { standingOf, STANDING_TYPES, type Standing } from '../standing';
import { withoutSecrets } from '../differences';

/** One export or hold as a plan shows it. */
export interface Ours {
  readonly address: string;
  readonly type: string;
  readonly standing: Standing;
  /** Its state as the look found it, without secrets. */
  readonly values: Values;
  /** How it stood when Terraform last wrote its state; undefined where the look found no difference. */
  readonly before: Standing | undefined;
  /** What the look found against the state; undefined: nothing. */
  readonly drift: ResourceChange | undefined;
}

/** The exports and holds that exist, or existed; those that were deleted outside of Terraform are left out. */
export function oursIn(plan: PlanJson): readonly Ours[] {
  const drifts = byAddress(plan.resource_drift);
  const seen = new Map<string, { readonly type: string; readonly values: Values; readonly tainted: boolean }>();
  for (const { address, mode, type, values, sensitive_values: marks, ...rest } of priorResources(plan)) {
    if (mode === 'data' || !STANDING_TYPES.has(type)) continue;
    seen.set(address, { type, values: withoutSecrets(values, marks), tainted: isTainted(rest) });
  }
  for (const [address, { type, change }] of drifts) {
    if (seen.has(address) || !STANDING_TYPES.has(type)) continue;
    seen.set(address, { type, values: withoutSecrets(change.after, change.after_sensitive), tainted: false });
  }
  for (const [address, { type, change }] of byAddress(plan.resource_changes)) {
    const isThere = change.before !== null && change.before !== undefined;
    if (seen.has(address) || !STANDING_TYPES.has(type) || !isThere) continue;
    seen.set(address, { type, values: withoutSecrets(change.before, change.before_sensitive), tainted: false });
  }
  return [...seen].flatMap(([address, { type, values, tainted }]) => {
    const drift = drifts.get(address);
    if (drift?.change.actions.includes('delete') === true) return [];
    const was = drift && withoutSecrets(drift.change.before, drift.change.before_sensitive);
    const standing = standingOf({ address, type, values, tainted, ...(was === undefined ? {} : { before: was }) });
    if (standing === undefined) return [];
    return [{ address, type, standing, values, before: was && standingOf({ address, type, values: was }), drift }];
  });
}

/** A resource that the configuration asks for and that does not exist: neither applied, nor deleted outside of Terraform. */
export function notApplied(plan: PlanJson): readonly ResourceChange[] {
  const drifts = byAddress(plan.resource_drift);
  return [...byAddress(plan.resource_changes).values()].filter(
    ({ address, type, change }) =>
      STANDING_TYPES.has(type) &&
      change.actions.length === 1 &&
      change.actions[0] === 'create' &&
      drifts.get(address)?.change.actions.includes('delete') !== true,
  );
}

function byAddress(changes: readonly ResourceChange[] | undefined): ReadonlyMap<string, ResourceChange> {
  return new Map((changes ?? []).filter(isManaged).map((change) => [change.address, change]));
}

/** Terraform marks it in prior state; the form of the JSON in other rooms has no place for it. */
function isTainted(resource: object): boolean {
  return 'tainted' in resource && resource.tainted === true;
}
