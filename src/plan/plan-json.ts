/**
 * As much of `terraform show -json` as is read here: what reading/plan-parts.ts keeps. Format 1.x, the same for Terraform and OpenTofu; every part may be
 * missing, since an errored plan has only what was planned until then.
 */

/** Attributes of a resource. */
export type Row = Readonly<Record<string, unknown>>;

/** An expression: a constant, what it refers to, or the blocks and objects it is made of. */
export interface ExpressionJson {
  readonly constant_value?: unknown;
  readonly references?: readonly string[];
}

export interface ConfigResourceJson {
  /** Without the module: `aws_iam_role.exporter`, `data.aws_iam_policy_document.trust`. */
  readonly address: string;
  /** Names the provider block: `aws`, `aws.logs`. */
  readonly provider_config_key?: string;
  readonly expressions?: Row;
  readonly depends_on?: readonly string[];
  readonly count_expression?: unknown;
  readonly for_each_expression?: unknown;
}

export interface ConfigModuleJson {
  readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>>;
  readonly resources?: readonly ConfigResourceJson[];
  readonly outputs?: Readonly<
    Record<string, { readonly expression?: unknown; readonly depends_on?: readonly string[] }>
  >;
  readonly module_calls?: Readonly<Record<string, ModuleCallJson>>;
}

export interface ModuleCallJson {
  readonly expressions?: Row;
  readonly depends_on?: readonly string[];
  readonly module?: ConfigModuleJson;
}

export interface ChangeJson {
  readonly actions: readonly string[];
  readonly before?: Row | null;
  readonly after?: Row | null;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly importing?: unknown;
}

export interface ResourceChangeJson {
  readonly address: string;
  readonly module_address?: string;
  readonly mode?: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly previous_address?: string;
  readonly deposed?: string;
  /** Why Terraform does it, `delete_because_no_resource_config`; left out of what a plan of -destroy destroys. */
  readonly action_reason?: string;
  readonly change: ChangeJson;
}

export interface StateModuleJson {
  readonly address?: string;
  readonly resources?: readonly StateResourceJson[];
  readonly child_modules?: readonly StateModuleJson[];
}

export interface StateResourceJson {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values?: Row;
  readonly sensitive_values?: unknown;
  /** Set for an object that waits to be destroyed after its replacement was made. */
  readonly deposed_key?: string;
}

export interface PlanJson {
  readonly format_version: string;
  readonly terraform_version?: string;
  /** When it was planned, RFC 3339. Terraform before 1.5 does not say. */
  readonly timestamp?: string;
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly resource_changes?: readonly ResourceChangeJson[];
  /** What was changed outside of Terraform, as the refresh saw it. */
  readonly resource_drift?: readonly ResourceChangeJson[];
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModuleJson } };
  readonly configuration?: {
    readonly provider_config?: Readonly<
      Record<string, { readonly name?: string; readonly full_name?: string; readonly expressions?: Row }>
    >;
    readonly root_module?: ConfigModuleJson;
  };
  /** False when a part was left out, by -target or by deferral. Terraform before 1.8 does not say. */
  readonly complete?: boolean;
  readonly errored?: boolean;
  /** What waits for something that is not there yet. */
  readonly deferred_changes?: readonly { readonly reason?: string; readonly resource_change: ResourceChangeJson }[];
}

/** Why this is not a plan that can be read, and what to do; null when it is one. */
export function whyNoPlan(value: unknown): string | null {
  if (!isRow(value)) return 'it is not a JSON object. Make it with "terraform show -json PLANFILE"';
  const { format_version: format } = value;
  if (typeof format !== 'string') {
    return 'it has no format_version. "terraform plan -json" prints a log, not the plan: use "terraform plan -out=PLANFILE" and "terraform show -json PLANFILE"';
  }
  if (!format.startsWith('1.')) return formatWord(format, value['terraform_version']);
  // The JSON of an empty state is a format_version and nothing else.
  if (!('resource_changes' in value) && !('configuration' in value)) {
    return 'it is a state, not a plan. Name the plan file: "terraform show -json PLANFILE"';
  }
  const unreadable = ['resource_changes', 'resource_drift'].find((list) => !isReadable(value[list] ?? []));
  return unreadable === undefined ? null : `its ${unreadable} are not as Terraform writes them`;
}

/** Before format 1.0 nothing was promised about the form. Source: Terraform's documentation, "JSON Output Format". */
function formatWord(format: string, version: unknown): string {
  const by = typeof version === 'string' ? `, written by version ${version}` : '';
  return format.startsWith('0.')
    ? `its format is ${format}${by}, and plans can be read from Terraform 1.1 on. Plan again with Terraform 1.1 or later`
    : `its format is ${format}${by}, and this version of genesyscloud-compliance reads 1.x. Install a newer genesyscloud-compliance`;
}

function isReadable(changes: unknown): boolean {
  const isChange = (one: unknown): boolean =>
    isRow(one) && typeof one['address'] === 'string' && isRow(one['change']) && Array.isArray(one['change']['actions']);
  return Array.isArray(changes) && changes.every(isChange);
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Blocks: one object or a list of them. */
export function rows(value: unknown): readonly Row[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isRow);
}

/** Whether a mark of `after_unknown` or `*_sensitive` says true anywhere. */
export function isMarked(mark: unknown): boolean {
  if (mark === true) return true;
  if (typeof mark !== 'object' || mark === null) return false;
  return Object.values(mark).some(isMarked);
}

/** The mark of one attribute. */
export function markOf(mark: unknown, attribute: string): unknown {
  return mark === true ? true : isRow(mark) ? mark[attribute] : undefined;
}
