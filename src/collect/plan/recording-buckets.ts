import type { Element } from '../../plan';
import { EXPORT, OBJECT_HOLD } from '../../words';
import { isRow, rows, type Row } from '../../plan';
import type { PlanView } from '../../plan';

/** Accounts that Genesys Cloud assumes roles from: its help pages; the second one is FedRAMP (us-east-2). */
const GENESYS_ACCOUNTS = /765628985471|325654371633/;

const BUCKET_ARN = /arn:aws[\w-]*:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/g;

/** Whether the text of a trust policy lets Genesys Cloud in. */
export const trustsGenesys = (text: unknown): boolean => typeof text === 'string' && GENESYS_ACCOUNTS.test(text);

/**
 * Names of buckets that recordings are in or will be, before and after, with the prefixes of their keys: destinations of exports, buckets of object holds,
 * and those that a role of Genesys Cloud's may write to. Read from the state as well, since a plan that destroys
 * everything has nothing else.
 */
export function recordingBuckets(plans: readonly PlanView[]): ReadonlyMap<unknown, ReadonlySet<string>> {
  const found = new Map<unknown, Set<string>>();
  const note = (name: unknown, prefix: unknown): void => {
    if (typeof name !== 'string' || name === '') return;
    found.set(name, (found.get(name) ?? new Set()).add(typeof prefix === 'string' ? prefix : ''));
  };
  for (const view of plans) {
    for (const { destination } of sides(view.ofType(EXPORT))) {
      if (isRow(destination)) note(destination['bucket'], destination['prefix']);
    }
    for (const row of sides(view.ofType(OBJECT_HOLD))) note(row['bucket'], row['prefix']);
  }
  for (const text of plans.flatMap(exporterPolicies)) {
    // A policy says where a role may write, an export or a hold where recordings are.
    for (const [, name] of text.matchAll(BUCKET_ARN)) if (!found.has(name)) note(name, '');
  }
  return found;
}

/** Texts of the policies of roles that Genesys Cloud is trusted with. */
function exporterPolicies(view: PlanView): readonly string[] {
  const exporters = sides(view.ofType('aws_iam_role')).filter((row) => trustsGenesys(row['assume_role_policy']));
  if (exporters.length === 0) return [];
  const names = new Set(exporters.map(({ name }) => name));
  const isTheirs = ({ role }: Row): boolean => typeof role === 'string' && names.has(role);
  const arns = new Set(
    sides(view.ofType('aws_iam_role_policy_attachment'))
      .filter(isTheirs)
      .map((row) => row['policy_arn']),
  );
  return [
    ...exporters.flatMap((row) => rows(row['inline_policy'])),
    ...sides(view.ofType('aws_iam_role_policy')).filter(isTheirs),
    ...sides(view.ofType('aws_iam_policy')).filter(({ arn }) => typeof arn === 'string' && arns.has(arn)),
  ].flatMap(({ policy }) => (typeof policy === 'string' ? [policy] : []));
}

/** What is there now, and what will be. */
function sides(elements: readonly Element[]): readonly Row[] {
  return elements.flatMap(({ before, after }) => [before, after].filter((row) => row !== null));
}
