/** The statements that come close to allowing something, and what each lacks: what a reader of "not allowed" wants to see. */
import { unknownAction } from './action-names';
import { levelOf } from './actions';
import { levelsOfArn } from './arn-levels';
import type { Statement } from './document';
import type { Grounds } from './layer';
import { readPolicy } from './policy-kinds';
import type { PolicySource, Question } from './question';
import { type Candidate, candidate, speaksOfSome, wantedResources } from './statement';
import { reaches } from './principal';

/** An Allow statement with the right action, or a slip of it, that still does not allow what is asked. */
export interface NearMiss extends Grounds {
  /** Half a sentence: "covers only arn:aws:s3:::recordings/2025/*". */
  readonly lacks: string;
}

/** Near misses among these policies, in their order. Meant for questions whose answer is ImplicitlyDenied. */
export function nearMisses(policies: readonly PolicySource[], question: Question): readonly NearMiss[] {
  return policies.flatMap((policy) => {
    const read = readPolicy(policy);
    if (!read.seen) return [];
    return read.document.statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) => missOf(candidate(policy, read.document, statement, question), statement, question));
  });
}

function missOf(one: Candidate, statement: Statement, question: Question): readonly NearMiss[] {
  if (one.action.is === 'no') return misnamed(one, statement, question.action);
  const written = statement.resources?.value.join(', ') ?? 'its own role';
  const grounds = { policy: one.policy, statement };
  if (reaches(one.principal).is === 'no') return [{ ...grounds, lacks: 'allows other principals' }];
  if (one.conditions.is === 'no') return [{ ...grounds, lacks: 'has a condition that does not hold' }];
  const level = levelOf(question.action);
  if (
    level !== null &&
    !one.resources.negated &&
    !statement.resources?.value.some((arn) => levelsOfArn(arn).has(level))
  ) {
    const article = level === 'object' ? 'an object' : `a ${level}`;
    return [{ ...grounds, lacks: `names ${written}, but this action takes the ARN of ${article}` }];
  }
  if (one.resources.negated) return [{ ...grounds, lacks: `leaves out ${written}` }];
  const part =
    speaksOfSome(one.resources, wantedResources(question)).is === 'no'
      ? 'allows it only on'
      : 'covers only a part of it:';
  return [{ ...grounds, lacks: `${part} ${written}` }];
}

/** A name that no action answers to, and that was probably meant to be the one asked for. */
function misnamed({ policy }: Grounds, statement: Statement, action: string): readonly NearMiss[] {
  if (statement.actions.negated) return [];
  const slip = statement.actions.value.find(
    (written) => unknownAction(written)?.nearest?.toLowerCase() === action.toLowerCase(),
  );
  return slip === undefined ? [] : [{ policy, statement, lacks: `allows ${slip}, which is not an action` }];
}
