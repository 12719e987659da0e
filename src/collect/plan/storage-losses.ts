import { evaluateAnywhere, levelOf, type PolicySource } from '../../iam';
import type { Known, LifecycleRuleFact, Loss } from '../../facts';
import { OBJECT_HOLD } from '../../words';
import { lifecycleBlocks, lifecycleRules } from '../lifecycle';
import { lossesOfRetention } from './retention-losses';
import { originOf, type Element } from '../../plan';
import { isMarked, markOf, rows, type Row } from '../../plan';
import type { PlanView } from '../../plan';

/** What a lifecycle rule does to recordings. */
interface Expiry {
  readonly where: string;
  /** Days until they are gone or hidden; 0: at a date. */
  readonly days: number;
  /** Milliseconds since 1970 of a date; null: it goes by age. */
  readonly at: number | null;
  readonly hides: boolean;
}

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
function lossesOfLifecycle(element: Element, { prefixes, versioned }: Recordings): readonly Loss[] {
  const { action, before, after, afterUnknown, type } = element;
  if (after === null || !['create', 'update', 'replace'].includes(action)) return [];
  const isBlock = type === 'aws_s3_bucket';
  const argument = isBlock ? 'lifecycle_rule' : 'rule';
  const origin = originOf(element, argument);
  if (markOf(afterUnknown, argument) === true) {
    if (isBlock) return [];
    return [{ kind: 'objects-expire', days: { known: false, why: 'is only known after the apply', origin } }];
  }
  const read = (row: Row | null): readonly Expiry[] =>
    expiries((isBlock ? lifecycleBlocks : lifecycleRules)(row?.[argument]), prefixes, versioned);
  const former = read(before);
  const sooner = read(after).filter(
    (one) =>
      !former.some(
        ({ where, days, at, hides }) =>
          where === one.where && isNoLater(at, one.at) && days <= one.days && (one.hides || !hides),
      ),
  );
  const open = openRules(isBlock ? after['lifecycle_rule'] : after['rule']);
  if (sooner.length === 0) {
    if (!open) return [];
    return [{ kind: 'objects-expire', days: { known: false, why: 'is only known after the apply', origin } }];
  }
  const gone = sooner.filter(({ hides }) => !hides);
  const told = gone.length > 0 ? gone : sooner;
  const days: Known<number> = { known: true, value: Math.min(...told.map((one) => one.days)), origin };
  return [{ kind: 'objects-expire', days, ...(gone.length > 0 ? {} : { hides: true as const }) }];
}

/** Whether a rule that is on has an expiration whose age only the apply will tell. */
function openRules(given: unknown): boolean {
  return rows(given)
    .filter(({ status, enabled }) => status === 'Enabled' || enabled === true)
    .flatMap((rule) => rows(rule['expiration']))
    .some((one) => one['expired_object_delete_marker'] !== true && !(Number(one['days']) > 0) && !one['date']);
}

/** What the rules do to recordings under these prefixes. In a versioned bucket an expired object is hidden first. */
function expiries(
  rules: readonly LifecycleRuleFact[],
  prefixes: ReadonlySet<string>,
  versioned: boolean,
): readonly Expiry[] {
  const about = rules.filter(({ prefix }) =>
    [...prefixes].some((one) => one.startsWith(prefix) || prefix.startsWith(one)),
  );
  return about.flatMap(({ currentAfter, prefix, isPartial }): readonly Expiry[] => {
    if (currentAfter === null) return [];
    const [days, at] = typeof currentAfter === 'number' ? [currentAfter, null] : [0, Date.parse(currentAfter.date)];
    const later = about
      .filter((other) => other.prefix.startsWith(prefix) || prefix.startsWith(other.prefix))
      .flatMap(({ noncurrentAfter }) => (noncurrentAfter === null ? [] : [noncurrentAfter]));
    const hides = versioned && later.length === 0;
    const total = versioned && later.length > 0 && at === null ? days + Math.min(...later) : days;
    return [{ where: `${prefix} ${isPartial}`, days: total, at, hides }];
  });
}

