/** Blocks of code in the documents, as CommonMark has them. */
import { readFileSync } from 'node:fs';
import { Parser } from 'commonmark';

/** One fenced block. */
export interface Block {
  /** Its language: the first word behind the fence, `hcl`. Empty without one. */
  readonly language: string;
  /** The second word: the file that the block is, or the shell that it is typed into. */
  readonly name: string | undefined;
  readonly text: string;
  /** Line of the document that it begins on. */
  readonly line: number;
}

/** All fenced blocks of a document, in order. */
export function blocksIn(file: string): readonly Block[] {
  const walker = new Parser().parse(readFileSync(file, 'utf8')).walker();
  const blocks: Block[] = [];
  for (let step = walker.next(); step !== null; step = walker.next()) {
    const { node, entering } = step;
    if (!entering || node.type !== 'code_block') continue;
    const [language = '', name] = (node.info ?? '').split(/\s+/);
    blocks.push({
      language,
      name,
      text: node.literal ?? '',
      line: (node as unknown as { readonly sourcepos: readonly [readonly [number, number], unknown] }).sourcepos[0][0],
    });
  }
  return blocks;
}
