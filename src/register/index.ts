/** The register: which matter needs which conversations held, since when, and who let go of what; shared by all machines. */
export { Unanswered, type Bits } from './bits';
export { ClaimRefused, growClaim, makeClaim, type Claimed, type Parts } from './claim';
export type { ClaimKey, Entry, EntryBody, SetReference } from './entry';
export type { RegisterEvent, Report } from './events';
export { FolderStore } from './folder-store';
export { Log, type LogContext, type RegisterClock } from './log';
export { probe } from './probe';
export { NotLifted, releaseClaim, type Released } from './release';
export { SetStore } from './sets';
export { parseS3Place, S3Store, type S3Place } from './s3-store';
export { RegisterProblem, type Store } from './store';
export { TIMING, type Timing } from './timing';
export { liveClaims, releasedOf, unfinishedClaims, type ClaimView, type LiftView, type View } from './view';
