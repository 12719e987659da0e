/**
 * Whether an export is complete: FULFILLED only means that export dates are written, so every recording in scope is
 * looked at, until each has its exported date or its object in the bucket. What is done is not looked at again.
 */
import type { Client } from './client';
import { ConversationSet, ConversationSetBuilder } from '../conversations';
import type { Completion, DeliveryProof, PendingRecording } from './model';
import type { RecordingRow } from './recordings';
import { isExported, recordingsOf, retentionPages } from './recordings';
import { forEachConcurrently } from './semaphore';

/** What is watched, and by which rules. */
export interface WatchOptions {
  readonly conversations: ConversationSet;
  /** End of the youngest interval in scope, in milliseconds since 1970. */
  readonly latestEnd: number;
  readonly includeScreenRecordings: boolean;
  readonly includeRecordingsWithSensitiveData: boolean;
  /** Recordings that the jobs say they left out. */
  readonly skipped: number;
  /** Recordings that the jobs say they could not process. */
  readonly failed: ReadonlySet<string>;
  readonly deliveryProof?: DeliveryProof;
}

/** How things stand at one look. */
export interface Look extends Omit<Completion, 'unfinishedJobs'> {
  /** Conversations with a recording that is not exported, for whatever reason. */
  readonly open: ConversationSet;
  /** Conversations with a recording that will not be exported unless a new job is made: failed, or covered by none. */
  readonly stuck: ConversationSet;
  /** Recordings that no job covers although they are in scope. */
  readonly uncovered: number;
  /** Recordings that are on their way. */
  readonly waiting: number;
}

/** Up to so many conversations are asked one by one. */
const FEW = 50;
/** Most pending recordings named in a {@link Completion}. */
const NAMED = 20;
const CALLS_AT_ONCE = 4;
const PROOF_SIZE = 500;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Recordings may be made some time after the interval in which their conversation was active has ended. */
const SLACK_DAYS = 2;

/** Looks at the recordings of some conversations, as often as is wanted. */
export class CompletionWatch {
  /** Conversations that still have to be looked at. */
  private todo: ConversationSet;
  private withRecordings: ConversationSet | undefined;
  private recordings = 0;

  constructor(
    private readonly client: Client,
    private readonly options: WatchOptions,
  ) {
    this.todo = options.conversations;
  }

  /** Throws GenesysError, or the signal's reason. */
  async look(signal: AbortSignal): Promise<Look> {
    const tally = await this.inspect(signal);
    if (this.withRecordings === undefined) {
      this.withRecordings = tally.seen.build();
      this.recordings = tally.recordings;
    }
    this.todo = tally.open.build();
    return {
      exported: this.todo.size === 0,
      finished: tally.waiting === 0,
      late: tally.late.build(),
      failed: tally.unprocessed.build(),
      conversations: this.withRecordings,
      recordings: this.recordings,
      pending: tally.named,
      pendingCount: tally.waiting + tally.failed + tally.uncovered,
      open: this.todo,
      stuck: tally.stuck.build(),
      uncovered: tally.uncovered,
      waiting: tally.waiting,
    };
  }

  /**
   * Few conversations are asked one by one. Many come through the retention query, which lists recordings of the whole
   * organization: it is given up when it costs more pages than there are conversations to ask.
   */
  private async inspect(signal: AbortSignal): Promise<Tally> {
    const ageDays = Math.floor((this.client.clock.now() - this.options.latestEnd) / DAY_MS);
    if (this.todo.size <= FEW) return this.oneByOne(this.todo, new Tally(this.options), signal);

    const tally = new Tally(this.options);
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
        if (pagesLeft === 0) return this.oneByOne(this.todo, new Tally(this.options), signal);
      }
      unseen = this.todo.minus(tally.seen.build());
      if (unseen.size <= FEW) break;
    }
    // "More than 0 days" may leave out what is younger than a day. Older conversations that are not listed have no recordings.
    const asked = unseen.size <= FEW || ageDays < SLACK_DAYS ? unseen : ConversationSet.empty;
    tally.settleSiblings();
    return this.oneByOne(asked, tally, signal);
  }

  private async oneByOne(conversations: ConversationSet, tally: Tally, signal: AbortSignal): Promise<Tally> {
    await forEachConcurrently(conversations, CALLS_AT_ONCE, async (conversationId) => {
      await tally.add((await recordingsOf(this.client, conversationId, signal)) ?? [], signal);
    });
    tally.settleSkipped();
    return tally;
  }
}

