/**
 * Principals that a policy names and that do not exist. AWS turns the ARNs of roles and users in resource policies into ids,
 * and refuses a policy whose principals it cannot find; those of other accounts cannot be looked up here and are taken.
 */
import type { Statement } from '../../../iam';
import { ACCOUNT_ID, ADMIN } from './account';
import type { IdentityStore } from './identity-store';

export type UnknownPrincipal = (statements: readonly Statement[]) => string | undefined;

/** Answers the first principal that does not exist. */
export function unknownPrincipalIn(identities: IdentityStore): UnknownPrincipal {
  const exists = (name: string): boolean => {
    if (/^\d{12}$/.test(name) || name === '*') return true;
    const match = /^arn:aws:(?:iam|sts)::(\d{12}):(.+)$/.exec(name);
    if (match === null) return false;
    const [, account, resource = ''] = match;
    if (account !== ACCOUNT_ID || resource === 'root' || name === ADMIN.arn) return true;
    const role = /^(?:role\/(?:.*\/)?|assumed-role\/)([^/]+)(?:$|\/)/.exec(resource)?.[1];
    return resource.startsWith('assumed-role/')
      ? identities.roles.has(role ?? '')
      : identities.roleByArn(name) !== undefined;
  };
  return (statements) =>
    statements
      .flatMap((statement) => statement.principals?.value.byType.get('AWS') ?? [])
      .find((name) => !exists(name));
}
