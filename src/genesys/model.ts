/**
 * The words of this room: what is exported, in which batches, and what is held. Facts: reference in docs/genesys.md.
 */
import type { ConversationId, ConversationSet, RecordingMarks } from '../conversations';
import type { Interval } from '../time';
import type { Bounds } from './bounded';
import type { JobSurvey } from './job-survey';
import type { RecordingRow, RetentionPage, RetentionPlace } from './recordings';

export type { ConversationId } from '../conversations';
export type { JobSurvey, SurveyedJob } from './job-survey';
export type { RecordingRow, RetentionPage, RetentionPlace } from './recordings';

/** Which conversations an export covers. Exactly one of `interval` and `conversationIds` is given. */
export interface ExportScope {
  /** ISO-8601 `start/end`, both instants in UTC or with an offset; end is exclusive. */
  readonly interval?: string;
  readonly conversationIds?: readonly ConversationId[];
  /** `voice`, `chat`, `email`, `message`, … as in the analytics dimension `mediaType`. Empty: any. */
  readonly mediaTypes: readonly string[];
  /** `sms`, `whatsapp`, `open`, … as in the analytics dimension `messageType`. Empty: any. */
  readonly messageTypes: readonly string[];
  readonly addressFrom?: string;
  readonly addressTo?: string;
  readonly externalTag?: string;
}

/** What of an {@link ExportScope} is not about time or named conversations. */
export type ScopeFilters = Omit<ExportScope, 'interval' | 'conversationIds'>;

/** Everything that decides what is asked of Genesys Cloud. There is no legal hold in here, and no place for one. */
export interface ExportSpec {
  readonly integrationId: string;
  readonly scope: ExportScope;
  /** ISO-8601 duration that splits the interval; undefined: one batch. */
  readonly batchInterval?: string;
  readonly includeScreenRecordings: boolean;
  readonly includeRecordingsWithSensitiveData: boolean;
  /** Instant of the export; undefined together with actionAge: at once. */
  readonly actionDate?: string;
  /** Days after each recording's creation. */
  readonly actionAge?: number;
  /** Sent only to an org that has the compliance API: the public contract has no such field. */
  readonly includeMetadata: boolean;
}

/**
 * Where a batch stands.
 *
 * `planned` no job yet · `pending`, `ready`, `processing` as Genesys says · `fulfilled` export dates are written, files
 * may still be missing · `exported` every recording in scope has `exportedDate` (or its object is in the bucket) ·
 * `incomplete` fulfilled, but recordings failed · `failed`, `cancelled` as Genesys says · `forgotten` Genesys no longer knows the job.
 */
export type BatchState =
  | 'planned'
  | 'pending'
  | 'ready'
  | 'processing'
  | 'fulfilled'
  | 'exported'
  | 'incomplete'
  | 'failed'
  | 'cancelled'
  | 'forgotten';

/** One recording job of an export. */
export interface Batch {
  /** Null while no job was created. */
  readonly jobId: string | null;
  /** The part of the interval this batch covers, `start/end` in UTC. */
  readonly interval: string;
  /** Set for a batch of named conversations (by `conversation_ids`, or a retry of failed recordings). */
  readonly conversationIds?: readonly ConversationId[];
  /** Set where this batch asks for less than the export: the export has grown since, or this is what it has grown by. */
  readonly filters?: ScopeFilters;
  /** Set where it names conversations that no batch exported before, in an export by interval: it is no retry. */
  readonly first?: true;
  readonly state: BatchState;
  readonly conversations: number;
  readonly recordings: number;
  readonly failedRecordings: number;
  /** Genesys's message for a failed job, with what we know about it. */
  readonly error: string | null;
  /**
   * When the job was first seen FULFILLED, in milliseconds since 1970. Export dates may be seen a little later, and that time
   * is counted from here, over however many runs.
   */
  readonly fulfilledAt?: number;
}

/** A recording that a job could not process. Genesys gives no reason per recording. */
export interface FailedRecording {
  readonly conversationId: ConversationId;
  readonly recordingId: string;
}

