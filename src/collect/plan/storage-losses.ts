import type { Known, LifecycleRuleFact, Loss } from '../../facts';
import { OBJECT_HOLD } from '../../words';
import { lifecycleBlocks, lifecycleRules } from '../lifecycle';
import { lossesOfPolicy } from './denials';
import { lossesOfRetention } from './retention-losses';
import { KEY_TYPES } from './keys';
import { settingsNow } from './settings-now';
import { originOf, type Element } from '../../plan';
import { isMarked, markOf, rows, type Row } from '../../plan';
import type { PlanView } from '../../plan';

/** What a lifecycle rule does to recordings. */
interface Expiry {
  readonly prefix: string;
  /** Tags and sizes that narrow the rule; undefined: none. */
  readonly only: string | undefined;
  /** Days until they are gone or hidden; 0: at a date. */
  readonly days: number;
  /** Why neither days nor date are known; null: one of them is. */
  readonly unknown: string | null;
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
  const isSwitchedOff = isEnabled(before) && !isEnabled(after);
  return action === 'update' && isSwitchedOff ? [{ kind: 'key-lost', by: 'disable' }] : [];
}

/** Keys of other kinds call it `enabled`. */
const isEnabled = (row: Row | null): boolean => row?.['is_enabled'] !== false && row?.['enabled'] !== false;

/** A lifecycle rule of a bucket with recordings that deletes what it did not delete, or sooner. */
function lossesOfLifecycle(view: PlanView, element: Element, { prefixes, versioned }: Recordings): readonly Loss[] {
  const { action, before, after, afterUnknown, type } = element;
  if (after === null || !['create', 'update', 'replace'].includes(action)) return [];
  const isBlock = type === 'aws_s3_bucket';
  const argument = isBlock ? 'lifecycle_rule' : 'rule';
  const origin = originOf(element, argument);
  if (markOf(afterUnknown, argument) === true) {
    // Computed where it is not given.
    if (isBlock && !isGiven(view, element, argument)) return [];
    return [{ kind: 'objects-expire', days: { known: false, why: 'is only known after the apply', origin } }];
  }
  const read = (row: Row | null): readonly Expiry[] =>
    expiries((isBlock ? lifecycleBlocks : lifecycleRules)(row?.[argument]), prefixes, versioned);
  const former = read(before);
  const isOld = (one: Expiry): boolean => former.some((old) => isAbout(old, one) && isNoLater(old, one));
  const sooner = read(after).filter((one) => !isOld(one));
  if (sooner.length === 0) return [];
  const sure = sooner.filter(({ unknown }) => unknown === null);
  if (sure.length === 0) {
    return [{ kind: 'objects-expire', days: { known: false, why: sooner[0]!.unknown!, origin } }];
  }
  const gone = sure.filter(({ hides }) => !hides);
  const told = gone.length > 0 ? gone : sure;
  const days: Known<number> = { known: true, value: Math.min(...told.map((one) => one.days)), origin };
  return [{ kind: 'objects-expire', days, ...(gone.length > 0 ? {} : { hides: true as const }) }];
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
  return about.flatMap(({ currentAfter, prefix, only }): readonly Expiry[] => {
    if (currentAfter === null) return [];
    const days = typeof currentAfter === 'number' ? currentAfter : 0;
    const at = typeof currentAfter === 'object' && 'date' in currentAfter ? Date.parse(currentAfter.date) : null;
    const unknown = typeof currentAfter === 'object' && 'unknown' in currentAfter ? currentAfter.unknown : null;
    const later = about
      .filter((other) => other.prefix.startsWith(prefix) || prefix.startsWith(other.prefix))
      .flatMap(({ noncurrentAfter }) => (noncurrentAfter === null ? [] : [noncurrentAfter]));
    const hides = versioned && later.length === 0;
    const total = versioned && later.length > 0 && at === null ? days + Math.min(...later) : days;
    return [{ prefix, only, days: total, at, unknown, hides }];
  });
}

/** Whether the one is about everything that the other is about. */
function isAbout(wide: Expiry, narrow: Expiry): boolean {
  return narrow.prefix.startsWith(wide.prefix) && (wide.only === undefined || wide.only === narrow.only);
}

/** Whether the one comes no later than the other, and does no less. */
function isNoLater(former: Expiry, next: Expiry): boolean {
  if (former.unknown !== null || next.unknown !== null) return false;
  const isSooner = former.at === null || next.at === null ? former.at === next.at : former.at <= next.at;
  return isSooner && former.days <= next.days && (next.hides || !former.hides);
}

function isGiven(view: PlanView, { module, reference }: Element, argument: string): boolean {
  return argument in view.configuration.expressions(module, reference);
}

/** Versioning that was on and is not any more, and deletions that took a second factor and do not any more. */
function lossesOfVersioning(view: PlanView, element: Element): readonly Loss[] {
  const { action, before, after, afterUnknown } = element;
  const isBlock = element.type === 'aws_s3_bucket';
  const argument = isBlock ? 'versioning' : 'versioning_configuration';
  const of = (row: Row | null): Row => rows(row?.[argument])[0] ?? {};
  const isOn = (row: Row | null): boolean => of(row)[isBlock ? 'enabled' : 'status'] === (isBlock ? true : 'Enabled');
  const asksMfa = (row: Row | null): boolean => [true, 'Enabled'].some((on) => of(row)['mfa_delete'] === on);
  const isOpen = after !== null && isMarked(markOf(afterUnknown, argument));
  if (action === 'forget' || !isOn(before) || (isBlock && isOpen)) return [];
  if (!isOn(after)) {
    return [{ kind: 'versioning-off', ...(isOpen ? { unknown: view.whyUnknown(element, argument) } : {}) }];
  }
  return asksMfa(before) && !asksMfa(after) && !isOpen ? [{ kind: 'mfa-delete-off' }] : [];
}

