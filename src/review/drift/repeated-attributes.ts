/**
 * Attributes of hashicorp/aws that only repeat what another resource manages: `aws_s3_bucket.policy` is what
 * `aws_s3_bucket_policy` writes. They change right after the first apply, and would be told twice ever after. Where no
 * other resource manages it, such a change is drift that nothing else shows: somebody put a policy on the bucket.
 */
import { sameValue } from '../differences';
import type { ResourceChange, StateResource, Values } from '../../plan';

/** `managed`: told by the resource that manages it. `unmanaged`: nobody else tells. */
export type Repetition = 'managed' | 'unmanaged';

/** Attribute of aws_s3_bucket to the type that manages it. */
const OF_BUCKET: Readonly<Record<string, string>> = {
  policy: 'aws_s3_bucket_policy',
  versioning: 'aws_s3_bucket_versioning',
  server_side_encryption_configuration: 'aws_s3_bucket_server_side_encryption_configuration',
  lifecycle_rule: 'aws_s3_bucket_lifecycle_configuration',
  object_lock_configuration: 'aws_s3_bucket_object_lock_configuration',
  logging: 'aws_s3_bucket_logging',
  replication_configuration: 'aws_s3_bucket_replication_configuration',
  cors_rule: 'aws_s3_bucket_cors_configuration',
  website: 'aws_s3_bucket_website_configuration',
  acl: 'aws_s3_bucket_acl',
  grant: 'aws_s3_bucket_acl',
  acceleration_status: 'aws_s3_bucket_accelerate_configuration',
  request_payer: 'aws_s3_bucket_request_payment_configuration',
};

/** The mirrors among a resource's attributes; `prior` is all that the state holds. */
export function repeatedAttributes(
  prior: readonly StateResource[],
  { type, change }: ResourceChange,
): ReadonlyMap<string, Repetition> {
  const [before, after] = [change.before ?? {}, change.after ?? {}];
  if (type === 'aws_s3_bucket') return repeatedByBucket(prior, after);
  if (type === 'aws_iam_role') return repeatedByRole(prior, before, after);
  return new Map();
}

function repeatedByBucket(prior: readonly StateResource[], bucket: Values): ReadonlyMap<string, Repetition> {
  const managed = new Set(siblings(prior, 'bucket', bucket['bucket'] ?? bucket['id']).map(({ type }) => type));
  return new Map(
    Object.entries(OF_BUCKET).map(([attribute, type]) => [attribute, managed.has(type) ? 'managed' : 'unmanaged']),
  );
}

/** Only policies that no resource of this state attached count: the others tell about themselves. */
function repeatedByRole(
  prior: readonly StateResource[],
  before: Values,
  after: Values,
): ReadonlyMap<string, Repetition> {
  const own = siblings(prior, 'role', after['name'] ?? after['id']);
  const names = new Set(own.filter(({ type }) => type === 'aws_iam_role_policy').map(({ values }) => values?.['name']));
  const arns = new Set(
    own.filter(({ type }) => type === 'aws_iam_role_policy_attachment').map(({ values }) => values?.['policy_arn']),
  );
  const foreignInline = (role: Values): unknown =>
    listOf(role['inline_policy']).filter((policy) => !names.has((policy as Values)['name']));
  const foreignArns = (role: Values): unknown => listOf(role['managed_policy_arns']).filter((arn) => !arns.has(arn));
  const judge = (foreign: (role: Values) => unknown): Repetition =>
    sameValue(foreign(before), foreign(after)) ? 'managed' : 'unmanaged';
  return new Map([
    ['inline_policy', judge(foreignInline)],
    ['managed_policy_arns', judge(foreignArns)],
  ]);
}

function siblings(prior: readonly StateResource[], attribute: string, name: unknown): readonly StateResource[] {
  if (typeof name !== 'string') return [];
  const indexes = INDEXES.get(prior) ?? new Map<string, Index>();
  INDEXES.set(prior, indexes);
  const index = indexes.get(attribute) ?? indexOf(prior, attribute);
  indexes.set(attribute, index);
  return index.get(name) ?? [];
}

type Index = ReadonlyMap<unknown, readonly StateResource[]>;

/** Of each state, its managed resources by the value of an attribute: it is asked for each bucket and role that drifted. */
const INDEXES = new WeakMap<readonly StateResource[], Map<string, Index>>();

function indexOf(prior: readonly StateResource[], attribute: string): Index {
  const index = new Map<unknown, StateResource[]>();
  for (const resource of prior) {
    if (resource.mode === 'data') continue;
    const value = resource.values?.[attribute];
    const known = index.get(value);
    if (known === undefined) index.set(value, [resource]);
    else known.push(resource);
  }
  return index;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
