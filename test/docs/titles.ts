/** The titles of everything that the provider can say: the first words of a diagnostic, which people search for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Calls whose first argument is a title. */
const SAYING = /(?:^|\.)(?:DiagnosticError|warn|error|explained|asDiagnostic)$/;
const ROOMS = ['framework', 'provider'];

/** Titles in the sources below a folder, sorted, each once. Texts that are put together are given up to their first gap. */
export function titlesIn(src: string): readonly string[] {
  const found = new Set<string>();
  for (const room of ROOMS) {
    for (const file of readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })) {
      // The summaries of functions are documentation.
      if (file.endsWith('.ts') && !file.startsWith('functions'))
        titlesOf(readFileSync(join(src, room, file), 'utf8'), found);
    }
  }
  return [...found].sort();
}

function titlesOf(text: string, found: Set<string>): void {
  const add = (node: ts.Node | undefined): void => {
    const title = node === undefined ? undefined : textOf(node);
    if (title !== undefined && /^[A-Z][a-z]+ \S/.test(title) && !/[.:]$/.test(title)) found.add(title);
    if (node !== undefined && ts.isConditionalExpression(node)) {
      add(node.whenTrue);
      add(node.whenFalse);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      if (SAYING.test(node.expression.getText())) add(node.arguments?.[0]);
    } else if (ts.isPropertyAssignment(node) && node.name.getText() === 'summary') add(node.initializer);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true));
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.head.text.trimEnd() : undefined;
}
