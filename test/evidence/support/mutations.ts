import { readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A pack in memory: its files by name. */
export type Files = ReadonlyMap<string, Buffer>;

/** The files below a folder. */
export function filesOf(folder: string, prefix = ''): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) for (const [one, bytes] of filesOf(folder, name)) files.set(one, bytes);
    else files.set(name, readFileSync(join(folder, name)));
  }
  return files;
}

/** Changes one thing in a folder; answers the files that are touched. What was done is in `what`. */
export interface Mutation {
  readonly what: string;
  readonly touched: readonly string[];
  readonly undo: () => void;
}

/** One random change of a pack on disk. */
export function mutate(folder: string, files: Files, random: () => number): Mutation {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const names = [...files.keys()];
  const filled = names.filter((name) => (files.get(name)?.length ?? 0) > 0);
  const rowFiles = names.filter((name) => /\.(jsonl|csv|dat|txt)$/.test(name) && linesIn(files.get(name)).length > 1);
  const bytesOf = (name: string): Buffer => files.get(name) as Buffer;
  const put = (name: string, bytes: Buffer, what: string): Mutation => {
    writeFileSync(join(folder, name), bytes);
    return {
      what: `${what} in ${name}`,
      touched: [name],
      undo: () => writeFileSync(join(folder, name), bytesOf(name)),
    };
  };
  const ofRows = (what: string, change: (lines: Buffer[]) => void): Mutation | undefined => {
    const name = pick(rowFiles);
    const lines = linesIn(bytesOf(name));
    change(lines);
    const changed = Buffer.concat(lines);
    return changed.equals(bytesOf(name)) ? undefined : put(name, changed, what);
  };
  const kinds: readonly (() => Mutation | undefined)[] = [
    () => {
      const name = pick(filled);
      const bytes = Buffer.from(bytesOf(name));
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
      return put(name, bytes, `bit of byte ${at}`);
    },
    () => {
      const name = pick(filled);
      const at = Math.floor(random() * bytesOf(name).length);
      const bytes = Buffer.concat([bytesOf(name).subarray(0, at), bytesOf(name).subarray(at + 1)]);
      return put(name, bytes, `byte ${at} removed`);
    },
    () => {
      const name = pick(names);
      const at = Math.floor(random() * (bytesOf(name).length + 1));
      const one = Buffer.from([Math.floor(random() * 256)]);
      return put(
        name,
        Buffer.concat([bytesOf(name).subarray(0, at), one, bytesOf(name).subarray(at)]),
        `byte added at ${at}`,
      );
    },
    () => {
      const name = pick(filled);
      return put(name, bytesOf(name).subarray(0, Math.floor(random() * bytesOf(name).length)), 'cut off');
    },
    () => ofRows('row removed', (lines) => void lines.splice(Math.floor(random() * lines.length), 1)),
    () => ofRows('row doubled', (lines) => void lines.splice(Math.floor(random() * lines.length), 0, pick(lines))),
    () =>
      ofRows('rows swapped', (lines) => {
        const [a, b] = [Math.floor(random() * lines.length), Math.floor(random() * lines.length)];
        [lines[a], lines[b]] = [lines[b] as Buffer, lines[a] as Buffer];
      }),
    () =>
      ofRows('row moved', (lines) => {
        const [line] = lines.splice(Math.floor(random() * lines.length), 1);
        lines.splice(Math.floor(random() * (lines.length + 1)), 0, line as Buffer);
      }),
    () => {
      const name = pick(names);
      rmSync(join(folder, name));
      return { what: `${name} removed`, touched: [name], undo: () => writeFileSync(join(folder, name), bytesOf(name)) };
    },
    () => {
      const [a, b] = [pick(names), pick(names)];
      if (bytesOf(a).equals(bytesOf(b))) return undefined;
      writeFileSync(join(folder, a), bytesOf(b));
      writeFileSync(join(folder, b), bytesOf(a));
      const undo = (): void => [a, b].forEach((name) => writeFileSync(join(folder, name), bytesOf(name)));
      return { what: `${a} and ${b} swapped`, touched: [a, b], undo };
    },
    () => {
      const name = pick(names);
      const other = `${name}.old`;
      renameSync(join(folder, name), join(folder, other));
      return {
        what: `${name} renamed`,
        touched: [name, other],
        undo: () => renameSync(join(folder, other), join(folder, name)),
      };
    },
    () => {
      const name = `added-${Math.floor(random() * 1e6)}.txt`;
      writeFileSync(join(folder, name), 'x');
      return { what: `${name} added`, touched: [name], undo: () => rmSync(join(folder, name)) };
    },
    () => {
      const name = pick(names);
      rmSync(join(folder, name));
      symlinkSync(pick(names.filter((one) => one !== name)), join(folder, name));
      const undo = (): void => {
        rmSync(join(folder, name));
        writeFileSync(join(folder, name), bytesOf(name));
      };
      return { what: `${name} replaced by a link`, touched: [name], undo };
    },
  ];
  for (;;) {
    const made = pick(kinds)();
    if (made !== undefined) return made;
  }
}

/** Lines with their ends. */
function linesIn(bytes: Buffer | undefined): Buffer[] {
  const lines: Buffer[] = [];
  if (bytes === undefined) return lines;
  let from = 0;
  for (let to = bytes.indexOf(10); to >= 0; to = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, to + 1));
    from = to + 1;
  }
  if (from < bytes.length) lines.push(bytes.subarray(from));
  return lines;
}
