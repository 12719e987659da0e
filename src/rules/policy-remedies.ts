/** Remedies that change policies: where to write what, so that it can be pasted as it stands. */
import { deadGrants, fitsWildcards, officialNames, type PolicyKind } from '../iam';
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
  // Its own policy is about this role only, so that the action can simply go.
  const rest = isOwn(denial.origin, role) ? withoutActions(statement, [action], 'identity') : null;
  if (rest !== null) return `Write instead of ${denial.what}:\n${JSON.stringify(rest, null, 2)}`;
  return exceptRoles(denial, [{ role, action }]);
}

/** An action that a role needs and that a statement denies it. */
export interface Need {
  readonly role: RoleFact;
  readonly action: string;
}

/**
 * What lets roles through a statement that denies, each for the actions that it needs and no others: whatever else the
 * statement guards stays denied. A statement about other actions as well is split.
 */
export function exceptRoles(denial: Evidence, needs: readonly Need[]): string {
  const statement = parsed(denial.text);
  const denied = needs.filter(({ action }) => denies(statement, action));
  const groups = groupedByRoles(denied.length > 0 ? denied : needs);
  const asked = groups.flatMap(({ actions }) => actions);
  const rest = withoutActions(statement, asked, denial.what.includes(' bucket policy ') ? 'bucket' : 'identity');
  if (denied.length === 0 || (rest === null && groups.length === 1))
    return exceptFromAll(denial, groups[0]?.roles ?? []);
  const { Sid, NotAction: _, ...others } = statement;
  const own = groups.map(({ actions, roles }) => ({
    ...(typeof Sid === 'string'
      ? { Sid: `${Sid}${actions.map((one) => one.slice(one.indexOf(':') + 1)).join('')}` }
      : {}),
    ...others,
    Action: actions.length === 1 ? actions[0] : actions,
    Condition: exception(others, roles),
  }));
  const [first, ...added] = rest === null ? own : [rest, ...own];
  return [
    `Write instead of ${denial.what}:\n${JSON.stringify(first, null, 2)}`,
    ...added.map((one) => `Add this statement to ${originText(denial.origin)}:\n${JSON.stringify(one, null, 2)}`),
  ].join('\n');
}

/** Actions that the same roles need. Two statements about one action would deny it to the role of the other. */
function groupedByRoles(
  needs: readonly Need[],
): readonly { readonly actions: readonly string[]; readonly roles: readonly RoleFact[] }[] {
  const groups = new Map<string, { actions: string[]; roles: readonly RoleFact[] }>();
  for (const action of new Set(needs.map((need) => need.action))) {
    const roles = [...new Set(needs.filter((need) => need.action === action).map(({ role }) => role))];
    const key = roles.map(({ address }) => address).join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { actions: [action], roles });
    else group.actions.push(action);
  }
  return [...groups.values()];
}

function denies(statement: Readonly<Record<string, unknown>>, action: string): boolean {
  const { NotAction } = statement;
  if (NotAction === undefined) return actionsOf(statement).some((pattern) => matches(pattern, action));
  return ![NotAction].flat().some((pattern) => matches(String(pattern), action));
}

/** The statement without some of its actions; null when it is about nothing else. */
function withoutActions(
  statement: Readonly<Record<string, unknown>>,
  gone: readonly string[],
  kind: 'bucket' | 'identity',
): Readonly<Record<string, unknown>> | null {
  const { NotAction, Action: _, ...others } = statement;
  if (NotAction !== undefined) return { ...others, NotAction: [...[NotAction].flat(), ...gone] };
  const written = actionsOf(statement);
  // All but a few of everything that there is in a bucket's policy.
  const isAll = (pattern: string): boolean =>
    pattern === '*' || (kind === 'bucket' && pattern.toLowerCase() === 's3:*');
  if (written.some(isAll)) return { ...others, NotAction: gone.length === 1 ? gone[0] : gone };
  const kept = written.flatMap((pattern) =>
    gone.some((action) => matches(pattern, action)) ? namesWithout(pattern, gone) : [pattern],
  );
  return kept.length === 0 ? null : { ...others, Action: kept.length === 1 ? kept[0] : [...new Set(kept)] };
}

