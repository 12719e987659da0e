/** The table of what our resources have for attributes, which the review reads: it may not import the provider. */
import type { Schema } from '../../src/framework';

interface Described {
  readonly type: string;
  readonly schema: Schema;
}

/** Text of `src/review/resources/attribute-table.ts`. */
export function renderAttributeTable(resources: readonly Described[]): string {
  const rows = [...resources].sort((a, b) => (a.type < b.type ? -1 : 1)).flatMap(rowOf);
  return [
    '/** Made from the schemas of the provider by `npm run docs`: do not edit. */',
    '',
    '/** What is known of the attributes of a resource type. */',
    'export interface AttributeRow {',
    '  /** Arguments that decide what the resource covers. */',
    '  readonly scope: readonly string[];',
    '  /** Arguments that are written down for people and change nothing else. */',
    '  readonly record: readonly string[];',
    '  /** Arguments that say how the work is done. */',
    '  readonly others: readonly string[];',
    '  /** Arguments of any kind whose change means a new resource. */',
    '  readonly replacing: readonly string[];',
    '  /** Arguments whose change the resource takes in place where it can. */',
    '  readonly growing: readonly string[];',
    '  /** Attributes that nobody configures: they come from looking. */',
    '  readonly computed: readonly string[];',
    '}',
    '',
    'export const ATTRIBUTES: Readonly<Record<string, AttributeRow>> = {',
    ...rows,
    '};',
    '',
  ].join('\n');
}

function rowOf({ type, schema }: Described): readonly string[] {
  const attributes = Object.entries(schema.attributes);
  const named = (test: (options: (typeof attributes)[number][1]['options']) => boolean): readonly string[] =>
    attributes.filter(([, { options }]) => test(options)).map(([name]) => name);
  const isArgument = ({ required, optional }: { readonly required?: true; readonly optional?: true }): boolean =>
    required === true || optional === true;
  const blocks = Object.entries(schema.blocks);
  return [
    `  ${type}: {`,
    ...list(
      'scope',
      named(({ about }) => about === 'scope'),
    ),
    // How long Terraform waits is no more than a note to itself.
    ...list('record', [
      ...named(({ about }) => about === 'record'),
      ...blocks.map(([name]) => name).filter((name) => name === 'timeouts'),
    ]),
    ...list('others', [
      ...named((options) => isArgument(options) && options.about === undefined),
      ...blocks.map(([name]) => name).filter((name) => name !== 'timeouts'),
    ]),
    ...list('replacing', [
      ...named(({ requiresReplace }) => requiresReplace !== undefined),
      ...blocks.filter(([, block]) => block.requiresReplace === true).map(([name]) => name),
    ]),
    ...list(
      'growing',
      named(({ grows }) => grows === true),
    ),
    ...list(
      'computed',
      named((options) => options.computed === true && !isArgument(options)),
    ),
    '  },',
  ];
}

function list(name: string, values: readonly string[]): readonly string[] {
  if (values.length === 0) return [`    ${name}: [],`];
  const line = `    ${name}: [${values.map((value) => `'${value}'`).join(', ')}],`;
  return line.length <= 120 ? [line] : [`    ${name}: [`, ...values.map((value) => `      '${value}',`), '    ],'];
}
