/** Genesys Cloud: credentials, regions, requests, recording jobs, conversation scope and both hold APIs. */
export { createAuditTrail, type AuditAction, type AuditRange, type AuditTrail } from './audits';
export type { Bounds } from './bounded';
export { inferBatchInterval, isFulfilled, isRetry, planBatches } from './batches';
export { SETTLED_AFTER_MS } from './export-run';
export { checkConfig, registerCredentials, type ConfigProblem } from './config';
export * from '../conversations';
export { AmbiguousFailure } from './client';
export { GenesysError, hasStatus, type Trouble } from './errors';
export { HOLD_ABILITIES } from './holds/abilities';
export { lookForShared, withShared, type AskShared, type Shares } from './holds/closure';
export { follow, isSettled, type Watched } from './follow';
export { createGenesys, type GenesysDependencies } from './genesys';
export {
  EXPORT_FOLLOWED_FOR_MS,
  FORGOTTEN_EXPORT_SETTLED_MS,
  FOUND_AFTER_MS,
  OVERLAP_MS,
  RECORDED_AFTER_MS,
} from './lateness';
export type * from './model';
export { ProcessState } from './process-state';
export { regionDomain, regionNames } from './regions';
export * from './survey';
export { USES, type Use } from './uses';
