/**
 * Genesys Cloud and S3 on loopback, for tests, the demo, and trying things out: honest about time, limits and errors,
 * and with the failure that started this project. No account is needed and nothing leaves the machine.
 */
export { startSimulator, type Simulator } from './simulator';
export type { SettingsChange, SimulatorOptions } from './options';
export type { AuditActor } from './genesys/audit-log';
export type { RetentionPolicy, RetentionRules } from './genesys/retention-rules';
export type { Deletion, DeletionCause } from './genesys/retention';
export type { RecordingChoice, ShownConversation } from './control/recording-changes';
export type {
  Seed,
  SeedBucket,
  SeedClient,
  SeedConversation,
  SeedLateRecording,
  SeedObjects,
  SeedRecording,
} from './control/seed-input';
export type { Fault } from './control/faults';
export { FALSE_ANSWERS, type FalseAnswerKind } from './control/false-answers';
export type { QuietChange } from './control/quiet-change';
export type { LoggedAwsRequest, LoggedRequest, LoggedS3Request } from './control/request-log';
export type { SimulatorState } from './control/state';
