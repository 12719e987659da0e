import type { Picture, PictureNode } from '../report';
import { clipped, oneLine } from './visible';
import { ACTION_WORDS } from './wording';
import { number } from '../../words';

/** A picture of more is a wall: GitHub draws at most 500 arrows, and people read fewer. */
const MOST_NODES = 40;
const MOST_EDGES = 80;
const LONGEST_LABEL = 80;

/** Brackets of the shapes. */
const SHAPES: Readonly<Record<PictureNode['kind'], readonly [open: string, close: string]>> = {
  export: ['[', ']'],
  hold: ['([', '])'],
  objects: ['[/', '/]'],
  bucket: ['[(', ')]'],
  role: ['{{', '}}'],
};

/**
 * The picture as a Mermaid flow chart; undefined when there is nothing to draw. Of a large one, what is given up and what
 * changes is drawn first, with a note that says how much is missing.
 */
export function mermaid({ nodes, edges }: Picture): string | undefined {
  if (nodes.length === 0) return undefined;
  const drawn = [...nodes].sort((a, b) => urgency(a) - urgency(b)).slice(0, MOST_NODES);
  const names = new Map(drawn.map(({ id }, index) => [id, `n${index}`]));
  const arrows = edges
    .flatMap(({ from, to, label }) => {
      const [start, end] = [names.get(from), names.get(to)];
      if (start === undefined || end === undefined) return [];
      return [`  ${start} -->${oneLine(label) === '' ? '' : `|"${labelText(label)}"|`} ${end}`];
    })
    .slice(0, MOST_EDGES);
  const missing = nodes.length - drawn.length;
  return [
    'flowchart LR',
    ...drawn.map((node) => `  ${names.get(node.id) ?? ''}${nodeText(node)}`),
    ...(missing === 0 ? [] : [`  more["and ${number(missing)} more"]`]),
    ...arrows,
    ...classes(drawn, names),
  ].join('\n');
}

function urgency({ loses, action }: PictureNode): number {
  if (loses) return 0;
  return action === 'none' || action === 'read' ? 2 : 1;
}

function nodeText({ kind, label, id, action, loses }: PictureNode): string {
  const [open, close] = SHAPES[kind];
  const act = action === 'none' ? [] : [ACTION_WORDS[action]];
  const lines = [labelText(label), labelText(id), [...act, ...(loses ? ['GIVES UP'] : [])].join(': ')];
  return `${open}"${lines.filter((line) => line !== '').join('<br/>')}"${close}`;
}

/** Thick and red: given up. Dashed: it changes. */
function classes(nodes: readonly PictureNode[], names: ReadonlyMap<string, string>): readonly string[] {
  const named = (level: number): string =>
    nodes
      .filter((node) => urgency(node) === level)
      .map(({ id }) => names.get(id) ?? '')
      .join(',');
  const line = (name: string, members: string, style: string): readonly string[] =>
    members === '' ? [] : [`  classDef ${name} ${style}`, `  class ${members} ${name}`];
  return [
    ...line('loses', named(0), 'stroke:#cf222e,stroke-width:4px'),
    ...line('changes', named(1), 'stroke-dasharray:6 3'),
  ];
}

/**
 * Text within the quotes of a label, with Mermaid's own entity codes: all but letters, digits within words, spaces and
 * harmless signs. https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
function labelText(text: string): string {
  const line = clipped(oneLine(text), LONGEST_LABEL);
  // A label that starts like a list is taken for one, hence the first character.
  return line.replace(/^[^\p{L}]|[^\p{L}\p{N} ,._-]/gu, (char) => `#${char.codePointAt(0) ?? 0};`);
}
