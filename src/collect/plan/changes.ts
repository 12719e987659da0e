import type { ChangeFact } from '../../facts';
import type { Element } from '../../plan';
import { EXPORT, HOLD, OBJECT_HOLD } from '../../words';
import { lossesOf } from './losses';
import { approvalsRequired } from './provider';
import { isMarked, type Row } from '../../plan';
import type { PlanView } from '../../plan';
import { recordingBuckets } from './recording-buckets';
import { SCOPE_ATTRIBUTES, scopeText } from './shrinking';
import { storageLossesAround } from './storage-losses';

/** What plans do to what preserves something: holds, object holds, exports, and buckets that recordings are in with their keys. */
export function changesOf(plans: readonly PlanView[]): readonly ChangeFact[] {
  const named = recordingBuckets(plans);
  const storageLosses = storageLossesAround(plans, named);
  const required = approvalsRequired(plans);
  return plans.flatMap((view) => {
    const reappearance = reappearancesIn(view);
    const elements = [
      ...[HOLD, OBJECT_HOLD, EXPORT].flatMap((type) => view.ofType(type)),
      ...view
        .ofType('aws_s3_bucket')
        .filter(({ before, after }) => named.has(before?.['bucket']) || named.has(after?.['bucket'])),
      ...view.unplanned().filter(({ type }) => [HOLD, OBJECT_HOLD, EXPORT].includes(type)),
    ];
    const changes = [...elements.map((element) => [element, lossesOf(view, element)] as const), ...storageLosses(view)];
    return changes.map(([element, losses]): ChangeFact => ({
      ...element.subject,
      type: element.type,
      action: element.action === 'read' ? 'none' : element.action,
      losses,
      reappearsAt: reappearance(element),
      ...(required === undefined || ![HOLD, OBJECT_HOLD].includes(element.type)
        ? {}
        : { approvals: { required, given: approvalsIn(element) } }),
    }));
  });
}

/** A release goes by what was applied before. */
function approvalsIn({ before }: Element): number {
  const given = before?.['release_approvals'];
  return Array.isArray(given) ? given.length : 0;
}

/** What of an element stays the same when it is moved, and where it is read; null when that is not known. */
const IDENTITIES: Readonly<Record<string, readonly [attributes: readonly string[], text: (row: Row) => string]>> = {
  [HOLD]: [['name'], ({ name }) => String(name)],
  [OBJECT_HOLD]: [['bucket', 'prefix'], ({ bucket, prefix }) => JSON.stringify([bucket, prefix ?? ''])],
  [EXPORT]: [['integration_id', ...SCOPE_ATTRIBUTES], scopeText],
  aws_s3_bucket: [['bucket'], ({ bucket }) => String(bucket)],
  ...Object.fromEntries(
    ['policy', 'versioning', 'public_access_block', 'object_lock_configuration'].map(
      (setting): [string, (typeof IDENTITIES)[string]] => [
        `aws_s3_bucket_${setting}`,
        [['bucket'], ({ bucket }) => String(bucket)],
      ],
    ),
  ),
};

/**
 * Where the same thing is created again when it goes: Terraform calls a rename, or a construct that was wrapped into another,
 * a destruction and a creation. Each creation answers for one that goes, best for one of the same name.
 */
function reappearancesIn(view: PlanView): (gone: Element) => string | null {
  const goes = ({ action }: Element): boolean => action === 'destroy' || action === 'forget';
  if (![...view.elements, ...view.unplanned()].some(goes)) return () => null;
  const made = new Map<string, Element[]>();
  for (const type of Object.keys(IDENTITIES)) {
    for (const element of view.ofType(type)) {
      if (element.action !== 'create') continue;
      const identity = identityOf(element, element.after, element.afterUnknown);
      if (identity !== null) made.set(identity, [...(made.get(identity) ?? []), element]);
    }
  }
  return (gone) => {
    if (!goes(gone)) return null;
    const identity = identityOf(gone, gone.before, undefined);
    const candidates = (identity === null ? undefined : made.get(identity)) ?? [];
    const found = candidates.find(({ reference }) => reference === gone.reference) ?? candidates[0];
    if (found === undefined || identity === null) return null;
    made.set(
      identity,
      candidates.filter((one) => one !== found),
    );
    return found.subject.address;
  };
}

function identityOf({ type }: Element, row: Row | null, unknown: unknown): string | null {
  const identity = IDENTITIES[type];
  if (identity === undefined || row === null) return null;
  const [attributes, text] = identity;
  const isUnknown = attributes.some((name) => isMarked((unknown as Row | undefined)?.[name]));
  return isUnknown ? null : `${type} ${text(row)}`;
}
