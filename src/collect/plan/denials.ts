/** What a plan stops denying in the policy of a bucket that recordings are in. */
import { levelOf, undenied } from '../../iam';
import type { Loss } from '../../facts';
import { isMarked, markOf, type Element, type PlanView } from '../../plan';
import { partitionIn } from './provider';
import { policiesOf } from './policies';

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

const SENSITIVE = 'is marked as sensitive, so it is not looked at';

/** Denials that nobody meets any more, or fewer do. */
export function lossesOfPolicy(view: PlanView, element: Element): readonly Loss[] {
  const { action, before, after } = element;
  if (!['update', 'replace', 'destroy'].includes(action)) return [];
  const was = before?.['policy'];
  if (typeof was !== 'string' || was === '' || was === after?.['policy']) return [];
  if (isMarked(markOf(element.beforeSensitive, 'policy'))) {
    return [{ kind: 'denials-removed', actions: [], unknown: SENSITIVE }];
  }
  const parts = after === null ? [] : policiesOf(view, element, 'policy').map(({ document }) => document);
  const known = parts.flatMap((part) => (part.known ? [part.value] : []));
  const hidden = parts.find((part) => !part.known);
  const name: unknown = before?.['bucket'] ?? after?.['bucket'];
  const arn = `arn:${partitionIn(view)}:s3:::${String(name)}`;
  const actions = (['object', 'bucket'] as const).flatMap(
    (level) =>
      undenied(was, known, {
        actions: PROTECTED.filter((one) => levelOf(one) === level),
        every: level === 'bucket' ? arn : `${arn}/*`,
      }) ?? [],
  );
  if (actions.length === 0) return [];
  const inOrder = PROTECTED.filter((one) => actions.includes(one));
  return [{ kind: 'denials-removed', actions: inOrder, ...(hidden?.known === false ? { unknown: hidden.why } : {}) }];
}
