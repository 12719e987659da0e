/**
 * Rows in the order of a key, however many: portions that fit into memory are sorted and put on disk, then merged. S3 lists files
 * by date and Genesys Cloud recordings in no order at all, and what is compared here needs one order.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LineWriter, linesOf } from './lines';

/** Where and how rows are sorted. */
export interface SortOptions<Row> {
  /** Unique in the order it makes. No line feed or tab is in it. */
  readonly keyOf: (row: Row) => string;
  /** A folder for portions; its name begins files that are deleted again. */
  readonly folder: string;
  readonly name: string;
  /** Rows that are sorted in memory. @default 100,000 */
  readonly portion?: number;
}

const PORTION = 100_000;
/** Portions that are read side by side; more of them are merged into one first. */
const SIDE_BY_SIDE = 64;

/** The rows by key. The portions are deleted when reading has ended, at the end or early. */
export async function* sortedRows<Row>(rows: AsyncIterable<Row>, options: SortOptions<Row>): AsyncGenerator<Row> {
  const { keyOf, folder, name, portion = PORTION } = options;
  let files: string[] = [];
  let made = 0;
  const nextFile = (): string => join(folder, `${name}.${(made += 1)}.sort`);
  let waiting: string[] = [];
  const spill = async (): Promise<void> => {
    const file = nextFile();
    files.push(file);
    await writeLines(file, waiting.sort(byKey));
    waiting = [];
    if (files.length < SIDE_BY_SIDE) return;
    const merged = nextFile();
    await writeLines(merged, mergedLines(files.map(linesOf)));
    await Promise.all(files.map((one) => rm(one, { force: true })));
    files = [merged];
  };
  try {
    for await (const row of rows) {
      waiting.push(`${keyOf(row)}\t${JSON.stringify(row)}`);
      if (waiting.length >= portion) await spill();
    }
    waiting.sort(byKey);
    const inMemory = waiting;
    for await (const line of mergedLines([...files.map(linesOf), inMemory])) {
      yield JSON.parse(line.slice(line.indexOf('\t') + 1)) as Row;
    }
  } finally {
    await Promise.all(files.map((one) => rm(one, { force: true })));
  }
}

/** A tab is smaller than whatever keys hold, so that whole lines are in the order of their keys. */
function byKey(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

async function writeLines(file: string, lines: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const writer = await LineWriter.open(file);
  try {
    for await (const line of lines) await writer.write(line);
  } finally {
    await writer.close();
  }
}

async function* mergedLines(
  sources: readonly (AsyncIterable<string> | Iterable<string>)[],
): AsyncGenerator<string, void, undefined> {
  const iterators = sources.map((source) =>
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator](),
  );
  const heads = await Promise.all(iterators.map(async (iterator) => iterator.next()));
  try {
    for (;;) {
      let least = -1;
      for (let at = 0; at < heads.length; at += 1) {
        const head = heads[at] as IteratorResult<string>;
        if (head.done === true) continue;
        if (least < 0 || head.value < (heads[least] as IteratorYieldResult<string>).value) least = at;
      }
      if (least < 0) return;
      yield (heads[least] as IteratorYieldResult<string>).value;
      heads[least] = await (iterators[least] as AsyncIterator<string> | Iterator<string>).next();
    }
  } finally {
    await Promise.all(iterators.map(async (iterator) => iterator.return?.()));
  }
}
