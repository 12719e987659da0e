/**
 * Claims over files: bucket, prefix, and the conversations of an export. What was done to each version stands in the hold's
 * journal; the register knows what is covered.
 */
import type { ConversationSet } from '../conversations';
import type { Approvals } from './approvals';
import { unfinishedOf } from './before';
import type { Bits } from './bits';
import { beginClaim, living, type ClaimRequest } from './claim';
import { coverOfFiles, Files } from './domain';
import type { Cover } from './entry';
import type { FileVersion, FileVersions } from './file-versions';
import type { Parts } from './parts';
import { drop, liftOwn } from './release';
import { Setting } from './setting';
import { NO_SETS } from './sets';
import { sameBits, type ClaimView, type View } from './view';

/** Which files. */
export interface FileScope {
  readonly bucket: string;
  /** Empty for the whole bucket. */
  readonly prefix: string;
  /** Only files of these conversations; undefined: all below the prefix. */
  readonly conversations?: ConversationSet;
}

/** A claim over files, and how its bits are set. */
export interface FileClaim {
  readonly claim: ClaimView;
  /** An unfinished claim of the same key was carried on. */
  readonly adopted: boolean;
  /**
   * Ask `ready` right before each request that sets (for one version or for many), `wait` where it left some out, and
   * `finish` when all was set and seen. When one throws "dropped", release the claim: what was set must be lifted again.
   */
  readonly setting: Setting<FileVersions>;
}

/** How a claim over files is released. */
export interface FileRelease {
  readonly bucket: string;
  readonly reason: string;
  /**
   * The versions that this claim may lift (see `ownFiles`), in order and in portions of at most
   * `Timing.chunk * Timing.chunksASection`. Called after everybody knows of the release.
   */
  readonly own: (claim: ClaimView) => AsyncIterable<FileVersions>;
  readonly bits: Bits<FileVersions>;
  /** Needed where others must approve the release. @default none */
  readonly approvals?: Approvals;
}

export async function claimFiles(
  parts: Parts,
  request: Pick<ClaimRequest, 'key' | 'releasedSeen'> & { readonly files: FileScope },
  signal: AbortSignal,
): Promise<FileClaim> {
  const { claim, adopted } = await beginClaim(parts, request, signal, (view, own) =>
    coverOf(parts, view, own, request.files, signal),
  );
  if (adopted) return { ...(await growFiles(parts, claim.id, request.files, signal)), adopted };
  return { claim, adopted, setting: new Setting(parts, claim) };
}

export async function growFiles(parts: Parts, id: string, files: FileScope, signal: AbortSignal): Promise<FileClaim> {
  await parts.log.append(async (view) => {
    const claim = living(view, id);
    const left = await notCovered(parts, claim, files, signal);
    if (left === undefined) return undefined;
    return { kind: 'grow', claim: id, covers: await coverOf(parts, view, claim, left, signal) };
  }, signal);
  const claim = living(parts.log.view, id);
  return { claim, adopted: false, setting: new Setting(parts, claim) };
}

/** The parts of what a claim covers. */
export async function filesOf(
  { sets }: Parts,
  { parts }: ClaimView,
  signal: AbortSignal,
): Promise<readonly FileScope[]> {
  const files: FileScope[] = [];
  for (const part of parts) {
    if (part.kind !== 'files') continue;
    const { bucket, prefix, conversations } = part;
    files.push({
      bucket,
      prefix,
      ...(conversations === null ? {} : { conversations: (await sets.get(conversations, signal)).covers }),
    });
  }
  return files;
}

/** Safe to repeat after any interruption. Answers how many versions were lifted. */
export async function releaseFiles(
  parts: Parts,
  id: string,
  { bucket, reason, own, bits, approvals }: FileRelease,
  signal: AbortSignal,
): Promise<number> {
  await drop(parts, id, reason, signal, approvals);
  return liftOwn(parts, new Files(parts.sets, bucket), id, bits, signal, own);
}

/** Whether the journal of a claim says that its hold was put on this version by that claim itself. */
export type PlacedBy = (claim: string) => Promise<(version: FileVersion) => boolean>;

/**
 * Which versions a claim may lift, as far as it is about what was held before: those that it placed itself, and those that it
 * found held when a claim that covered them, and was not done then, could have lifted them. Journals are asked for once each.
 */
export async function ownFiles(
  { log, sets }: Parts,
  claim: ClaimView,
  bucket: string,
  placedBy: PlacedBy,
  signal: AbortSignal,
): Promise<(version: FileVersion) => boolean> {
  // Claims that grow come before and after each other, so the way back may lead in circles.
  const found = new Map<string, Found>();
  const open = [claim];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next.id)) continue;
    // What came later and placed a version found it free while this claim was there; so this one cannot have found it held
    // by somebody unknown.
    const own = next.parts.flatMap((part) => (part.kind === 'files' && part.bucket === bucket ? [part] : []));
    const first = Math.min(...own.map(({ number }) => number));
    const later = claimsAfter(log.view, next, first);
    const after = [...own.flatMap((part) => part.after), ...later.map(({ id }) => id)];
    const covers = (await coverOfFiles(sets, next, bucket, signal)) ?? (() => false);
    found.set(next.id, { after, covers, placed: await placedBy(next.id) });
    for (const id of after) {
      const earlier = log.view.claims.get(id);
      if (earlier !== undefined) open.push(earlier);
    }
  }
  const own = (id: string, version: FileVersion, seen: Set<string>): boolean => {
    const here = found.get(id);
    if (here === undefined || seen.has(id) || !here.covers(version.key)) return false;
    seen.add(id);
    return here.placed(version) || here.after.some((earlier) => own(earlier, version, seen));
  };
  return (version) => own(claim.id, version, new Set());
}

function claimsAfter(view: View, own: ClaimView, number: number): readonly ClaimView[] {
  return [...view.claims.values()].filter(
    (claim) => claim.id !== own.id && sameBits(claim.key, own.key) && claim.parts.some((part) => part.number > number),
  );
}

/** A claim on the way back to who placed a version. */
interface Found {
  readonly after: readonly string[];
  readonly covers: (key: string) => boolean;
  readonly placed: (version: FileVersion) => boolean;
}

async function coverOf(
  parts: Parts,
  view: View,
  own: ClaimView,
  { bucket, prefix, conversations }: FileScope,
  signal: AbortSignal,
): Promise<Cover> {
  const after = unfinishedOf(view, own).filter((claim) =>
    claim.parts.some(
      (part) =>
        part.kind === 'files' &&
        part.bucket === bucket &&
        (part.prefix.startsWith(prefix) || prefix.startsWith(part.prefix)),
    ),
  );
  return {
    kind: 'files',
    bucket,
    prefix,
    conversations:
      conversations === undefined ? null : await parts.sets.put({ ...NO_SETS, covers: conversations }, signal),
    after: after.map(({ id }) => id),
  };
}

/** What of these the claim does not cover yet; undefined for nothing. */
async function notCovered(
  { sets }: Parts,
  claim: ClaimView,
  files: FileScope,
  signal: AbortSignal,
): Promise<FileScope | undefined> {
  let rest = files.conversations;
  for (const part of claim.parts) {
    if (part.kind !== 'files' || part.bucket !== files.bucket || !files.prefix.startsWith(part.prefix)) continue;
    if (part.conversations === null) return undefined;
    if (rest !== undefined) rest = rest.minus((await sets.get(part.conversations, signal)).covers);
  }
  if (rest === undefined) return files;
  return rest.size === 0 && claim.parts.length > 0 ? undefined : { ...files, conversations: rest };
}
