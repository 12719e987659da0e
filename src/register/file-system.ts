/** The file system, as a register in a folder needs it. */
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';

export interface FileSystem {
  names(folder: string): Promise<readonly string[]>;
  read(path: string): Promise<Buffer>;
  /** With the folders above it; private to the user. */
  makeFolder(folder: string): Promise<void>;
  /** A new file, private to the user, flushed to the disk. */
  write(path: string, body: Buffer): Promise<void>;
  /** A second name for a file; fails with EEXIST where the name exists. */
  link(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** The names in it must survive a power cut, too. */
  flushFolder(folder: string): Promise<void>;
}

/** Node's. */
export const nodeFiles: FileSystem = {
  names: (folder) => readdir(folder),
  read: (path) => readFile(path),
  makeFolder: async (folder) => void (await mkdir(folder, { recursive: true, mode: 0o700 })),
  async write(path, body) {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(body);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  link: (from, to) => link(from, to),
  remove: (path) => unlink(path),
  async flushFolder(folder) {
    // Folders cannot be opened for this on Windows.
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

export function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === code;
}