/** A recording that is not exported yet. */
export interface PendingRecording {
  readonly conversationId: ConversationId;
  readonly recordingId: string;
  /** When it is due, if Genesys has planned it; null means that no export covers it. */
  readonly exportDate: string | null;
}

/** A job of an export that did not do its work. */
export interface UnfinishedJob {
  readonly jobId: string;
  readonly state: BatchState;
  readonly error: string | null;
}

/** How complete an export is. */
export interface Completion {
  /** True when every recording in scope is exported. The only thing that counts as complete. */
  readonly exported: boolean;
  /**
   * True when every job ended FULFILLED, and each recording in scope is exported, named by Genesys Cloud as failed, or covered
   * by no job because it came later. Then the export will not move any more, and what it covers can be held.
   */
  readonly finished: boolean;
  /** Jobs that keep it from being finished: running, failed, or cancelled. */
  readonly unfinishedJobs: readonly UnfinishedJob[];
  /** Conversations with a recording that no job covers: it came after the jobs had counted. */
  readonly late: ConversationSet;
  /** Conversations with a recording that a job could not process. */
  readonly failed: ConversationSet;
  /** Every recording that a job could not process, and that is not exported by another job since. */
  readonly failedRecordings: readonly FailedRecording[];
  /** Conversations that Genesys Cloud lists, and then says it does not know. Whether they have recordings is unknown. */
  readonly unreadable: ConversationSet;
  /** Recordings that the jobs counted by themselves, and that were not found in any conversation. */
  readonly missingRecordings: number;
  /** Conversations in scope that have recordings, and those that could not be read. */
  readonly conversations: ConversationSet;
  /** Conversations in scope that have no recording. */
  readonly withoutRecordings: ConversationSet;
  /** `conversation/recording` of each exported recording; null when there are more than 10,000. */
  readonly exportedRecordings: readonly string[] | null;
  /** Recordings in scope, exported or not. */
  readonly recordings: number;
  /** All recordings that its conversations had, in scope or not. */
  readonly marks: RecordingMarks;
  /** Of these, those that the jobs left out on purpose: screen recordings, or those with sensitive data. */
  readonly leftOut: RecordingMarks;
  /**
   * How often conversations were exported beyond the first time, because they are in the scope of several jobs: one that went on
   * from one interval into the next is in both.
   */
  readonly repeated: number;
  /** Some of those not exported, at most 20, for messages; `pendingCount` counts them all. */
  readonly pending: readonly PendingRecording[];
  readonly pendingCount: number;
  /** Conversations that the jobs took and that are gone since; absent where there are none. */
  readonly deleted?: DeletedByRetention;
}

/** What the organization's maximum retention has deleted. */
export interface DeletedByRetention {
  /** Those that are known by name, each of which Genesys Cloud no longer knows. */
  readonly conversations: ConversationSet;
  readonly maximumDays: number;
}

/** Says whether the objects of these recordings are in the bucket; given when a destination is to be proven by listing. */
export type DeliveryProof = (
  recordings: readonly { readonly conversationId: ConversationId; readonly recordingId: string }[],
  signal: AbortSignal,
) => Promise<readonly boolean[]>;

export type WaitFor = 'exported' | 'fulfilled';

/** A job of the same client and query that this run did not create. */
export interface AdoptedJob {
  readonly jobId: string;
  readonly interval: string;
  readonly state: BatchState;
}

export interface RunOptions {
  readonly waitFor: WaitFor;
  readonly signal: AbortSignal;
  /** Called with all batches whenever one changes; what it gets is what must be saved if the process dies now. */
  readonly onChange?: (batches: readonly Batch[]) => void;
  readonly deliveryProof?: DeliveryProof;
  /**
   * Export again: finished jobs are not taken over, whoever made them. For an export that replaces a finished one on
   * demand. @default false
   */
  readonly again?: boolean;
  /** Told of each job that is taken over because it asks for the same, under way or done. */
  readonly onAdopt?: (job: AdoptedJob) => void;
  /** Given for an export that was finished before: what it lacks is exported again. */
  readonly repair?: Repair;
  /**
   * Given for an export that was finished before and covers more by now: the batches of this run are what is new, and the
   * outcome is about them alone. It ends in bounded time, and like a {@link Repair} it has troubles and no errors; those of its
   * batches that are done by then are looked at, whatever becomes of the others.
   */
  readonly grow?: Growing;
}