const isNoLater = (former: number | null, next: number | null): boolean =>
  former === null || next === null ? former === next : former <= next;

/** Versioning that was on and is not any more. */
function lossesOfVersioning({ action, before, after }: Element): readonly Loss[] {
  const isOn = (row: Row | null): boolean => rows(row?.['versioning_configuration'])[0]?.['status'] === 'Enabled';
  return action !== 'forget' && isOn(before) && !isOn(after) ? [{ kind: 'versioning-off' }] : [];
}

/** What the bucket's own blocks and arguments give up. */
function lossesOfBlocks(element: Element, recordings: Recordings): readonly Loss[] {
  const { action, before, after, afterUnknown } = element;
  if (action !== 'update' || after === null) return [];
  const isOn = (row: Row | null): boolean => rows(row?.['versioning'])[0]?.['enabled'] === true;
  const isVersioning = isOn(before) && !isOn(after) && !isMarked(markOf(afterUnknown, 'versioning'));
  const isForced = before?.['force_destroy'] !== true && after['force_destroy'] === true;
  return [
    ...(isVersioning ? [{ kind: 'versioning-off' } as const] : []),
    ...lossesOfLifecycle(element, recordings),
    ...lossesOfRetention(element, recordings.isHeld),
    ...(isForced ? [{ kind: 'force-destroy' } as const] : []),
  ];
}

const ACCESS_SETTINGS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

function lossesOfAccessBlock({ action, before, after, afterUnknown }: Element): readonly Loss[] {
  if (action === 'forget') return [];
  const off = ACCESS_SETTINGS.filter(
    (name) => before?.[name] === true && after?.[name] !== true && !isMarked(markOf(afterUnknown, name)),
  );
  return off.length === 0 ? [] : [{ kind: 'public-access', settings: after === null ? [] : off }];
}

/** What protects recordings from being deleted, or their protection from being lifted. */
const PROTECTED = [
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
  's3:BypassGovernanceRetention',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
  's3:PutLifecycleConfiguration',
  's3:PutBucketVersioning',
  's3:PutBucketObjectLockConfiguration',
];

/** Denials of a bucket policy that nobody meets any more. */
function lossesOfPolicy({ action, before, after, afterUnknown }: Element): readonly Loss[] {
  if (!['update', 'replace', 'destroy'].includes(action)) return [];
  const [was, is] = [before?.['policy'], after?.['policy']];
  if (typeof was !== 'string' || isMarked(markOf(afterUnknown, 'policy'))) return [];
  const bucket = before?.['bucket'];
  const actions = PROTECTED.filter(
    (action) => denies(was, action, bucket) && !(typeof is === 'string' && denies(is, action, bucket)),
  );
  return actions.length === 0 ? [] : [{ kind: 'denials-removed', actions }];
}

/** Whether a policy keeps at least somebody from doing this: what nobody is known of is asked, so conditions leave it open. */
function denies(document: string, action: string, bucket: unknown): boolean {
  const arn = `arn:aws:s3:::${String(bucket)}`;
  const source: PolicySource = { name: 'bucket policy', kind: 'bucket', document };
  const answer = evaluateAnywhere([EVERYTHING, source], {
    action,
    resource: { every: levelOf(action) === 'bucket' ? arn : `${arn}/*` },
    caller: { kind: 'account', account: '000000000000' },
    // A statement that asks for TLS keeps nobody out.
    context: { values: { 'aws:SecureTransport': 'true' }, others: 'unknown' },
    accounts: 'same',
    ignorePartition: true,
  });
  return answer.decision !== 'Allowed';
}

const EVERYTHING: PolicySource = {
  name: 'everything',
  kind: 'identity',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};

/** Where recordings are in a bucket, and whether it keeps versions. */
interface Recordings {
  readonly prefixes: ReadonlySet<string>;
  readonly versioned: boolean;
  /** Whether an object hold locks what is in it. */
  readonly isHeld: boolean;
}

