/** Remedies that change policies: where to write what, so that it can be pasted as it stands. */
import { deadGrants, fitsWildcards, type PolicyKind } from '../iam';
import type { Origin, RoleFact } from '../facts';
import { roleArn } from './permission';
import type { Evidence } from './rule';
import { holderInWords, originText, placeForStatement } from './wording';

/** What a statement is to allow. */
export interface Grant {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resource: string;
}

/** A statement to add to a role's own policies, as the JSON that a policy document takes. */
export function statementToAdd({ sid, actions, resource }: Grant): string {
  return JSON.stringify({ Sid: sid, Effect: 'Allow', Action: actions, Resource: resource }, null, 2);
}

/** The statements to add, one for each kind of policy that leaves it out. */
export function addStatements(lacking: readonly PolicyKind[], role: RoleFact, grant: Grant): string {
  return lacking
    .map((kind) => `Add this statement to ${placeFor(kind, role)}:\n${statementFor(kind, role, grant)}`)
    .join('\n');
}

function placeFor(kind: PolicyKind, role: RoleFact): string {
  return kind === 'identity' ? placeForStatement(role) : `the ${holderInWords(kind)}`;
}

/** Policies of resources say whom they are about; in the policy of a key, `*` is that key. */
function statementFor(kind: PolicyKind, role: RoleFact, grant: Grant): string {
  if (kind !== 'bucket' && kind !== 'key') return statementToAdd(grant);
  return JSON.stringify(
    {
      Sid: grant.sid,
      Effect: 'Allow',
      Principal: { AWS: roleArn(role) },
      Action: grant.actions,
      Resource: kind === 'key' ? '*' : grant.resource,
    },
    null,
    2,
  );
}

/** What to do about statements that deny an action: every one of them has to let the role through. */
export function stopDenying(action: string, denials: readonly Evidence[], role: RoleFact): string {
  return denials.map((denial) => letThrough(action, denial, role)).join('\n');
}

function letThrough(action: string, denial: Evidence, role: RoleFact): string {
  const statement = parsed(denial.text);
  const named = actionsOf(statement).find((one) => one.toLowerCase() === action.toLowerCase());
  if (named !== undefined && isOwn(denial.origin, role)) {
    return actionsOf(statement).length === 1
      ? `Remove ${denial.what}.`
      : `Remove ${named} from the Action of ${denial.what}.`;
  }
  return exceptRole(denial, role);
}

/** The condition that excepts a role from a statement that denies, joined with what the statement excepts already. */
export function exceptRole({ what, text }: Pick<Evidence, 'what' | 'text'>, role: RoleFact): string {
  const condition = parsed(text)['Condition'];
  const operators = isObject(condition) ? Object.entries(condition) : [];
  const [operator, there] = operators.find(([name]) => name.toLowerCase() === 'arnnotequals') ?? [];
  if (operator === undefined || !isObject(there)) {
    return `Add to the Condition of ${what}:\n${JSON.stringify({ ArnNotEquals: { 'aws:PrincipalArn': roleArn(role) } }, null, 2)}`;
  }
  const [key, excepted] = Object.entries(there).find(([name]) => name.toLowerCase() === 'aws:principalarn') ?? [
    'aws:PrincipalArn',
    [],
  ];
  const joined = { [operator]: { ...there, [key]: [...[excepted].flat(), roleArn(role)] } };
  return `Write in the Condition of ${what}, instead of its ${operator}:\n${JSON.stringify(joined, null, 2)}`;
}

/**
 * What to write instead of a statement that allows too much. `able` is to go; of what a wildcard stood for, `needed` stays,
 * as far as it can take effect on the statement's resources.
 */
export function narrowed(
  { what, text }: Evidence,
  { able, needed }: { readonly able: readonly string[]; readonly needed: readonly string[] },
): string {
  const { NotAction, ...statement } = parsed(text);
  const patterns = NotAction === undefined ? actionsOf(statement) : ['*'];
  const kept = patterns.flatMap((pattern) =>
    able.some((action) => matches(pattern, action)) ? needed.filter((action) => matches(pattern, action)) : [pattern],
  );
  const wanted = { ...statement, Action: [...new Set(kept)] };
  const dead = deadGrants({ name: what, kind: 'identity', document: { Version: '2012-10-17', Statement: wanted } });
  const Action = wanted.Action.filter((action) => !dead.some((grant) => grant.action === action));
  if (Action.length === 0) return `Remove ${what}.`;
  return `Write instead of ${what}:\n${JSON.stringify({ ...statement, Action }, null, 2)}`;
}

/**
 * Where to grant actions that a statement grants on the wrong resources. The first of them takes the statement's place when
 * nothing else is in it.
 */
export function revived(
  { origin, what, text }: Evidence,
  dead: readonly { readonly action: string; readonly resource: string | null; readonly otherwise: string }[],
): string {
  const statement = parsed(text);
  const isDead = (action: string): boolean => dead.some((one) => one.action.toLowerCase() === action.toLowerCase());
  const isEmptied = actionsOf(statement).every(isDead);
  return dead
    .map(({ action, resource, otherwise }, index) => {
      if (resource === null) return otherwise;
      if (isEmptied && index === 0) {
        return `Write instead of ${what}:\n${JSON.stringify({ ...statement, Action: action, Resource: resource }, null, 2)}`;
      }
      const sid = action.slice(action.indexOf(':') + 1);
      const own = statementToAdd({ sid, actions: [action], resource });
      return isEmptied
        ? `Add this statement to ${originText(origin)}:\n${own}`
        : `Move ${action} out of ${what} to one of its own:\n${own}`;
    })
    .join('\n');
}

function matches(pattern: string, action: string): boolean {
  return fitsWildcards(pattern, action, { ignoreCase: true });
}

function isOwn({ address, attribute }: Origin, { identityPolicies }: RoleFact): boolean {
  return identityPolicies.some(({ origin }) => origin.address === address && origin.attribute === attribute);
}

function actionsOf({ Action }: Readonly<Record<string, unknown>>): readonly string[] {
  return [Action ?? []].flat().filter((one): one is string => typeof one === 'string');
}

/** A statement as evidence shows it; one that is not there, or was not read as JSON, has nothing in it. */
function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
