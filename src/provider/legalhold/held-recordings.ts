/**
 * Which recordings the conversations of a hold had, so that a look sees when one of several is gone: protection is a flag on the
 * conversation, and says nothing about a single recording.
 */
import {
  ConversationSet,
  ConversationSetBuilder,
  RecordingMarks,
  RecordingMarksBuilder,
  type Looks,
  type RecordingLook,
  type RecordingRow,
} from '../../genesys';

/** Recordings by their marks. */
export interface HeldRecordings {
  /** All that were ever seen. */
  readonly known: RecordingMarks;
  /** Of these, those that are gone although their conversation has others. */
  readonly lost: RecordingMarks;
}

export const NO_RECORDINGS: HeldRecordings = { known: RecordingMarks.empty, lost: RecordingMarks.empty };

/** The same as text, beside the conversations of the ledger. */
export type PackedRecordings = {
  readonly known: string;
  readonly lost?: { readonly of: string; readonly marks: string };
};

export function packRecordings({ known, lost }: HeldRecordings, all: ConversationSet): PackedRecordings {
  const of = lost.conversations.and(all);
  return {
    known: known.packed(all).toString('base64'),
    ...(of.size === 0 ? {} : { lost: { of: of.toBase64(), marks: lost.packed(of).toString('base64') } }),
  };
}

/** Throws a RangeError for what is not of these conversations. */
export function recordingsIn({ known, lost }: PackedRecordings, all: ConversationSet): HeldRecordings {
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
  return {
    known: RecordingMarks.unpacked(bytes(known), all),
    lost:
      lost === undefined
        ? RecordingMarks.empty
        : RecordingMarks.unpacked(bytes(lost.marks), ConversationSet.fromBase64(lost.of)),
  };
}

/** What both know. */
export function bothRecordings(one: HeldRecordings, other: HeldRecordings): HeldRecordings {
  return { known: one.known.union(other.known), lost: one.lost.union(other.lost) };
}

/** How many recordings are gone of each conversation, in order. */
export function* lostByConversation({ lost }: HeldRecordings): Generator<readonly [string, number]> {
  for (const id of lost.conversations) yield [id, lost.of(id)];
}

/** Notes the recordings of a look. */
export class RecordingsSeen {
  private readonly marks = new RecordingMarksBuilder();
  private readonly direct = new ConversationSetBuilder();

  /** For a look to call. */
  readonly take = (rows: readonly RecordingRow[]): void => {
    for (const { conversationId, recordingId, screen } of rows) {
      this.marks.add(conversationId, recordingId);
      // A list does not say which are screen recordings, nor has it those of the last days.
      if (screen !== undefined) this.direct.add(conversationId);
    }
  };

  /** All that were seen. */
  get seen(): RecordingMarks {
    return this.marks.build();
  }

  /** Conversations that were asked about by themselves. */
  get askedFor(): ConversationSet {
    return this.direct.build();
  }
}

/** What a look has come to. */
export interface Compared {
  readonly recordings: HeldRecordings;
  /** False: some seem to have lost a recording, and the bounds left no room to ask. */
  readonly isWhole: boolean;
}

/**
 * Compares what was seen with what was known. What a list lacks is asked for again, conversation by conversation, before it is called
 * lost. What was not read stays what it was.
 *
 * @param wholly the look has read all of the hold; else what is new in it is not kept, since the next look may begin elsewhere
 */
export async function compareRecordings(
  looks: Looks,
  before: HeldRecordings,
  look: Pick<RecordingLook, 'read' | 'recorded'>,
  { seen, askedFor }: RecordingsSeen,
  wholly: boolean,
  signal: AbortSignal,
): Promise<Compared> {
  const there = look.read.and(look.recorded);
  const missing = before.known.within(there).minus(seen);
  const doubtful = missing.minus(before.lost).conversations.minus(askedFor);
  const again = new RecordingsSeen();
  let asked = ConversationSet.empty;
  for (const some of doubtful.parts(Math.max(1, looks.few))) {
    asked = asked.union((await looks.recordings(some, Number.POSITIVE_INFINITY, signal, { take: again.take })).read);
    if (asked.size === 0) break;
  }
  const unsure = doubtful.minus(asked);
  const gone = missing.minus(again.seen);
  const lost = gone.minus(gone.minus(before.lost).within(unsure));
  const unread = before.lost.minus(before.lost.within(look.read));
  return {
    recordings: { known: wholly ? before.known.union(seen) : before.known, lost: lost.union(unread) },
    isWhole: unsure.size === 0,
  };
}