/**
 * Finds, in one plan after the other, resources around buckets with recordings of which something is given up, with what.
 * `names`: of those buckets, in whichever of the plans they are.
 */
export function storageLossesAround(
  views: readonly PlanView[],
  names: ReadonlyMap<unknown, ReadonlySet<string>>,
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
  // What goes with its bucket is told with that.
  const goes = new Set<unknown>(
    views
      .flatMap((one) => one.ofType('aws_s3_bucket'))
      .filter(({ action }) => action === 'destroy' || action === 'replace')
      .map(({ before }) => before?.['bucket']),
  );
  const isNew = new Set<unknown>(
    views
      .flatMap((one) => one.ofType('aws_s3_bucket'))
      .filter(({ action }) => action === 'create')
      .map(({ after }) => after?.['bucket']),
  );
  const settings = (view: PlanView, type: string): readonly Element[] =>
    view
      .ofType(type)
      .filter(
        (one) => isOfRecordings(one) && !isNew.has(one.after?.['bucket']) && !goes.has(one.before?.['bucket'] ?? null),
      );
  const versioned = versionedBuckets(views);
  const held = heldBuckets(views);
  const recordingsOf = ({ before, after }: Element): Recordings => {
    const name: unknown = after?.['bucket'] ?? before?.['bucket'];
    return { prefixes: names.get(name) ?? new Set(['']), versioned: versioned.has(name), isHeld: held.has(name) };
  };
  return (view) =>
    [
      ...view
        .ofType('aws_kms_key')
        .filter(({ before }) => keyIds.has(before?.['arn']) || keyIds.has(before?.['key_id']))
        .map((key) => [key, lossesOfKey(key)] as const),
      ...settings(view, 'aws_s3_bucket_lifecycle_configuration').map(
        (one) => [one, lossesOfLifecycle(one, recordingsOf(one))] as const,
      ),
      ...settings(view, 'aws_s3_bucket_object_lock_configuration').map(
        (one) => [one, lossesOfRetention(one, recordingsOf(one).isHeld)] as const,
      ),
      ...settings(view, 'aws_s3_bucket_versioning').map((one) => [one, lossesOfVersioning(one)] as const),
      ...settings(view, 'aws_s3_bucket_public_access_block').map((one) => [one, lossesOfAccessBlock(one)] as const),
      ...settings(view, 'aws_s3_bucket_policy').map((one) => [one, lossesOfPolicy(one)] as const),
      ...settings(view, 'aws_s3_bucket').map((one) => [one, lossesOfBlocks(one, recordingsOf(one))] as const),
    ].filter(([, losses]) => losses.length > 0);
}

/** Names of buckets in which an object hold locks versions, as they will be. */
function heldBuckets(views: readonly PlanView[]): ReadonlySet<unknown> {
  const holds = views.flatMap((view) => view.ofType(OBJECT_HOLD));
  return new Set(
    holds.flatMap(({ after }): readonly unknown[] =>
      after === null || after['object_lock_legal_hold'] === false ? [] : [after['bucket']],
    ),
  );
}

/** Names of buckets that keep versions as they are now. */
function versionedBuckets(views: readonly PlanView[]): ReadonlySet<unknown> {
  return new Set(
    views.flatMap((view) => [
      ...view
        .ofType('aws_s3_bucket_versioning')
        .filter(
          ({ before, after }) => rows((after ?? before)?.['versioning_configuration'])[0]?.['status'] === 'Enabled',
        )
        .map(({ before, after }): unknown => (after ?? before)?.['bucket']),
      ...view
        .ofType('aws_s3_bucket')
        .filter(({ before, after }) => rows((after ?? before)?.['versioning'])[0]?.['enabled'] === true)
        .map(({ before, after }): unknown => (after ?? before)?.['bucket']),
    ]),
  );
}
