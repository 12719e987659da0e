import type { Loss } from '../../facts';
import { originOf, type Element } from '../../plan';
import { isMarked, markOf, rows, type Row } from '../../plan';
import type { PlanView } from '../../plan';

/** One way in which a lifecycle rule deletes: what, where, and when. */
interface Deletion {
  readonly what: 'expiration' | 'noncurrent_version_expiration';
  readonly where: string;
  readonly by: 'days' | 'date';
  /** Age in days, or milliseconds since 1970; null while it is not known. */
  readonly when: number | null;
}

const DELETIONS = ['expiration', 'noncurrent_version_expiration'] as const;

/**
 * The key goes that objects of a bucket with recordings are encrypted with: without it nobody reads them again. A key that
 * is forgotten stays in the world.
 */
function lossesOfKey({ action, forgets, before, after }: Element): readonly Loss[] {
  if (action === 'destroy' || (action === 'replace' && !forgets)) return [{ kind: 'key-lost', by: action }];
  const isSwitchedOff = before?.['is_enabled'] !== false && after?.['is_enabled'] === false;
  return action === 'update' && isSwitchedOff ? [{ kind: 'key-lost', by: 'disable' }] : [];
}

/** A lifecycle rule of a bucket with recordings that deletes what it did not delete, or sooner. */
function lossesOfLifecycle(element: Element): readonly Loss[] {
  const { action, before, after, afterUnknown } = element;
  if (after === null || !['create', 'update', 'replace'].includes(action)) return [];
  const origin = originOf(element, 'rule');
  if (markOf(afterUnknown, 'rule') === true) {
    return [{ kind: 'objects-expire', days: { known: false, why: 'is only known after the apply', origin } }];
  }
  const former = deletionsOf(before);
  const sooner = deletionsOf(after).filter(
    ({ what, where, by, when }) =>
      !former.some(
        (one) =>
          one.what === what && one.where === where && one.by === by && (one.when ?? Infinity) <= (when ?? -Infinity),
      ),
  );
  if (sooner.length === 0) return [];
  const days = sooner.flatMap(({ by, when }) => (when === null ? [] : [by === 'date' ? 0 : when]));
  return [
    {
      kind: 'objects-expire',
      days:
        days.length > 0
          ? { known: true, value: Math.min(...days), origin }
          : { known: false, why: 'is only known after the apply', origin },
    },
  ];
}

function deletionsOf(row: Row | null): readonly Deletion[] {
  return rows(row?.['rule'])
    .filter(({ status }) => status === 'Enabled')
    .flatMap((rule) =>
      DELETIONS.flatMap((what) =>
        rows(rule[what])
          .filter((one) => one['expired_object_delete_marker'] !== true)
          .map((one) => ({ what, where: whereOf(rule), ...whenOf(one) })),
      ),
    );
}

function whenOf(row: Row): Pick<Deletion, 'by' | 'when'> {
  const { date } = row;
  if (typeof date === 'string' && !Number.isNaN(Date.parse(date))) return { by: 'date', when: Date.parse(date) };
  const days = row['days'] ?? row['noncurrent_days'];
  return { by: 'days', when: typeof days === 'number' && days > 0 ? days : null };
}

/** What a rule is about, without the empty fields that a provider fills in. */
function whereOf(rule: Row): string {
  const full = (_: string, value: unknown): unknown =>
    value === '' || value === 0 || value === null || (Array.isArray(value) && value.length === 0) ? undefined : value;
  return JSON.stringify({ prefix: rule['prefix'], ...rows(rule['filter'])[0] }, full);
}

/**
 * Finds, in one plan after the other, resources around buckets with recordings of which something is given up, with what.
 * `names`: of those buckets, in whichever of the plans they are.
 */
export function storageLossesAround(
  views: readonly PlanView[],
  names: ReadonlySet<unknown>,
): (view: PlanView) => readonly (readonly [Element, readonly Loss[]])[] {
  const isOfRecordings = ({ before, after }: Element): boolean =>
    names.has(before?.['bucket']) || names.has(after?.['bucket']);
  // Read as it is now: what is encrypted already stays encrypted with that key.
  const keyIds = new Set<unknown>(
    views
      .flatMap((one) => one.ofType('aws_s3_bucket_server_side_encryption_configuration'))
      .filter((element) => isOfRecordings(element) && !isMarked(markOf(element.beforeSensitive, 'rule')))
      .flatMap(({ before }) => rows(before?.['rule']))
      .flatMap((rule) => rows(rule['apply_server_side_encryption_by_default']))
      .flatMap(({ kms_master_key_id: id }) => (typeof id === 'string' && id !== '' ? [id] : [])),
  );
  const isNew = new Set<unknown>(
    views
      .flatMap((one) => one.ofType('aws_s3_bucket'))
      .filter(({ action }) => action === 'create')
      .map(({ after }) => after?.['bucket']),
  );
  return (view) =>
    [
      ...view
        .ofType('aws_kms_key')
        .filter(({ before }) => keyIds.has(before?.['arn']) || keyIds.has(before?.['key_id']))
        .map((key) => [key, lossesOfKey(key)] as const),
      ...view
        .ofType('aws_s3_bucket_lifecycle_configuration')
        .filter((one) => isOfRecordings(one) && !isNew.has(one.after?.['bucket']))
        .map((one) => [one, lossesOfLifecycle(one)] as const),
    ].filter(([, losses]) => losses.length > 0);
}
