/** Lifecycle rules of a bucket, as the resource of their own writes them and as the deprecated blocks inside a bucket do. */
import type { Known, LifecycleRuleFact } from '../facts';
import { rows, type Row } from '../plan';

/** The rules of `aws_s3_bucket_lifecycle_configuration` that are switched on, or may be. */
export function lifecycleRules(given: unknown): readonly LifecycleRuleFact[] {
  return rows(given).flatMap((rule) => {
    const isOn = whetherOn(rule['status'], 'Enabled');
    if (isOn === false) return [];
    const { noncurrent_days: after, newer_noncurrent_versions: kept } =
      rows(rule['noncurrent_version_expiration'])[0] ?? {};
    return {
      id: textOr(rule['id'], ''),
      ...whereOf(rule),
      currentAfter: currentAfter(rows(rule['expiration'])[0], isOn),
      // Of a recording that expires there is one version: where some are kept, that one stays below its delete marker.
      noncurrentAfter: days(kept) === null ? days(after) : null,
      abortsUploads: isOn === true && rows(rule['abort_incomplete_multipart_upload']).length > 0,
    };
  });
}

/** The rules of the deprecated `lifecycle_rule` blocks that are switched on, or may be. */
export function lifecycleBlocks(given: unknown): readonly LifecycleRuleFact[] {
  return rows(given).flatMap((rule) => {
    const isOn = whetherOn(rule['enabled'], true);
    if (isOn === false) return [];
    return {
      id: textOr(rule['id'], ''),
      prefix: textOr(rule['prefix'], ''),
      ...narrowedBy({ tags: rows(rule['tags'])[0] }),
      currentAfter: currentAfter(rows(rule['expiration'])[0], isOn),
      noncurrentAfter: days(rows(rule['noncurrent_version_expiration'])[0]?.['days']),
      abortsUploads: isOn === true && days(rule['abort_incomplete_multipart_upload_days']) !== null,
    };
  });
}

/** Whether a rule is on; an expression is unknown, as is what a plan leaves out because only the apply will tell. */
function whetherOn(value: unknown, on: unknown): boolean | 'unknown' {
  if (value === on || value === String(on)) return true;
  return typeof value === 'boolean' || (typeof value === 'string' && !value.includes('${')) ? false : 'unknown';
}

const UNKNOWN = { unknown: 'is only known after the apply' } as const;

function currentAfter(expiration: Row | undefined, isOn: true | 'unknown'): LifecycleRuleFact['currentAfter'] {
  if (expiration === undefined) return null;
  const { date, days: after, expired_object_delete_marker: markers } = expiration;
  // Delete markers that hide nothing any more are no recordings.
  if (markers === true && days(after) === null && !isText(date)) return null;
  if (isOn === 'unknown') return UNKNOWN;
  if (isText(date)) return date.includes('${') ? UNKNOWN : { date };
  // Without an age no rule expires anything, so one that a plan does not show is one that the apply will tell.
  return days(after) ?? (markers === true ? null : UNKNOWN);
}

/** What a rule is about: a prefix, which may stand in three places, and perhaps tags or sizes that narrow it further. */
function whereOf(rule: Row): Pick<LifecycleRuleFact, 'prefix' | 'isPartial' | 'only'> {
  const filter = rows(rule['filter'])[0] ?? {};
  const and = rows(filter['and'])[0] ?? {};
  const prefix = [and['prefix'], filter['prefix'], rule['prefix']].find(isText);
  const tag = rows(filter['tag'])[0];
  return {
    prefix: textOr(prefix, ''),
    ...narrowedBy({
      tags: { ...rows(and['tags'])[0], ...(isSet(tag) ? { [String(tag?.['key'])]: tag?.['value'] } : {}) },
      above: [filter, and].map((where) => where['object_size_greater_than']).find(isSet),
      below: [filter, and].map((where) => where['object_size_less_than']).find(isSet),
    }),
  };
}

/** Tags and sizes in one text, so that a rule about other objects is another rule. */
function narrowedBy(given: Readonly<Record<string, unknown>>): Pick<LifecycleRuleFact, 'isPartial' | 'only'> {
  const set = Object.entries(given).flatMap(([name, value]) =>
    isSet(value)
      ? [[name, typeof value === 'object' ? Object.entries(value as Row).sort(([a], [b]) => (a < b ? -1 : 1)) : value]]
      : [],
  );
  return set.length === 0 ? { isPartial: false } : { isPartial: true, only: JSON.stringify(Object.fromEntries(set)) };
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const days = (value: unknown): number | null => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number > 0 ? number : null;
};

const textOr = (value: unknown, absent: string): string => (typeof value === 'string' ? value : absent);

/** The rules of several configurations for one bucket: which of them is applied last is unknown, so each may come to hold. */
export function joinedRules(
  all: readonly Known<readonly LifecycleRuleFact[]>[],
): Known<readonly LifecycleRuleFact[]> | undefined {
  const [first, ...others] = all;
  if (first === undefined || others.length === 0) return first;
  const hidden = all.find(({ known }) => !known);
  if (hidden !== undefined) return hidden;
  const seen = all.flatMap((one) => (one.known ? [one] : []));
  const expiring = seen.find(({ value }) => value.some(({ currentAfter }) => currentAfter !== null));
  return { ...(expiring ?? seen[0]!), value: seen.flatMap(({ value }) => value) };
}
