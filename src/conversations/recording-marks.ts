/**
 * Which recordings conversations had, at three bytes each: enough to see later that one has come, or is gone. A mark is a digest of
 * 24 bits of the recording's id, so that one recording in the place of another goes unseen once in sixteen million times.
 */
import { ConversationSet, type ConversationId } from './conversation-set';
import { compareIds, ID_BYTES } from './id-bytes';

const MARK_BYTES = 3;
const ENTRY_BYTES = ID_BYTES + MARK_BYTES;
/** Counts from here on take four bytes more. */
const LONG = 255;

/** Marks of the recordings of conversations. Immutable; a conversation without any is not in it. */
export class RecordingMarks {
  static readonly empty = new RecordingMarks(Buffer.alloc(0));

  /** @param entries sorted, each once: an id and a mark */
  private constructor(private readonly entries: Buffer) {}

  /** @internal From entries in any order. Takes ownership of the buffer. */
  static fromEntries(entries: Buffer): RecordingMarks {
    return entries.length === 0 ? RecordingMarks.empty : new RecordingMarks(sorted(entries));
  }

  /**
   * Reads what {@link RecordingMarks.packed} wrote for the same conversations. Throws a RangeError where it is not of these.
   */
  static unpacked(bytes: Buffer, conversations: ConversationSet): RecordingMarks {
    const ids = conversations.toBytes();
    const parts: Buffer[] = [];
    let at = 0;
    for (let id = 0; id < ids.length; id += ID_BYTES) {
      let count = bytes[at] ?? NaN;
      at += 1;
      if (count === LONG) {
        count = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : NaN;
        at += 4;
      }
      const end = at + count * MARK_BYTES;
      if (!(end <= bytes.length)) throw new RangeError('not the packed recordings of these conversations');
      for (; at < end; at += MARK_BYTES) {
        parts.push(ids.subarray(id, id + ID_BYTES), bytes.subarray(at, at + MARK_BYTES));
      }
    }
    if (at !== bytes.length) throw new RangeError('not the packed recordings of these conversations');
    return new RecordingMarks(Buffer.concat(parts));
  }

  /** How many recordings are marked. */
  get size(): number {
    return this.entries.length / ENTRY_BYTES;
  }

  has(conversationId: ConversationId, recordingId: string): boolean {
    const wanted = entryOf(conversationId, recordingId);
    const at = this.atOrAfter(wanted);
    return at < this.entries.length && compareEntries(this.entries, at, wanted, 0) === 0;
  }

  /** How many of this conversation are marked. */
  of(conversationId: ConversationId): number {
    const wanted = entryOf(conversationId, '');
    wanted.fill(0, ID_BYTES);
    const from = this.atOrAfter(wanted);
    let to = from;
    while (to < this.entries.length && compareIds(this.entries, to, wanted, 0) === 0) to += ENTRY_BYTES;
    return (to - from) / ENTRY_BYTES;
  }

  union(other: RecordingMarks): RecordingMarks {
    if (other.size === 0) return this;
    if (this.size === 0) return other;
    return RecordingMarks.fromEntries(Buffer.concat([this.entries, other.entries]));
  }

  /** Those that the other has not. */
  minus(other: RecordingMarks): RecordingMarks {
    return this.filtered((at) => {
      const there = other.atOrAfter(this.entries.subarray(at, at + ENTRY_BYTES));
      return there === other.entries.length || compareEntries(this.entries, at, other.entries, there) !== 0;
    });
  }

  /** Those of these conversations. */
  within(conversations: ConversationSet): RecordingMarks {
    const ids = conversations.toBytes();
    let there = 0;
    return this.filtered((at) => {
      while (there < ids.length && compareIds(ids, there, this.entries, at) < 0) there += ID_BYTES;
      return there < ids.length && compareIds(ids, there, this.entries, at) === 0;
    });
  }

  /** The conversations of which a recording is marked. */
  get conversations(): ConversationSet {
    const ids = Buffer.allocUnsafe(this.size * ID_BYTES);
    let length = 0;
    for (let at = 0; at < this.entries.length; at += ENTRY_BYTES) {
      if (length > 0 && compareIds(ids, length - ID_BYTES, this.entries, at) === 0) continue;
      length += this.entries.copy(ids, length, at, at + ID_BYTES);
    }
    return ConversationSet.fromPacked(Buffer.from(ids.subarray(0, length)));
  }

