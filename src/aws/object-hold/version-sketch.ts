/**
 * A set of object versions in a few kilobytes, whatever its size: enough to tell two sets apart, and to name up to about 250
 * members in which they differ. What was there at the last look and is not there now was lost, even when as many came.
 *
 * An invertible Bloom lookup table: Eppstein, Goodrich, Uyeda, Varghese, "What's the Difference? Efficient Set Reconciliation
 * without Prior Context", SIGCOMM 2011. Each version is in three cells; a cell with one member tells which it is.
 */
import { createHash } from 'node:crypto';
import type { ObjectVersion } from './object-store';

const ROWS = 3;
const CELLS_IN_ROW = 128;
const CELLS = ROWS * CELLS_IN_ROW;
/** Count, both halves of the mark, check. */
const WORDS = 4;
const BYTES = CELLS * WORDS * 4;

/** Eight bytes of SHA-256 over key, version id and ETag, in hex. */
export type VersionMark = string;

/** What the versions of two looks differ in. */
export interface SketchDifference {
  /** Only in the first. */
  readonly only: readonly VersionMark[];
  /** Only in the other. */
  readonly other: readonly VersionMark[];
}

/** The mark of a version. Content that was overwritten in place has another one. */
export function markOf({ key, versionId, etag }: Pick<ObjectVersion, 'key' | 'versionId' | 'etag'>): VersionMark {
  return createHash('sha256').update(`${versionId}\0${etag}\0${key}`).digest('hex').slice(0, 16);
}

/** Each member is to be added once. */
export class VersionSketch {
  private readonly cells: Int32Array;

  constructor(cells = new Int32Array(CELLS * WORDS)) {
    this.cells = cells;
  }

  /** Throws a RangeError for what {@link toBase64} has not made. */
  static fromBase64(text: string): VersionSketch {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length !== BYTES) throw new RangeError('This is not a sketch of object versions.');
    const cells = new Int32Array(CELLS * WORDS);
    for (let index = 0; index < cells.length; index += 1) cells[index] = bytes.readInt32LE(index * 4);
    return new VersionSketch(cells);
  }

  toBase64(): string {
    const bytes = Buffer.alloc(BYTES);
    this.cells.forEach((word, index) => bytes.writeInt32LE(word, index * 4));
    return bytes.toString('base64');
  }

  add(mark: VersionMark): void {
    this.put(parseInt(mark.slice(0, 8), 16) | 0, parseInt(mark.slice(8), 16) | 0, 1);
  }

  /** Undefined when they differ in more than can be named. */
  differenceTo(other: VersionSketch): SketchDifference | undefined {
    const rest = new VersionSketch(this.cells.slice());
    for (let at = 0; at < rest.cells.length; at += WORDS) rest.subtract(other.cells, at);
    const found: { only: VersionMark[]; other: VersionMark[] } = { only: [], other: [] };
    for (let pure = rest.pureCell(); pure !== undefined; pure = rest.pureCell()) {
      const [count = 0, high = 0, low = 0] = rest.cells.subarray(pure, pure + 3);
      (count > 0 ? found.only : found.other).push(hex(high) + hex(low));
      if (found.only.length + found.other.length > CELLS) return undefined;
      rest.put(high, low, -count);
    }
    return rest.cells.every((word) => word === 0) ? found : undefined;
  }

  private put(high: number, low: number, times: number): void {
    for (let row = 0; row < ROWS; row += 1) {
      const at = (row * CELLS_IN_ROW + ((low >>> (row * 8)) & (CELLS_IN_ROW - 1))) * WORDS;
      this.change(at, times, high, low, checkOf(high, low));
    }
  }

  private subtract(others: Int32Array, at: number): void {
    const [count = 0, high = 0, low = 0, check = 0] = others.subarray(at, at + WORDS);
    this.change(at, -count, high, low, check);
  }

  private change(at: number, times: number, high: number, low: number, check: number): void {
    const { cells } = this;
    cells[at] = (cells[at] ?? 0) + times;
    cells[at + 1] = (cells[at + 1] ?? 0) ^ high;
    cells[at + 2] = (cells[at + 2] ?? 0) ^ low;
    cells[at + 3] = (cells[at + 3] ?? 0) ^ check;
  }

  private pureCell(): number | undefined {
    for (let at = 0; at < this.cells.length; at += WORDS) {
      const [count = 0, high = 0, low = 0, check = 0] = this.cells.subarray(at, at + WORDS);
      if ((count === 1 || count === -1) && checkOf(high, low) === check) return at;
    }
    return undefined;
  }
}

/** Not linear over XOR, so that a cell of several members is not taken for one of a single member. */
function checkOf(high: number, low: number): number {
  let mixed = Math.imul(high ^ (low >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13) ^ low, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
