/** A register in a folder, for one machine, or for several that share a file system with hard links. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Store } from './store';

/** Temporary files begin like this and are never listed. */
const TEMPORARY = '.new-';

/**
 * Writes a temporary file, flushes it, and links it to its name: `link(2)` fails where the name exists, and no reader ever
 * sees half a file. Creating the name first and writing then was seen to be read torn.
 */
export class FolderStore implements Store {
  constructor(readonly place: string) {}

  async list(
    prefix: string,
    after: string | undefined,
    _signal?: AbortSignal,
    most?: number,
  ): Promise<readonly string[]> {
    const names = await readdir(join(this.place, prefix)).catch(absent<string[]>([]));
    return names
      .filter((name) => !name.startsWith(TEMPORARY))
      .map((name) => `${prefix}${name}`)
      .filter((key) => after === undefined || key > after)
      .sort()
      .slice(0, most);
  }

  read(key: string): Promise<Buffer | undefined> {
    return readFile(join(this.place, key)).catch(absent<Buffer | undefined>(undefined));
  }

  async create(key: string, body: Buffer): Promise<'created' | 'exists'> {
    const path = join(this.place, key);
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `${TEMPORARY}${randomUUID()}`);
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(body);
      await file.sync();
    } finally {
      await file.close();
    }
    try {
      await link(temporary, path);
    } catch (error) {
      if (isCode(error, 'EEXIST')) return 'exists';
      throw error;
    } finally {
      await unlink(temporary);
    }
    await syncFolder(folder);
    return 'created';
  }
}

/** The new name itself must survive a power cut. Folders cannot be opened for this on Windows. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function absent<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (isCode(error, 'ENOENT')) return value;
    throw error;
  };
}

function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === code;
}
