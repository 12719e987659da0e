/** Plan review and drift report, and their renderers. */
export type * from './report';
export { ACTIONS, countingItems, exitCode, LEVELS, SCHEMA_VERSION, tally } from './report';
export { FORMATS, type Format, type Renderer } from './render';
