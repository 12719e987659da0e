/**
 * A sorted set of conversation ids at 16 bytes each, so that a hold over a million conversations costs 16 MB and not
 * hundreds. Immutable.
 */
import { createHash } from 'node:crypto';
import { compareIds, copyIds, ID_BYTES, isSorted, sortedIds } from './id-bytes';

/** A Genesys Cloud conversation id: a UUID in lower case. */
export type ConversationId = string;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a UUID in any case. */
export function isConversationId(text: string): boolean {
  return UUID.test(text.toLowerCase());
}

/** An immutable, sorted set of conversation ids. */
export class ConversationSet implements Iterable<ConversationId> {
  static readonly empty = new ConversationSet(Buffer.alloc(0));

  private constructor(private readonly bytes: Buffer) {}

  /** Sorts and removes doubles. Throws a RangeError for an id that is no UUID. */
  static of(ids: Iterable<ConversationId>): ConversationSet {
    const builder = new ConversationSetBuilder();
    for (const id of ids) builder.add(id);
    return builder.build();
  }

  /** Reads what {@link toBase64} wrote. Throws a RangeError when the text is not that. */
  static fromBase64(text: string): ConversationSet {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length % ID_BYTES !== 0 || bytes.toString('base64') !== text) {
      throw new RangeError('not a packed set of conversation ids');
    }
    return ConversationSet.fromPacked(bytes);
  }

  /** From concatenated 16-byte ids in any order. Takes ownership of the buffer. */
  static fromPacked(bytes: Buffer): ConversationSet {
    return new ConversationSet(isSorted(bytes) ? bytes : sortedIds(bytes));
  }

  get size(): number {
    return this.bytes.length / ID_BYTES;
  }

  has(id: ConversationId): boolean {
    const wanted = pack(id);
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.at(middle).compare(wanted);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  }

  /** All ids of these sets. */
  static unionOf(sets: readonly ConversationSet[]): ConversationSet {
    const all = sets.filter(({ size }) => size > 0);
    if (all.length <= 1) return all[0] ?? ConversationSet.empty;
    const follows = (set: ConversationSet, at: number): boolean =>
      at === 0 || all[at - 1]!.compareLast(set.bytes, 0) < 0;
    if (all.every(follows)) return new ConversationSet(Buffer.concat(all.map(({ bytes }) => bytes)));
    const half = all.length >>> 1;
    return ConversationSet.unionOf(all.slice(0, half)).withAll(ConversationSet.unionOf(all.slice(half)));
  }

  /** The ids that are in more than one of these sets, and in how many. */
  static repeatsIn(sets: readonly ConversationSet[]): ReadonlyMap<ConversationId, number> {
    const repeats = new Map<ConversationId, number>();
    const all = ConversationSet.unionOf(sets);
    if (all.size === sets.reduce((total, set) => total + set.size, 0)) return repeats;
    for (const id of all) {
      const times = sets.filter((set) => set.has(id)).length;
      if (times > 1) repeats.set(id, times);
    }
    return repeats;
  }

  union(other: ConversationSet): ConversationSet {
    return ConversationSet.unionOf([this, other]);
  }

  /** The ids of this set that are not in the other. */
  minus(other: ConversationSet): ConversationSet {
    return this.merged(other, false);
  }

  /** The ids of both. */
  and(other: ConversationSet): ConversationSet {
    return this.merged(other, true);
  }

  equals(other: ConversationSet): boolean {
    return this.bytes.equals(other.bytes);
  }

  /**
   * SHA-256, in hex, of the ids in lower case, sorted, each followed by a line feed. An auditor gets the same from a
   * list of ids with `sort -u ids.txt | sha256sum`.
   */
  get sha256(): string {
    const hash = createHash('sha256');
    for (const id of this) hash.update(`${id}\n`);
    return hash.digest('hex');
  }

  /** The ids, 16 bytes each, in order. */
  toBytes(): Buffer {
    return Buffer.from(this.bytes);
  }

  /** The ids that lie in one of these ranges, both ends included. */
  between(ranges: readonly { readonly first: ConversationId; readonly last: ConversationId }[]): ConversationSet {
    const inRanges = ranges.map(({ first, last }) => {
      const [from, to] = [this.atOrAfter(pack(first), 0, 0), this.atOrAfter(pack(last), 0, 0)];
      const ends = to < this.bytes.length && this.bytes.compare(pack(last), 0, ID_BYTES, to, to + ID_BYTES) === 0;
      return new ConversationSet(this.bytes.subarray(from, Math.max(from, ends ? to + ID_BYTES : to)));
    });
    return inRanges.length === 1 ? (inRanges[0] as ConversationSet) : ConversationSet.unionOf(inRanges);
  }

  /** The smallest and the largest id; undefined for the empty set. */
  get range(): { readonly first: ConversationId; readonly last: ConversationId } | undefined {
    if (this.size === 0) return undefined;
    return { first: unpack(this.at(0)), last: unpack(this.at(this.size - 1)) };
  }

  /** The same in order, in sets of at most `size`. */
  *parts(size: number): Generator<ConversationSet> {
    for (let at = 0; at < this.bytes.length; at += size * ID_BYTES) {
      yield new ConversationSet(this.bytes.subarray(at, at + size * ID_BYTES));
    }
  }

  toBase64(): string {
    return this.bytes.toString('base64');
  }

  /** The ids in order, in groups of at most `size`. */
  *chunks(size: number): Generator<readonly ConversationId[]> {
    let chunk: ConversationId[] = [];
    for (const id of this) {
      chunk.push(id);
      if (chunk.length === size) {
        yield chunk;
        chunk = [];
      }
    }
    if (chunk.length > 0) yield chunk;
  }

  *[Symbol.iterator](): Iterator<ConversationId> {
    for (let index = 0; index < this.size; index += 1) yield unpack(this.at(index));
  }

  private at(index: number): Buffer {
    return this.bytes.subarray(index * ID_BYTES, (index + 1) * ID_BYTES);
  }

  /** The ids that are in the other set, or those that are not. Both are sorted, so that one pass finds them. */
  private merged(other: ConversationSet, inOther: boolean): ConversationSet {
    if (other.bytes.length === 0) return inOther ? ConversationSet.empty : this;
    const mine = this.bytes;
    const theirs = other.bytes;
    const kept = Buffer.allocUnsafe(inOther ? Math.min(mine.length, theirs.length) : mine.length);
    let length = 0;
    let there = 0;
    for (let at = 0; at < mine.length; at += ID_BYTES) {
      there = other.atOrAfter(mine, at, there);
      const found = there < theirs.length && compareIds(mine, at, theirs, there) === 0;
      if (found === inOther) length = copyIds(mine, at, at + ID_BYTES, kept, length);
    }
    if (length === mine.length) return this;
    // A small part of a large buffer would keep all of it in memory.
    return new ConversationSet(length === kept.length ? kept : Buffer.from(kept.subarray(0, length)));
  }

  /** Both are sorted, so that one pass joins them. */
  private withAll(other: ConversationSet): ConversationSet {
    const mine = this.bytes;
    const theirs = other.bytes;
    const joined = Buffer.allocUnsafe(mine.length + theirs.length);
    let length = 0;
    let from = 0;
    for (let at = 0; at < theirs.length; at += ID_BYTES) {
      const to = this.atOrAfter(theirs, at, from);
      length = copyIds(mine, from, to, joined, length);
      from = to;
      const isThere = to < mine.length && compareIds(mine, to, theirs, at) === 0;
      if (!isThere) length = copyIds(theirs, at, at + ID_BYTES, joined, length);
    }
    length = copyIds(mine, from, mine.length, joined, length);
    if (length === mine.length) return this;
    return new ConversationSet(length === joined.length ? joined : Buffer.from(joined.subarray(0, length)));
  }

  /** Orders the last id and the one at this place. */
  private compareLast(ids: Buffer, at: number): number {
    return compareIds(this.bytes, this.bytes.length - ID_BYTES, ids, at);
  }

  /** Where the first id is, from `low` on, that is not smaller than the one at `at` of these bytes. Steps grow, then halve. */
  private atOrAfter(ids: Buffer, at: number, low: number): number {
    const { bytes } = this;
    let step = ID_BYTES;
    let from = low;
    let to = low;
    while (to < bytes.length && compareIds(bytes, to, ids, at) < 0) {
      from = to + ID_BYTES;
      to += step;
      step *= 2;
    }
    to = Math.min(to, bytes.length);
    while (from < to) {
      const middle = from + Math.floor((to - from) / ID_BYTES / 2) * ID_BYTES;
      if (compareIds(bytes, middle, ids, at) < 0) from = middle + ID_BYTES;
      else to = middle;
    }
    return from;
  }
}

/** Collects ids as they stream in. */
export class ConversationSetBuilder {
  private bytes = Buffer.alloc(1024 * ID_BYTES);
  private length = 0;

  /** Throws a RangeError for an id that is no UUID. */
  add(id: ConversationId): void {
    const packed = pack(id);
    if (this.length + ID_BYTES > this.bytes.length) this.bytes = Buffer.concat([this.bytes], this.bytes.length * 2);
    packed.copy(this.bytes, this.length);
    this.length += ID_BYTES;
  }

  build(): ConversationSet {
    return ConversationSet.fromPacked(Buffer.from(this.bytes.subarray(0, this.length)));
  }
}

function pack(id: ConversationId): Buffer {
  const lower = id.toLowerCase();
  if (!UUID.test(lower)) throw new RangeError(`"${id}" is not a conversation id: expected a UUID`);
  return Buffer.from(lower.replaceAll('-', ''), 'hex');
}

function unpack(bytes: Buffer): ConversationId {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
