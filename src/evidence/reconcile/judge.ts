/** What the sources say of one conversation, compared. Pure: all that is known comes in, differences come out. */
import type {
  ConversationRow,
  DeletionRow,
  Difference,
  FailureRow,
  FileRow,
  Job,
  ObjectRow,
  PlacedRow,
  RecordingRow,
} from '../model';
import { isExported, reasonOf, type SkippedByJobs } from './unexported';

/** Rows of one conversation. */
export interface ConversationGroup {
  readonly key: string;
  readonly rows: {
    readonly conversations: readonly ConversationRow[];
    readonly recordings: readonly RecordingRow[];
    readonly failures: readonly FailureRow[];
    readonly deletions: readonly DeletionRow[];
    readonly objects: readonly ObjectRow[];
    readonly placed: readonly PlacedRow[];
  };
}

/** What holds for all conversations. */
export interface JudgeContext {
  /** By Genesys Cloud's clock. */
  readonly now: number;
  readonly jobs: readonly Job[];
  /** The matter's claims are, or include, claims over conversations: what is in scope must be claimed. */
  readonly claimsConversations: boolean;
  /** The bucket was listed: a file that was not found is not there. */
  readonly bucketListed: boolean;
  /** Which conversations belong to the matter is known: a file of another one is foreign. */
  readonly scopeKnown: boolean;
  readonly skipped: SkippedByJobs;
}

/** What comes out for one conversation. */
export interface Judgement {
  readonly differences: readonly Difference[];
  /** Versions of files that are the matter's. */
  readonly files: readonly FileRow[];
  /** Files of other conversations, which the matter does not claim. */
  readonly otherFiles: number;
  /** Protection or holds that could not be read. */
  readonly holdsUnknown: number;
}

/** Compares. */
export function judge(group: ConversationGroup, context: JudgeContext): Judgement {
  const { conversations, objects } = group.rows;
  const conversation = conversations[0];
  const own = objects.filter(({ claimed }) => claimed || belongs(conversation));
  const gone = goneOf(group, conversation);
  const isLate = conversation !== undefined && cameLate(conversation, context);
  const differences = [
    ...gone,
    ...(conversation === undefined ? [] : holdOf(conversation, group, gone.length > 0, isLate)),
    ...(conversation?.inScope === true ? unexported(group, context, isLate) : []),
    ...lostVersions(group, context),
    ...own.flatMap((object) => ofObject(object, conversation !== undefined || !context.scopeKnown)),
  ];
  return {
    differences,
    files: own.map((object) => fileOf(object, group)),
    otherFiles: objects.length - own.length,
    holdsUnknown: own.filter(({ hold }) => hold === null).length + (conversation?.held === null ? 1 : 0),
  };
}

function belongs(conversation: ConversationRow | undefined): boolean {
  return conversation !== undefined && (conversation.inScope === true || conversation.claimed);
}

/** What was there by some source and is not at Genesys Cloud any more. */
function goneOf({ key, rows }: ConversationGroup, conversation: ConversationRow | undefined): readonly Difference[] {
  // Without a row nobody has asked Genesys Cloud about this conversation; without an answer it is unknown.
  if (conversation === undefined || conversation.known === null) return [];
  const there = new Set(rows.recordings.map(({ recording }) => recording));
  const known = new Set([
    ...rows.objects.filter(({ metadata }) => !metadata).map(({ recording }) => recording),
    ...rows.placed.map(({ recording }) => recording),
    ...rows.failures.map(({ recording }) => recording),
    ...rows.deletions.flatMap(({ recording }) => recording ?? []),
  ]);
  const missing = [...known].filter((recording) => recording !== '' && !there.has(recording)).sort();
  const whole = rows.deletions.find(({ recording }) => recording === null);
  if (missing.length === 0) {
    return conversation.known ? [] : [goneDifference(key, null, whole)];
  }
  return missing.map((recording) =>
    goneDifference(key, recording, rows.deletions.find((one) => one.recording === recording) ?? whole),
  );
}

function goneDifference(conversation: string, recording: string | null, deletion: DeletionRow | undefined): Difference {
  const what = recording === null ? 'The conversation' : 'The recording';
  const common = { conversation, recording, file: null };
  if (deletion === undefined) {
    const asks = { kind: 'recording-deleted', conversation, recording } as const;
    return { ...common, cause: 'gone', text: `${what} is not at Genesys Cloud any more. Why is unknown.`, asks };
  }
  const { cause, at, actor } = deletion;
  return cause === 'retention'
    ? { ...common, cause: 'deleted-by-retention', text: `${what} was deleted when its retention ended.`, at, actor }
    : { ...common, cause: 'erased', text: `${what} was erased.`, at, actor };
}

function cameLate({ inScope, claimed, claimedByOthers, held }: ConversationRow, context: JudgeContext): boolean {
  return context.claimsConversations && inScope === true && !claimed && (held !== true || claimedByOthers);
}

