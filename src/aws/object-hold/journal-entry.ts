/**
 * The lines of a journal. Each is one JSON object on one line and begins with `prev`: the SHA-256, in hex, of the bytes of the
 * line before it (without its line feed; 64 zeros for the first). Changing, removing or reordering a line breaks the chain
 * from there on; the digest of the last line, kept elsewhere, proves that nothing was cut off at the end.
 */
import { createHash } from 'node:crypto';
import type { HoldStatus } from './object-store';

/** A run begins. */
export interface StartEntry {
  readonly type: 'start';
  readonly run: string;
  readonly action: 'apply' | 'release';
  readonly bucket: string;
  readonly prefixes: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly hold: HoldStatus | null;
  /** Digest over all that decides what the run does; equal for runs that do the same. */
  readonly request: string;
}

/** What was there and what will be, written before the first request that changes the version. */
export interface IntentEntry extends VersionStates {
  readonly type: 'intent';
}

/** How a version came out of it. */
export interface VersionEntry extends VersionStates {
  readonly type: 'version';
  /** `left`: deliberately not touched, `reason` says why. */
  readonly outcome: 'changed' | 'unchanged' | 'left' | 'failed';
  readonly size: number;
  readonly reason?: string;
  /** AWS's request ids of the writes. */
  readonly requestIds?: readonly string[];
  readonly errors?: readonly { readonly step: string; readonly code: string; readonly message: string }[];
}

/** States that are not wanted or could not be read are left out. */
interface VersionStates {
  readonly key: string;
  readonly versionId: string;
  /** Not in the lines of a release. */
  readonly etag?: string;
  readonly tagsBefore?: Readonly<Record<string, string>>;
  readonly tagsAfter?: Readonly<Record<string, string>>;
  readonly holdBefore?: HoldStatus;
  readonly holdAfter?: HoldStatus;
}

/** What the completion report of an S3 Batch Operations job says about one version. */
export interface TaskEntry {
  readonly type: 'task';
  readonly job: string;
  /** What the job does, in words: `legal hold ON`. */
  readonly operation: string;
  readonly key: string;
  readonly versionId: string;
  readonly ok: boolean;
  /** S3's error code, empty when there is none. */
  readonly code: string;
  /** S3's message; for checksums the checksum. */
  readonly message: string;
}

/** All versions of a page of the listing are as they should be. A run that is taken up again does not read them again. */
export interface PageEntry {
  readonly type: 'page';
  readonly sha256: string;
  readonly versions: number;
}

/** A delete marker hides a key whose versions are held. */
export interface HiddenEntry {
  readonly type: 'hidden';
  readonly key: string;
  readonly versionId: string;
}

/** A line was cut off by a crash and has been removed. What it told was not yet done, or is read again. */
export interface RecoveredEntry {
  readonly type: 'recovered';
  readonly droppedBytes: number;
}

/** What a journal is for; its first line. One hold has one journal, and two holds over the same objects have two. */
export interface HoldEntry {
  readonly type: 'hold';
  /** Id of the hold. */
  readonly id: string;
  /** Digest over the arguments: a creation that was cut short is known again by it. */
  readonly arguments: string;
}

/** The hold was handed to Terraform, so its state names this journal: nobody else may adopt it. */
export interface KeptEntry {
  readonly type: 'kept';
  readonly id: string;
}

/**
 * The hold came into the register without a record of what was held before it: it was made by version 0.1.0, or imported. What
 * this journal does not show to be placed may be anybody's.
 */
export interface AdoptedEntry {
  readonly type: 'adopted';
  readonly claim: string;
  /** `others`: this journal goes back to the first run, and only what other holds need was unknown. */
  readonly unknown: 'others' | 'all';
}

/** The hold is released from here on. */
export interface ReleaseEntry {
  readonly type: 'release';
  readonly claim: string;
  readonly reason: string;
}

/** Earlier runs of this hold wrote into another journal, on another machine: what they did is not in this one. */
export interface ContinuesEntry {
  readonly type: 'continues';
  /** Link to the last line of that journal; null when that is unknown. */
  readonly journal: string | null;
}

/** A run ends by itself. */
export interface EndEntry {
  readonly type: 'end';
  readonly run: string;
  /** Null: it went through all versions. */
  readonly stopped: string | null;
  readonly versions: number;
  readonly failed: number;
  readonly manifestSha256: string | null;
}

export type JournalEntry =
  | HoldEntry
  | KeptEntry
  | AdoptedEntry
  | ReleaseEntry
  | ContinuesEntry
  | StartEntry
  | IntentEntry
  | VersionEntry
  | TaskEntry
  | PageEntry
  | HiddenEntry
  | RecoveredEntry
  | EndEntry;

/** An entry as it stands in the file. */
export type JournalLine = { readonly prev: string; readonly time: string } & JournalEntry;

/** What the first line has before it. */
export const CHAIN_START = '0'.repeat(64);

/** Link to a line, given its bytes without the line feed. */
export function linkTo(line: string | Buffer): string {
  return createHash('sha256').update(line).digest('hex');
}
