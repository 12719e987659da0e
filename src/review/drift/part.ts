/**
 * Which resources have a part in recordings. The others are Terraform's business, not that of exports and holds: a run
 * counts them in a line, so that a finding about a hold does not drown among tags of web servers.
 */

import { type PlanJson, isManaged, priorResources, type Values } from '../../plan';
import { EXPORT, OBJECT_HOLD } from '../../words';

/** Of Genesys Cloud: exports, holds, and what they go through or are deleted by. */
const GENESYS = /^genesyscloud_(recording|compliance|integration|oauth)/;
/** Of AWS: where recordings lie, who may reach them, and what they are encrypted with. */
const STORAGE = /^aws_(s3|s3control|iam|kms)_/;

/** Accounts that Genesys Cloud assumes roles from; the second one is FedRAMP (us-east-2). Source: its help pages. */
const GENESYS_ACCOUNT = /765628985471|325654371633/;
const BUCKET_ARN = /arn:aws[\w-]*:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/g;
/** A statement on everything reaches recordings as well. */
const EVERYTHING = /"Resource"\s*:\s*(?:"\*"|\[[^\][]*"\*")|arn:aws[\w-]*:s3:::\*/;

interface Row {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
}

/** A resource to be judged, as it was and as it is. */
export interface Judged {
  readonly type: string;
  readonly before: Values;
  readonly after: Values;
}

/** Answers whether resources of a plan have a part in recordings. */
export class Parts {
  /** Buckets that recordings are in; empty: the plan names none, so that any bucket may be one. */
  private readonly buckets: ReadonlySet<string>;
  /** False: nothing in the plan shows where recordings are, so that any storage may be theirs. */
  private readonly knows: boolean;
  /** Roles that recordings are written, tagged or held with. */
  private readonly roles: ReadonlySet<string>;

  constructor(plan: PlanJson) {
    const rows = rowsOf(plan);
    const exporters = rows.filter(
      ({ type, values }) => type === 'aws_iam_role' && GENESYS_ACCOUNT.test(text(values['assume_role_policy'])),
    );
    const names = new Set(exporters.map(({ values }) => values['name']).filter(isText));
    const written = rows
      .filter(({ type, values }) => type === 'aws_iam_role_policy' && names.has(text(values['role'])))
      .flatMap(({ values }) => [...text(values['policy']).matchAll(BUCKET_ARN)].map(([, name]) => name));
    const inline = exporters.flatMap(({ values }) =>
      [...text(JSON.stringify(values['inline_policy'] ?? null)).matchAll(BUCKET_ARN)].map(([, name]) => name),
    );
    this.buckets = new Set([...rows.flatMap(bucketsOf), ...written, ...inline].filter(isText));
    this.knows = this.buckets.size > 0 || exporters.length > 0;
    this.roles = new Set(
      rows
        .filter(({ type, values }) => type.startsWith('aws_iam_role_polic') && this.reaches(values))
        .map(({ values }) => values['role'])
        .concat([...names])
        .filter(isText),
    );
  }

  /** Whether it has a part, or may have one. */
  has({ type, before, after }: Judged): boolean {
    if (GENESYS.test(type)) return true;
    if (!STORAGE.test(type)) return false;
    if (!this.knows) return true;
    const values = [before, after];
    if (type.startsWith('aws_s3_')) {
      const names = values.flatMap((one) => [one['bucket'], one['id']]).filter(isText);
      return names.length === 0 || this.buckets.size === 0 || names.some((name) => this.buckets.has(name));
    }
    if (type.startsWith('aws_kms_')) return true;
    const roles = values.flatMap((one) => [one['role'], one['name']]).filter(isText);
    return roles.some((role) => this.roles.has(role)) || values.some((one) => this.reaches(one));
  }

  /** Whether a policy among the attributes names a bucket with recordings, Genesys Cloud, or everything. */
  private reaches(values: Values): boolean {
    const said = [
      'policy',
      'assume_role_policy',
      'inline_policy',
      'managed_policy_arns',
      'policy_arn',
      'permissions_boundary',
    ]
      .map((name) => (typeof values[name] === 'string' ? values[name] : JSON.stringify(values[name] ?? null)))
      .join('\n');
    if (GENESYS_ACCOUNT.test(said) || EVERYTHING.test(said) || /:aws:policy\//.test(said)) return true;
    return [...said.matchAll(BUCKET_ARN)].some(([, name]) => name !== undefined && this.buckets.has(name));
  }
}

/** All that a plan shows of managed resources: as they were found, and as they were before. */
function rowsOf(plan: PlanJson): readonly Row[] {
  const state = priorResources(plan)
    .filter(({ mode }) => mode !== 'data')
    .map(({ address, type, values }) => ({ address, type, values: values ?? {} }));
  const changes = [...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])]
    .filter(isManaged)
    .flatMap(({ address, type, change }) =>
      [change.before, change.after].flatMap((values) => (values ? [{ address, type, values }] : [])),
    );
  return [...state, ...changes];
}

function bucketsOf({ type, values }: Row): readonly unknown[] {
  if (type === OBJECT_HOLD) return [values['bucket']];
  if (type !== EXPORT) return [];
  const destination = values['destination'];
  const blocks: readonly unknown[] = Array.isArray(destination) ? destination : [destination];
  return blocks.map((block) => (typeof block === 'object' && block !== null ? (block as Values)['bucket'] : undefined));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