  /** For a state file that has the conversations already: how many recordings each of them has, and their marks. */
  packed(conversations: ConversationSet): Buffer {
    const ids = conversations.toBytes();
    const parts: Buffer[] = [];
    let at = 0;
    for (let id = 0; id < ids.length; id += ID_BYTES) {
      while (at < this.entries.length && compareIds(this.entries, at, ids, id) < 0) at += ENTRY_BYTES;
      const from = at;
      while (at < this.entries.length && compareIds(this.entries, at, ids, id) === 0) at += ENTRY_BYTES;
      parts.push(countOf((at - from) / ENTRY_BYTES));
      for (let one = from; one < at; one += ENTRY_BYTES) {
        parts.push(this.entries.subarray(one + ID_BYTES, one + ENTRY_BYTES));
      }
    }
    return Buffer.concat(parts);
  }

  private filtered(test: (at: number) => boolean): RecordingMarks {
    const kept = Buffer.allocUnsafe(this.entries.length);
    let length = 0;
    for (let at = 0; at < this.entries.length; at += ENTRY_BYTES) {
      if (test(at)) length += this.entries.copy(kept, length, at, at + ENTRY_BYTES);
    }
    return length === kept.length ? this : new RecordingMarks(Buffer.from(kept.subarray(0, length)));
  }

  /** Where the first entry is that is not smaller. */
  private atOrAfter(wanted: Buffer): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareEntries(this.entries, middle * ENTRY_BYTES, wanted, 0) < 0) low = middle + 1;
      else high = middle;
    }
    return low * ENTRY_BYTES;
  }
}

/** Collects marks as recordings stream by. One that comes twice counts once. */
export class RecordingMarksBuilder {
  private bytes = Buffer.alloc(256 * ENTRY_BYTES);
  private length = 0;

  /** Throws a RangeError for a conversation id that is no UUID. */
  add(conversationId: ConversationId, recordingId: string): void {
    if (this.length + ENTRY_BYTES > this.bytes.length) this.bytes = Buffer.concat([this.bytes], this.bytes.length * 2);
    this.length += entryOf(conversationId, recordingId).copy(this.bytes, this.length);
  }

  build(): RecordingMarks {
    return RecordingMarks.fromEntries(Buffer.from(this.bytes.subarray(0, this.length)));
  }
}

function entryOf(conversationId: ConversationId, recordingId: string): Buffer {
  const entry = Buffer.alloc(ENTRY_BYTES);
  const digits = conversationId.replaceAll('-', '');
  if (entry.write(digits, 0, ID_BYTES, 'hex') !== ID_BYTES) {
    throw new RangeError(`"${conversationId}" is no conversation id: expected a UUID`);
  }
  entry.writeUIntBE(markOf(recordingId), ID_BYTES, MARK_BYTES);
  return entry;
}

/** FNV-1a of 32 bits, folded: every bit of the id has its part in it, and it costs nothing. */
function markOf(recordingId: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(recordingId.toLowerCase())) hash = Math.imul(hash ^ byte, 0x01000193);
  return ((hash >>> 24) ^ hash) & 0xffffff;
}

function countOf(count: number): Buffer {
  if (count < LONG) return Buffer.of(count);
  const bytes = Buffer.alloc(5, LONG);
  bytes.writeUInt32BE(count, 1);
  return bytes;
}

function compareEntries(left: Buffer, at: number, right: Buffer, there: number): number {
  return compareIds(left, at, right, there) || markAt(left, at) - markAt(right, there);
}

function markAt(entries: Buffer, at: number): number {
  return entries.readUIntBE(at + ID_BYTES, MARK_BYTES);
}

/** In order, each once. */
function sorted(entries: Buffer): Buffer {
  const places = Uint32Array.from({ length: entries.length / ENTRY_BYTES }, (_, n) => n * ENTRY_BYTES);
  places.sort((left, right) => compareEntries(entries, left, entries, right));
  const result = Buffer.allocUnsafe(entries.length);
  let length = 0;
  for (const at of places) {
    if (length > 0 && compareEntries(result, length - ENTRY_BYTES, entries, at) === 0) continue;
    length += entries.copy(result, length, at, at + ENTRY_BYTES);
  }
  return length === result.length ? result : Buffer.from(result.subarray(0, length));
}
