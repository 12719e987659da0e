import {
  type MisnamedAction,
  type PolicyKind,
  actionsKnownUntil,
  misnamedActions,
  nameGrounds,
  readPolicy,
} from '../../iam';
import type { Facts, PolicyFact } from '../../facts';
import { knownExpressions, policySource } from '../permission';
import type { Answered, Rule } from '../rule';

/** Every action that a policy names exists. */
export const actionNames: Rule<'iam/action-names'> = {
  id: 'iam/action-names',
  severity: 'warn',
  moments: ['synth', 'plan', 'live'],
  looksAt: 'every policy of the roles, buckets and keys, but those that AWS manages',
  cause:
    'AWS takes any well-formed name into a policy. An Allow of a name that is no action grants nothing, and a Deny of one guards nothing; both read as if they did.',
  remedy: 'Write the name as the service authorization reference of AWS has it.',
  check: (facts) => policiesOf(facts).flatMap(([kind, fact]) => check(facts, kind, fact)),
};

/** Every policy once, however many roles it is attached to. Service control policies are not this product's to judge. */
function policiesOf({ roles, buckets, keys }: Facts): readonly (readonly [PolicyKind, PolicyFact])[] {
  const all = [
    ...roles.flatMap(({ identityPolicies, permissionsBoundary, trustPolicy }) => [
      ...identityPolicies.map((fact) => ['identity', fact] as const),
      ...(permissionsBoundary ? [['boundary', permissionsBoundary] as const] : []),
      ...(trustPolicy ? [['trust', trustPolicy] as const] : []),
    ]),
    ...buckets.flatMap(({ policies }) => policies.map((fact) => ['bucket', fact] as const)),
    ...keys.map(({ policy }) => ['key', policy] as const),
  ];
  const own = all.filter(([, { name, origin }]) => ![name, origin.address].some(isManagedByAws));
  return [...new Map(own.map((one) => [JSON.stringify([one[1].origin, one[1].name]), one])).values()];
}

/** AWS keeps names in its own policies that it has given up; nobody else can change them. */
function isManagedByAws(name: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(name);
}

function check(facts: Facts, kind: PolicyKind, fact: PolicyFact): readonly Answered[] {
  const policy = policySource(fact, kind, knownExpressions(facts));
  const about = { subject: fact.origin, detail: fact.name, evidence: [] };
  // What cannot be seen is for the rules to tell that ask for a permission; a malformed document AWS refuses as a whole.
  if (!readPolicy(policy).seen) return [];
  const found = misnamedActions(policy);
  if (found.length === 0) {
    return [{ ...about, status: 'pass', message: `Every action that ${fact.name} names exists.`, remedy: '' }];
  }
  const of = (misnamed: MisnamedAction): string => nameGrounds({ policy, statement: misnamed.statement });
  const each = found.map((misnamed) => `${misnamed.action} in ${of(misnamed)} ${inWords(misnamed)}`);
  return [
    {
      ...about,
      status: 'fail',
      message: `${each.join('; ')}. Names of AWS are known up to ${actionsKnownUntil()}.`,
      evidence: found.map((misnamed) => ({
        origin: fact.origin,
        what: of(misnamed),
        text: JSON.stringify(misnamed.statement.raw),
      })),
      remedy: found.map(remedy).join('\n'),
    },
  ];
}

function inWords({ action, why, statement }: MisnamedAction): string {
  const what =
    why === 'service'
      ? 'belongs to no service'
      : /[*?]/.test(action)
        ? 'matches no action of AWS'
        : 'is no action of AWS';
  if (statement.actions.negated) return `${what}, so it excepts nothing`;
  return `${what}, so it ${statement.effect === 'Allow' ? 'grants' : 'guards'} nothing`;
}

function remedy({ action, nearest }: MisnamedAction): string {
  return nearest === null
    ? `Look up what ${action} should be in the service authorization reference of AWS, or remove it.`
    : `Write ${nearest} instead of ${action}.`;
}
