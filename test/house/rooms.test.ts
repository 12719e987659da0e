import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Which room may import which: the table of docs/architecture.md. No arrow runs back up. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  secrets: [],
  plugin: ['secrets'],
  framework: ['plugin', 'secrets'],
  conversations: [],
  genesys: ['conversations', 'secrets'],
  aws: ['secrets'],
  iam: [],
  rules: ['iam'],
  facts: ['genesys', 'aws', 'iam', 'rules'],
  provider: ['framework', 'genesys', 'aws', 'facts', 'rules', 'secrets'],
  constructs: ['facts', 'rules'],
  review: ['facts', 'rules', 'secrets'],
  simulator: ['genesys', 'aws', 'iam'],
  cli: [
    'conversations',
    'plugin',
    'framework',
    'genesys',
    'aws',
    'iam',
    'rules',
    'facts',
    'provider',
    'constructs',
    'review',
    'simulator',
    'secrets',
  ],
};

/** Arrows that carry types and no code: `import type` only. */
const TYPES_ONLY = new Set(['facts>rules', 'simulator>genesys']);

const SRC = resolve(__dirname, '../../src');

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const pattern =
    /\b(?:(import|export)\s+(type\s)?[^'";]*?from\s*|import\s*\(\s*|require\s*\(\s*|import\s+)['"](\.[^'"]*)['"]/g;
  return [...text.matchAll(pattern)].map((match) => ({
    file,
    target: resolve(dirname(file), match[3] ?? ''),
    typeOnly: match[2] !== undefined,
  }));
}

const roomOf = (path: string): string => relative(SRC, path).split('/')[0] ?? '';

describe('the rooms of src', () => {
  const files = sourceFiles(SRC);
  const crossings = files.flatMap(importsOf).filter((i) => roomOf(i.file) !== roomOf(i.target));

  test('are the ones of the table', () => {
    const rooms = readdirSync(SRC).filter((name) => sourceFiles(join(SRC, name)).length > 0);
    expect(rooms.filter((room) => !(room in ARROWS))).toEqual([]);
  });

  test('each open with an index.ts', () => {
    const rooms = readdirSync(SRC).filter((name) => sourceFiles(join(SRC, name)).length > 0);
    expect(rooms.filter((room) => !existsSync(join(SRC, room, 'index.ts')))).toEqual([]);
  });

  test('import only along the arrows', () => {
    const wrong = crossings.filter((i) => !(ARROWS[roomOf(i.file)] ?? []).includes(roomOf(i.target)));
    expect(wrong.map((i) => `${relative(SRC, i.file)} -> ${relative(SRC, i.target)}`)).toEqual([]);
  });

  test('enter each other only through the door', () => {
    const past = crossings.filter((i) =>
      relative(SRC, i.target)
        .replace(/\/index$/, '')
        .includes('/'),
    );
    expect(past.map((i) => `${relative(SRC, i.file)} -> ${relative(SRC, i.target)}`)).toEqual([]);
  });

  test('share only types where the table says so', () => {
    const wrong = crossings.filter((i) => TYPES_ONLY.has(`${roomOf(i.file)}>${roomOf(i.target)}`) && !i.typeOnly);
    expect(wrong.map((i) => `${relative(SRC, i.file)} -> ${relative(SRC, i.target)}`)).toEqual([]);
  });

  test('the index of @cdktf/provider-aws, which costs half a gigabyte, is imported nowhere', () => {
    const wrong = files.filter((file) => /from ['"]@cdktf\/provider-aws['"]/.test(readFileSync(file, 'utf8')));
    expect(wrong.map((file) => relative(SRC, file))).toEqual([]);
  });
});
