/** docs/states.md explains every word of the code, and no other. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { batchAttributes, exportJobSchema } from '../../src/provider/export-job/schema';
import { legalHoldSchema } from '../../src/provider/legalhold/schema';
import { objectHoldSchema } from '../../src/provider/object-hold/schema';
import { GAP_KINDS } from '../../src/review';

const PAGE = readFileSync(resolve(__dirname, '../../docs/states.md'), 'utf8');

/** What a schema says about an attribute. */
const said = (schema: { readonly attributes: object }, name: string): string => {
  const attributes = schema.attributes as Readonly<
    Record<string, { readonly options: { readonly description?: string } }>
  >;
  return attributes[name]?.options.description ?? '';
};

/** The kinds that the provider has: the union in its source. */
const [, KINDS = ''] =
  /type GapKind =([^;]*);/.exec(
    readFileSync(resolve(__dirname, '../../src/provider/gaps.ts'), 'utf8').replaceAll("'", '`'),
  ) ?? [];

/** The first column of the table below a heading. */
const rowsBelow = (heading: string): readonly string[] => {
  const from = PAGE.indexOf(`\n## ${heading}\n`);
  expect(from).toBeGreaterThan(0);
  const next = PAGE.indexOf('\n## ', from + 4);
  const section = PAGE.slice(from, next < 0 ? undefined : next);
  return [...section.matchAll(/^\| `([a-z_]+)`/gm)].map(([, word = '']) => word);
};

/** The words that the description of an attribute explains: "`active`: every …". */
const wordsIn = (description = ''): readonly string[] =>
  [...description.matchAll(/`([a-z_]+)`(?=[:,]| or | \()/g)].map(([, word = '']) => word);

test.each([
  ['Export: `state`', said(exportJobSchema, 'state')],
  ['Legal hold: `status`', said(legalHoldSchema, 'status')],
  ['Object hold: `status`', said(objectHoldSchema, 'status')],
])('%s has a row for every word of the schema', (heading, description) => {
  const explained = wordsIn(description).filter((word) => !['wait_for', 'gaps', 'failures'].includes(word));
  expect(explained.length).toBeGreaterThanOrEqual(4);
  expect(new Set(rowsBelow(heading))).toEqual(new Set(explained));
});

test('every state of a batch stands in the page', () => {
  for (const [, word = ''] of batchAttributes.state.options.description?.matchAll(/`([a-z_]+)`/g) ?? []) {
    expect(PAGE).toContain(`\`${word}\``);
  }
});

test('every kind of gap has a row, and the commands know the kinds that the provider has', () => {
  const provider = [...KINDS.matchAll(/`([a-z]+)`/g)].map(([, word]) => word);
  expect(new Set(GAP_KINDS)).toEqual(new Set(provider));
  expect(new Set(rowsBelow('Gaps: `kind`'))).toEqual(
    new Set([...GAP_KINDS, 'unfinished', 'unlocked', 'untagged', 'unexplained', 'unnamed']),
  );
});
