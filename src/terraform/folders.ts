import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { withoutEnd } from '../words';
import type { Folder } from './look-at-folders';

/** Why no stacks can be found, with what to do. */
export class NoStacks extends Error {
  override readonly name = 'NoStacks';
}

interface Manifest {
  readonly stacks?: Readonly<
    Record<string, { readonly workingDirectory?: string; readonly synthesizedStackPath?: string }>
  >;
}

/** The stacks that cdktf synthesized into a folder, by its manifest. Throws {@link NoStacks}. */
export async function cdktfFolders(out: string): Promise<readonly Folder[]> {
  const file = join(out, 'manifest.json');
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  } catch (error) {
    const isMissing = (error as { readonly code?: unknown }).code === 'ENOENT';
    const why = isMissing ? 'does not exist' : `cannot be read: ${(error as Error).message}`;
    throw new NoStacks(`${file} ${why}. Run "cdktf synth" first, and name its output folder.`);
  }
  const stacks = Object.entries(manifest.stacks ?? {});
  if (stacks.length === 0)
    throw new NoStacks(`${file} names no stacks. Run "cdktf synth" and see that its app makes some.`);
  return Promise.all(
    stacks.map(async ([name, { workingDirectory }]) => ({
      name,
      path: await folderWithin(out, workingDirectory ?? join('stacks', name), file),
    })),
  );
}

/**
 * Looking at a stack runs what its folder says, and a manifest comes with the pull request: it may not name any folder of
 * this machine, neither by `..` nor by a link.
 */
async function folderWithin(out: string, folder: string, manifest: string): Promise<string> {
  const path = join(out, folder);
  const isWithin = (base: string, inner: string): boolean => {
    const way = relative(base, inner);
    return way !== '' && way.split(sep)[0] !== '..' && !isAbsolute(way);
  };
  const real = await realpath(path).catch(() => undefined);
  const safe = isWithin(resolve(out), resolve(path)) && (real === undefined || isWithin(await realpath(out), real));
  if (!safe || isAbsolute(folder)) {
    throw new NoStacks(
      `${manifest} names the folder ${JSON.stringify(folder)}, which lies outside of ${out}. Nothing was looked at: run "cdktf synth" again.`,
    );
  }
  return path;
}

/** Folders as they were given; their paths as typed are their names, so that a baseline fits on another machine. */
export function namedFolders(paths: readonly string[]): readonly Folder[] {
  return paths.map((path) => ({ name: withoutEnd(path, '/') || path.slice(0, 1), path: resolve(path) }));
}

/** Names that are given twice: each target of a report needs its own. */
export function duplicates(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
