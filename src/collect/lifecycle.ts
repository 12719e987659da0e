/** Lifecycle rules of a bucket, as the resource of their own writes them and as the deprecated blocks inside a bucket do. */
import type { LifecycleRuleFact } from '../facts';
import { rows, type Row } from '../plan';

/** The rules of `aws_s3_bucket_lifecycle_configuration` that are switched on. */
export function lifecycleRules(given: unknown): readonly LifecycleRuleFact[] {
  return rows(given)
    .filter(({ status }) => status === 'Enabled')
    .map((rule) => ({
      id: textOr(rule['id'], ''),
      ...whereOf(rule),
      currentAfter: currentAfter(rows(rule['expiration'])[0]),
      noncurrentAfter: days(rows(rule['noncurrent_version_expiration'])[0]?.['noncurrent_days']),
      abortsUploads: rows(rule['abort_incomplete_multipart_upload']).length > 0,
    }));
}

/** The rules of the deprecated `lifecycle_rule` blocks that are switched on. */
export function lifecycleBlocks(given: unknown): readonly LifecycleRuleFact[] {
  return rows(given)
    .filter(({ enabled }) => enabled === true)
    .map((rule) => ({
      id: textOr(rule['id'], ''),
      prefix: textOr(rule['prefix'], ''),
      isPartial: Object.keys(rows(rule['tags'])[0] ?? {}).length > 0,
      currentAfter: currentAfter(rows(rule['expiration'])[0]),
      noncurrentAfter: days(rows(rule['noncurrent_version_expiration'])[0]?.['days']),
      abortsUploads: days(rule['abort_incomplete_multipart_upload_days']) !== null,
    }));
}

function currentAfter(expiration: Row | undefined): LifecycleRuleFact['currentAfter'] {
  if (expiration === undefined) return null;
  const { date } = expiration;
  return typeof date === 'string' && date !== '' ? { date } : days(expiration['days']);
}

/** What a rule is about: a prefix, which may stand in three places, and perhaps tags or sizes that narrow it further. */
function whereOf(rule: Row): Pick<LifecycleRuleFact, 'prefix' | 'isPartial'> {
  const filter = rows(rule['filter'])[0] ?? {};
  const and = rows(filter['and'])[0] ?? {};
  const prefix = [and['prefix'], filter['prefix'], rule['prefix']].find((one) => typeof one === 'string' && one !== '');
  const isSet = (value: unknown): boolean =>
    value !== undefined &&
    value !== null &&
    value !== '' &&
    value !== 0 &&
    !(Array.isArray(value) && value.length === 0) &&
    !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);
  const isPartial = [filter, and].some((where) =>
    ['tag', 'tags', 'object_size_greater_than', 'object_size_less_than'].some((name) => isSet(where[name])),
  );
  return { prefix: textOr(prefix, ''), isPartial };
}

const days = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null);

const textOr = (value: unknown, absent: string): string => (typeof value === 'string' ? value : absent);
