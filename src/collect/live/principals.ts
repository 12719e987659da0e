/** Roles that policies name, one after the other: who may come to release what is held. */
import type { BucketFact, KeyFact, PolicyFact, PrincipalFact, PrincipalsFact, RoleFact } from '../../facts';
import { unseen } from './known';

/** More are not looked at: each costs several requests to IAM. */
const MOST_ROLES = 25;

/** A role as policies name it; a pattern names many, and is not one. */
const ROLE_ARN = /arn:[a-z-]+:iam::\d{12}:role\/[A-Za-z0-9+=,.@_/-]+(?=["'\\])/g;

export interface Named {
  readonly roles: readonly RoleFact[];
  readonly buckets: readonly BucketFact[];
  readonly keys: readonly KeyFact[];
}

/**
 * The roles that were named, and those that the policies of bucket and key and the trust policies name, over any number of
 * steps. Whom an account lets in without naming it there is not seen.
 */
export async function principalsOf(
  { roles, buckets, keys }: Named,
  read: (arn: string) => Promise<RoleFact>,
  askedBy: string,
): Promise<PrincipalsFact> {
  const seen = new Map(roles.map((role) => [arnOf(role), role]));
  let open = namedIn([...buckets.flatMap(({ policies }) => policies), ...keys.map(({ policy }) => policy)]);
  open = [...open, ...namedIn(trustsOf(roles))];
  let left = 0;
  for (;;) {
    const next = [...new Set(open)].filter((arn) => !seen.has(arn));
    const now = next.slice(0, MOST_ROLES - seen.size);
    left += next.length - now.length;
    if (now.length === 0) break;
    const found = await Promise.all(now.map(read));
    now.forEach((arn, index) => seen.set(arn, found[index]!));
    open = namedIn(trustsOf(found));
  }
  const more = left === 0 ? '' : `, and ${left} roles more that trust policies name`;
  return {
    seen: [...seen.values()].map((role): PrincipalFact => ({ ...role, kind: 'role' })),
    others: unseen(
      `roles and users of the account that neither ${askedBy} nor a policy of the bucket, its key or these roles names${more}`,
      askedBy,
    ),
  };
}

const arnOf = ({ arn, address }: RoleFact): string => (arn.known ? arn.value : address);

function trustsOf(roles: readonly RoleFact[]): readonly PolicyFact[] {
  return roles.flatMap(({ trustPolicy }) => (trustPolicy === null ? [] : [trustPolicy]));
}

function namedIn(policies: readonly PolicyFact[]): readonly string[] {
  return policies.flatMap(({ document }) => {
    if (!document.known) return [];
    const { value } = document;
    return [...(typeof value === 'string' ? value : JSON.stringify(value)).matchAll(ROLE_ARN)].map(([arn]) => arn);
  });
}
