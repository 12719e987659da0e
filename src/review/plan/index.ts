/** Review of plans: what a change means for exports and holds, before it is applied. */
export { buildReview, type ReviewSettings } from './build-review';
export type { UnreadPlan } from './targets';
export { sourceLines, type ReadFolder, type SourceFile } from './source-lines';
