/** Ids of conversations as they lie in a buffer, 16 bytes each: comparing, copying, sorting. */

export const ID_BYTES = 16;

/** Orders the ids at two places. Nearly all differ in their first bytes; a call of `Buffer.compare` costs many times as much. */
export function compareIds(left: Buffer, at: number, right: Buffer, there: number): number {
  const difference = head(left, at) - head(right, there);
  if (difference !== 0) return difference;
  for (let byte = HEAD_BYTES; byte < ID_BYTES; byte += 1) {
    const one = left[at + byte]! - right[there + byte]!;
    if (one !== 0) return one;
  }
  return 0;
}

const HEAD_BYTES = 3;

/** The first bytes as a number that V8 needs no object for. */
function head(bytes: Buffer, at: number): number {
  return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
}

/** Copies ids; byte by byte where they are few, which is faster than a call. Answers where the next go. */
export function copyIds(from: Buffer, start: number, end: number, into: Buffer, at: number): number {
  const length = end - start;
  if (length > 8 * ID_BYTES) from.copy(into, at, start, end);
  else for (let byte = 0; byte < length; byte += 1) into[at + byte] = from[start + byte]!;
  return at + length;
}

/** What was packed before is sorted already, and looking is much faster than sorting. */
export function isSorted(bytes: Buffer): boolean {
  for (let at = ID_BYTES; at < bytes.length; at += ID_BYTES) {
    if (compareIds(bytes, at - ID_BYTES, bytes, at) >= 0) return false;
  }
  return true;
}

/** More bits are not exact in a number. */
const EXACT_BITS = 53;

/** The ids in order, each once. Sorted are numbers of their first bits and their places, which no function has to compare. */
export function sortedIds(bytes: Buffer): Buffer {
  const count = bytes.length / ID_BYTES;
  const placeBits = 32 - Math.clz32(count);
  const headBits = Math.min(32, EXACT_BITS - placeBits);
  const places = 2 ** placeBits;
  const keys = new Float64Array(count);
  for (let place = 0; place < count; place += 1) {
    keys[place] = (bytes.readUInt32BE(place * ID_BYTES) >>> (32 - headBits)) * places + place;
  }
  keys.sort();
  const sorted = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let from = 0; from < count;) {
    const first = Math.floor(keys[from]! / places);
    let to = from + 1;
    while (to < count && Math.floor(keys[to]! / places) === first) to += 1;
    const same = Array.from(keys.subarray(from, to), (key) => (key - first * places) * ID_BYTES);
    if (same.length > 1) same.sort((left, right) => compareIds(bytes, left, bytes, right));
    for (const at of same) {
      if (length > 0 && compareIds(sorted, length - ID_BYTES, bytes, at) === 0) continue;
      length = copyIds(bytes, at, at + ID_BYTES, sorted, length);
    }
    from = to;
  }
  return length === sorted.length ? sorted : Buffer.from(sorted.subarray(0, length));
}
