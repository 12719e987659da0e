/** Plan review and drift report, and their renderers. */
export type * from './report';
export { ACTIONS, countingItems, exitCode, LEVELS, SCHEMA_VERSION, tally } from './report';
export { FORMATS, type Format, type Renderer } from './render';
export {
  baselineText,
  buildDriftReport,
  cdktfFolders,
  driftExitCode,
  duplicates,
  failedLook,
  lookAtFolders,
  lookAtPlan,
  messageOf,
  namedFolders,
  NoStacks,
  NotABaseline,
  NotAPlan,
  NotIgnores,
  parseBaseline,
  parseIgnores,
  parsePlan,
  postMessage,
  readConstructPaths,
  runProcess,
  type Folder,
  type Look,
} from './drift';
export { NotAState, readStatus, type StatusEntry } from './status';
