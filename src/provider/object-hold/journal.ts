/** The journal of a hold: where it lies, and that only one run at a time writes into it. */
import { join } from 'node:path';
import { systemClock } from '../../time';
import { JournalBroken, openJournal, type Journal } from '../../aws';
import { DiagnosticError } from '../../framework';
import type { Compliance } from '../compliance';
import { messageOf } from '../failures';

/** The file of a hold. */
export function journalPath(client: Compliance, id: string, folder: string | null): string {
  return join(folder ?? client.journalFolder, `${id}.jsonl`);
}

/** Opens the journal, works, and closes it whatever comes. A second run over the same file waits for the first. */
export async function withJournal<Result>(
  client: Compliance,
  path: string,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const before = client.journals.get(path) ?? Promise.resolve();
  const run = before.catch(() => undefined).then(() => opened(path, work));
  client.journals.set(path, run);
  return run;
}

async function opened<Result>(path: string, work: (journal: Journal) => Promise<Result>): Promise<Result> {
  const journal = await openJournal(path, systemClock).catch((error: unknown) => {
    throw unusable(path, error);
  });
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
}

/** The error for a journal that cannot be read or written. */
export function unusable(path: string, error: unknown): DiagnosticError {
  if (error instanceof JournalBroken) {
    return new DiagnosticError('Journal is broken', `${error.message} To do so, set journal_dir.`, ['journal_dir'], {
      cause: error,
    });
  }
  return new DiagnosticError(
    'Journal cannot be used',
    `The journal ${path} could not be opened: ${messageOf(error)}.\nWithout it nothing is written to S3, because it is the evidence of what was done. Set journal_dir to a folder that this process may write to.`,
    ['journal_dir'],
    { cause: error },
  );
}
