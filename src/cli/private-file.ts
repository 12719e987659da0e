import { open } from 'node:fs/promises';
import { CommandError, type Terminal } from './command';

/** Others than the owner may read or write it. */
const OTHERS = 0o077;

/**
 * Writes a file that names conversations, matters and accounts: a new one is for its owner alone; of one that others may
 * read it is said. Throws a CommandError that names the file.
 */
export async function writePrivately(file: string, text: string, terminal: Pick<Terminal, 'err'>): Promise<void> {
  try {
    const opened = await open(file, 'w', 0o600);
    try {
      const found = await opened.stat();
      if (found.isFile() && process.platform !== 'win32' && (found.mode & OTHERS) !== 0) {
        const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
        terminal.err(
          `${file} was there already, and others may read it (mode ${mode}). Keep it to yourself: chmod 600 ${file}\n`,
        );
      }
      await opened.writeFile(text);
    } finally {
      await opened.close();
    }
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}`);
  }
}
