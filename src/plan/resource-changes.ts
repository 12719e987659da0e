/** The parts of a plan that tell drift from change, under short names. */
import type { PlanJson } from './plan-json';

/** One resource instance, and what happens or has happened to it. */
export type ResourceChange = NonNullable<PlanJson['resource_changes']>[number];

export type ObjectChange = ResourceChange['change'];

/** Attributes of a resource, as the state holds them. */
export type Values = Readonly<Record<string, unknown>>;

type StateModule = NonNullable<NonNullable<NonNullable<PlanJson['prior_state']>['values']>['root_module']>;

export type StateResource = NonNullable<StateModule['resources']>[number];

/** All resources of prior state, modules included: what was seen when the plan was made. */
export function priorResources(plan: PlanJson): readonly StateResource[] {
  return resourcesIn(plan.prior_state?.values?.root_module);
}

/** Data sources are read again each time and never drift; a deposed object is on its way out. */
export function isManaged({ mode, deposed }: Pick<ResourceChange, 'mode' | 'deposed'>): boolean {
  return mode !== 'data' && deposed === undefined;
}

function resourcesIn(module: StateModule | undefined): readonly StateResource[] {
  if (module === undefined) return [];
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesIn)];
}
