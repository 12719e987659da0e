/** Tags and legal holds on exported objects, version by version. */
export { applyObjectHold, objectLockMissing, type ObjectHoldRequest } from './apply';
export type { Sampled } from './bounded-list';
export {
  chooseEngine,
  DEFAULT_THRESHOLD,
  MAX_TAG_GROUPS,
  US_EAST_1,
  type Engine,
  type EngineChoice,
  type EngineQuestion,
  type Estimate,
  type Prices,
} from './choose-engine';
export { AdaptiveConcurrency, type ConcurrencyLimits } from './concurrency';
export { inspectObjectHold, type ObjectInspection } from './inspect';
export type { HoldWish } from './intention-apply';
export { JournalUnwritable, noJournal, openJournal, type Journal, type JournalOptions } from './journal';
export { JournalInUse } from './journal-lock';
export type { JournalEntry, JournalLine } from './journal-entry';
export { JournalBroken, readJournal, readJournalIn, type JournalTail } from './journal-reader';
export { ManifestDigest, manifestLine } from './manifest-digest';
export type {
  Answer,
  HidingMarker,
  HoldStatus,
  LockSupport,
  ObjectStore,
  ObjectVersion,
  VersionPage,
  VersionRef,
} from './object-store';
export { placedIn, readPlacedHolds, type PlacedHolds } from './placed-holds';
export { createS3ObjectStore, type S3ObjectStoreOptions } from './s3-object-store';
export { compareUtf8, normalizePrefixes } from './scope';
export type { VersionFailure } from './settle-version';
export type { ObjectHoldDeps, ObjectHoldProgress, ObjectHoldResult, Stop } from './sweep';
export { canonicalTags, carriesTags, MAX_TAGS, mergeTags, sameTags, tagProblems } from './tag-set';
export type { Merge, TagSet } from './tag-set';
export { markOf, VersionSketch, type VersionMark } from './version-sketch';
export type { Present } from './walk';
