import type { ChangeJson, Row } from './plan-json';

/** What a plan does to a resource. `forget`: it leaves the state and stays in the world. */
export type PlanAction = 'destroy' | 'replace' | 'forget' | 'update' | 'create' | 'import' | 'move' | 'read' | 'none';

/** Where something in a plan is, precise enough to open it. */
export interface Place {
  readonly address: string;
  readonly attribute?: string;
  readonly constructPath?: string;
  /** File and line. */
  readonly source?: string;
}

/** A resource or data source of a plan, as it will be. */
export interface Element {
  /** As the plan says it. */
  readonly address: string;
  /** Unique over all plans that are looked at together; what facts and findings say. */
  readonly subject: { readonly address: string; readonly constructPath?: string };
  readonly type: string;
  readonly mode: 'resource' | 'data';
  /** Address of the module instance, `''` for the root. */
  readonly module: string;
  /** `type.name`, with `data.` in front of a data source. */
  readonly reference: string;
  /** Instance key as written in an address, `0` or `"eu"`; null without. */
  readonly key: string | null;
  readonly action: PlanAction;
  /** Whether what is there now is left behind instead of destroyed, also when something is created in its place. */
  readonly forgets: boolean;
  readonly previousAddress: string | null;
  readonly before: Row | null;
  /** Null when it will not be there, or not be looked after. */
  readonly after: Row | null;
  readonly afterUnknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
  /** File and line, when somebody told. */
  readonly source: string | undefined;
}

/** The place of an element, or of one of its attributes. */
export function originOf({ subject, source }: Element, attribute?: string): Place {
  // Made for every argument that is read, so without spreading one object after the other.
  const origin: { -readonly [K in keyof Place]: Place[K] } = { address: subject.address };
  if (subject.constructPath !== undefined) origin.constructPath = subject.constructPath;
  if (attribute !== undefined) origin.attribute = attribute;
  if (source !== undefined) origin.source = source;
  return origin;
}

/** What Terraform's list of actions means, together with moves and imports. */
export function actionOf(change: ChangeJson, previousAddress: string | undefined): PlanAction {
  const actions = change.actions;
  const has = (action: string) => actions.includes(action);
  if (has('create') && (has('delete') || has('forget'))) return 'replace';
  if (has('delete')) return 'destroy';
  // "forget" is what both Terraform and OpenTofu say for a removed block with destroy = false.
  if (has('forget') || has('remove')) return 'forget';
  if (has('update')) return 'update';
  if (has('create')) return 'create';
  if (has('read')) return 'read';
  if (change.importing !== undefined && change.importing !== null) return 'import';
  return previousAddress === undefined ? 'none' : 'move';
}