/** What an export that was finished once exports for the first time, beside the batches that are given. */
export interface Growing {
  /** Most milliseconds that it takes; what is under way then continues at Genesys Cloud. */
  readonly atMostMs: number;
  /** Conversations of an export by name that are new. */
  readonly named: readonly ConversationId[];
  /** Parts of an interval in which only those conversations are new that are not `known`, so that they have to be named. */
  readonly rest: readonly { readonly interval: string; readonly filters: ScopeFilters }[];
  readonly known: ConversationSet;
}

/**
 * What an export that was finished once does again. Such a run ends in bounded time, and a job that fails, or a request that is
 * refused, is an outcome and not an error: what was exported before stays so.
 */
export interface Repair {
  /** Conversations to be exported once more. */
  readonly conversations: ConversationSet;
  /** Ids of recordings that are known to have come late: no job has left them out on purpose. */
  readonly lateRecordings?: ReadonlySet<string>;
  /** Most milliseconds that it takes; what is under way then continues at Genesys Cloud. */
  readonly atMostMs: number;
}

/** How a run ended. An aborted signal ends a run without throwing: the batches say how far it came. */
export interface RunOutcome {
  readonly batches: readonly Batch[];
  readonly failedRecordings: readonly FailedRecording[];
  /** Null until no recording is on its way any more: what is not exported then needs a new job. */
  readonly completion: Completion | null;
  /** When the last batch became complete, ISO-8601; null while it is not. */
  readonly completedAt: string | null;
  /** Finished jobs of the last 24 hours that were taken over because the query is the same. */
  readonly adopted: readonly AdoptedJob[];
  /**
   * Jobs of the same query that nothing runs and that could not be cancelled: their creation was answered too late, or two
   * processes created them at once, and another job does the work.
   */
  readonly strays: readonly string[];
  /** The abort's reason when the run was cut short. */
  readonly interrupted: unknown;
  /** What ended a repair or a growth early; null otherwise. */
  readonly trouble: unknown;
  /** Of a growth: the batches that will not move any more. `completion` is about these alone. */
  readonly settled?: readonly Batch[];
}

/** Export jobs on Genesys Cloud. */
export interface Exports {
  /**
   * Runs what is not done of these batches: adopts or creates jobs, at most two at once over the whole process and never
   * more than the org allows, executes them, waits. Throws {@link GenesysError} when a request finally fails; jobs that
   * FAILED do not throw, they are batches in state `failed`. Batches that are complete are not touched.
   */
  run(spec: ExportSpec, batches: readonly Batch[], options: RunOptions): Promise<RunOutcome>;
  /** Looks at the jobs and answers the batches as they stand. Changes nothing. */
  refresh(
    batches: readonly Batch[],
    options: { readonly signal: AbortSignal; readonly deliveryProof?: DeliveryProof },
  ): Promise<readonly Batch[]>;
  /** What these jobs were asked to do, from Genesys's own echo. Throws GenesysError 404 for a job it no longer knows. */
  describe(
    jobIds: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly spec: ExportSpec; readonly batches: readonly Batch[] }>;
  /**
   * Which conversations these jobs cover and whether all of their recordings are exported.
   *
   * @param options.known what they are known to have covered, asked for only when Genesys Cloud lists fewer than they took: without it
   * conversations that were deleted since cannot be told from those that are not listed
   */
  completion(
    jobIds: readonly string[],
    options: {
      readonly signal: AbortSignal;
      readonly deliveryProof?: DeliveryProof;
      readonly known?: () => Promise<ConversationSet | undefined>;
    },
  ): Promise<Completion>;
  /** Notes how a finished export stands by what its owner has seen in this process: whoever asks next is answered by that. */
  noteCompletion(jobIds: readonly string[], completion: Completion): void;
  failedRecordings(batches: readonly Batch[], signal: AbortSignal): Promise<readonly FailedRecording[]>;
  /** All that Genesys Cloud says of a job, and what it covers now; null when it does not know the job. Changes nothing. */
  survey(jobId: string, signal: AbortSignal): Promise<JobSurvey | null>;
  /** Whether this organization knows one of these jobs. */
  knows(jobIds: readonly string[], signal: AbortSignal): Promise<boolean>;
  /** What has come into the scope of a finished export since, as far as the bounds allow it. */
  news(question: NewsQuestion, bounds: Bounds | null, signal: AbortSignal): Promise<ExportNews>;
  /** Cancels unfinished jobs and waits until Genesys says so; finished and forgotten ones are left alone. */
  cancel(batches: readonly Batch[], signal: AbortSignal): Promise<void>;
}

