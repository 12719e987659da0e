import { chmodSync, lstatSync, mkdirSync, type Stats } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CommandError } from './command';

/** Everybody may make and remove files in it. */
const WRITABLE_BY_ALL = 0o002;
/** In such a folder nobody removes what others made: /tmp. */
const STICKY = 0o1000;
const FOLDER_MODE = 0o755;

/**
 * Sees to it that a folder below `root` is there, `root` included, one folder at a time: Node's own recursive way never
 * returns where a parent exists and takes no folders (/proc). Throws a CommandError for a link on the way, and for a folder
 * in which anybody could put something else in its place: what lies there is run later.
 */
export function makeOwnFolder(root: string, folder: string): void {
  makeParents(dirname(root), root);
  const above = statOf(dirname(root));
  if (above !== undefined && isOpen(above) && (above.mode & STICKY) === 0) throw openFolder(dirname(root));
  const steps = relative(root, folder)
    .split(sep)
    .filter((step) => step !== '');
  for (let length = 0; length <= steps.length; length += 1) {
    const path = join(root, ...steps.slice(0, length));
    const found = statOf(path);
    if (found === undefined) {
      make(path, root);
      // Whatever the umask is.
      chmodSync(path, FOLDER_MODE);
    } else if (found.isSymbolicLink()) {
      throw new CommandError(
        `Nothing was installed: ${path} is a link. Name the folder that it points to with --dir, or remove the link.`,
      );
    } else if (!found.isDirectory()) {
      throw new CommandError(`Nothing was installed: ${path} is not a folder. Name another one with --dir.`);
    } else if (isOpen(found)) throw openFolder(path);
  }
}

/** A file that may be written: there is none yet, or it is one and no link. Throws a CommandError. */
export function refuseLink(file: string): void {
  const found = statOf(file);
  if (found === undefined || found.isFile()) return;
  throw new CommandError(
    `Nothing was installed: ${file} is ${found.isSymbolicLink() ? 'a link' : 'not a file'}. Remove it, or name another folder with --dir.`,
  );
}

function isOpen(found: Stats): boolean {
  return process.platform !== 'win32' && (found.mode & WRITABLE_BY_ALL) !== 0;
}

function openFolder(path: string): CommandError {
  return new CommandError(
    `Nothing was installed: everybody may write in ${path}, so that anybody could put another program in the provider's place. Run "chmod o-w ${path}", or name a folder of your own with --dir.`,
  );
}

/** Above the folder that was named, links are the machine's own business. */
function makeParents(folder: string, wanted: string): void {
  if (exists(folder)) return;
  makeParents(dirname(folder), wanted);
  make(folder, wanted);
}

function make(folder: string, wanted: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new CommandError(
      `Nothing was installed: the folder ${folder} cannot be made (${(error as Error).message}).\nName a folder you can write to with --dir; ${wanted} is not one.`,
    );
  }
}

function exists(folder: string): boolean {
  return statOf(resolve(folder)) !== undefined;
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new CommandError(`Nothing was installed: ${path} cannot be looked at (${(error as Error).message}).`);
  }
}
