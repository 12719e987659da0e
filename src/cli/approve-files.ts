/** What the release of an object hold would lift, counted by its journal in the register: S3 is not asked. */
import { placedIn, readJournalIn } from '../aws';
import { isLive, type ClaimView, type Register } from '../register';

/** Versions of files. */
export interface FilesOutlook {
  /** Locked by this hold itself, and not released since. */
  readonly placed: number;
  /** Of these: covered by another live claim, so that they stay locked. */
  readonly stay: number;
  /** How many such claims there are. */
  readonly others: number;
  /** False where a part of what it did is not in the journal: there may be more. */
  readonly isComplete: boolean;
}

/** Counts. Throws RegisterProblem, and what reading a journal throws. */
export async function filesOutlook(register: Register, claim: ClaimView, signal: AbortSignal): Promise<FilesOutlook> {
  const journal = register.journal(claim.id);
  const place = `${register.place}/j/${claim.id}`;
  if ((await journal.size(signal)) === 0) return { placed: 0, stay: 0, others: 0, isComplete: false };
  const placed = await placedIn(journal.read(signal), place);
  const covers = await coversOfOthers(register, claim, signal);
  const staying = new Set<string>();
  if (covers.length > 0) {
    await readJournalIn(journal.read(signal), place, (line) => {
      if (line.type !== 'intent' || !placed.has(line)) return;
      const { key, versionId } = line;
      if (covers.some((cover) => cover(key))) staying.add(`${versionId} ${key}`);
    });
  }
  return {
    placed: placed.size,
    stay: staying.size,
    others: covers.length,
    isComplete: placed.isComplete && placed.unknown === null,
  };
}

async function coversOfOthers(
  register: Register,
  claim: ClaimView,
  signal: AbortSignal,
): Promise<readonly ((key: string) => boolean)[]> {
  const buckets = new Set(claim.parts.flatMap((part) => (part.kind === 'files' ? [part.bucket] : [])));
  const covers: ((key: string) => boolean)[] = [];
  for (const other of register.view.claims.values()) {
    if (other.id === claim.id || !isLive(other)) continue;
    const parts: ((key: string) => boolean)[] = [];
    for (const bucket of buckets) {
      const cover = await register.coverOfFiles(other, bucket, signal);
      if (cover !== undefined) parts.push(cover);
    }
    if (parts.length > 0) covers.push((key) => parts.some((cover) => cover(key)));
  }
  return covers;
}
