/** What access control lists of a bucket give to the public, as resources, deprecated arguments and S3 itself write them. */
import type { AclGrantFact } from '../facts';
import { rows, type Row } from '../plan';

/** The groups that are open to strangers (S3 user guide, "Amazon S3 predefined groups"). */
const GROUPS: Readonly<Record<string, AclGrantFact['to']>> = {
  AllUsers: 'everybody',
  AuthenticatedUsers: 'every AWS account',
};

/** What a canned list gives to the public; empty for those that give it nothing. */
const CANNED: Readonly<Record<string, readonly AclGrantFact[]>> = {
  'public-read': [{ to: 'everybody', permission: 'READ' }],
  'public-read-write': [
    { to: 'everybody', permission: 'READ' },
    { to: 'everybody', permission: 'WRITE' },
  ],
  'authenticated-read': [{ to: 'every AWS account', permission: 'READ' }],
};

const PERMISSIONS = ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'] as const;

/** What a canned list such as `public-read` gives to the public. */
export function cannedGrants(name: unknown): readonly AclGrantFact[] {
  return CANNED[String(name)] ?? [];
}

/** A grant to a group, by the address of the group; null for one to an account, or to a group of AWS itself. */
export function grantTo(uri: unknown, permission: unknown): AclGrantFact | null {
  const to = GROUPS[/\/groups\/global\/(\w+)$/.exec(String(uri))?.[1] ?? ''];
  const given = PERMISSIONS.find((one) => one === permission);
  return to === undefined || given === undefined ? null : { to, permission: given };
}

/** Grants of `aws_s3_bucket_acl`: the canned list, or the grants of its `access_control_policy`. */
export function grantsOfResource({ acl, access_control_policy: policy }: Row): readonly AclGrantFact[] {
  const written = rows(policy)
    .flatMap((one) => rows(one['grant']))
    .flatMap(({ grantee, permission }) => grantTo(rows(grantee)[0]?.['uri'], permission) ?? []);
  return [...cannedGrants(acl), ...written];
}

/** Grants of the deprecated arguments `acl` and `grant` of `aws_s3_bucket`; a refresh fills the second one. */
export function grantsOfBucket({ acl, grant }: Row): readonly AclGrantFact[] {
  const written = rows(grant).flatMap(({ uri, permissions }) =>
    (Array.isArray(permissions) ? (permissions as readonly unknown[]) : []).flatMap((one) => grantTo(uri, one) ?? []),
  );
  return [...cannedGrants(acl), ...written];
}

/** Whether an ownership setting switches lists off, so that none of them gives anything. */
export function switchesListsOff(rule: unknown): boolean {
  return rows(rule)[0]?.['object_ownership'] === 'BucketOwnerEnforced';
}
