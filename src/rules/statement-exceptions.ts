/** Remedies against statements that deny: each role is let through for what it needs, and for nothing else. */
import { officialNames } from '../iam';
import type { Facts, RoleFact } from '../facts';
import { type Need, needsAgainst } from './needs';
import { addStatement, whereWritten, writeCondition, writeInstead } from './policy-edits';
import { freeSid, isOwn, writtenArn } from './remedy-places';
import type { Evidence } from './rule';
import { actionsOf, isObject, matches, parsed, type StatementJson } from './statement-json';

/** What to do about statements that deny a role an action: every one of them has to let it through. */
export function stopDenying(facts: Facts, { action, role }: Need, denials: readonly Evidence[]): string {
  return denials.map((denial) => letThrough(facts, denial, { action, role })).join('\n');
}

function letThrough(facts: Facts, denial: Evidence, need: Need): string {
  const { role } = need;
  const needs = needsAgainst(facts, denial, need);
  if (!isOwn(denial.origin, role)) return exceptRoles(facts, denial, needs);
  // Its own policy is about this role only, so that what it needs can simply go.
  const statement = parsed(denial.text);
  const where = whereWritten(facts, denial);
  const gone = needs.filter((one) => one.role === role).map(({ action }) => action);
  const written = actionsOf(statement);
  const named = written.filter((one) => gone.some((action) => action.toLowerCase() === one.toLowerCase()));
  const patterns = written.filter((one) => gone.some((action) => matches(one, action)));
  if (statement['NotAction'] === undefined && patterns.length === named.length && named.length > 0) {
    return named.length === written.length
      ? `Remove ${denial.what}${where}.`
      : `Remove ${named.join(' and ')} from the Action of ${denial.what}${where}.`;
  }
  const rest = withoutActions(statement, gone, 'identity');
  return rest === null ? `Remove ${denial.what}${where}.` : writeInstead(facts, denial, rest);
}

/**
 * What lets roles through a statement that denies, each for the actions that it needs and no others: whatever else the
 * statement guards stays denied. A statement about other actions as well is split.
 */
export function exceptRoles(facts: Facts, denial: Evidence, needs: readonly Need[]): string {
  const statement = parsed(denial.text);
  const groups = groupedByRoles(needs.filter(({ action }) => denies(statement, action)));
  if (groups.length === 0) {
    // An exception from everything would open what nobody asked for.
    return `Name the actions of ${denial.what}, without expressions in them, and run the check again: which of them it denies is unknown.`;
  }
  const asked = groups.flatMap(({ actions }) => actions);
  const rest = withoutActions(statement, asked, denial.what.includes(' bucket policy ') ? 'bucket' : 'identity');
  const beside = new Set(groups.flatMap(({ roles }) => roles).flatMap((role) => writtenArn(facts, role).beside));
  if (rest === null && groups.length === 1) {
    return [exceptFromAll(facts, denial, groups[0]!.roles), ...beside].join('\n');
  }
  const { Sid, NotAction: _, ...others } = statement;
  const taken: string[] = [];
  const own = groups.map(({ actions, roles }) => {
    const wanted = `${String(Sid)}${actions.map((one) => one.slice(one.indexOf(':') + 1)).join('')}`;
    const sid = freeSid(facts, denial.origin, wanted, taken);
    taken.push(sid);
    return {
      ...(typeof Sid === 'string' ? { Sid: sid } : {}),
      ...others,
      Action: actions.length === 1 ? actions[0] : actions,
      Condition: exception(facts, others, roles),
    };
  });
  const [first, ...added] = rest === null ? own : [rest, ...own];
  return [
    writeInstead(facts, denial, first as StatementJson),
    ...added.map((one) => addStatement(facts, denial.origin, one)),
    ...beside,
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

function denies(statement: StatementJson, action: string): boolean {
  const { NotAction } = statement;
  if (NotAction === undefined) return actionsOf(statement).some((pattern) => matches(pattern, action));
  return ![NotAction].flat().some((pattern) => matches(String(pattern), action));
}

/** The statement without some of its actions; null when it is about nothing else. */
function withoutActions(
  statement: StatementJson,
  gone: readonly string[],
  kind: 'bucket' | 'identity',
): StatementJson | null {
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
function exception(facts: Facts, { Condition }: StatementJson, roles: readonly RoleFact[]): object {
  const condition = isObject(Condition) ? Condition : {};
  const [operator = 'ArnNotEquals', there] =
    Object.entries(condition).find(([name]) => name.toLowerCase() === 'arnnotequals') ?? [];
  return { ...condition, [operator]: exceptedIn(facts, there, roles) };
}

/** The keys of an operator that excepts principals, the roles among them. */
function exceptedIn(facts: Facts, there: unknown, roles: readonly RoleFact[]): object {
  const keys = isObject(there) ? there : {};
  const [key = 'aws:PrincipalArn', excepted] =
    Object.entries(keys).find(([name]) => name.toLowerCase() === 'aws:principalarn') ?? [];
  const arns = [...new Set([...[excepted ?? []].flat(), ...roles.map((role) => writtenArn(facts, role).arn)])];
  return { ...keys, [key]: arns.length === 1 ? arns[0] : arns };
}

/** The condition that excepts roles from all that a statement denies, joined with what the statement excepts already. */
function exceptFromAll(facts: Facts, denial: Evidence, roles: readonly RoleFact[]): string {
  const condition = parsed(denial.text)['Condition'];
  const operators = isObject(condition) ? Object.entries(condition) : [];
  const [operator = 'ArnNotEquals', there] = operators.find(([name]) => name.toLowerCase() === 'arnnotequals') ?? [];
  const joined = { [operator]: exceptedIn(facts, there, roles) };
  return writeCondition(facts, denial, joined, there === undefined ? undefined : operator);
}
