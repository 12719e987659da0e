import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { joined } from '../../../src/evidence/rows/joined';
import { sortedRows } from '../../../src/evidence/rows/sorted';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'rows-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function* streamOf<T>(rows: readonly T[]): AsyncGenerator<T> {
  for (const row of rows) yield await Promise.resolve(row);
}

async function all<T>(rows: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

test('rows come in the order of their keys, however small the portions, and nothing is left on disk', async () => {
  const keys = fc.uniqueArray(fc.hexaString({ minLength: 1, maxLength: 6 }), { maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(keys, fc.integer({ min: 1, max: 9 }), async (names, portion) => {
      const rows = names.map((name) => ({ name, text: 'tab\tand line\nfeed' }));
      const options = { keyOf: (row: { name: string }) => row.name, folder, name: 'rows', portion };

      const sorted = await all(sortedRows(streamOf(rows), options));

      expect(sorted.map(({ name }) => name)).toEqual([...names].sort());
      expect(sorted.every(({ text }) => text === 'tab\tand line\nfeed')).toBe(true);
      expect(readdirSync(folder)).toEqual([]);
    }),
    { seed: 14, numRuns: 30 },
  );
});

test('when reading ends early, then the portions are deleted all the same', async () => {
  const rows = Array.from({ length: 20 }, (_, at) => `row-${at}`);
  for await (const row of sortedRows(streamOf(rows), { keyOf: (one) => one, folder, name: 'rows', portion: 3 })) {
    expect(row).toBe('row-0');
    break;
  }
  expect(readdirSync(folder)).toEqual([]);
});

test('streams are joined by key, each with what it says', async () => {
  const of = (name: string, rows: readonly string[]) => ({
    rows: streamOf(rows),
    keyOf: (row: string) => row[0] ?? '',
    name,
  });

  const groups = await all(
    joined<{ left: string; right: string }>({ left: of('left', ['a1', 'a2', 'c1']), right: of('right', ['b1', 'c2']) }),
  );

  expect(groups).toEqual([
    { key: 'a', rows: { left: ['a1', 'a2'], right: [] } },
    { key: 'b', rows: { left: [], right: ['b1'] } },
    { key: 'c', rows: { left: ['c1'], right: ['c2'] } },
  ]);
});

test('a stream that is out of order is refused', async () => {
  const left = { rows: streamOf(['b', 'a']), keyOf: (row: string) => row, name: 'recordings' };
  await expect(all(joined({ left }))).rejects.toThrow('the recordings are not in order: a comes after b');
});
