/** Counts recordings as they stream by; keeps 16 bytes a conversation. */
import { ConversationSetBuilder, RecordingMarksBuilder, type ConversationSet } from '../conversations';
import type { WatchOptions } from './completion';
import type { PendingRecording } from './model';
import { isExported, type RecordingRow } from './recordings';

/** Most pending recordings named. */
const NAMED = 20;
const PROOF_SIZE = 500;

/** The rows of one look. */
export class Tally {
  readonly seen = new ConversationSetBuilder();
  readonly open = new ConversationSetBuilder();
  readonly stuck = new ConversationSetBuilder();
  readonly late = new ConversationSetBuilder();
  readonly unreadable = new ConversationSetBuilder();
  /** Recordings in scope, of conversations that were not seen in an earlier look. */
  recordings = 0;
  /** Recordings of whatever kind, of the same conversations, as often as jobs cover them. */
  found = 0;
  waiting = 0;
  failed = 0;
  uncovered = 0;
  readonly named: PendingRecording[] = [];
  /** `conversation/recording` of what is exported. */
  readonly exportedNames: string[] = [];
  /** Conversations of which a job has taken a recording. */
  private readonly covered = new ConversationSetBuilder();
  /** Recordings without a date; whether that is right is known at the end. */
  private bare: RecordingRow[] = [];
  /** Recordings known to be left out by the export's settings. */
  leftOut = 0;
  readonly marks = new RecordingMarksBuilder();
  readonly leftOutMarks = new RecordingMarksBuilder();
  private readonly failures: ReadonlySet<string>;

  constructor(
    private readonly options: WatchOptions,
    private readonly seenBefore: ConversationSet,
    /** Recordings that the jobs skipped, and that an earlier look did not find; undefined in the first look. */
    private readonly skippedUnseen: number | undefined,
  ) {
    this.failures = new Set(options.failed.map(({ recordingId }) => recordingId));
  }

  async add(rows: readonly RecordingRow[], signal: AbortSignal): Promise<void> {
    const isWanted = (row: RecordingRow): boolean => this.options.includeScreenRecordings || row.screen !== true;
    const wanted = rows.filter(isWanted);
    for (const row of rows) {
      this.seen.add(row.conversationId);
      this.marks.add(row.conversationId, row.recordingId);
      if (!isWanted(row)) this.leftOutMarks.add(row.conversationId, row.recordingId);
      if (this.isNew(row)) this.found += this.options.coveredBy.get(row.conversationId) ?? 1;
    }
    this.recordings += wanted.filter((row) => this.isNew(row)).length;
    this.leftOut += rows.length - wanted.length;
    const exported = await this.areExported(wanted, signal);
    wanted.forEach((row, index) => {
      if (row.exportDate !== null || row.exportedDate !== null) this.covered.add(row.conversationId);
      if (exported[index] === true) this.exportedNames.push(`${row.conversationId}/${row.recordingId}`);
      else if (this.failures.has(row.recordingId)) this.count(row, 'failed');
      else if (row.exportDate === null && row.exportedDate === null) this.bare.push(row);
      else this.count(row, 'waiting');
    });
  }

  /**
   * A retention row does not say whether it is a screen recording or has sensitive data. When those are left out of the
   * export and the job has taken another recording of the same conversation, it has left this one out on purpose.
   */
  settleSiblings(): void {
    this.settleLate();
    if (this.options.includeScreenRecordings && this.options.includeRecordingsWithSensitiveData) return;
    const covered = this.covered.build();
    const left = this.bare.filter((row) => !covered.has(row.conversationId));
    const siblings = this.bare.filter((row) => covered.has(row.conversationId));
    this.leaveOut(siblings);
    this.leftOut += siblings.length;
    this.bare = left;
  }

  /** What the jobs have skipped, by their own count, is out of scope; anything beyond that no job covers. */
  settleSkipped(): void {
    this.settleLate();
    const { wanted } = this.options;
    if (wanted.size > 0) {
      const covered = this.covered.build();
      const isLate = (row: RecordingRow) => wanted.has(row.conversationId) && !covered.has(row.conversationId);
      for (const row of this.bare.filter(isLate)) this.count(row, 'uncovered');
      this.bare = this.bare.filter((row) => !isLate(row));
    }
    const skipped = this.skippedUnseen ?? this.options.skipped - this.leftOut;
    if (this.bare.length <= skipped) this.leaveOut(this.bare);
    else for (const row of this.bare) this.count(row, 'uncovered');
    this.bare = [];
  }

  /** What is known to have come late was left out by nobody. */
  private settleLate(): void {
    const { lateRecordings } = this.options;
    for (const row of this.bare) if (lateRecordings.has(row.recordingId)) this.count(row, 'uncovered');
    this.bare = this.bare.filter(({ recordingId }) => !lateRecordings.has(recordingId));
  }

  private leaveOut(rows: readonly RecordingRow[]): void {
    this.recordings -= rows.filter((row) => this.isNew(row)).length;
    for (const { conversationId, recordingId } of rows) this.leftOutMarks.add(conversationId, recordingId);
  }

  private isNew(row: RecordingRow): boolean {
    return this.seenBefore.size === 0 || !this.seenBefore.has(row.conversationId);
  }

  private count(row: RecordingRow, verdict: 'waiting' | 'failed' | 'uncovered'): void {
    this[verdict] += 1;
    this.open.add(row.conversationId);
    if (verdict !== 'waiting') this.stuck.add(row.conversationId);
    if (verdict === 'uncovered') this.late.add(row.conversationId);
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
