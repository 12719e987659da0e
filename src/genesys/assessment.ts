/** How far the batches whose jobs are done have really come: scope, recordings, failures. */
import { isFulfilled } from './batches';
import type { Client } from './client';
import { PollPace, parseInterval, forEachConcurrently } from '../time';
import { type Look, CompletionWatch, MOST_NAMES } from './completion';
import { ConversationSet } from '../conversations';
import type { Job, Jobs } from './jobs';
import type { Batch, Completion, DeletedByRetention, DeliveryProof, ExportSpec, FailedRecording } from './model';
import { conversationQuery } from './query';
import { conversationsOf } from './scope';
import { deletedByRetention, type ShortBatch } from './short-scope';

/** A batch and what its job was asked to do. */
export interface Part {
  readonly batch: Batch;
  readonly spec: ExportSpec;
}

/** Analytics queries under way at once. Each waits for Genesys Cloud most of the time. */
const SCOPES_AT_ONCE = 4;

/** Parts of an export under watch. */
export class Assessment {
  private constructor(
    private readonly parts: readonly Part[],
    private readonly scopes: readonly ConversationSet[],
    private readonly watch: CompletionWatch,
    /** What the maximum retention has deleted since the jobs ran; undefined where analytics list all that these took. */
    readonly deleted: DeletedByRetention | undefined,
  ) {}

  /** Finds out which conversations the parts cover. Throws GenesysError, or the signal's reason. */
  static async of(
    client: Client,
    jobs: Jobs,
    parts: readonly Part[],
    options: {
      readonly signal: AbortSignal;
      readonly deliveryProof?: DeliveryProof;
      /** Conversations known to need an export: none of their recordings was left out on purpose. */
      readonly wanted?: ConversationSet;
      /** Conversations that the parts are known to have covered, asked for only when analytics list fewer than that. */
      readonly known?: () => Promise<ConversationSet | undefined>;
      /** Ids of recordings known to have come late. */
      readonly lateRecordings?: ReadonlySet<string>;
    },
  ): Promise<Assessment> {
    const { signal, known } = options;
    const scopes: ConversationSet[] = parts.map(() => ConversationSet.empty);
    let skipped = 0;
    let counted = 0;
    await forEachConcurrently(parts.keys(), SCOPES_AT_ONCE, async (index) => {
      const part = parts[index] as Part;
      scopes[index] = await scopeOf(client, part, signal);
      const job = part.batch.jobId === null ? null : await jobs.find(part.batch.jobId, signal);
      const totals = job === null ? null : totalsOf(job);
      if (totals === null) return;
      skipped += totals.skipped;
      counted += totals.toFind;
    });
    const conversations = ConversationSet.unionOf(scopes);
    // Taken for the whole scope, analytics that leave some out would leave them unexported and unheld without a word.
    const short = shortOf(parts, scopes);
    const deleted = isSome(short)
      ? await deletedByRetention(client, short, (await known?.())?.minus(conversations), signal)
      : undefined;
    const failed = await failuresOf(
      jobs,
      parts.map((part) => part.batch),
      signal,
    );
    const watch = new CompletionWatch(client, {
      conversations,
      coveredBy: ConversationSet.repeatsIn(scopes),
      counted,
      latestEnd: Math.max(0, ...parts.map((part) => parseInterval(part.batch.interval).end)),
      includeScreenRecordings: parts.some((part) => part.spec.includeScreenRecordings),
      includeRecordingsWithSensitiveData: parts.some((part) => part.spec.includeRecordingsWithSensitiveData),
      skipped,
      failed,
      wanted: options.wanted ?? ConversationSet.empty,
      lateRecordings: options.lateRecordings ?? new Set(),
      ...(options.deliveryProof === undefined ? {} : { deliveryProof: options.deliveryProof }),
    });
    return new Assessment(parts, scopes, watch, deleted);
  }

  /** Throws GenesysError, or the signal's reason. */
  look(signal: AbortSignal): Promise<Look> {
    return this.watch.look(signal);
  }

  /** The batches as this look shows them, in the order of the parts. */
  judge(look: Look): readonly Batch[] {
    return this.parts.map(({ batch }, index) => {
      const scope = this.scopes[index] as ConversationSet;
      const open = scope.and(look.open);
      if (open.size === 0) {
        // While recordings are missing that the jobs counted, nobody knows in which batch.
        return look.missingRecordings > 0 ? batch : { ...batch, state: 'exported', failedRecordings: 0, error: null };
      }
      const failed = look.failedRecordings.filter((recording) => scope.has(recording.conversationId)).length;
      const stuck = scope.and(look.stuck);
      if (stuck.size === 0 || look.waiting > 0) return batch;
      const error = failed === 0 ? reasonOf(look, stuck) : batch.error;
      return { ...batch, state: 'incomplete', failedRecordings: failed, error };
    });
  }

  /** Conversations of a part that need a new job, and those among `more` that are not exported. */
  toRepeat(index: number, look: Look, more: ConversationSet): ConversationSet {
    const wanted = look.stuck.union(look.open.and(more)).minus(look.unreadable);
    return (this.scopes[index] as ConversationSet).and(wanted);
  }
}

/** The parts of which analytics list fewer conversations than their job took. */
function shortOf(parts: readonly Part[], scopes: readonly ConversationSet[]): readonly ShortBatch[] {
  return parts.flatMap(({ batch }, index) => {
    const listed = scopes[index]?.size ?? 0;
    return listed < batch.conversations ? [{ batch, listed }] : [];
  });
}

function isSome<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}

/**
 * What a job counted: recordings that have to be found, and those it left out. Null while it has not counted, which no job that
 * is READY or further is: one that names no totals then is not taken for an answer. A job that Genesys Cloud does not know
 * any more says nothing either: its recordings are looked at, and not compared with a total.
 */
