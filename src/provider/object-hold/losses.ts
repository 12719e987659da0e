/** Versions that were there at an earlier look and are gone: found by comparing looks, named by the journal. */
import { markOf, readJournal, VersionSketch, type Present, type VersionMark } from '../../aws';
import type { Log } from '../../framework';

/** What a look leaves to be compared with the next. */
export type LastLook = {
  /** {@link VersionSketch.toBase64} of all versions. */
  readonly sketch: string;
  readonly versions: number;
  /** When the youngest version came, by S3's clock, in milliseconds since 1970. */
  readonly newest: number;
};

/** A version that is gone. */
export type LostVersion = {
  readonly mark: VersionMark;
  /** Null while no journal here names it. */
  readonly key: string | null;
  readonly versionId: string | null;
  /** When the journal first saw it held, ISO-8601 in UTC. */
  readonly heldSince: string | null;
};

/** All that is lost, whenever it was found. */
export type Losses = {
  readonly named: readonly LostVersion[];
  /** Versions of which only the number is known: too many went at once. */
  readonly unnamed: number;
};

export const NO_LOSSES: Losses = { named: [], unnamed: 0 };
/** Most that are kept one by one. */
const MOST_NAMED = 1_000;

/** What is to be kept of a look. */
export function lastLook({ sketch, versions, newest }: Present): LastLook {
  return { sketch: sketch.toBase64(), versions, newest };
}

/** All losses after a look. What has come back is none. `journalPath`: read only when something is lost. */
export async function lossesAfter(
  last: LastLook | null,
  before: Losses,
  present: Present,
  journalPath: string,
  log: Log,
): Promise<Losses> {
  if (last === null) return before;
  const difference = VersionSketch.fromBase64(last.sketch).differenceTo(present.known.sketch);
  if (difference === undefined) {
    const gone = Math.max(0, last.versions - present.known.versions);
    return { ...before, unnamed: before.unnamed + gone };
  }
  const back = new Set(difference.other);
  const still = before.named.filter(({ mark }) => !back.has(mark));
  const known = new Set(still.map(({ mark }) => mark));
  const gone = difference.only.filter((mark) => !known.has(mark));
  const named = [...still, ...(gone.length === 0 ? [] : await nameAll(gone, journalPath, log))];
  return {
    named: named.slice(0, MOST_NAMED),
    unnamed: before.unnamed + Math.max(0, named.length - MOST_NAMED),
  };
}

/** Looks the marks up in the journal, which has a line for every version that was looked at. */
async function nameAll(marks: readonly VersionMark[], path: string, log: Log): Promise<readonly LostVersion[]> {
  const found = new Map<VersionMark, LostVersion>(
    marks.map((mark) => [mark, { mark, key: null, versionId: null, heldSince: null }]),
  );
  try {
    await readJournal(path, (line) => {
      if (line.type !== 'version' && line.type !== 'intent') return;
      const { etag } = line;
      if (etag === undefined) return;
      const lost = found.get(markOf({ ...line, etag }));
      if (lost === undefined) return;
      const { mark } = lost;
      const isHeld = line.holdAfter === 'ON' || (line.holdAfter === undefined && line.holdBefore === 'ON');
      const heldSince = lost.heldSince ?? (isHeld ? line.time : null);
      found.set(mark, { mark, key: line.key, versionId: line.versionId, heldSince });
    });
  } catch (error) {
    log.warn('the journal cannot name the versions that are lost', { error: String(error) });
  }
  return [...found.values()].sort((one, other) => (one.mark < other.mark ? -1 : 1));
}
