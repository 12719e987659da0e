/** Remedies that change what policies allow: where to write what, so that it can be pasted as it stands. */
import { deadGrants, type PolicyKind } from '../iam';
import type { Facts, PolicyFact, RoleFact } from '../facts';
import type { Asked } from './permission';
import { addStatement, jsonText, statementBeside, whereWritten, writeInstead } from './policy-edits';
import { freeSid, newBucketPolicy, newRolePolicy, ownPolicyOf, principalArn } from './remedy-places';
import type { Evidence } from './rule';
import { actionsOf, isObject, matches, parsed, type StatementJson } from './statement-json';
import { holderInWords } from './wording';

/** What a statement is to allow. */
export interface Grant {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resource: string;
}

/** A statement to add to a role's own policies, or a policy of its own where it has none. */
export function addToRole(facts: Facts, role: RoleFact, grant: Grant): string {
  const own = ownPolicyOf(role);
  const statement = (sid: string) => ({
    Sid: sid,
    Effect: 'Allow',
    Action: grant.actions,
    Resource: grant.resource,
  });
  return own === undefined
    ? newRolePolicy(facts, role, statement(grant.sid))
    : addStatement(facts, own.origin, statement(freeSid(facts, own.origin, grant.sid)));
}

/** To a policy that is not in the configuration, or whose place is not known. */
function addTo(facts: Facts, place: string, statement: StatementJson): string {
  return `Add this statement to ${place}:\n${jsonText(facts, statement)}`;
}

/** The statements to add, one for each kind of policy that leaves it out. */
export function addStatements(facts: Facts, lacking: readonly PolicyKind[], asked: Asked, grant: Grant): string {
  return lacking.map((kind) => addToPolicy(facts, kind, asked, grant)).join('\n');
}

function addToPolicy(facts: Facts, kind: PolicyKind, { role, bucket, key }: Asked, grant: Grant): string {
  switch (kind) {
    case 'identity':
      return addToRole(facts, role, grant);
    case 'bucket':
      return addToResource(facts, bucket.policies, role, grant, (statement) =>
        newBucketPolicy(facts, bucket, [statement]),
      );
    case 'key':
      // In the policy of a key, `*` is that key.
      return addToResource(
        facts,
        key === undefined ? [] : [key.policy],
        role,
        { ...grant, resource: '*' },
        (statement) => addTo(facts, `the ${holderInWords(kind)}`, statement),
      );
    default: {
      const boundary = kind === 'boundary' ? (role.permissionsBoundary?.origin ?? undefined) : undefined;
      const { sid, actions, resource } = grant;
      return addTo(facts, `the ${holderInWords(kind)}`, {
        Sid: freeSid(facts, boundary, sid),
        Effect: 'Allow',
        Action: actions,
        Resource: resource,
      });
    }
  }
}

/** Policies of resources say whom they are about. */
function addToResource(
  facts: Facts,
  policies: readonly PolicyFact[],
  role: RoleFact,
  { sid, actions, resource }: Grant,
  anew: (statement: StatementJson) => string,
): string {
  const there = policies.find(({ document }) => document.known)?.origin;
  const { arn, beside } = principalArn(facts, role);
  const statement = {
    Sid: freeSid(facts, there, sid),
    Effect: 'Allow',
    Principal: { AWS: arn },
    Action: actions,
    Resource: resource,
  };
  return [there === undefined ? anew(statement) : addStatement(facts, there, statement), ...beside].join('\n');
}

/**
 * What to write instead of a statement that lets a role take holds off: the same, with what it needs besides and without
 * what is to go, and a statement of its own that puts holds on only.
 */
export function onlyPutsOn(
  facts: Facts,
  one: Evidence,
  { able, needed }: { readonly able: readonly string[]; readonly needed: readonly string[] },
): string {
  const action = 's3:PutObjectLegalHold';
  const statement = parsed(one.text);
  if (!actionsOf(statement).some((pattern) => matches(pattern, action)) && statement['NotAction'] === undefined) {
    return narrowed(facts, one, { able, needed });
  }
  const { Sid, Action: _, NotAction: _not, Condition, ...others } = statement;
  const condition = isObject(Condition) ? Condition : {};
  const equals = isObject(condition['StringEquals']) ? condition['StringEquals'] : {};
  const own = {
    Sid: freeSid(facts, one.origin, `${typeof Sid === 'string' ? Sid : ''}PutHoldsOn`),
    ...others,
    Action: action,
    Condition: { ...condition, StringEquals: { ...equals, 's3:object-lock-legal-hold': 'ON' } },
  };
  return [
    narrowed(facts, one, { able: [...able, action], needed: needed.filter((each) => each !== action) }),
    addStatement(facts, one.origin, own),
  ].join('\n');
}

/**
 * What to write instead of a statement that allows too much. `able` is to go; of what a wildcard stood for, `needed` stays,
 * as far as it can take effect on the statement's resources.
 */
export function narrowed(
  facts: Facts,
  one: Evidence,
  { able, needed }: { readonly able: readonly string[]; readonly needed: readonly string[] },
): string {
  const { what, text } = one;
  const { NotAction, ...statement } = parsed(text);
  const patterns = NotAction === undefined ? actionsOf(statement) : ['*'];
  const kept = patterns.flatMap((pattern) =>
    able.some((action) => matches(pattern, action)) ? needed.filter((action) => matches(pattern, action)) : [pattern],
  );
  const wanted = { ...statement, Action: [...new Set(kept)] };
  const dead = deadGrants({ name: what, kind: 'identity', document: { Version: '2012-10-17', Statement: wanted } });
  const Action = wanted.Action.filter((action) => !dead.some((grant) => grant.action === action));
  if (Action.length === 0) return `Remove ${what}${whereWritten(facts, one)}.`;
  return writeInstead(facts, one, { ...statement, Action });
}

/**
 * Where to grant actions that a statement grants on the wrong resources. The first of them takes the statement's place when
 * nothing else is in it.
 */
export function revived(
  facts: Facts,
  evidence: Evidence,
  dead: readonly { readonly action: string; readonly resource: string | null; readonly otherwise: string }[],
): string {
  const { origin, what, text } = evidence;
  const statement = parsed(text);
  const isDead = (action: string): boolean => dead.some((one) => one.action.toLowerCase() === action.toLowerCase());
  const isEmptied = actionsOf(statement).every(isDead);
  const given: string[] = [];
  return dead
    .map(({ action, resource, otherwise }, index) => {
      if (resource === null) return otherwise;
      if (isEmptied && index === 0) {
        return writeInstead(facts, evidence, { ...statement, Action: action, Resource: resource });
      }
      const sid = freeSid(facts, origin, action.slice(action.indexOf(':') + 1), given);
      given.push(sid);
      const own = { Sid: sid, Effect: 'Allow', Action: [action], Resource: resource };
      return isEmptied
        ? addStatement(facts, origin, own)
        : `Move ${action} out of ${what}${whereWritten(facts, evidence)} to one of its own:\n${statementBeside(facts, evidence, own)}`;
    })
    .join('\n');
}
