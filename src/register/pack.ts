/**
 * Many sets of conversations in one object, so that a cold reader fetches one and not one a claim. Made of the sets under their
 * hash, which stay what counts; nothing is lost when it is.
 *
 * First every conversation of any set once, 16 bytes each, sorted. Then, set by set, which of these it has: their positions, four
 * bytes each, or a bit for each position, whichever is shorter.
 */
import { compareIds, ConversationSet, copyIds } from '../conversations';
import type { SetReference } from './entry';
import type { Sets } from './sets';

const ID_BYTES = 16;
const POSITION_BYTES = 4;

/** Packs these sets. `pool` is how many conversations they have together. */
export function packSets(all: readonly Sets[]): { readonly bytes: Buffer; readonly pool: number } {
  const pool = ConversationSet.unionOf(all.map(({ covers }) => covers));
  const ids = pool.toBytes();
  const pieces = [ids];
  for (const sets of all) {
    for (const set of subsets(sets)) {
      const bits = Buffer.alloc(sizeOf(set.size, pool.size));
      writePositions(bits, set.toBytes(), ids, isList(set.size, pool.size));
      pieces.push(bits);
    }
  }
  return { bytes: Buffer.concat(pieces), pool: pool.size };
}

/** A pack that was read: gives the sets that were put in, in the same order. */
export class Pack {
  private readonly offsets: number[] = [];

  constructor(
    private readonly bytes: Buffer,
    private readonly pool: number,
    private readonly references: readonly SetReference[],
  ) {
    let at = pool * ID_BYTES;
    for (const reference of references) {
      this.offsets.push(at);
      for (const count of counts(reference)) at += sizeOf(count, pool);
    }
    if (at !== bytes.length) throw new RangeError('not a pack of these sets');
  }

  /** The sets at this position of the list that it was made with. */
  sets(index: number): Sets {
    let at = this.offsets[index] as number;
    const [covers, before, unknown, placed] = counts(this.references[index] as SetReference).map((count) => {
      const size = sizeOf(count, this.pool);
      const set = this.read(at, count);
      at += size;
      return set;
    }) as [ConversationSet, ConversationSet, ConversationSet, ConversationSet];
    return { covers, before, unknown, placed };
  }

  private read(at: number, count: number): ConversationSet {
    const ids = Buffer.alloc(count * ID_BYTES);
    let written = 0;
    const take = (position: number): void => {
      written = copyIds(this.bytes, position * ID_BYTES, (position + 1) * ID_BYTES, ids, written);
    };
    if (isList(count, this.pool)) {
      for (let index = 0; index < count; index += 1) take(this.bytes.readUInt32LE(at + index * POSITION_BYTES));
    } else {
      for (let position = 0; position < this.pool; position += 1) {
        const eight = this.bytes[at + (position >>> 3)]!;
        if (eight === 0) position |= 7;
        else if ((eight & (1 << (position & 7))) !== 0) take(position);
      }
    }
    return ConversationSet.fromPacked(ids);
  }
}

function subsets({ covers, before, unknown, placed }: Sets): readonly ConversationSet[] {
  return [covers, before, unknown, placed];
}

function counts({ count, before = 0, unknown = 0, placed = 0 }: SetReference): readonly number[] {
  return [count, before, unknown, placed];
}

function isList(count: number, pool: number): boolean {
  return count * POSITION_BYTES <= Math.ceil(pool / 8);
}

function sizeOf(count: number, pool: number): number {
  return isList(count, pool) ? count * POSITION_BYTES : Math.ceil(pool / 8);
}

/** Both are sorted, so one pass finds every position. */
function writePositions(into: Buffer, set: Buffer, pool: Buffer, asList: boolean): void {
  let position = 0;
  for (let at = 0; at < set.length; at += ID_BYTES) {
    while (position * ID_BYTES < pool.length && compareIds(pool, position * ID_BYTES, set, at) < 0) position += 1;
    if (position * ID_BYTES === pool.length || compareIds(pool, position * ID_BYTES, set, at) !== 0) {
      throw new RangeError('an id that the pool does not have');
    }
    if (asList) into.writeUInt32LE(position, (at / ID_BYTES) * POSITION_BYTES);
    else into[position >>> 3] = (into[position >>> 3] as number) | (1 << (position & 7));
  }
}
