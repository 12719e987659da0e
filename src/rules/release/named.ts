/** Whom policies of resources name. */
import type { Caller, Document } from '../../iam';

/** Services that may take a role on. */
export function trustedServices(document: Document): readonly string[] {
  return document.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principals }) => principals?.value.byType.get('Service') ?? []);
}

/** Principals that the Allow statements of a resource's policy name; `*` for everybody. Federated ones with their kind. */
export function admittedBy({ statements }: Document): readonly string[] {
  const names = statements
    .filter(({ effect, principals }) => effect === 'Allow' && principals !== null)
    .flatMap(({ principals }) =>
      principals!.negated || principals!.value.everyone
        ? ['*']
        : [...principals!.value.byType].flatMap(([type, some]) =>
            type === 'Service' ? [] : some.map((name) => (type === 'AWS' ? name : `${type} ${name}`)),
          ),
    );
  return [...new Set(names)];
}

/** The account that a principal stands for as a whole; null for any other. */
export function accountNamed(name: string): string | null {
  return /^\d{12}$/.test(name) ? name : (/^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? null);
}

/** A principal of a policy as the one who asks; null for one that no question can be put for. */
export function callerNamed(name: string): Caller | null {
  if (name === '*') return { kind: 'anonymous' };
  const account = accountNamed(name);
  if (account !== null) return { kind: 'account', account };
  const [, id = '', kind = ''] = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(role|user|assumed-role)\//.exec(name) ?? [];
  return id === '' ? null : { kind: kind === 'user' ? 'user' : 'role', arn: name, account: id };
}

/** A principal as sentences call it: `everybody`, `the account 111122223333`, an ARN. */
export function nameInWords(name: string): string {
  if (name === '*') return 'everybody';
  const account = accountNamed(name);
  return account === null ? name : `the account ${account}`;
}
