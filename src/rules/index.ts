/** One rule a file, pure over {@link Facts}; the registry, and how findings are told. */
export { askDocument, type DocumentAnswer, type DocumentQuestion } from './ask-document';
export { checkRules } from './check';
export type { CheckSettings, Finding, Ignore, Report, RuleSetting, RuleSettings } from './finding';
export { formatFinding } from './format';
export { describeLoss, inDays } from './loss';
export { RULES, type RuleId } from './registry';
export type { Answered, Evidence, Rule, Severity, Status } from './rule';
export { verdictOf, worstFirst, type Verdict } from './verdict';
export { daysOfInterval, estimateWork, type WorkEstimate } from './work-estimate';
