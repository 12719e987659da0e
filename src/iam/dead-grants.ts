/**
 * Grants that can never take effect: a bucket's action on an object's ARN, or the reverse. They look right in review and
 * fail at run time.
 */
import { KNOWN_ACTIONS, type ArnLevel, levelOf } from './actions';
import { levelsOfArn } from './arn-levels';
import type { Statement } from './document';
import { readPolicy } from './policy-kinds';
import type { PolicySource } from './question';
import { actionMatches } from './statement';

/** One action of one Allow statement that grants nothing. */
export interface DeadGrant {
  readonly statement: Statement;
  /** In official spelling. */
  readonly action: string;
  /** The level the action takes. */
  readonly takes: ArnLevel;
  /** The resources of the statement, none of which is of that level. */
  readonly resources: readonly string[];
}

/** The dead grants of a policy; none for one that cannot be read. Actions written with wildcards are not judged. */
export function deadGrants(policy: PolicySource): readonly DeadGrant[] {
  const read = readPolicy(policy);
  if (!read.seen) return [];
  return read.document.statements
    .filter((statement) => statement.effect === 'Allow' && !statement.actions.negated)
    .flatMap(wrongLevels);
}

function wrongLevels(statement: Statement): readonly DeadGrant[] {
  const resources = statement.resources;
  if (resources === null || resources.negated) return [];
  const levels = resources.value.map(levelsOfArn);
  const exact = statement.actions.value.filter((action) => !/[*?$]/.test(action)).map((action) => action.toLowerCase());
  const isRight = (takes: ArnLevel | null): boolean => takes === null || levels.some((possible) => possible.has(takes));
  if (exact.every((action) => isRight(levelOf(action)))) return [];
  return KNOWN_ACTIONS.filter(
    (action) => exact.includes(action.toLowerCase()) && actionMatches(statement, action).is === 'yes',
  ).flatMap((action) => {
    const takes = levelOf(action)!;
    if (isRight(takes)) return [];
    return [{ statement, action, takes, resources: resources.value }];
  });
}
