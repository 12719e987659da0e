/** One rule a file, pure over {@link Facts}; the registry, the pages, and how findings are written. */
export { askDocument, type DocumentAnswer, type DocumentQuestion } from './ask-document';
export { causesOf, type Cause } from './causes';
export { checkRules } from './check';
export {
  dateOf,
  deletionLine,
  deletionWindow,
  exportTimeInWords,
  MOST_NAMED,
  reachesScreenLimit,
  type DeletionWindow,
} from './deletion-window';
export { isBeyondPlans } from './finding';
export type { CheckSettings, Finding, Ignore, Report, RuleSetting, RuleSettings } from './finding';
export { formatCause, formatFinding } from './format';
export { describeLoss, inDays } from './loss';
export { plainText, rulePage, rulesIndex } from './pages';
export { RULES, type RuleId } from './registry';
export type { Answered, Evidence, Example, Prose, Rule, RuleWords, Severity, Source, Status, Table } from './rule';
export { verdictOf, worstFirst, type Verdict } from './verdict';
export { followersOf } from './followers';
export { daysOfInterval, estimateHold, estimateWork, type WorkEstimate } from './work-estimate';
export { heldBuckets, releasePaths } from './release';