function holdOf(
  { id, claimed, claimedByOthers, held, known }: ConversationRow,
  { rows }: ConversationGroup,
  isGone: boolean,
  isLate: boolean,
): readonly Difference[] {
  const common = { conversation: id, recording: null, file: null };
  if (isLate)
    return [{ ...common, cause: 'late', text: 'The conversation is in scope and no claim of the matter covers it.' }];
  if (held === true && !claimed && !claimedByOthers) {
    return [{ ...common, cause: 'held-without-claim', text: 'The conversation is protected and no matter claims it.' }];
  }
  // What is gone cannot be held: that it is gone was said.
  const explained = known === false || (isGone && rows.recordings.length === 0);
  if (!claimed || held !== false || explained) return [];
  return [
    {
      ...common,
      cause: 'claimed-without-hold',
      text: 'The matter claims the conversation and Genesys Cloud does not protect it.',
      asks: { kind: 'protection-revoked', conversation: id },
    },
  ];
}

function unexported(group: ConversationGroup, context: JudgeContext, isLate: boolean): readonly Difference[] {
  const { key, rows } = group;
  const jobs = context.jobs.filter(({ covers }) => covers.has(key));
  const differences: Difference[] = [];
  for (const recording of rows.recordings) {
    const common = { conversation: key, recording: recording.recording, file: null };
    if (isExported(recording)) {
      if (!context.bucketListed || isThere(recording.recording, rows)) continue;
      differences.push({
        ...common,
        cause: 'never-delivered',
        text: 'Genesys Cloud says that the recording was exported, and its file is not in the bucket.',
        ...(recording.exported === null ? {} : { at: recording.exported }),
      });
      continue;
    }
    const failedJob = rows.failures.find((failure) => failure.recording === recording.recording)?.job;
    const reason = reasonOf(recording, { failedJob, jobs, now: context.now });
    // That the conversation came late was said once.
    if (isLate && ('skippedBy' in reason || reason.cause === 'late')) continue;
    if ('skippedBy' in reason) {
      context.skipped.add(reason.skippedBy, recording);
      continue;
    }
    const left = reason.cause === 'screen' || reason.cause === 'snippet';
    if (left) for (const job of jobs) context.skipped.noteLeftOut(job);
    differences.push({ ...common, ...reason });
  }
  return differences;
}

/** Whether a file of the recording is in the bucket, or one was and its loss is a difference of its own. */
function isThere(recording: string, { objects, placed }: ConversationGroup['rows']): boolean {
  return (
    objects.some((object) => object.recording === recording && !object.metadata) ||
    placed.some((version) => version.recording === recording)
  );
}

function lostVersions({ rows }: ConversationGroup, { bucketListed }: JudgeContext): readonly Difference[] {
  if (!bucketListed || rows.placed.length === 0) return [];
  const there = new Set(rows.objects.map(nameOf));
  return rows.placed
    .filter((version) => !there.has(nameOf(version)))
    .map(({ conversation, recording, bucket, key, version, since }) => ({
      cause: 'lost-version',
      conversation,
      recording: recording === '' ? null : recording,
      file: { bucket, key, version },
      text: `The version was held since ${new Date(since).toISOString()} and is not in the bucket any more.`,
      actor: UNKNOWN_ACTOR,
      asks: { kind: 'version-deleted', bucket, key, version, since },
    }));
}

const UNKNOWN_ACTOR = { known: false, why: 'no record of the deletion was read' } as const;

function ofObject(object: ObjectRow, isOfMatter: boolean): readonly Difference[] {
  const { bucket, key, version, hold, claimed, claimedByOthers } = object;
  const common = {
    conversation: object.conversation,
    recording: object.recording === '' ? null : object.recording,
    file: { bucket, key, version },
  };
  const found: Difference[] = [];
  if (object.conversation === '') {
    found.push({
      ...common,
      cause: 'foreign-file',
      text: 'The key is not one that an export of Genesys Cloud writes.',
    });
  } else if (!isOfMatter) {
    found.push({
      ...common,
      cause: 'foreign-file',
      text: 'The conversation of the file is neither in scope nor claimed.',
    });
  }
  if (claimed && hold === 'OFF') {
    found.push({
      ...common,
      cause: 'claimed-without-hold',
      text: 'The matter claims the file and the version has no legal hold.',
      asks: { kind: 'lock-lifted', bucket, key, version },
    });
  }
  if (hold === 'ON' && !claimed && !claimedByOthers) {
    found.push({
      ...common,
      cause: 'held-without-claim',
      text: 'The version has a legal hold and no matter claims it.',
    });
  }
  return found;
}

function fileOf(object: ObjectRow, { rows }: ConversationGroup): FileRow {
  const { claimed: _claimed, claimedByOthers: _others, ...file } = object;
  const recording = rows.recordings.find((one) => one.recording === object.recording);
  const placed = rows.placed.find((version) => nameOf(version) === nameOf(object));
  return { ...file, exported: recording?.exported ?? null, heldSince: placed?.since ?? null };
}

function nameOf({ bucket, key, version }: Pick<ObjectRow, 'bucket' | 'key' | 'version'>): string {
  return JSON.stringify([bucket, key, version]);
}
