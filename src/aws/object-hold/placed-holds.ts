/**
 * Which holds this journal's runs have placed themselves. S3's legal hold is one bit: what another matter held before us must
 * stay held when ours is released.
 */
import { createHash } from 'node:crypto';
import { readJournal } from './journal-reader';
import type { VersionRef } from './object-store';

/** Versions whose hold was OFF when a run of ours turned it ON. */
export interface PlacedHolds {
  readonly size: number;
  has(version: VersionRef): boolean;
}

/** Eight bytes a version: a million of them take 8 MB. A mistaken yes among so many has odds of one in ten million. */
export async function readPlacedHolds(journalPath: string): Promise<PlacedHolds> {
  let marks = new BigUint64Array(1024);
  let size = 0;
  await readJournal(journalPath, (line) => {
    if (line.type !== 'intent' || line.holdBefore !== 'OFF' || line.holdAfter !== 'ON') return;
    if (size === marks.length) {
      const larger = new BigUint64Array(size * 2);
      larger.set(marks);
      marks = larger;
    }
    marks[size] = mark(line);
    size += 1;
  });
  const sorted = marks.subarray(0, size).sort();
  return { size, has: (version) => holds(sorted, mark(version)) };
}

function mark(version: VersionRef): bigint {
  return createHash('sha256').update(`${version.versionId} ${version.key}`).digest().readBigUInt64BE();
}

function holds(sorted: BigUint64Array, wanted: bigint): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = sorted[middle] ?? 0n;
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1;
    else high = middle;
  }
  return false;
}
