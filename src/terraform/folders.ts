import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
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
    throw new NoStacks(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}. Run "cdktf synth" first, and name its output folder.`,
    );
  }
  const stacks = Object.entries(manifest.stacks ?? {});
  if (stacks.length === 0)
    throw new NoStacks(`${file} names no stacks. Run "cdktf synth" and see that its app makes some.`);
  return stacks.map(([name, { workingDirectory }]) => ({
    name,
    path: join(out, workingDirectory ?? join('stacks', name)),
  }));
}

/** Folders as they were given; their paths as typed are their names, so that a baseline fits on another machine. */
export function namedFolders(paths: readonly string[]): readonly Folder[] {
  return paths.map((path) => ({ name: withoutEnd(path, '/') || path.slice(0, 1), path: resolve(path) }));
}

/** Names that are given twice: each target of a report needs its own. */
export function duplicates(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