/** What the bucket's own blocks and arguments give up. */
function lossesOfBlocks(view: PlanView, element: Element, recordings: Recordings): readonly Loss[] {
  const { action, before, after, afterUnknown } = element;
  if (action === 'create' && after?.['force_destroy'] === true) return [{ kind: 'force-destroy', isNew: true }];
  if (action !== 'update' || after === null) return [];
  const isOpen = isMarked(markOf(afterUnknown, 'force_destroy'));
  const isForced = before?.['force_destroy'] !== true && (after['force_destroy'] === true || isOpen);
  return [
    ...lossesOfVersioning(view, element),
    ...lossesOfLifecycle(view, element, recordings),
    ...lossesOfRetention(view, element, recordings.isHeld),
    ...(isForced
      ? [{ kind: 'force-destroy', ...(isOpen ? { unknown: view.whyUnknown(element, 'force_destroy') } : {}) } as const]
      : []),
    ...(isGiven(view, element, 'policy') ? lossesOfPolicy(view, element) : []),
  ];
}

const ACCESS_SETTINGS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

function lossesOfAccessBlock(view: PlanView, element: Element): readonly Loss[] {
  const { action, before, after, afterUnknown } = element;
  if (action === 'forget') return [];
  const open = (name: string): boolean => isMarked(markOf(afterUnknown, name));
  const off = ACCESS_SETTINGS.filter((name) => before?.[name] === true && after?.[name] !== true);
  const [sure, perhaps] = [off.filter((name) => !open(name)), off.filter(open)];
  if (sure.length > 0) return [{ kind: 'public-access', settings: after === null ? [] : sure }];
  return perhaps.length === 0
    ? []
    : [{ kind: 'public-access', settings: perhaps, unknown: view.whyUnknown(element, perhaps[0]!) }];
}

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
  const encryption = [
    ['aws_s3_bucket_server_side_encryption_configuration', 'rule'],
    ['aws_s3_bucket', 'server_side_encryption_configuration'],
  ] as const;
  const named = encryption.flatMap(([type, argument]) =>
    views
      .flatMap((one) => one.ofType(type))
      .filter((element) => isOfRecordings(element) && !isMarked(markOf(element.beforeSensitive, argument)))
      .flatMap(({ before }) => rows(before?.[argument]))
      .flatMap((block) => (argument === 'rule' ? [block] : rows(block['rule'])))
      .flatMap((rule) => rows(rule['apply_server_side_encryption_by_default']))
      .flatMap(({ kms_master_key_id: id }) => (typeof id === 'string' && id !== '' ? [id] : [])),
  );
  const keyIds = new Set<unknown>(named);
  for (const { before } of views.flatMap((one) => one.ofType('aws_kms_alias'))) {
    if (keyIds.has(before?.['arn']) || keyIds.has(before?.['name'])) keyIds.add(before?.['target_key_id']);
  }
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
  const withNew = (view: PlanView, type: string): readonly Element[] =>
    view.ofType(type).filter((one) => isOfRecordings(one) && !goes.has(one.before?.['bucket'] ?? null));
  const settings = (view: PlanView, type: string): readonly Element[] =>
    withNew(view, type).filter((one) => !isNew.has(one.after?.['bucket']));
  const versioned = versionedBuckets(views);
  const held = heldBuckets(views);
  const recordingsOf = ({ before, after }: Element): Recordings => {
    const name: unknown = after?.['bucket'] ?? before?.['bucket'];
    return { prefixes: names.get(name) ?? new Set(['']), versioned: versioned.has(name), isHeld: held.has(name) };
  };
  const now = settingsNow(views);
  type Losses = (setting: Element) => readonly Loss[];
  /** Losses of each, seen as what it comes to. */
  const each = (some: readonly Element[], losses: Losses): readonly (readonly [Element, readonly Loss[]])[] =>
    some.map((one) => [one, losses(now(one))] as const);
  return (view) =>
    [
      ...each(
        KEY_TYPES.flatMap((type) => view.ofType(type)).filter(
          ({ before }) => keyIds.has(before?.['arn'] ?? '') || keyIds.has(before?.['key_id'] ?? ''),
        ),
        lossesOfKey,
      ),
      // What a new bucket is told to delete, it deletes as well.
      ...each(withNew(view, 'aws_s3_bucket_lifecycle_configuration'), (one) =>
        lossesOfLifecycle(view, one, recordingsOf(one)),
      ),
      ...each(settings(view, 'aws_s3_bucket_object_lock_configuration'), (one) =>
        lossesOfRetention(view, one, recordingsOf(one).isHeld),
      ),
      ...each(settings(view, 'aws_s3_bucket_versioning'), (one) => lossesOfVersioning(view, one)),
      ...each(settings(view, 'aws_s3_bucket_public_access_block'), (one) => lossesOfAccessBlock(view, one)),
      // What closes every bucket of the account closes those with recordings.
      ...each(names.size === 0 ? [] : view.ofType('aws_s3_account_public_access_block'), (one) =>
        lossesOfAccessBlock(view, one),
      ),
      ...each(settings(view, 'aws_s3_bucket_policy'), (one) => lossesOfPolicy(view, one)),
      ...each(withNew(view, 'aws_s3_bucket'), (one) => lossesOfBlocks(view, one, recordingsOf(one))),
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