function totalsOf(job: Job): { readonly toFind: number; readonly skipped: number } | null {
  const { totalRecordings: all, totalSkippedRecordings: leftOut } = job;
  if (typeof all !== 'number') return null;
  // Whoever names no skipped recordings has skipped none: the stricter reading, by which all of them have to be found.
  const skipped = typeof leftOut === 'number' ? leftOut : 0;
  // Whether a job counts what it skips among its recordings is not documented: at least the others have to be found.
  return { toFind: Math.max(0, all - skipped), skipped };
}

/** The look, as the outside sees it, with the batches that it is about. */
export function completionOf(look: Look, batches: readonly Batch[]): Completion {
  const { open: _open, stuck: _stuck, uncovered: _uncovered, waiting: _waiting, ...seen } = look;
  // A job that found nothing is never executed, and cancelled: there was nothing to do.
  const unfinishedJobs = batches.flatMap(({ jobId, state, error, conversations: taken }) =>
    jobId === null || isFulfilled({ state }) || (taken === 0 && state !== 'failed') ? [] : [{ jobId, state, error }],
  );
  return {
    ...seen,
    exported: look.exported && unfinishedJobs.length === 0,
    finished: look.finished && unfinishedJobs.length === 0,
    unfinishedJobs,
  };
}

/** What is known of two parts of an export together. A conversation that is in both is one. */
export function bothOf(left: Completion | null, right: Completion): Completion {
  if (left === null) return right;
  const [mine, theirs] = [left.exportedRecordings, right.exportedRecordings];
  const names = mine === null || theirs === null ? null : [...new Set([...mine, ...theirs])];
  return {
    exported: left.exported && right.exported,
    finished: left.finished && right.finished,
    unfinishedJobs: [...left.unfinishedJobs, ...right.unfinishedJobs],
    late: left.late.union(right.late),
    failed: left.failed.union(right.failed),
    failedRecordings: [...left.failedRecordings, ...right.failedRecordings],
    unreadable: left.unreadable.union(right.unreadable),
    missingRecordings: left.missingRecordings + right.missingRecordings,
    conversations: left.conversations.union(right.conversations),
    withoutRecordings: left.withoutRecordings.union(right.withoutRecordings),
    exportedRecordings: names !== null && names.length <= MOST_NAMES ? names : null,
    recordings: left.recordings + right.recordings,
    marks: left.marks.union(right.marks),
    leftOut: left.leftOut.union(right.leftOut),
    repeated: left.repeated + right.repeated + exportedIn(left).and(exportedIn(right)).size,
    pending: [...left.pending, ...right.pending].slice(0, MOST_PENDING_NAMED),
    pendingCount: left.pendingCount + right.pendingCount,
  };
}

/** Conversations of which files were written. */
function exportedIn({ conversations, late, unreadable }: Completion): ConversationSet {
  return conversations.minus(late).minus(unreadable);
}

/** Most pending recordings that are named. */
const MOST_PENDING_NAMED = 20;

/**
 * Recordings that jobs could not process. One that a later batch exports again is no failure until that batch says so.
 */
export async function failuresOf(
  jobs: Jobs,
  batches: readonly Batch[],
  signal: AbortSignal,
): Promise<readonly FailedRecording[]> {
  const failed = new Map<string, FailedRecording>();
  for (const batch of batches) {
    const retried = new Set(isFulfilled(batch) ? (batch.conversationIds ?? []) : []);
    for (const [recordingId, { conversationId }] of failed) if (retried.has(conversationId)) failed.delete(recordingId);
    if (batch.jobId === null || batch.failedRecordings === 0) continue;
    for await (const recording of jobs.failedRecordings(batch.jobId, signal)) {
      failed.set(recording.recordingId, recording);
    }
  }
  return [...failed.values()];
}

/** How often analytics are asked again when they know fewer conversations than the job. */
const SCOPE_TRIES = 4;

/**
 * Which conversations a part covers. A list of conversations and nothing else needs no analytics to say so. Analytics
 * that list fewer conversations than the job has taken are asked again: they may be late.
 */
async function scopeOf(client: Client, part: Part, signal: AbortSignal): Promise<ConversationSet> {
  const { batch, spec } = part;
  const query = conversationQuery(spec.scope, batch);
  const onlyNamed = query.segmentFilters === undefined && query.conversationFilters?.length === 1;
  if (batch.conversationIds !== undefined && onlyNamed) return ConversationSet.of(batch.conversationIds);
  const pace = new PollPace(client.random, 2_000);
  for (let tries = 1; ; tries += 1) {
    const scope = await conversationsOf(client, query, signal);
    if (scope.size >= batch.conversations) return scope;
    if (tries === SCOPE_TRIES) return scope;
    await client.clock.sleep(pace.next(), signal);
  }
}

/** Why these conversations of a batch are not exported, when no recording of it failed. */
function reasonOf(look: Look, stuck: ConversationSet): string {
  const unreadable = stuck.and(look.unreadable);
  if (unreadable.size > 0) {
    const [first] = unreadable;
    return `Genesys Cloud lists ${unreadable.size} of the conversations in scope, but answers that it does not know them (${first}). Whether they have recordings is unknown. The next run asks again.`;
  }
  const named = look.pending.filter((recording) => recording.exportDate === null).slice(0, 3);
  const examples = named.map((recording) => `${recording.recordingId} of conversation ${recording.conversationId}`);
  return `Recordings of ${stuck.size} conversations in scope have no export date, so no job exports them${examples.length === 0 ? '' : ` (${examples.join(', ')})`}. Most likely they reached Genesys Cloud's analytics after the job had counted, which can take 48 hours. The next run exports just these.`;
}