/** What is asked about the news of an export. */
export interface NewsQuestion {
  readonly spec: ExportSpec;
  /** What it covers by interval; none for an export of named conversations. */
  readonly scopes: readonly ExportScope[];
  /** Conversations that are exported. */
  readonly covered: ConversationSet;
  /** Conversations in scope that had no recordings. */
  readonly without: ConversationSet;
  /** Recordings that were there and are not to be exported; null where that is not known. */
  readonly leftOut: RecordingMarks | null;
  /** When all of it was looked at, in milliseconds since 1970; null: all of its conversations are asked about. */
  readonly seenAt: number | null;
}

/** What came into the scope of an export. */
export interface ExportNews {
  /**
   * Conversations with recordings that the export does not cover. Those of which the bounds leave open whether they have some are
   * taken to have them.
   */
  readonly late: ConversationSet;
  /** Recordings that came late to conversations that are exported, and that no job has exported or is about to. */
  readonly lateRecordings: readonly FailedRecording[];
  /** Those that have nothing to export. */
  readonly withoutRecordings: ConversationSet;
  /** False when the bounds cut the look at the scope off: whether more conversations have come is unknown. */
  readonly isWhole: boolean;
  /** False when not all recordings were looked at: whether more have come to exported conversations is unknown. */
  readonly sawRecordings: boolean;
}

/** `compliance`: POST /api/v2/compliance/legalholds. `deletion_protection`: PUT /api/v2/recordings/deletionprotection. */
export type HoldApiName = 'compliance' | 'deletion_protection';

/** What is asked for. */
export interface HoldRequest {
  readonly name: string;
  readonly externalReferenceId?: string;
  readonly reason?: string;
}

/** A conversation that could not be held, and why, in words for the user. */
export interface HoldFailure {
  readonly conversationId: ConversationId;
  readonly code: string;
  readonly message: string;
}

/**
 * Why conversations are not held, as far as their recordings tell. What is in none of these sets was not asked about: what it
 * has is unknown.
 */
export interface Standing {
  /** Genesys Cloud does not know the conversation. */
  readonly gone: ConversationSet;
  /** It exists and has no recordings, so that there is nothing to protect. */
  readonly withoutRecordings: ConversationSet;
  /** It has recordings. */
  readonly recorded: ConversationSet;
}

/** Conversations that share recordings: such a recording is safe only while all of them are protected. */
export interface SharedRecordings {
  /** Of a conversation that was looked at, the others that its recordings belong to as well; without those that share none. */
  readonly shared: ReadonlyMap<ConversationId, readonly ConversationId[]>;
  /** Those whose recordings were read. */
  readonly looked: ConversationSet;
}

