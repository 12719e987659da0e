/** One rule, one file: its words stand there, and everything else that shows them is made from it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { rulePages } from '../../scripts/docs/rule-pages';
import { RULES, type Prose, type Rule } from '../../src/rules';

const ROOT = resolve(__dirname, '../..');
const SRC = join(ROOT, 'src');

const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.path, entry.name)).replaceAll('\\', '/'));

const prose = (text: Prose): readonly string[] => text.filter((part) => typeof part === 'string');
const words = ({ looksAt, why, remedy }: Rule): readonly string[] => [looksAt, why, remedy].flatMap(prose);

/** How a text is written in a file, in whichever quotes. */
const plain = (text: string): string => text.replace(/\\(['"`])/g, '$1').replace(/\s+/g, ' ');

const sources = [...filesIn('src', '.ts'), ...filesIn('docs', '.md'), 'README.md', 'CONTRIBUTING.md'].map(
  (file) => [file, plain(readFileSync(join(ROOT, file), 'utf8'))] as const,
);

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('stands in the file of its name', () => {
    expect(readFileSync(join(SRC, 'rules', `${id}.ts`), 'utf8')).toContain(`id: '${id}'`);
  });

  test('has words of its own, which stand nowhere else', () => {
    const own = [`src/rules/${id}.ts`, `docs/rules/${id}.md`];
    const elsewhere = words(rule).flatMap((text) =>
      sources.filter(([file, said]) => !own.includes(file) && said.includes(plain(text))).map(([file]) => [file, text]),
    );
    expect(elsewhere).toEqual([]);
    expect(words(rule).filter((text) => text.length < 20)).toEqual([]);
  });

  test('has a title that begins a sentence and ends none, and says where it comes from', () => {
    expect(rule.title).toMatch(/^[`a-z].*[^.]$/s);
    expect(rule.sources.length).toBeGreaterThan(0);
    for (const { url } of rule.sources) expect(url ?? 'https://').toMatch(/^https:\/\//);
  });

  test('shows what passes, and in every language that it is decided in', () => {
    const shown = new Set(rule.compliant.map(({ language }) => language));
    expect([...shown]).not.toEqual([]);
    if (rule.moments.includes('synth') && !rule.id.startsWith('byoc/'))
      expect([...shown]).toEqual(expect.arrayContaining(['hcl', 'cdktf']));
  });
});

test('every file of a rule is in the registry', () => {
  const files = filesIn('src/rules', '.ts')
    .map((file) => file.replace(/^src\/rules\/|\.ts$/g, ''))
    .filter((name) => name.includes('/') && !/^(?:pages|release)\//.test(name));
  expect(files.sort()).toEqual(RULES.map(({ id }) => id as string).sort());
});

test('pages, index and settings schema are what the rules say: npm run docs', () => {
  const stale = [...rulePages()].filter(([path, text]) => readFileSync(join(ROOT, 'docs', path), 'utf8') !== text);
  expect(stale.map(([path]) => path)).toEqual([]);
  const left = filesIn('docs/rules', '.md').filter((file) => !rulePages().has(file.replace('docs/', '')));
  expect(left).toEqual([]);
});
