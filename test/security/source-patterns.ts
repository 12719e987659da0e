/** The regular expressions of the source, and texts made to be hard for each of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { RegExpParser, visitRegExpAST, type AST } from '@eslint-community/regexpp';
import ts from 'typescript';

const SRC = resolve(__dirname, '../../src');
/** Generated: no text of others reaches it. */
const LEFT_OUT = ['constructs/bindings'];

/** A regular expression literal. */
export interface SourcePattern {
  /** `review/render/visible.ts:12` */
  readonly place: string;
  readonly pattern: RegExp;
}

export interface SourcePatterns {
  readonly literals: readonly SourcePattern[];
  /** Where expressions are made of texts: `rules/x.ts:3`. */
  readonly made: readonly string[];
}

/** All of them, in the order of the files. */
export function sourcePatterns(): SourcePatterns {
  const literals: SourcePattern[] = [];
  const made: string[] = [];
  for (const file of filesIn(SRC)) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
    const placeOf = (node: ts.Node): string =>
      `${relative(SRC, file)}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        literals.push({ place: placeOf(node), pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
      }
      if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') made.push(placeOf(node));
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { literals, made };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (LEFT_OUT.includes(relative(SRC, path))) return [];
    if (entry.isDirectory()) return filesIn(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** A text that is cheap to write down: `before`, then `piece` again and again, then `after`. */
export interface Hard {
  readonly before: string;
  readonly piece: string;
  readonly after: string;
}

/** Characters that classes are asked for. */
const COMMON = [
  'a',
  'A',
  '0',
  ' ',
  '\n',
  '_',
  '-',
  '.',
  '"',
  '\\',
  '/',
  ':',
  '[',
  ']',
  '{',
  '}',
  ',',
  '(',
  '\u0000',
  'é',
];
const MOST_PIECES = 120;

/**
 * Texts that make a backtracking engine repeat itself, if any do: what each repeated part of the expression matches, again
 * and again, behind what has to come before it, and followed by what cannot match.
 */
export function hardTextsFor(pattern: RegExp): readonly Hard[] {
  const tree = new RegExpParser().parsePattern(pattern.source, 0, pattern.source.length, {
    unicode: pattern.flags.includes('u'),
  });
  const characters = new Set<string>(COMMON);
  const repeated: AST.Quantifier[] = [];
  const groups: AST.Element[] = [];
  visitRegExpAST(tree, {
    onCharacterEnter: ({ value }) => void characters.add(String.fromCodePoint(value)),
    onQuantifierEnter: (node) => void (node.max > 8 ? repeated.push(node) : groups.push(node)),
    onGroupEnter: (node) => void groups.push(node),
    onCapturingGroupEnter: (node) => void groups.push(node),
  });
  if (repeated.length === 0) return [];
  const befores = new Set(['']);
  const pieces = new Set<string>();
  // A beginning that is found again and again, each time followed by a search to the end of the text.
  for (const node of [...repeated, ...groups]) {
    pieces.add(exampleBefore(node, characters));
    for (const example of examplesOf(node, characters)) pieces.add(example);
  }
  for (const node of repeated) {
    befores.add(exampleBefore(node, characters));
    for (const example of examplesOf(node.element, characters)) {
      pieces.add(example);
      for (const other of repeated)
        for (const more of examplesOf(other.element, characters).slice(0, 3)) pieces.add(example + more);
    }
  }
  const refused = repeated.flatMap(
    ({ element }) => [...characters].find((one) => !examplesOf(element, new Set([one])).includes(one)) ?? [],
  );
  const afters = new Set(['', '!\n', ...refused]);
  const texts: Hard[] = [];
  for (const before of befores)
    for (const piece of [...pieces].filter((one) => one !== '').slice(0, MOST_PIECES))
      for (const after of afters) texts.push({ before, piece, after });
  return texts;
}

/** What has to stand before a part for it to be reached. */
function exampleBefore(node: AST.Node, characters: ReadonlySet<string>): string {
  const parent = node.parent;
  if (parent === null || parent === undefined) return '';
  const within =
    parent.type === 'Alternative'
      ? parent.elements
          .slice(0, parent.elements.indexOf(node as AST.Element))
          .map((one) => examplesOf(one, characters)[0] ?? '')
      : [];
  return exampleBefore(parent, characters) + within.join('');
}

/** Short texts that an element matches; an empty one for what matches nothing. */
function examplesOf(node: AST.Element, characters: ReadonlySet<string>): readonly string[] {
  switch (node.type) {
    case 'Character':
      return [String.fromCodePoint(node.value)];
    case 'CharacterSet':
    case 'CharacterClass': {
      const single = new RegExp(`^(?:${node.raw})$`, /\\p/.test(node.raw) ? 'su' : 's');
      return [...characters].filter((one) => single.test(one)).slice(0, 6);
    }
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.flatMap((one) =>
        ['', '1'].map((_, at) =>
          one.elements
            .map((part) => {
              const all = examplesOf(part, characters);
              return all[Math.min(at, all.length - 1)] ?? '';
            })
            .join(''),
        ),
      );
    case 'Quantifier': {
      const [one = ''] = examplesOf(node.element, characters);
      return node.min > 1 ? [one.repeat(node.min)] : node.min === 0 ? [one, ''] : [one];
    }
    default:
      return [''];
  }
}
