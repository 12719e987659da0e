/** The journal of a hold: where it lies, and that only one run at a time writes into it. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemClock } from '../../time';
import { JournalBroken, JournalInUse, JournalUnwritable, openJournal, type Journal } from '../../aws';
import { DiagnosticError, type Diagnostics, type StateOf } from '../../framework';
import type { Compliance } from '../compliance';
import { messageOf } from '../failures';
import { RegisterProblem, SegmentTaken } from '../../register';
import type { Registration } from './registration';
import type { ObjectHoldSchema } from './schema';
import type { Shipping } from './shipping';

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

/** A journal that is open, and its way into the register. */
export interface OpenJournal {
  readonly journal: Journal;
  /** Undefined while the hold has no claim. */
  readonly shipping: Shipping | undefined;
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
  registration: Registration,
  work: (open: OpenJournal) => Promise<Result>,
): Promise<Result> {
  const before = client.journals.get(place.path) ?? Promise.resolve();
  const run = before.catch(() => undefined).then(() => opened(place, signal, diagnostics, registration, work));
  client.journals.set(place.path, run);
  return run;
}

async function opened<Result>(
  place: JournalPlace,
  signal: AbortSignal,
  diagnostics: Diagnostics,
  registration: Registration,
  work: (open: OpenJournal) => Promise<Result>,
): Promise<Result> {
  const { path, head } = place;
  const shipping = registration.shipping(path);
  const options = {
    signal,
    ...(head === undefined ? {} : { continues: head }),
    bringUpToDate: () => registration.tolerating(async () => shipping?.bringUpToDate(signal)),
  };
  const journal = await bringAlong(place)
    .then(() => openJournal(path, systemClock, options))
    .catch((error: unknown) => {
      signal.throwIfAborted();
      throw unusable(path, error);
    });
  try {
    warn(journal, place, diagnostics);
    return await work({ journal, shipping });
  } catch (error) {
    if (error instanceof JournalUnwritable || error instanceof SegmentTaken) throw unusable(path, error);
    throw error;
  } finally {
    // What could not be written has been told by then.
    await journal.close().catch(() => undefined);
  }
}

/** When the folder has changed, the journal goes along: its chain continues in the new place. */
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
        'The hold itself is not affected, and nothing of it is released while that is so: bring that journal to this place, or restore the register, before you release.',
    );
  }
  if (journal.isOpenToOthers) {
    diagnostics.warn(
      'Journal can be read by others',
      `The journal ${path} names conversations, and its mode lets others than its owner read it. Set its mode to 0600.`,
    );
  }
}

/** The error for a journal that cannot be read or written. */
function unusable(path: string, error: unknown): unknown {
  if (error instanceof DiagnosticError || error instanceof RegisterProblem) return error;
  const cause = { cause: error };
  if (error instanceof JournalBroken) {
    return new DiagnosticError(
      'Journal is broken',
      `${error.message} To do so, set journal_dir.`,
      ['journal_dir'],
      cause,
    );
  }
  if (error instanceof JournalInUse || error instanceof SegmentTaken) {
    return new DiagnosticError('Journal is in use', error.message, undefined, cause);
  }
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
