/** What counsel asks: which recordings are in scope, exported and held, what differs and why, in a pack that can be checked without us. */
export type * from './model';
export { CAUSE_NAMES, CAUSES } from './reconcile/causes';
export { reconcile, type Sink, type Sources, type Totals } from './reconcile/reconcile';
export { lookAtMatter, type Accounts, type LookOptions, type MatterLook, type Question } from './collect/look';
export type { BucketReader, Hashing } from './collect/objects';
export type { Recorded, RecordReaders } from './collect/recorded';
export type { Progress, Step } from './collect/progress';
export type { Place } from './collect/claims';
export { Work } from './collect/work';
export type { PackFacts, RunFact } from './pack/facts';
export { compareLive, type LiveAccounts, type LiveChecked } from './pack/live';
export { ATTESTATION, PREDICATE_TYPE, PUBLIC_KEY, type PackPredicate } from './pack/files';
export { verifyPack, type PackChecked, type Tampering } from './pack/verify-pack';
export { resourcesOf } from './pack/settings-by';
export { writePack, type PackSource, type PackWritten } from './pack/write-pack';
export { kmsSigner } from './signer';