/** What a pattern stands for, without some of it: as few patterns as say it, `s3:PutObjectA*`, and names between them. */
function namesWithout(pattern: string, gone: readonly string[]): readonly string[] {
  if (!/[*?]/.test(pattern)) return [];
  const away = gone.map((action) => action.toLowerCase());
  const names = officialNames(pattern)
    .flatMap((one) => one.names)
    .filter((name) => !away.includes(name.toLowerCase()));
  // Only where the pattern is open at its end does a shorter pattern stay within it.
  if (!/^[^*?]*\*$/.test(pattern)) return names;
  const shortest = (name: string): string => {
    for (let length = pattern.length; length < name.length; length += 1) {
      const start = name.slice(0, length);
      if (!away.some((one) => one.startsWith(start.toLowerCase()))) return `${start}*`;
    }
    return name;
  };
  return [...new Set(names.map(shortest))];
}

/** A condition with the roles excepted, besides what is excepted already. */
function exception({ Condition }: Readonly<Record<string, unknown>>, roles: readonly RoleFact[]): object {
  const condition = isObject(Condition) ? Condition : {};
  const [operator = 'ArnNotEquals', there] =
    Object.entries(condition).find(([name]) => name.toLowerCase() === 'arnnotequals') ?? [];
  return { ...condition, [operator]: exceptedIn(there, roles) };
}

/** The keys of an operator that excepts principals, the roles among them. */
function exceptedIn(there: unknown, roles: readonly RoleFact[]): object {
  const keys = isObject(there) ? there : {};
  const [key = 'aws:PrincipalArn', excepted] =
    Object.entries(keys).find(([name]) => name.toLowerCase() === 'aws:principalarn') ?? [];
  const arns = [...new Set([...[excepted ?? []].flat(), ...roles.map(roleArn)])];
  return { ...keys, [key]: arns.length === 1 ? arns[0] : arns };
}

/**
 * What to write instead of a statement that lets a role take holds off: the same, with what it needs besides and without
 * what is to go, and a statement of its own that puts holds on only.
 */
export function onlyPutsOn(
  one: Evidence,
  { able, needed }: { readonly able: readonly string[]; readonly needed: readonly string[] },
): string {
  const action = 's3:PutObjectLegalHold';
  const statement = parsed(one.text);
  if (!actionsOf(statement).some((pattern) => matches(pattern, action)) && statement['NotAction'] === undefined) {
    return narrowed(one, { able, needed });
  }
  const { Sid, Action: _, NotAction: _not, Condition, ...others } = statement;
  const condition = isObject(Condition) ? Condition : {};
  const equals = isObject(condition['StringEquals']) ? condition['StringEquals'] : {};
  const own = {
    Sid: `${typeof Sid === 'string' ? Sid : ''}PutHoldsOn`,
    ...others,
    Action: action,
    Condition: { ...condition, StringEquals: { ...equals, 's3:object-lock-legal-hold': 'ON' } },
  };
  return [
    narrowed(one, { able: [...able, action], needed: needed.filter((each) => each !== action) }),
    `Add this statement to ${originText(one.origin)}:\n${JSON.stringify(own, null, 2)}`,
  ].join('\n');
}

/** The condition that excepts roles from all that a statement denies, joined with what the statement excepts already. */
function exceptFromAll({ what, text }: Pick<Evidence, 'what' | 'text'>, roles: readonly RoleFact[]): string {
  const condition = parsed(text)['Condition'];
  const operators = isObject(condition) ? Object.entries(condition) : [];
  const [operator = 'ArnNotEquals', there] = operators.find(([name]) => name.toLowerCase() === 'arnnotequals') ?? [];
  const joined = JSON.stringify({ [operator]: exceptedIn(there, roles) }, null, 2);
  return there === undefined
    ? `Add to the Condition of ${what}:\n${joined}`
    : `Write in the Condition of ${what}, instead of its ${operator}:\n${joined}`;
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
