/** Plan review and drift report, and their renderers. */
export type * from './report';
export { ACTIONS, countingItems, exitCode, LEVELS, SCHEMA_VERSION, tally } from './report';
export { FORMATS, render, type Format, type Renderer } from './render';
export {
  baselineText,
  buildDriftReport,
  driftExitCode,
  isFinding,
  keyOf,
  NotABaseline,
  parseBaseline,
  whoIsAsked,
  withWho,
  type Asked,
  type DriftOutcome,
} from './drift';
export {
  buildReview,
  sourceLines,
  type ReadFolder,
  type ReviewSettings,
  type SourceFile,
  type UnreadPlan,
} from './plan';
export {
  checkSettings,
  NO_SETTINGS,
  NotSettings,
  parseSettings,
  SETTABLE_RULES,
  type SettableRule,
  type Settings,
  type SettingsIgnore,
} from './settings';
export { DRIFT_RULES } from './drift/drift-rules';
export { GAP_KINDS, type GapKind } from './standing';
export { matterInState, type MatterInState } from './matter-in-state';
export { claimsInState, NotAState, readStatus, type Status, type StatusEntry } from './status';
export { ageInWords, type Following } from './as-of';
export { statusLines, type Language, type StatusTelling } from './status-text';