/** What a call to protect has come to. Everything in here was seen, nothing is assumed from the success of a request. */
export interface ProtectOutcome {
  /** The hold's id at Genesys (compliance API), else null. */
  readonly holdId: string | null;
  /** Those of the asked conversations that were seen to be protected. */
  readonly held: ConversationSet;
  /** Of `held`: protected before this call. */
  readonly alreadyHeld: number;
  /** Refused, or accepted without effect. None of them is in `held`. */
  readonly failures: readonly HoldFailure[];
  /** What is known about those that are not held. */
  readonly standing: Standing;
  /** The error that ended the call early, with some conversations done; null when all were tried. */
  readonly stoppedBy: unknown;
}

export interface HoldStatus {
  /** False when the hold itself is gone or released (compliance API). Deletion protection has no such entity: always true. */
  readonly exists: boolean;
  /** Those of the asked conversations that are protected now. */
  readonly held: ConversationSet;
}

/** What a hold API can do. Whoever works with one asks this, and not for its name. */
export interface HoldAbilities {
  /** Holds are objects of their own, with an id, a name and a reference that cannot be changed, and their conversations can be listed. */
  readonly hasHolds: boolean;
  /** Some conversations of a hold can be released while the others stay held. */
  readonly releasesParts: boolean;
  /** How many conversations the organization can protect by it, by the documents of Genesys Cloud; null where no limit is known. */
  readonly limit: number | null;
  /** In messages: "the compliance API". */
  readonly words: string;
}

/** How conversations are protected by somebody who has looked already, and who must look before each step. */
export interface ProtectOptions {
  /** What was seen to be protected a moment ago: the first look is left out. */
  readonly seen?: ConversationSet;
  /** Awaited before each request to protect; what it throws ends the work, as `stoppedBy` where something is held. */
  readonly beforeSet?: (conversations: ConversationSet) => Promise<void>;
}

