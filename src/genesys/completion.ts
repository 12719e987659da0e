/**
 * Whether an export is complete: FULFILLED only means that export dates are written, so every recording in scope is
 * looked at, until each has its exported date or its object in the bucket. What is done is not looked at again.
 */
import { ConversationSet, RecordingMarks } from '../conversations';
import type { Client } from './client';
import type { Completion, DeliveryProof, FailedRecording } from './model';
import { recordingsOf, retentionPages } from './recordings';
import { forEachConcurrently } from '../time';
import { Tally } from './tally';

/** What is watched, and by which rules. */
export interface WatchOptions {
  readonly conversations: ConversationSet;
  /** How many jobs cover a conversation, where it is more than one. */
  readonly coveredBy: ReadonlyMap<string, number>;
  /** Recordings that the jobs counted together: at least so many have to be found. */
  readonly counted: number;
  /** End of the youngest interval in scope, in milliseconds since 1970. */
  readonly latestEnd: number;
  readonly includeScreenRecordings: boolean;
  readonly includeRecordingsWithSensitiveData: boolean;
  /** Recordings that the jobs say they left out. */
  readonly skipped: number;
  /** Recordings that the jobs say they could not process. */
  readonly failed: readonly FailedRecording[];
  /** Ids of recordings known to have come late. */
  readonly lateRecordings: ReadonlySet<string>;
  /** Conversations known to need an export: none of their recordings was left out on purpose, unless a job took another one. */
  readonly wanted: ConversationSet;
  readonly deliveryProof?: DeliveryProof;
}

/** How things stand at one look. */
export interface Look extends Omit<Completion, 'unfinishedJobs'> {
  /** Conversations with a recording that is not exported, for whatever reason. */
  readonly open: ConversationSet;
  /** Conversations that will not be exported unless a new job is made: a recording failed or is covered by none, or they could not be read. */
  readonly stuck: ConversationSet;
  /** Recordings that no job covers although they are in scope. */
  readonly uncovered: number;
  /** Recordings that are on their way. */
  readonly waiting: number;
}

/** Up to so many conversations are asked one by one. */
const FEW = 50;
const CALLS_AT_ONCE = 4;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Recordings may be made some time after the interval in which their conversation was active has ended. */
const SLACK_DAYS = 2;
/** Most recordings whose names are kept. */
export const MOST_NAMES = 10_000;

/** Looks at the recordings of some conversations, as often as is wanted. */
export class CompletionWatch {
  /** Conversations that still have to be looked at. */
  private todo: ConversationSet;
  private seen = ConversationSet.empty;
  private marks = RecordingMarks.empty;
  private leftOut = RecordingMarks.empty;
  private recordings = 0;
  /** Recordings found, of whatever kind; one in a conversation that two jobs cover was counted by both. */
  private found = 0;
  private names: string[] | null = [];
  /** What the jobs skipped beyond what the first look could explain. */
  private skippedUnseen: number | undefined;
  /** Recordings that jobs could not process and that were not seen exported since. */
  private readonly failures: Map<string, FailedRecording>;

  constructor(
    private readonly client: Client,
    private readonly options: WatchOptions,
  ) {
    this.todo = options.conversations;
    this.failures = new Map(options.failed.map((recording) => [recording.recordingId, recording]));
  }

  /** Throws GenesysError, or the signal's reason. */
  async look(signal: AbortSignal): Promise<Look> {
    const tally = await this.inspect(signal);
    this.take(tally);
    const failed = ConversationSet.of([...this.failures.values()].map(({ conversationId }) => conversationId)).and(
      this.options.conversations,
    );
    const unreadable = tally.unreadable.build();
    const open = tally.open.build().union(failed).union(unreadable);
    const withoutRecordings = this.options.conversations.minus(this.seen).minus(unreadable);
    const missing = Math.max(0, this.options.counted - this.found);
    // What was counted and not found may be in a conversation that seems to have none.
    this.todo = missing === 0 ? open : open.union(withoutRecordings);
    return {
      exported: open.size === 0 && missing === 0,
      finished: tally.waiting === 0,
      late: tally.late.build(),
      failed,
      failedRecordings: [...this.failures.values()],
      unreadable,
      missingRecordings: missing,
      conversations: this.seen.union(unreadable),
      withoutRecordings,
      exportedRecordings: this.names,
      recordings: this.recordings,
      marks: this.marks,
      leftOut: this.leftOut,
      repeated: this.repeated(),
      pending: tally.named,
      pendingCount: tally.waiting + tally.failed + tally.uncovered,
      open,
      stuck: tally.stuck.build().union(failed).union(unreadable),
      uncovered: tally.uncovered,
      waiting: tally.waiting,
    };
  }

  /** Of conversations without recordings there is nothing that could be exported twice. */
  private repeated(): number {
    let sum = 0;
    for (const [id, times] of this.options.coveredBy) if (this.seen.has(id)) sum += times - 1;
    return sum;
  }

  private take(tally: Tally): void {
    this.seen = this.seen.union(tally.seen.build());
    this.marks = this.marks.union(tally.marks.build());
    this.leftOut = this.leftOut.union(tally.leftOutMarks.build());
    this.recordings += tally.recordings;
    this.found += tally.found;
    for (const name of tally.exportedNames) {
      this.failures.delete(name.slice(name.indexOf('/') + 1));
      this.names?.push(name);
    }
    if (this.names !== null && this.names.length > MOST_NAMES) this.names = null;
    this.skippedUnseen ??= this.options.skipped - tally.leftOut;
  }

  /**
   * Few conversations are asked one by one. Many come through the retention query, which lists recordings of the whole
   * organization: it is given up when it costs more pages than there are conversations to ask.
   */
  private async inspect(signal: AbortSignal): Promise<Tally> {
    const ageDays = Math.floor((this.client.now() - this.options.latestEnd) / DAY_MS);
    if (this.todo.size <= FEW) return this.oneByOne(this.todo, this.tally(), signal);

    const tally = this.tally();
    let pagesLeft = this.todo.size;
    let unseen = this.todo;
    for (const threshold of new Set([Math.max(0, ageDays - SLACK_DAYS), 0])) {
      const wanted = unseen;
      for await (const page of retentionPages(this.client, threshold, signal)) {
        await tally.add(
          page.filter((row) => wanted.has(row.conversationId)),
          signal,
        );
        pagesLeft -= 1;
        if (pagesLeft === 0) return this.oneByOne(this.todo, this.tally(), signal);
      }
      unseen = this.todo.minus(tally.seen.build());
      if (unseen.size <= FEW) break;
    }
    // "More than 0 days" may leave out what is younger than a day. Older conversations that are not listed have no
    // recordings, as long as the jobs did not count more than were listed.
    const complete = this.found + tally.found >= this.options.counted;
    const asked = unseen.size <= FEW || ageDays < SLACK_DAYS || !complete ? unseen : ConversationSet.empty;
    tally.settleSiblings();
    return this.oneByOne(asked, tally, signal);
  }

  private async oneByOne(conversations: ConversationSet, tally: Tally, signal: AbortSignal): Promise<Tally> {
    await forEachConcurrently(conversations, CALLS_AT_ONCE, async (conversationId) => {
      const rows = await recordingsOf(this.client, conversationId, signal);
      if (rows === null) tally.unreadable.add(conversationId);
      else await tally.add(rows, signal);
    });
    tally.settleSkipped();
    return tally;
  }

  private tally(): Tally {
    return new Tally(this.options, this.seen, this.skippedUnseen);
  }
}
