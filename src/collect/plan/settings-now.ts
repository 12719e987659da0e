/**
 * Settings of buckets as they are now, before a plan that makes a resource for one: of the resource for the same bucket that the
 * plan destroys, or as the refresh read them in the bucket. Who moves a setting from a block of the bucket into a resource of its
 * own gives nothing up; who makes one may take the place of another. That the old one is destroyed stays a loss: Terraform
 * destroys the one and makes the other in no order, and the destruction may come last.
 */
import { rows, type Element, type PlanView, type Row } from '../../plan';

const BUCKET = 'aws_s3_bucket';

/** Answers for a setting as what it comes to: a change where something is there already. */
export function settingsNow(views: readonly PlanView[]): (setting: Element) => Element {
  const gone = new Map<string, Element>();
  const keyOf = ({ type }: Element, row: Row | null): string => `${type} ${String(row?.['bucket'])}`;
  for (const element of views.flatMap(({ elements }) => elements)) {
    if (!element.type.startsWith(`${BUCKET}_`) || element.mode !== 'resource') continue;
    if (element.action === 'destroy') gone.set(keyOf(element, element.before), element);
  }
  const buckets = new Map<unknown, Row | null>(
    views.flatMap((view) => view.ofType(BUCKET)).map(({ before }) => [before?.['bucket'], before]),
  );
  return (setting) => {
    if (setting.action !== 'create') return setting;
    const former = gone.get(keyOf(setting, setting.after));
    if (former !== undefined) {
      const { before, beforeSensitive } = former;
      return { ...setting, action: 'update', before, beforeSensitive };
    }
    const bucket = buckets.get(setting.after?.['bucket']) ?? null;
    const before = bucket === null ? null : (IN_BUCKET[setting.type]?.(bucket) ?? null);
    return before === null ? setting : { ...setting, action: 'update', before };
  };
}

/** What the bucket itself says of a setting, in the words of the resource for it. */
const IN_BUCKET: Readonly<Record<string, (bucket: Row) => Row>> = {
  aws_s3_bucket_policy: ({ bucket, policy }) => ({ bucket, policy }),
  aws_s3_bucket_versioning: ({ bucket, versioning }) => ({
    bucket,
    versioning_configuration: rows(versioning).map(({ enabled }) => ({ status: enabled === true ? 'Enabled' : '' })),
  }),
  aws_s3_bucket_object_lock_configuration: ({ bucket, object_lock_configuration: lock }) => ({
    bucket,
    rule: rows(lock)[0]?.['rule'],
  }),
  aws_s3_bucket_lifecycle_configuration: ({ bucket, lifecycle_rule: rules }) => ({
    bucket,
    rule: rows(rules).map((rule) => ({
      ...rule,
      status: rule['enabled'] === true ? 'Enabled' : 'Disabled',
      filter: [{ and: [{ prefix: rule['prefix'], tags: rule['tags'] }] }],
      noncurrent_version_expiration: rows(rule['noncurrent_version_expiration']).map(({ days }) => ({
        noncurrent_days: days,
      })),
    })),
  }),
};
