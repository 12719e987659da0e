/**
 * The part of `terraform show -json <plan>` that tells drift from change. Format 1.x, as Terraform and OpenTofu write it
 * (developer.hashicorp.com/terraform/internals/json-format).
 */

/** Attributes of a resource, as the state holds them. */
export type Values = Readonly<Record<string, unknown>>;

/** What happens, or has happened, to an object. */
export interface ObjectChange {
  readonly actions: readonly string[];
  readonly before: Values | null;
  readonly after: Values | null;
  /** `true`, or the shape of the value with `true` where it is not known yet. */
  readonly after_unknown?: unknown;
  /** `true`, or the shape of the value with `true` where it is sensitive. */
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly importing?: unknown;
}

/** One resource instance. */
export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: string;
  readonly type: string;
  readonly name?: string;
  /** Set for an object that waits to be destroyed after its replacement was made. */
  readonly deposed?: string;
  readonly change: ObjectChange;
}

/** A resource in prior state or among the planned values. */
export interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values?: Values;
}

/** A module with its resources and modules. */
export interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

/** A module as configured. */
export interface ConfigModule {
  readonly resources?: readonly { readonly address: string; readonly expressions?: Values }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ConfigModule }>>;
}

export interface PlanJson {
  readonly format_version: string;
  readonly resource_drift?: readonly ResourceChange[];
  readonly resource_changes?: readonly ResourceChange[];
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  readonly configuration?: { readonly root_module?: ConfigModule };
  /** When it was made, ISO-8601. */
  readonly timestamp?: string;
  /** False when a part was left out, by -target or by deferral. Terraform before 1.8 does not say. */
  readonly complete?: boolean;
  readonly errored?: boolean;
}

/** Why a text is no plan, with what to do. */
export class NotAPlan extends Error {
  override readonly name = 'NotAPlan';
}

/** Reads the JSON of a plan. Throws {@link NotAPlan}. */
export function parsePlan(text: string): PlanJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NotAPlan('This is no JSON. A plan is made readable with: terraform show -json PLANFILE > plan.json');
  }
  const version = (value as { format_version?: unknown } | null)?.format_version;
  if (typeof version !== 'string') {
    throw new NotAPlan('This JSON has no format_version, so "terraform show -json PLANFILE" did not write it.');
  }
  if (!version.startsWith('1.')) {
    throw new NotAPlan(`This plan has format ${version}; 1.x is understood. Update genesyscloud-compliance.`);
  }
  const plan = value as PlanJson;
  if (plan.resource_changes === undefined && plan.configuration === undefined) {
    throw new NotAPlan(
      'This is the JSON of a state. Make a plan with -out=PLANFILE, then: terraform show -json PLANFILE',
    );
  }
  return plan;
}

/** All resources of prior state, modules included: what was seen when the plan was made. */
export function priorResources(plan: PlanJson): readonly StateResource[] {
  return resourcesIn(plan.prior_state?.values?.root_module);
}

/** All resources of a module and of those in it. */
export function resourcesIn(module: StateModule | undefined): readonly StateResource[] {
  if (module === undefined) return [];
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesIn)];
}

/** Names of the attributes that the configuration gives a resource; undefined when it is not configured any more. */
export function configuredAttributes(plan: PlanJson, address: string): ReadonlySet<string> | undefined {
  const parts = withoutIndexes(address).split('.');
  let module = plan.configuration?.root_module;
  while (parts[0] === 'module' && module !== undefined) {
    module = module.module_calls?.[parts[1] ?? '']?.module;
    parts.splice(0, 2);
  }
  const found = module?.resources?.find((resource) => resource.address === parts.join('.'));
  return found && new Set(Object.keys(found.expressions ?? {}));
}

/** An address without the keys of count and for_each: `module.a["x.y"].aws_iam_role.r[0]` is `module.a.aws_iam_role.r`. */
export function withoutIndexes(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '');
}
