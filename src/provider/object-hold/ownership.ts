/** Which holds on versions are ours to lift: those that a journal shows to be placed by us, or by a matter of ours before. */
import { existsSync } from 'node:fs';
import { placedIn, readPlacedHolds, type PlacedHolds, type VersionRef } from '../../aws';
import { DiagnosticError } from '../../framework';
import type { ClaimView, Register, Segments } from '../../register';
import { OBJECT_HOLD } from '../../words';
import type { JournalPlace } from './journal';

/** Whose the hold on a version is. */
export type Ownership =
  /** Placed by us. */
  | 'ours'
  /** Held before this hold came. */
  | 'before'
  /** Unknown whether it was. */
  | 'unknown';

/** Tells whose the hold on a version is. */
export type Owners = (version: VersionRef) => Ownership;

/**
 * Reads the journal of the claim, here or in the register, and those of claims over the same files that were not done when it came, or
 * came later. Throws where the journal that state names is in neither: nothing is released on a guess.
 */
export async function ownersOf(
  register: Register,
  claim: ClaimView,
  place: JournalPlace,
  bucket: string,
  allHoldsAdopted: boolean,
  signal: AbortSignal,
): Promise<Owners> {
  const mine = await ownPlaced(register.journal(claim.id), place, register.place, signal);
  // Another hold of 0.1.0 that is in no register may need any of them.
  if (mine.unknown !== null && !allHoldsAdopted) return () => 'unknown';
  if (mine.unknown === 'all') return () => 'ours';
  const placedBy = async (id: string): Promise<(version: VersionRef) => boolean> => {
    if (id === claim.id) return (version) => mine.has(version);
    const journal = register.journal(id);
    if ((await journal.size(signal)) === 0) return () => false;
    const theirs = await placedIn(journal.read(signal), `${register.place}/j/${id}`);
    return (version) => theirs.has(version);
  };
  const own = await register.ownFiles(claim, bucket, placedBy, signal);
  const later = await Promise.all(laterClaims(register, claim, bucket).map(placedBy));
  return (version) => (own(version) || later.some((theirs) => theirs(version)) ? 'ours' : 'before');
}

/** What one of them placed while both held for the first time, this one may have found held. */
function laterClaims(register: Register, own: ClaimView, bucket: string): readonly string[] {
  const began = ({ parts }: ClaimView): number => parts[0]?.number ?? 0;
  return [...register.view.claims.values()]
    .filter((claim) => {
      if (claim.key.resourceType !== OBJECT_HOLD || began(claim) <= began(own)) return false;
      return claim.parts.some((part) => part.kind === 'files' && part.bucket === bucket);
    })
    .map(({ id }) => id);
}

async function ownPlaced(
  segments: Segments,
  { path, head }: JournalPlace,
  register: string,
  signal: AbortSignal,
): Promise<PlacedHolds> {
  const link = head ?? undefined;
  if (existsSync(path)) {
    const here = await readPlacedHolds(path, link);
    if (here.isComplete) return here;
  }
  if ((await segments.size(signal)) > 0) {
    const shipped = await placedIn(segments.read(signal), `${register}: the journal of this hold`, link);
    if (shipped.isComplete) return shipped;
  }
  throw new DiagnosticError(
    'Unknown which holds are ours',
    `The legal hold of S3 is one bit for everybody, and the journal tells which of them this hold has placed. State names a journal that ends with line ${head ?? '(none)'}. Neither ${path} nor the register at ${register} has that line. Nothing was released.\n` +
      'Bring the journal back to that folder (journal_dir names it), or restore the register. Without either, take the resource out of the state with "terraform state rm" and release the versions by hand.',
    ['journal_dir'],
  );
}
