/** Pure three-valued policy evaluation: allowed, denied or unknown, with the statement that decides or what is in the way. */
export { type AnywhereQuestion, evaluateAnywhere } from './anywhere';
export { type Answer, type Decision, actionsPerhapsAllowed, evaluate } from './evaluate';
export { explain, nameGrounds, resourceInWords } from './explain';
export type { Grounds } from './layer';
export type { Caller, PolicyKind, PolicySource, Question, ResourceQuestion } from './question';
export { type RequestContext, SOME_OTHER_VALUE, UNKNOWN_CONTEXT } from './context';
export {
  type Document,
  type ParsedDocument,
  type PrincipalElement,
  type Statement,
  parseDocument,
  statementName,
} from './document';
export { comparePolicies, compareLines, linesLost, type PolicyDifference, saySame } from './compare';
export { undenied } from './undenied';
export { type Line, lineInWords, linesOf } from './permission-lines';
export type { Problem } from './problem';
export { kindInWords, readPolicy, type ReadPolicy } from './policy-kinds';
export { type Blocker, describeBlocker } from './truth';
export { KNOWN_ACTIONS, type ArnLevel, levelOf } from './actions';
export { type UnknownAction, actionsKnownUntil, officialNames, unknownAction } from './action-names';
export { type DeadGrant, deadGrants } from './dead-grants';
export { awsManagedPolicy, managedPoliciesKnownUntil } from './managed-policies';
export { type MisnamedAction, misnamedActions } from './misnamed-actions';
export { type NearMiss, nearMisses } from './near-misses';
export { replaceExpressions, withKnownExpressions } from './expressions';
export { expressionsIn } from './pattern';
export { fitsWildcards, type WildcardOptions } from './wildcards';
