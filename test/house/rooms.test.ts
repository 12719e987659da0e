import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ROOMS, roomsTable } from './rooms';

const ROOT = resolve(__dirname, '../..');
const SRC = join(ROOT, 'src');

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
  /** Waits until it is needed: such an import is no part of the order in which files are loaded. */
  readonly late: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const pattern =
    /\b(?:(import|export)\s+(type\s)?([^'";]*?)from\s*|(import\s*\(\s*|require\s*\(\s*)|import\s+)['"](\.[^'"]*)['"]/g;
  return [...text.matchAll(pattern)].map((match) => {
    const names = /^\{([\s\S]*)\}\s*$/
      .exec(match[3] ?? '')?.[1]
      ?.split(',')
      .filter((name) => name.trim() !== '');
    return {
      file,
      target: resolve(dirname(file), match[5] ?? ''),
      typeOnly: match[2] !== undefined || (names?.every((name) => /^\s*type\s/.test(name)) ?? false),
      late: match[4] !== undefined,
    };
  });
}

const roomOf = (path: string): string => relative(SRC, path).split('/')[0] ?? '';
const said = ({ file, target }: Import): string => `${relative(SRC, file)} -> ${relative(SRC, target)}`;
const fileOf = (target: string): string | undefined =>
  [`${target}.ts`, join(target, 'index.ts')].find((path) => existsSync(path));

/** One circle of files that need each other's values while they are loaded; null where there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const found = walk(next, [...way, file]);
      if (found !== null) return found;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const found = walk(file, []);
    if (found !== null) return found;
  }
  return null;
}

describe('the rooms of src', () => {
  const files = sourceFiles(SRC);
  const imports = files.flatMap(importsOf);
  const crossings = imports.filter((i) => roomOf(i.file) !== roomOf(i.target));
  const rooms = readdirSync(SRC).filter((name) => sourceFiles(join(SRC, name)).length > 0);
  const table = new Map(ROOMS.map((room) => [room.room, room]));
  const doorsOf = (room: string): readonly string[] => table.get(room)?.doors ?? [''];

  test('are the ones of the table', () => {
    expect(rooms.filter((room) => !table.has(room))).toEqual([]);
  });

  test('stand in the table in an order without an arrow that runs back up', () => {
    const before = new Set<string>();
    const wrong: string[] = [];
    for (const { room, imports: names } of ROOMS) {
      wrong.push(...names.filter((name) => !before.has(name)).map((name) => `${room} -> ${name}`));
      before.add(room);
    }
    expect(wrong).toEqual([]);
  });

  test('each open with an index.ts', () => {
    const doors = rooms.flatMap((room) => doorsOf(room).map((door) => join(SRC, room, door, 'index.ts')));
    expect(doors.filter((door) => !existsSync(door))).toEqual([]);
  });

  test('import only along the arrows', () => {
    const wrong = crossings.filter((i) => !(table.get(roomOf(i.file))?.imports ?? []).includes(roomOf(i.target)));
    expect(wrong.map(said)).toEqual([]);
  });

  test('enter each other only through the door', () => {
    const past = crossings.filter(({ target }) => {
      const [room = '', ...rest] = relative(SRC, target)
        .replace(/\/index$/, '')
        .split('/');
      return !doorsOf(room).includes(rest.join('/'));
    });
    expect(past.map(said)).toEqual([]);
  });

  test('share only types where the table says so', () => {
    const wrong = crossings.filter(
      (i) => (table.get(roomOf(i.file))?.typesOnly ?? []).includes(roomOf(i.target)) && !i.typeOnly,
    );
    expect(wrong.map(said)).toEqual([]);
  });

  test('have no circle of values', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file).flatMap((i) => (i.typeOnly || i.late ? [] : (fileOf(i.target) ?? []))),
      ]),
    );
    expect(circleIn(graph)?.map((file) => relative(SRC, file)) ?? null).toBeNull();
  });

  test('are told in CONTRIBUTING.md as in the table', () => {
    const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
    expect(text).toContain(roomsTable((room) => rooms.includes(room)));
  });

  test('the index of @cdktf/provider-aws, which costs half a gigabyte, is imported nowhere', () => {
    const wrong = files.filter((file) => /from ['"]@cdktf\/provider-aws['"]/.test(readFileSync(file, 'utf8')));
    expect(wrong.map((file) => relative(SRC, file))).toEqual([]);
  });
});
