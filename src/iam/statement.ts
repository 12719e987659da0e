/** How one statement bears on a question: whether it applies, and which resources it speaks of. */
import { conditionsHold } from './conditions';
import { UNKNOWN_CONTEXT, variableFrom } from './context';
import { covers, meets } from './containment';
import type { Document, Statement } from './document';
import { type Pattern, compile } from './pattern';
import { type PrincipalMatch, matchPrincipal } from './principal';
import type { PolicySource, Question } from './question';
import { NO, type Truth, YES, not, or } from './truth';

/** The resources a statement speaks of: those, or all but those. */
export interface ResourceSet {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
}

/** A statement, seen from one question. For a policy that cannot be read there is one with `statement: null`. */
export interface Candidate {
  readonly policy: PolicySource;
  readonly statement: Statement | null;
  readonly action: Truth;
  readonly conditions: Truth;
  readonly principal: PrincipalMatch;
  readonly resources: ResourceSet;
}

const ANY_RESOURCE: ResourceSet = { negated: false, patterns: [[{ kind: 'many' }]] };

/** Looks at a statement from a question's point of view. */
export function candidate(
  policy: PolicySource,
  document: Document,
  statement: Statement,
  question: Question,
): Candidate {
  const variables = document.version === '2012-10-17';
  const context = question.context ?? UNKNOWN_CONTEXT;
  return {
    policy,
    statement,
    action: actionMatches(statement, question.action),
    conditions: conditionsHold(statement.conditions, context, { variables }),
    principal: matchPrincipal(statement.principals, question.caller),
    resources: resourceSet(statement, question, variables),
  };
}

/** A policy that cannot be read: it may say anything about everything. */
export function unseenCandidate(policy: PolicySource, why: Truth): Candidate {
  const principal = { direct: YES, personal: NO, account: NO };
  return { policy, statement: null, action: why, conditions: YES, principal, resources: ANY_RESOURCE };
}

/** The resources a question asks for, as a pattern. */
export function wantedResources(question: Question): Pattern {
  const [text, wildcards] =
    'every' in question.resource ? [question.resource.every, true] : [question.resource.exactly, false];
  return compile(partitioned(text, question), { wildcards, variables: false }) ?? [];
}

/** Whether the statement speaks of every wanted resource. */
export function speaksOfAll(resources: ResourceSet, wanted: Pattern): Truth {
  if (!resources.negated) return covers(resources.patterns, wanted);
  return not(or(...resources.patterns.map((pattern) => meets(pattern, wanted))));
}

/** Whether the statement speaks of at least one wanted resource. */
export function speaksOfSome(resources: ResourceSet, wanted: Pattern): Truth {
  if (!resources.negated) return or(...resources.patterns.map((pattern) => meets(pattern, wanted)));
  return not(covers(resources.patterns, wanted));
}

/** Whether the statement's actions include this one; names are compared without regard to case. */
export function actionMatches(statement: Pick<Statement, 'actions'>, action: string): Truth {
  const wanted = compile(action, { wildcards: false, ignoreCase: true }) ?? [];
  const listed = or(
    ...statement.actions.value.map((text) => {
      const pattern = compile(text, { wildcards: true, ignoreCase: true, variables: false });
      return pattern ? covers([pattern], wanted) : NO;
    }),
  );
  return statement.actions.negated ? not(listed) : listed;
}

function resourceSet(statement: Statement, question: Question, variables: boolean): ResourceSet {
  if (statement.resources === null) return ANY_RESOURCE;
  const variable = variableFrom(question.context ?? UNKNOWN_CONTEXT);
  const patterns = statement.resources.value.map((text) =>
    compile(partitioned(text, question), { wildcards: true, variable, variables }),
  );
  return { negated: statement.resources.negated, patterns: patterns.filter((pattern) => pattern !== null) };
}

/** The ARN as it is compared: in one partition, where the question does not tell them apart. */
export function partitioned(arn: string, question: Question): string {
  return question.ignorePartition ? arn.replace(/^arn:(?:aws[a-z-]*|\$\{[^}]*\}):/, 'arn:aws:') : arn;
}
