/**
 * Five sources side by side: conversations in analytics, recordings, export jobs, files, claims and holds. Streams in, differences
 * and rows of the manifest out; only one conversation is in memory at a time, beside 16 bytes for each id of scope and claims.
 */
import type {
  Actor,
  Cause,
  Checksum,
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
import { joined } from '../rows/joined';
import { judge } from './judge';
import { isExported, SkippedByJobs } from './unexported';

/** What the sources say. Every stream is in the order of conversations; ids in lower case. */
export interface Sources {
  readonly conversations: AsyncIterable<ConversationRow>;
  readonly recordings: AsyncIterable<RecordingRow>;
  readonly failures: AsyncIterable<FailureRow>;
  readonly deletions: AsyncIterable<DeletionRow>;
  readonly objects: AsyncIterable<ObjectRow>;
  readonly placed: AsyncIterable<PlacedRow>;
  readonly jobs: readonly Job[];
  /** See {@link JudgeContext}. */
  readonly claimsConversations: boolean;
  readonly bucketListed: boolean;
  readonly scopeKnown: boolean;
  readonly now: number;
  /** Who made a difference, where a record that was read can say. */
  readonly actorOf?: (difference: Difference) => Actor | undefined;
}

/** Where results go, in the order of conversations. What was skipped as sensitive is known at the end and comes last. */
export interface Sink {
  conversation(row: ConversationRow): Promise<void>;
  difference(difference: Difference): Promise<void>;
  file(row: FileRow): Promise<void>;
}

/** What was counted on the way. */
export interface Totals {
  readonly conversations: number;
  /** In analytics now. */
  readonly inScope: number;
  /** Conversations of which it is unknown whether analytics list them now. */
  readonly scopeUnknown: number;
  readonly claimed: number;
  /** Of those in scope. */
  readonly claimedInScope: number;
  readonly held: number;
  /** Conversations of which it is unknown whether they are held. */
  readonly heldUnknown: number;
  readonly recordings: number;
  /** Conversations of which it is unknown which recordings they have. */
  readonly recordingsUnknown: number;
  /** Without those that are due to be exported once more. */
  readonly exported: number;
  readonly files: number;
  readonly bytes: number;
  readonly filesHeld: number;
  /** Files below the prefixes that are not the matter's. */
  readonly otherFiles: number;
  /** Conversations and versions of which it is unknown whether they are held. */
  readonly holdsUnknown: number;
  /** Files without a checksum. */
  readonly withoutChecksum: number;
  /** Versions by who computed their checksum, and over what. */
  readonly checksums: Readonly<Record<Checksum['by'], number>>;
  readonly differences: Readonly<Partial<Record<Cause, number>>>;
}

/** Compares the sources. Throws a RangeError for a stream that is out of order, and whatever a stream throws. */
export async function reconcile(sources: Sources, sink: Sink): Promise<Totals> {
  const skipped = new SkippedByJobs();
  const tally = new Tally();
  const say = async (found: Difference): Promise<void> => {
    const actor = sources.actorOf?.(found);
    const at = found.at ?? (actor?.known === true ? actor.at : undefined);
    const difference = actor === undefined ? found : { ...found, actor, ...(at === undefined ? {} : { at }) };
    tally.difference(difference);
    await sink.difference(difference);
  };
  for await (const group of joined<Joined>(streamsOf(sources))) {
    const { differences, files, otherFiles, holdsUnknown } = judge(group, { ...sources, skipped });
    tally.group(group.rows, otherFiles, holdsUnknown);
    for (const row of group.rows.conversations) await sink.conversation(row);
    for (const row of files) {
      tally.file(row);
      await sink.file(row);
    }
    for (const difference of differences) await say(difference);
  }
  for (const difference of skipped.differences()) await say(difference);
  return tally.totals;
}

interface Joined {
  readonly conversations: ConversationRow;
  readonly recordings: RecordingRow;
  readonly failures: FailureRow;
  readonly deletions: DeletionRow;
  readonly objects: ObjectRow;
  readonly placed: PlacedRow;
}

function streamsOf(sources: Sources): Parameters<typeof joined<Joined>>[0] {
  const byConversation = <Row extends { readonly conversation: string }>(rows: AsyncIterable<Row>, name: string) => ({
    rows,
    name,
    keyOf: ({ conversation }: Row) => conversation,
  });
  return {
    conversations: { rows: sources.conversations, name: 'conversations', keyOf: ({ id }) => id },
    recordings: byConversation(sources.recordings, 'recordings'),
    failures: byConversation(sources.failures, 'failed recordings'),
    deletions: byConversation(sources.deletions, 'deletions'),
    objects: byConversation(sources.objects, 'files'),
    placed: byConversation(sources.placed, 'held versions'),
  };
}

class Tally {
  private readonly counts = {
    conversations: 0,
    inScope: 0,
    scopeUnknown: 0,
    claimed: 0,
    claimedInScope: 0,
    held: 0,
    heldUnknown: 0,
    recordings: 0,
    recordingsUnknown: 0,
    exported: 0,
    files: 0,
    bytes: 0,
    filesHeld: 0,
    otherFiles: 0,
    holdsUnknown: 0,
    withoutChecksum: 0,
  };
  private readonly checksums: Record<Checksum['by'], number> = { contents: 0, s3: 0, 's3-composite': 0 };
  private readonly byCause = new Map<Cause, number>();

  get totals(): Totals {
    return { ...this.counts, checksums: { ...this.checksums }, differences: Object.fromEntries(this.byCause) };
  }

  difference({ cause }: Difference): void {
    this.byCause.set(cause, (this.byCause.get(cause) ?? 0) + 1);
  }

  group(rows: Parameters<typeof judge>[0]['rows'], otherFiles: number, holdsUnknown: number): void {
    for (const { inScope, claimed, held, known } of rows.conversations) {
      this.counts.conversations += 1;
      if (inScope === true) this.counts.inScope += 1;
      if (inScope === null) this.counts.scopeUnknown += 1;
      if (claimed) this.counts.claimed += 1;
      if (claimed && inScope === true) this.counts.claimedInScope += 1;
      if (held === true) this.counts.held += 1;
      if (held === null) this.counts.heldUnknown += 1;
      if (known === null) this.counts.recordingsUnknown += 1;
    }
    this.counts.recordings += rows.recordings.length;
    this.counts.exported += rows.recordings.filter(isExported).length;
    this.counts.otherFiles += otherFiles;
    this.counts.holdsUnknown += holdsUnknown;
  }

  file({ size, hold, checksum }: FileRow): void {
    this.counts.files += 1;
    this.counts.bytes += size;
    if (hold === 'ON') this.counts.filesHeld += 1;
    if (checksum === null) this.counts.withoutChecksum += 1;
    else this.checksums[checksum.by] += 1;
  }
}
