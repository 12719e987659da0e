/** Drift: what was changed outside of Terraform, told apart from what is still to be applied and what moves by itself. */
export { baselineText, NotABaseline, parseBaseline, type Baseline } from './baseline';
export { driftExitCode } from './exit-code';
export { cdktfFolders, duplicates, namedFolders, NoStacks } from './folders';
export { failedLook, lookAtPlan, type Look } from './look';
export { runProcess } from './process';
export { buildDriftReport, type DriftOutcome, type DriftSettings } from './report';
export { readSynthesized } from './synthesized-stack';
export { lookAtFolders, type Folder, type TerraformSettings } from './terraform';
export { messageOf, postMessage, type DriftMessage } from './webhook';