/** Counts recordings as they stream by; keeps 16 bytes a conversation. */
class Tally {
  readonly seen = new ConversationSetBuilder();
  readonly open = new ConversationSetBuilder();
  readonly stuck = new ConversationSetBuilder();
  readonly late = new ConversationSetBuilder();
  readonly unprocessed = new ConversationSetBuilder();
  recordings = 0;
  waiting = 0;
  failed = 0;
  uncovered = 0;
  readonly named: PendingRecording[] = [];
  /** Conversations of which a job has taken a recording. */
  private readonly covered = new ConversationSetBuilder();
  /** Recordings without a date; whether that is right is known at the end. */
  private bare: RecordingRow[] = [];
  /** Recordings known to be left out by the export's settings. */
  private leftOut = 0;

  constructor(private readonly options: WatchOptions) {}

  async add(rows: readonly RecordingRow[], signal: AbortSignal): Promise<void> {
    const wanted = rows.filter((row) => this.options.includeScreenRecordings || row.screen !== true);
    for (const row of rows) this.seen.add(row.conversationId);
    this.recordings += wanted.length;
    this.leftOut += rows.length - wanted.length;
    const exported = await this.areExported(wanted, signal);
    wanted.forEach((row, index) => {
      if (row.exportDate !== null || row.exportedDate !== null) this.covered.add(row.conversationId);
      if (exported[index] === true) return;
      if (this.options.failed.has(row.recordingId)) this.count(row, 'failed');
      else if (row.exportDate === null && row.exportedDate === null) this.bare.push(row);
      else this.count(row, 'waiting');
    });
  }

  /**
   * A retention row does not say whether it is a screen recording or has sensitive data. When those are left out of the
   * export and the job has taken another recording of the same conversation, it has left this one out on purpose.
   */
  settleSiblings(): void {
    if (this.options.includeScreenRecordings && this.options.includeRecordingsWithSensitiveData) return;
    const covered = this.covered.build();
    const left = this.bare.filter((row) => !covered.has(row.conversationId));
    this.recordings -= this.bare.length - left.length;
    this.leftOut += this.bare.length - left.length;
    this.bare = left;
  }

  /** What the jobs have skipped, by their own count, is out of scope; anything beyond that no job covers. */
  settleSkipped(): void {
    if (this.bare.length <= this.options.skipped - this.leftOut) this.recordings -= this.bare.length;
    else for (const row of this.bare) this.count(row, 'uncovered');
    this.bare = [];
  }

  private count(row: RecordingRow, verdict: 'waiting' | 'failed' | 'uncovered'): void {
    this[verdict] += 1;
    this.open.add(row.conversationId);
    if (verdict !== 'waiting') this.stuck.add(row.conversationId);
    if (verdict === 'uncovered') this.late.add(row.conversationId);
    if (verdict === 'failed') this.unprocessed.add(row.conversationId);
    if (this.named.length < NAMED) {
      this.named.push({
        conversationId: row.conversationId,
        recordingId: row.recordingId,
        exportDate: row.exportDate,
      });
    }
  }

  private async areExported(rows: readonly RecordingRow[], signal: AbortSignal): Promise<readonly boolean[]> {
    const proof = this.options.deliveryProof;
    if (proof === undefined) return rows.map(isExported);
    const found: boolean[] = [];
    for (let at = 0; at < rows.length; at += PROOF_SIZE) {
      const some = rows.slice(at, at + PROOF_SIZE);
      found.push(...(await proof(some, signal)));
    }
    return found;
  }
}