/** One of the two hold APIs. Every call carries at most 100 conversations. */
export interface HoldApi {
  readonly name: HoldApiName;
  readonly abilities: HoldAbilities;
  /**
   * Looks, protects exactly those of `conversations` that are not protected yet, and looks again. With `holdId` null an
   * active hold of the same name and reference is taken over, else one is created; deletion protection ignores all but the
   * conversations. Where there is room for only some, those come first whose recordings are deleted first.
   * Safe to repeat. Throws when nothing at all could be done; stops and answers `stoppedBy` when part was done.
   */
  protect(
    request: HoldRequest,
    holdId: string | null,
    conversations: ConversationSet,
    signal: AbortSignal,
    options?: ProtectOptions,
  ): Promise<ProtectOutcome>;
  /** Which of these conversations are protected. Changes nothing. */
  status(holdId: string | null, conversations: ConversationSet, signal: AbortSignal): Promise<HoldStatus>;
  /** All conversations of a hold; only for an API that {@link HoldAbilities.hasHolds}, others throw. */
  conversations(
    holdId: string,
    signal: AbortSignal,
  ): Promise<{ readonly request: HoldRequest; readonly conversations: ConversationSet }>;
  /** The id of the active hold of this name and reference; null where there is none, or holds are no objects of their own. */
  find(request: HoldRequest, signal: AbortSignal): Promise<string | null>;
  /**
   * Takes the protection of these conversations away; of the whole hold where the API does not
   * {@link HoldAbilities.releasesParts}. Success is the answer's word for it: look afterwards. Requests that got no answer are
   * not repeated: throws {@link AmbiguousFailure} then, and the request may still take effect later.
   *
   * @param beforeSend called right before each request is sent; what it throws ends the call, and nothing more is sent
   */
  lift(
    holdId: string | null,
    conversations: ConversationSet,
    beforeSend: () => void,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface Holds {
  /** Answers `wanted`, or for `auto` asks the org once per process whether the compliance endpoint exists. */
  choose(wanted: HoldApiName | 'auto', signal: AbortSignal): Promise<HoldApi>;
  api(name: HoldApiName): HoldApi;
  /** What Genesys Cloud knows of these conversations and their recordings; asks about no more than `most`. */
  standing(conversations: ConversationSet, most: number, signal: AbortSignal): Promise<Standing>;
  /**
   * Which other conversations the recordings of these belong to as well. One request for each, and at most `most`: what was not
   * looked at is not in `looked`.
   */
  shared(conversations: ConversationSet, most: number, signal: AbortSignal): Promise<SharedRecordings>;
  /** Which conversations of the organization are under deletion protection, as far as so many requests tell. */
  protectedNow(mostRequests: number, signal: AbortSignal): Promise<ProtectedNow>;
}

/** What a look at a scope has found. */
export interface ScopeLook {
  /** With recordings or without. */
  readonly conversations: ConversationSet;
  /** When the oldest of those began that have not ended yet, in milliseconds since 1970; null when all have. */
  readonly openSince: number | null;
  /** Those that had not ended at the instant that was asked about. */
  readonly recent: ConversationSet;
  /** False when the bounds cut it off: there may be more. */
  readonly isWhole: boolean;
}

/** How far a scope was looked at that conversations may still come into. Instants in milliseconds since 1970. */
export interface Followed {
  /** Where the scope ended then; exclusive. */
  readonly end: number;
  /** When all of it was looked at. */
  readonly seenAt: number;
  /** When the oldest of its conversations began that had not ended then; null when all had. */
  readonly openSince: number | null;
  /** Conversations in scope that had no recordings. */
  readonly without: ConversationSet;
  /** Of these, those that had ended a short while before: a recording may still come. */
  readonly young: ConversationSet;
}

/** What a look at a followed scope has come to. */
export interface Following {
  /** In scope, with recordings, and not known before. */
  readonly late: ConversationSet;
  /** What the next look starts from. */
  readonly followed: Followed;
  /** Those in scope that had not ended at the instant that was asked about, known ones included. */
  readonly recent: ConversationSet;
  /** False when the bounds cut it off: whether more has come is unknown. */
  readonly isWhole: boolean;
}

/** What a look at the recordings of conversations has found. Each conversation is in one of these sets. */
export interface RecordingLook {
  readonly recorded: ConversationSet;
  readonly withoutRecordings: ConversationSet;
  /** Genesys Cloud does not know the conversation. */
  readonly gone: ConversationSet;
  /** Not looked at, because the bounds were reached. */
  readonly unknown: ConversationSet;
  /** Those whose recordings were all read, but for what is too young for a list; of the others there may be more. */
  readonly read: ConversationSet;
}

/** How recordings are looked at. */
export interface RecordingOptions {
  /** Screen recordings do not count, where it can be told that they are some. @default false */
  readonly leavesOutScreens?: boolean;
  /** Gets the recordings as they are read; some may come twice. All of a conversation are wanted then. */
  readonly take?: (rows: readonly RecordingRow[]) => void;
}

/** Looks that share their bounds. */
export interface Looks {
  /** False: everything is looked at, whatever it costs. */
  readonly isBounded: boolean;
  /** How many conversations can be asked about one by one, before the bounds are reached. */
  readonly few: number;
  /**
   * Which conversations are in scope, by their activity in these intervals; the scope's own interval does not count.
   *
   * @param recently what had not ended then is recent, in milliseconds since 1970
   */
  inScope(
    scope: ExportScope,
    intervals: readonly Interval[],
    recently: number,
    signal: AbortSignal,
  ): Promise<ScopeLook>;
  /**
   * Which of these have recordings. Few are asked one by one, many through the retention query.
   *
   * @param youngest when the youngest of them may have been active, in milliseconds since 1970; what is long over and not listed
   *     has no recordings, anything else is asked for
   */
  recordings(
    conversations: ConversationSet,
    youngest: number,
    signal: AbortSignal,
    options?: RecordingOptions,
  ): Promise<RecordingLook>;
}

/** What of an organization is under deletion protection. */
export interface ProtectedNow {
  /** Those that were found. */
  readonly held: ConversationSet;
  /** False when there are more recordings than could be looked at: then at least `held`. */
  readonly complete: boolean;
}

/** What is asked about deletions. */
export interface DeletionQuestion {
  readonly scope: ExportScope;
  /** The conversations in scope, where somebody has them already; otherwise Genesys Cloud is asked about those that matter. */
  readonly inScope?: ConversationSet;
  /** Deletions within so many milliseconds from now matter, by Genesys Cloud's clock. */
  readonly withinMs: number;
  /** Pages of the organization's recordings that are looked at, of up to 500 recordings each. */
  readonly mostPages: number;
}

/** A recording that will be deleted as things stand. */
export interface PlannedDeletion {
  readonly conversationId: ConversationId;
  readonly recordingId: string;
  /** ISO-8601 in UTC. In the past: it is overdue, and goes at any moment. */
  readonly at: string;
  /** What deletes it: the delete date of a policy, or the organization's maximum retention. */
  readonly by: 'policy' | 'maximum-retention';
}

/** What of a scope is deleted soon. Nothing in it is protected. */
export interface DeletionOutlook {
  /** When it was looked at, by Genesys Cloud's clock, ISO-8601 in UTC. */
  readonly asOf: string;
  /** Deletions up to this instant were looked for, ISO-8601 in UTC: sooner than asked where very many are due. */
  readonly until: string;
  /** Soonest first, some of them. */
  readonly next: readonly PlannedDeletion[];
  /** How many there are until then; at least, where something could not be seen. */
  readonly count: number;
  /** Maximum retention of the organization, in days; null: Genesys Cloud names none. Undefined: it could not be read. */
  readonly maximumDays: number | null | undefined;
  /** What could not be seen, half sentences; empty: everything was. */
  readonly unseen: readonly string[];
}

export interface Integration {
  readonly id: string;
  readonly name: string;
  readonly typeId: string;
  readonly state: string;
}

/** A Genesys Cloud organization, reached with one client's credentials. Nothing is sent before the first call. */
export interface Genesys {
  readonly exports: Exports;
  readonly holds: Holds;
  /** Looks at scopes and recordings, for one resource; null: without bounds. */
  looks(bounds: Bounds | null): Looks;
  /** The recordings of a conversation; empty when it has none, null when there is no such conversation. */
  recordingsOf(conversationId: ConversationId, signal: AbortSignal): Promise<readonly RecordingRow[] | null>;
  /** Recordings of the whole organization that are kept for more than so many days, page by page, from a place where an earlier run stopped. */
  retention(moreThanDays: number, place: RetentionPlace | null, signal: AbortSignal): AsyncIterable<RetentionPage>;
  /** The organization's id, asked once. */
  organizationId(signal: AbortSignal): Promise<string>;
  /** Which recordings in scope are deleted soon, unless something is done. Bounded; changes nothing. */
  deletions(question: DeletionQuestion, signal: AbortSignal): Promise<DeletionOutlook>;
  /** Throws GenesysError 404 when there is none of this id. */
  integration(id: string, signal: AbortSignal): Promise<Integration>;
  /** The time by Genesys Cloud's own clock, for what is evidence; null before it has answered. */
  serverTime(): Date | null;
  /** Milliseconds by which that clock is ahead of this machine's; null before it has answered. */
  serverClockAhead(): number | null;
}

/** How to reach Genesys Cloud; as the official Terraform provider understands it. */
export interface GenesysConfig {
  readonly accessToken?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** AWS region name of the org, any case: `eu-central-1`. */
  readonly region: string;
  readonly gateway?: {
    readonly protocol: string;
    readonly host: string;
    readonly port?: number;
    readonly pathParams?: readonly { readonly name: string; readonly value: string }[];
    readonly auth?: { readonly username: string; readonly password: string };
  };
  readonly proxy?: {
    readonly protocol: string;
    readonly host: string;
    readonly port?: number;
    readonly auth?: { readonly username: string; readonly password: string };
  };
  readonly requestsPerMinute: number;
  /** How long one request is retried, in milliseconds. */
  readonly retryTimeoutMs: number;
  readonly holdApi: HoldApiName | 'auto';
}
