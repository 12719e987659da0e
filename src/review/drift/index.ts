/** Drift: what was changed outside of Terraform, told apart from what is still to be applied and what moves by itself. */
export { baselineText, NotABaseline, parseBaseline, type Baseline } from './baseline';
export { driftExitCode } from './exit-code';
export { buildDriftReport, type DriftOutcome, type DriftSettings } from './report';
export { keyOf } from './baseline';
export { isFinding } from './items';
export { whoIsAsked, type Asked } from './who-asked';
export { withWho } from './who-told';
