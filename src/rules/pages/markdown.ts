/** Small pieces of Markdown that read well as they stand, in a terminal too. */
import type { Table } from '../rule';

const WIDTH = 120;

/** A paragraph in lines of at most 120 characters. */
export function paragraph(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    // A line that begins like this would be a list, a heading or a quotation.
    const begins = /^(?:[-+*#>=]|\d+[.)]$)/.test(word);
    if (line !== '' && line.length + 1 + word.length > WIDTH && !begins) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}

/** A table whose columns stand below each other. */
export function table({ table: rows }: Table): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

/** A text without the indentation that all of its lines share. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  const shared = Math.min(...indents);
  return lines.map((line) => line.slice(shared).trimEnd()).join('\n');
}

/** A block of code. */
export function code(language: string, text: string): string {
  return `\`\`\`${language}\n${dedent(text)}\n\`\`\``;
}

/** A paragraph where Markdown is not read: in a terminal, in SARIF. */
export function plainText(markdown: string): string {
  return markdown.replace(/`([^`]*)`/g, '$1').replace(/\*\*(.*?)\*\*/g, '$1');
}
