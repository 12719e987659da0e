/** A register in a folder, for one machine, or for several that share a file system with hard links. */
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { isCode, nodeFiles, type FileSystem } from './file-system';
import type { Store } from './store';

/** Temporary files begin like this and are never listed. */
const TEMPORARY = '.new-';

/**
 * Writes a temporary file, flushes it, and links it to its name: `link(2)` fails where the name exists, and no reader ever
 * sees half a file. Creating the name first and writing then was seen to be read torn.
 */
export class FolderStore implements Store {
  constructor(
    readonly place: string,
    private readonly files: FileSystem = nodeFiles,
  ) {}

  async list(
    prefix: string,
    after: string | undefined,
    _signal?: AbortSignal,
    most?: number,
  ): Promise<readonly string[]> {
    const names = await this.files.names(join(this.place, prefix)).catch(absent<readonly string[]>([]));
    return names
      .filter((name) => !name.startsWith(TEMPORARY))
      .map((name) => `${prefix}${name}`)
      .filter((key) => after === undefined || key > after)
      .sort()
      .slice(0, most);
  }

  read(key: string): Promise<Buffer | undefined> {
    return this.files.read(join(this.place, key)).catch(absent<Buffer | undefined>(undefined));
  }

  async create(key: string, body: Buffer): Promise<'created' | 'exists'> {
    const { files } = this;
    const path = join(this.place, key);
    const folder = dirname(path);
    await files.makeFolder(folder);
    const temporary = join(folder, `${TEMPORARY}${randomUUID()}`);
    await files.write(temporary, body);
    try {
      await files.link(temporary, path);
    } catch (error) {
      if (isCode(error, 'EEXIST')) return 'exists';
      throw error;
    } finally {
      await files.remove(temporary);
    }
    await files.flushFolder(folder);
    return 'created';
  }
}

function absent<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (isCode(error, 'ENOENT')) return value;
    throw error;
  };
}
