/** Policies and settings that were changed outside of Terraform, as CloudTrail names them. Pure. */
import type { Question } from '../../attribution';
import type { ResourceChange, Values } from '../../plan';
import { textAt } from '../attributes';

interface Settings {
  readonly questions: readonly Question[];
  readonly resources: readonly string[];
}

/** Settings of a bucket that are a resource of their own: the name in records, and what it is set to where records say that. */
const BUCKET: Readonly<Record<string, readonly [setting: string, now: (after: Values) => unknown]>> = {
  aws_s3_bucket_policy: ['policy', (after) => after['policy']],
  aws_s3_bucket_versioning: ['versioning', (after) => firstOf(after['versioning_configuration'])['status']],
  aws_s3_bucket_object_lock_configuration: ['object-lock', () => undefined],
  aws_s3_bucket_lifecycle_configuration: ['lifecycle', () => undefined],
  aws_s3_bucket_server_side_encryption_configuration: ['encryption', () => undefined],
  aws_s3_bucket_public_access_block: ['public-access-block', () => undefined],
  aws_s3_bucket_ownership_controls: ['ownership', () => undefined],
  aws_s3_bucket_logging: ['logging', () => undefined],
};

/** Undefined for a type whose changes are not looked up. */
export function settingsAsked({ type, change }: ResourceChange): Settings | undefined {
  const before = change.before ?? {};
  const after = change.after ?? null;
  const ask = (
    of: string,
    resources: readonly string[],
    settings: readonly (readonly [string, unknown])[],
  ): Settings => ({
    resources,
    questions: settings.map(([setting, now]) => ({ kind: 'setting-changed', of, setting, now })),
  });
  const bucket = textAt(before, 'bucket');
  const known = Object.hasOwn(BUCKET, type) ? BUCKET[type] : undefined;
  if (known !== undefined) {
    const [setting, now] = known;
    return bucket === undefined
      ? undefined
      : ask(`bucket/${bucket}`, [bucket], [[setting, after === null ? null : now(after)]]);
  }
  switch (type) {
    case 'aws_s3_bucket':
      return bucket !== undefined && after === null
        ? ask(`bucket/${bucket}`, [bucket], [['existence', null]])
        : undefined;
    case 'aws_iam_role':
      return roleAsked(before, after);
    case 'aws_iam_role_policy':
    case 'aws_iam_role_policy_attachment': {
      const role = textAt(before, 'role')?.split('/').at(-1);
      if (role === undefined) return undefined;
      const isInline = type === 'aws_iam_role_policy';
      const setting = isInline
        ? `inline/${textAt(before, 'name') ?? ''}`
        : `attachment/${textAt(before, 'policy_arn') ?? ''}`;
      const now = after === null ? null : isInline ? after['policy'] : true;
      return ask(`role/${role}`, [role], [[setting, now]]);
    }
    case 'aws_iam_policy': {
      const arn = textAt(before, 'arn');
      if (arn === undefined) return undefined;
      return ask(`policy/${arn}`, [arn], [after === null ? ['existence', null] : ['policy', after['policy']]]);
    }
    case 'aws_kms_key':
    case 'aws_kms_key_policy': {
      const key = textAt(before, 'key_id')?.split('/').at(-1);
      if (key === undefined) return undefined;
      const names = [textAt(before, 'arn') ?? key];
      return ask(`key/${key}`, names, [after === null ? ['existence', null] : ['policy', after['policy']]]);
    }
    default:
      return undefined;
  }
}

function roleAsked(before: Values, after: Values | null): Settings | undefined {
  const name = textAt(before, 'name');
  if (name === undefined) return undefined;
  const of = `role/${name}`;
  const arn = textAt(before, 'arn');
  // Some events name a role by its name, others by its ARN.
  const resources = [name, ...(arn === undefined ? [] : [arn])];
  const changed = (attribute: string): boolean => before[attribute] !== after?.[attribute];
  const settings: readonly (readonly [setting: string, now: unknown])[] =
    after === null
      ? [['existence', null]]
      : [
          ...(changed('assume_role_policy') ? [['trust', after['assume_role_policy']] as const] : []),
          ...(changed('permissions_boundary')
            ? [['boundary', textAt(after, 'permissions_boundary') ?? null] as const]
            : []),
        ];
  return {
    resources,
    questions: settings.map(([setting, now]) => ({ kind: 'setting-changed', of, setting, now })),
  };
}

/** The one block of a kind, which a plan has as a list. */
function firstOf(value: unknown): Values {
  const one: unknown = Array.isArray(value) ? (value as unknown[])[0] : value;
  return typeof one === 'object' && one !== null ? (one as Values) : {};
}
