/**
 * The register: which matter needs which conversations and files held, since when, and who let go of what; shared by all machines.
 *
 * How a hold uses it, one {@link Register} a run:
 *
 * ```ts
 * const register = await openRegister({ address, s3, clock, random, actor }, signal); // reads only: a plan may do it
 * register.released(key);                              // at plan: keep it, and give it to the create as `releasedSeen`
 * register.claim(reference);                           // the claim that state names, or a typed error that says what to do
 * await register.overlap({ key, claim }, ids, signal); // what stays held for how many other claims; never their names
 *
 * const { reference, seen } = await register.claimConversations({ key, ids, releasedSeen }, bits, signal); // into state
 * await register.growConversations(reference, ids, bits, signal);       // growth and repair
 * await register.releaseConversations(reference, reason, bits, signal); // lifts only what nobody else needs
 * await register.takeOver(claimId, signal);                             // import claim/<id>, or a lost state
 * ```
 *
 * `bits` is how the hold API or S3 is looked at and changed ({@link Bits}); when and for what it is called is the protocol's
 * (docs/design/register.md). Files go the same way, with their own sweep: `claimFiles` gives a {@link Setting} to ask before each
 * request that sets, `releaseFiles` takes the versions that the journal says are ours, `journal(name)` ships that journal.
 *
 * Errors: {@link RegisterProblem} by `kind` (`unreachable` may pass: a refresh continues and warns, a hold is applied
 * unregistered and claimed at the next apply with `earlier`; a release is refused), {@link ClaimRefused} by `reason`,
 * {@link SegmentTaken}, {@link NotLifted}. Their messages are for people.
 */
export {
  approvalPayload,
  NotApproved,
  type ApprovalAction,
  type Approvals,
  type ApprovalSubject,
  type Weighed,
} from './approvals';
export { approversDigest, approversInWords, approversOf, keysOf, type Approvers } from './approvers';
export type { Earlier } from './before';
export { Unanswered, type Bits } from './bits';
export type { Claimed, ClaimRequest } from './claim';
export type { ClaimKey, Cover, Entry, EntryBody, SetReference } from './entry';
export type { RegisterEvent, Report } from './events';
export type { FileClaim, FileRelease, FileScope, PlacedBy } from './file-claims';
export { FileVersions, type FileVersion } from './file-versions';
export { copyRegister, type Copied } from './copy';
export { coveredAtMost, holdersOfConversation, holdersOfObject, mattersOf, placesOf, type Matter } from './holders';
export { Lease, LeaseEnded } from './lease';
export type { RegisterClock } from './moment';
export { openRegister, type OpenOptions } from './open';
export { isShared, storeAt } from './place';
export type { ConversationClaim, Outlook } from './conversation-claims';
export { FolderStore } from './folder-store';
export { ClaimRefused, type RefusalReason } from './refused';
export { Register, type ClaimReference, type Overlap } from './register';
export { NotLifted } from './release';
export type { Released, ReleaseOptions } from './release-conversations';
export { Segments, SegmentTaken } from './segments';
export { Setting } from './setting';
export { RegisterProblem, type ProblemKind, type Store } from './store';
export { TIMING, type Timing } from './timing';
export {
  isLive,
  liveClaims,
  unfinishedClaims,
  type ClaimState,
  type ClaimView,
  type LiftView,
  type Part,
  type View,
} from './view';
