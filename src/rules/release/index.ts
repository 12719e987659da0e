/** Who can lift a hold, and by which path. */
export { type ReleasePath, releasePaths } from './release-paths';
export { stepsInWords } from './words';
export { heldBuckets } from './targets';
