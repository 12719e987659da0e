import { readFile } from 'node:fs/promises';
import { CommandError } from './command';
import { whyUnreadable } from './unreadable';

/**
 * Reads and parses a file that an option names. Throws a CommandError that names the file when it cannot be read (the
 * cause is the error of the file system), or when the parser throws `expected`.
 */
export async function parsedFile<T>(
  file: string,
  parse: (text: string) => T,
  expected: new (...words: never[]) => Error,
): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${whyUnreadable(error)}.`, { cause: error });
  }
  try {
    return parse(text);
  } catch (error) {
    throw error instanceof expected ? new CommandError(`${file}: ${error.message}`) : error;
  }
}
