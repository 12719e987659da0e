/**
 * A sorted set of conversation ids at 16 bytes each, so that a hold over a million conversations costs 16 MB and not
 * hundreds. Immutable.
 */
import { createHash } from 'node:crypto';

/** A Genesys Cloud conversation id: a UUID in lower case. */
export type ConversationId = string;

const ID_BYTES = 16;
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
    if (isSorted(bytes)) return new ConversationSet(bytes);
    const views: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += ID_BYTES) views.push(bytes.subarray(at, at + ID_BYTES));
    views.sort(Buffer.compare);
    const sorted = Buffer.alloc(bytes.length);
    let length = 0;
    let last: Buffer | undefined;
    for (const view of views) {
      if (last !== undefined && last.equals(view)) continue;
      view.copy(sorted, length);
      length += ID_BYTES;
      last = view;
    }
    return new ConversationSet(sorted.subarray(0, length));
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
    return ConversationSet.fromPacked(Buffer.concat(sets.map((set) => set.bytes)));
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
    return this.filter((id) => !other.has(id));
  }

  /** The ids of both. */
  and(other: ConversationSet): ConversationSet {
    return this.filter((id) => other.has(id));
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
    return this.filter((id) => ranges.some(({ first, last }) => id >= first && id <= last));
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

  private filter(keep: (id: ConversationId) => boolean): ConversationSet {
    const kept = Buffer.alloc(this.bytes.length);
    let length = 0;
    for (let index = 0; index < this.size; index += 1) {
      const bytes = this.at(index);
      if (!keep(unpack(bytes))) continue;
      bytes.copy(kept, length);
      length += ID_BYTES;
    }
    return new ConversationSet(Buffer.from(kept.subarray(0, length)));
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

/** What was packed before is sorted already, and looking is much faster than sorting. */
function isSorted(bytes: Buffer): boolean {
  for (let at = ID_BYTES; at < bytes.length; at += ID_BYTES) {
    if (bytes.compare(bytes, at, at + ID_BYTES, at - ID_BYTES, at) >= 0) return false;
  }
  return true;
}

function pack(id: ConversationId): Buffer {
  const lower = id.toLowerCase();
  if (!UUID.test(lower)) throw new RangeError(`"${id}" is no conversation id: expected a UUID`);
  return Buffer.from(lower.replaceAll('-', ''), 'hex');
}

function unpack(bytes: Buffer): ConversationId {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
