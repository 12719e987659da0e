/** Code in the documents: HCL is validated by terraform with the provider's schema, TypeScript is type-checked, commands have the options they are given. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/cli';
import { FakeGenesys } from '../provider/fake-genesys';
import { attach, type Attached } from '../provider/attached';
import { blocksIn, type Block } from './blocks';

const ROOT = resolve(__dirname, '../..');
const DOCUMENTS = [
  join(ROOT, 'README.md'),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(ROOT, 'docs', file)),
  join(ROOT, 'examples/pipelines/README.md'),
];

type Placed = Block & { readonly place: string; readonly document: string };
const all: readonly Placed[] = DOCUMENTS.flatMap((file) =>
  blocksIn(file).map((block) => ({
    ...block,
    document: relative(ROOT, file),
    place: `${relative(ROOT, file)}:${block.line}`,
  })),
);
const of = (...languages: readonly string[]): readonly Placed[] =>
  all.filter(({ language }) => languages.includes(language));

test('every block says what it is', () => {
  const known = ['sh', 'shell', 'console', 'hcl', 'terraform', 'ts', 'json', 'yaml', 'mermaid', 'text', 'diff'];

  expect(all.length).toBeGreaterThan(30);
  expect(
    all.filter(({ language }) => !known.includes(language)).map(({ place, language }) => `${place} ${language}`),
  ).toEqual([]);
});

test('JSON and YAML can be read', () => {
  for (const { language, text, place } of of('json', 'yaml')) {
    // Dots in the place of a value stand for what is left out.
    const whole = text.replace(/(?<=[:[,{]\s*)…/g, '"…"').replace(/"…"(?=\s*})/g, '"…": 0');
    try {
      const isWhole = !/[:[,{]\s*…\s*[,}\]]/.test(text);
      expect(language === 'json' ? JSON.parse(isWhole ? text : whole) : parse(text)).toBeDefined();
    } catch (error) {
      throw new Error(`${place}: ${(error as Error).message}`);
    }
  }
});

test('commands exist and take the options that they are shown with', () => {
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly scripts: object }).scripts,
  );
  const wrong: string[] = [];
  for (const { text, place } of of('sh', 'shell', 'console')) {
    for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
      const [, script] = /npm run ([\w:-]+)/.exec(line) ?? [];
      if (script !== undefined && !scripts.includes(script)) wrong.push(`${place}: npm run ${script}`);
      for (const [, name = '', rest = ''] of line.matchAll(/genesyscloud-compliance ([a-z]+)([^#|&]*)/g)) {
        // Some commands have two words.
        const two = `${name} ${/^\s*([a-z]+)/.exec(rest)?.[1] ?? ''}`;
        const command = COMMANDS.find((one) => one.name === two) ?? COMMANDS.find((one) => one.name === name);
        if (command === undefined) wrong.push(`${place}: there is no command ${name}`);
        const taken = ['help', 'debug', ...(command?.options ?? []).map((option) => option.name)];
        for (const [, option = ''] of (rest.split(' -- ')[0] ?? '').matchAll(/(?:^|\s)--([a-z][a-z-]*)/g)) {
          if (!taken.includes(option)) wrong.push(`${place}: ${name} has no --${option}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('TypeScript fits the types of the package', () => {
  const folder = mkdtempSync(join(ROOT, 'build-docs-'));
  try {
    const files = new Map(
      of('ts')
        .filter(({ text }) => text.includes('import '))
        .map(({ text, place }, index) => {
          const file = join(folder, `block-${index}.ts`);
          writeFileSync(file, text);
          return [file, place] as const;
        }),
    );
    expect(files.size).toBeGreaterThan(2);
    const { options } = ts.convertCompilerOptionsFromJson(
      (JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as { readonly compilerOptions: object })
        .compilerOptions,
      ROOT,
    );
    const program = ts.createProgram([...files.keys()], {
      ...options,
      noUnusedLocals: false,
      baseUrl: ROOT,
      paths: { 'genesyscloud-compliance': ['src/constructs/index.ts'] },
    });
    const wrong = [...files].flatMap(([file, place]) => {
      const source = program.getSourceFile(file);
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        ({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      );
    });
    expect(wrong).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

describe('HCL', () => {
  let attached: Attached;
  let folder: string;
  beforeAll(async () => {
    attached = await attach({ genesys: new FakeGenesys() });
    folder = mkdtempSync(join(tmpdir(), 'docs-'));
  });
  afterAll(async () => {
    await attached.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const terraform = (
    cwd: string,
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly stdout: string }> =>
    new Promise((done) => {
      const env = {
        PATH: process.env['PATH'],
        TMPDIR: tmpdir(),
        HOME: folder,
        CHECKPOINT_DISABLE: '1',
        TF_REATTACH_PROVIDERS: attached.reattach,
      };
      execFile('terraform', args, { cwd, env }, (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code), stdout: `${stdout}${stderr}` }),
      );
    });

  const named = of('hcl', 'terraform').filter(({ name }) => name !== undefined);
  const documents = [...new Set(named.map(({ document }) => document))];

  test('with file names is there to be tried', () => {
    expect(documents.length).toBeGreaterThan(3);
  });

  test.each(documents)('%s: its files make a configuration that terraform takes', async (document) => {
    const home = join(folder, document.replaceAll('/', '-'));
    mkdirSync(home);
    for (const { name = '', text } of named.filter((block) => block.document === document)) {
      writeFileSync(join(home, name), text);
    }
    const validated = await terraform(home, 'validate', '-no-color');

    expect({ code: validated.code, text: validated.code === 0 ? '' : validated.stdout }).toEqual({ code: 0, text: '' });
    expect((await terraform(home, 'fmt', '-check', '-diff')).stdout).toBe('');
    if (readdirSync(home).some((file) => file.endsWith('.tftest.hcl'))) {
      const tested = await terraform(home, 'test', '-no-color');
      expect({ code: tested.code, text: tested.code === 0 ? '' : tested.stdout }).toEqual({ code: 0, text: '' });
    }
  });
});
