/** States and plans as `terraform show -json` writes them, from what resources of a test keep. */
import { isUnknown } from '../../src/framework';
import type { PlanJson } from '../../src/plan';
import type { Value } from '../../src/plugin';
import type { Obj } from '../framework/support/driver';
import type { Planned } from './resource';

/** A state. */
export function stateJson(resources: ReadonlyMap<string, Obj>): string {
  return JSON.stringify({ format_version: '1.0', values: valuesOf(resources) });
}

/** A plan: what a refresh has changed, and what an apply would. */
export function planJson(
  planned: ReadonlyMap<string, Planned>,
  resources: ReadonlyMap<string, Obj>,
  now: number,
): PlanJson {
  const rows = [...planned];
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    timestamp: new Date(now).toISOString(),
    complete: true,
    resource_drift: rows.flatMap(([address, { before, refreshed }]) =>
      before === null || JSON.stringify(before) === JSON.stringify(refreshed)
        ? []
        : [rowOf(address, [refreshed === null ? 'delete' : 'update'], before, refreshed)],
    ),
    resource_changes: rows.map(([address, { changes, refreshed, planned: after }]) =>
      rowOf(address, [!changes ? 'no-op' : refreshed === null ? 'create' : 'update'], refreshed, after),
    ),
    prior_state: { format_version: '1.0', values: valuesOf(resources) },
    configuration: { root_module: {} },
  } as unknown as PlanJson;
}

function valuesOf(resources: ReadonlyMap<string, Obj>): object {
  const rows = [...resources].map(([address, values]) => ({ ...named(address), values }));
  return { root_module: { resources: rows } };
}

function rowOf(address: string, actions: readonly string[], before: Obj | null, after: Obj | null): object {
  return {
    ...named(address),
    change: {
      actions,
      before,
      after: known(after),
      after_unknown: unknowns(after),
      before_sensitive: {},
      after_sensitive: {},
    },
  };
}

function named(address: string): object {
  const [type, name] = address.split('.');
  return { address, mode: 'managed', type, name, provider_name: 'terraform.local/genesyscloud/compliance' };
}

/** Without what is not known yet. */
function known(values: Obj | null): object | null {
  if (values === null) return null;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !hasUnknown(value)));
}

function unknowns(values: Obj | null): object {
  return Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([name, value]) => (hasUnknown(value) ? [[name, true]] : [])),
  );
}

function hasUnknown(value: Value): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => hasUnknown(one as Value));
}
