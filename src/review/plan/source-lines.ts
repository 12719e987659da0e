/** Where resources are written in HCL, by what a plan says of its modules. */
import { join } from 'node:path';
import type { PlanJson } from '../../plan';

/** A Terraform file. */
export interface SourceFile {
  /** As it is shown: relative to where the command runs. */
  readonly path: string;
  readonly text: string;
}

/** The `.tf` files right in a folder; none when there is no such folder. */
export type ReadFolder = (folder: string) => readonly SourceFile[];

interface ConfigModule {
  readonly module_calls?: Readonly<Record<string, { readonly source?: string; readonly module?: ConfigModule }>>;
}

const RESOURCE = /^[ \t]*resource\s+"([^"\s]+)"\s+"([^"\s]+)"\s*\{/gm;

/** `file:line` of each resource, by address without instance keys; those of modules that lie in folders beside it, too. */
export function sourceLines(plan: PlanJson, folder: string, read: ReadFolder): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  // Many modules may lie in one folder: it is read once.
  const known = new Map<string, readonly Placed[]>();
  const readOnce = (path: string): readonly Placed[] => {
    let placed = known.get(path);
    if (placed === undefined) known.set(path, (placed = read(path).flatMap(resourcesIn)));
    return placed;
  };
  collect(plan.configuration?.root_module as ConfigModule | undefined, folder, '', readOnce, found);
  return found;
}

function collect(
  module: ConfigModule | undefined,
  folder: string,
  address: string,
  read: (folder: string) => readonly Placed[],
  found: Map<string, string>,
): void {
  for (const { reference, place } of read(folder)) found.set(`${address}${reference}`, place);
  for (const [name, { source, module: called }] of Object.entries(module?.module_calls ?? {})) {
    // Others are fetched from a registry or repository, and are not in the pull request.
    if (source === undefined || !/^\.\.?(?:\/|$)/.test(source)) continue;
    collect(called, join(folder, source), `${address}module.${name}.`, read, found);
  }
}

interface Placed {
  /** `type.name` */
  readonly reference: string;
  /** `file:line` */
  readonly place: string;
}

function resourcesIn({ path, text }: SourceFile): readonly Placed[] {
  let line = 1;
  let counted = 0;
  return [...text.matchAll(RESOURCE)].map(({ 1: type = '', 2: name = '', 0: whole, index }) => {
    const end = index + whole.length;
    for (let at = text.indexOf('\n', counted); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) line += 1;
    counted = end;
    return { reference: `${type}.${name}`, place: `${path}:${line}` };
  });
}
