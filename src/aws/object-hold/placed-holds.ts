/**
 * Which holds this journal's runs have placed themselves. S3's legal hold is one bit: what another matter held before us must
 * stay held when ours is released, and so must what another has held since we released it.
 */
import { createHash } from 'node:crypto';
import type { AdoptedEntry, JournalLine } from './journal-entry';
import { readJournal, readJournalIn, type JournalTail } from './journal-reader';
import type { VersionRef } from './object-store';

/** Versions whose hold a run of ours turned ON, and none has turned OFF since. */
export interface PlacedHolds {
  readonly size: number;
  /** False when earlier runs wrote into another journal: then what is not in here may be ours all the same. */
  readonly isComplete: boolean;
  /** What was unknown when the hold came into the register; null when it began there. */
  readonly unknown: AdoptedEntry['unknown'] | null;
  has(version: VersionRef): boolean;
}

/**
 * Eight bytes a version: a million of them take 8 MB. A mistaken yes among so many has odds of one in ten million. `head`: link to
 * the last line that is known from elsewhere; a journal without it is not complete.
 */
export async function readPlacedHolds(journalPath: string, head?: string): Promise<PlacedHolds> {
  return collect((visit) => readJournal(journalPath, visit, head), head);
}

/** The same of a journal that is kept in pieces; `place`: for messages. */
export async function placedIn(pieces: AsyncIterable<Buffer>, place: string, head?: string): Promise<PlacedHolds> {
  return collect((visit) => readJournalIn(pieces, place, visit, head), head);
}

async function collect(
  read: (visit: (line: JournalLine) => void) => Promise<JournalTail>,
  head: string | undefined,
): Promise<PlacedHolds> {
  let placed = new Marks();
  let lifted = new Marks();
  let continues = false;
  let unknown: AdoptedEntry['unknown'] | null = null;
  const settle = (): void => {
    if (lifted.size === 0) return;
    placed = placed.without(lifted);
    lifted = new Marks();
  };
  const { knows } = await read((line) => {
    if (line.type === 'continues') continues = true;
    if (line.type === 'adopted') unknown = line.unknown;
    // Within a run nothing is turned ON and OFF again.
    if (line.type === 'start') settle();
    else if (line.type === 'intent' && line.holdBefore === 'OFF' && line.holdAfter === 'ON') placed.add(line);
    else if (isLifted(line)) lifted.add(line);
  });
  settle();
  const marks = placed.sorted();
  const isComplete = !continues && (head === undefined || knows);
  return { size: marks.size, isComplete, unknown, has: (version) => marks.has(version) };
}

/** An intent is not enough: a release that failed, or was cut short, leaves the hold ON and ours. */
function isLifted(line: JournalLine): line is JournalLine & VersionRef {
  if (line.type === 'task') return line.ok && line.operation.endsWith('legal hold OFF');
  if (line.type !== 'version' || line.holdBefore !== 'ON' || line.holdAfter !== 'OFF') return false;
  return !(line.errors ?? []).some(({ step }) => step.endsWith('-hold'));
}

/** Digests of versions, in an array that grows. */
class Marks {
  private marks = new BigUint64Array(1024);
  private used = 0;

  get size(): number {
    return this.used;
  }

  add(version: VersionRef): void {
    this.push(mark(version));
  }

  /** Only after `sorted`. */
  has(version: VersionRef): boolean {
    return this.contains(mark(version));
  }

  sorted(): this {
    this.marks.subarray(0, this.used).sort();
    return this;
  }

  without(others: Marks): Marks {
    others.sorted();
    const rest = new Marks();
    for (const each of this.marks.subarray(0, this.used)) if (!others.contains(each)) rest.push(each);
    return rest;
  }

  private push(value: bigint): void {
    if (this.used === this.marks.length) {
      const larger = new BigUint64Array(this.used * 2);
      larger.set(this.marks);
      this.marks = larger;
    }
    this.marks[this.used] = value;
    this.used += 1;
  }

  private contains(wanted: bigint): boolean {
    let low = 0;
    let high = this.used;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.marks[middle] ?? 0n;
      if (found === wanted) return true;
      if (found < wanted) low = middle + 1;
      else high = middle;
    }
    return false;
  }
}

function mark(version: VersionRef): bigint {
  return createHash('sha256').update(`${version.versionId} ${version.key}`).digest().readBigUInt64BE();
}
