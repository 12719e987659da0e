/** The journal of a hold: where it lies, and that only one run at a time writes into it. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemClock } from '../../time';
import {
  JournalBroken,
  JournalInUse,
  JournalUnwritable,
  openJournal,
  readPlacedHolds,
  type Journal,
  type PlacedHolds,
} from '../../aws';
import { DiagnosticError, type Diagnostics, type StateOf } from '../../framework';
import type { Compliance } from '../compliance';
import { messageOf } from '../failures';
import type { ObjectHoldSchema } from './schema';

/** A journal and what state says about it. */
export interface JournalPlace {
  readonly path: string;
  /**
   * Link to the last line that the state names; null when state names none though there were runs (an import, say); undefined
   * for a hold that is being created.
   */
  readonly head: string | null | undefined;
  /** Where the state says that it lay. */
  readonly former: string | null;
}

/** Where the journal of a hold lies now. */
export function journalFolder(client: Compliance, folder: string | null): string {
  return folder ?? client.journalFolder;
}

/** The journal of a hold that is in state, or that is created where `prior` is null. */
export function journalPlace(
  client: Compliance,
  id: string,
  folder: string | null,
  prior: Pick<StateOf<ObjectHoldSchema>, 'journal_path' | 'journal_sha256'> | null,
): JournalPlace {
  return {
    path: join(journalFolder(client, folder), `${id}.jsonl`),
    head: prior === null ? undefined : prior.journal_sha256,
    former: prior === null ? null : prior.journal_path,
  };
}

/**
 * Opens the journal, works, and closes it whatever comes. A second run over the same file waits for the first; one of another
 * process is waited for some seconds, then refused.
 */
export async function withJournal<Result>(
  client: Compliance,
  place: JournalPlace,
  signal: AbortSignal,
  diagnostics: Diagnostics,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const before = client.journals.get(place.path) ?? Promise.resolve();
  const run = before.catch(() => undefined).then(() => opened(place, signal, diagnostics, work));
  client.journals.set(place.path, run);
  return run;
}

async function opened<Result>(
  place: JournalPlace,
  signal: AbortSignal,
  diagnostics: Diagnostics,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const { path, head } = place;
  const journal = await bringAlong(place)
    .then(() => openJournal(path, systemClock, { signal, ...(head === undefined ? {} : { continues: head }) }))
    .catch((error: unknown) => {
      signal.throwIfAborted();
      throw unusable(path, error);
    });
  try {
    warn(journal, place, diagnostics);
    return await work(journal);
  } catch (error) {
    throw error instanceof JournalUnwritable ? unusable(path, error) : error;
  } finally {
    // What could not be written has been told by then.
    await journal.close().catch(() => undefined);
  }
}

/** When the folder has changed, the journal goes along: its chain goes on in the new place. */
async function bringAlong({ path, former }: JournalPlace): Promise<void> {
  if (former === null || former === path || existsSync(path) || !existsSync(former)) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await copyFile(former, path);
}

function warn(journal: Journal, { path, head }: JournalPlace, diagnostics: Diagnostics): void {
  if (journal.lacksEarlier && head !== null) {
    diagnostics.warn(
      'Journal of earlier runs is not here',
      `Earlier runs of this object hold wrote another journal, whose last line is ${head}; ${path} does not have it. ` +
        'The hold itself is not affected. What those runs did can only be told from the tags of the versions now: bring that journal to this place before you release, and name a folder that is kept with journal_dir.',
    );
  }
  if (journal.isOpenToOthers) {
    diagnostics.warn(
      'Journal can be read by others',
      `The journal ${path} names conversations, and its mode lets others than its owner read it. Set its mode to 0600.`,
    );
  }
}

/** What the journal tells about whose holds are whose; undefined when there is none here. Throws for one that cannot be read. */
export async function placedHolds({ path, head }: JournalPlace): Promise<PlacedHolds | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return await readPlacedHolds(path, head ?? undefined);
  } catch (error) {
    throw unusable(path, error);
  }
}

/** The error for a journal that cannot be read or written. */
function unusable(path: string, error: unknown): unknown {
  if (error instanceof DiagnosticError) return error;
  const cause = { cause: error };
  if (error instanceof JournalBroken) {
    return new DiagnosticError(
      'Journal is broken',
      `${error.message} To do so, set journal_dir.`,
      ['journal_dir'],
      cause,
    );
  }
  if (error instanceof JournalInUse) return new DiagnosticError('Journal is in use', error.message, undefined, cause);
  if (error instanceof JournalUnwritable) {
    return new DiagnosticError('Journal cannot be written', error.message, ['journal_dir'], cause);
  }
  return new DiagnosticError(
    'Journal cannot be used',
    `The journal ${path} could not be opened: ${messageOf(error)}.\nWithout it nothing is written to S3, because it is the evidence of what was done. Set journal_dir to a folder that this process may write to.`,
    ['journal_dir'],
    cause,
  );
}
