/**
 * What a look has seen so far, on disk: a run that was interrupted continues where it stopped. Only for a day, since what was seen grows
 * old, and only for the same question.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LineWriter, linesOf, rawLinesOf } from '../rows/lines';

const LONGEST_PAUSE_MS = 24 * 60 * 60 * 1_000;
/** Rows that a killed process may have to see again. */
const ROWS_A_FLUSH = 64;

/** A folder of one question's rows. */
export class Work {
  private constructor(
    readonly folder: string,
    /** When the look began: what it says is not older. Milliseconds since 1970. */
    readonly begun: number,
    /** Rows of an interrupted run are used. */
    readonly resumed: boolean,
  ) {}

  /** Opens the folder for a question; what another one, or an old run, has left there is deleted. */
  static async open(folder: string, question: unknown, now: number): Promise<Work> {
    const digest = createHash('sha256').update(JSON.stringify(question)).digest('hex');
    const note = join(folder, NOTE);
    const earlier = existsSync(note) ? await readNote(note) : undefined;
    if (earlier?.digest === digest && now - earlier.begun < LONGEST_PAUSE_MS && earlier.begun <= now) {
      return new Work(folder, earlier.begun, true);
    }
    if (earlier !== undefined) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(note, JSON.stringify({ digest, begun: now }), { mode: 0o600 });
    return new Work(folder, now, false);
  }

  /**
   * Rows that are costly to see: seen once, written as they come, then read from disk. `make` begins behind the last unit that is
   * complete; a unit's rows follow each other, and those of the last one are seen again.
   */
  async fill<Row>(
    name: string,
    unitOf: (row: Row) => string,
    make: (after: Row | undefined) => AsyncIterable<Row>,
  ): Promise<Rows<Row>> {
    const file = join(this.folder, `${name}.jsonl`);
    const done = join(this.folder, `${name}.done`);
    if (!existsSync(done)) {
      const after = existsSync(file) ? await lastComplete(file, unitOf) : undefined;
      const writer = await LineWriter.open(file, 'append');
      try {
        let waiting = 0;
        for await (const row of make(after)) {
          await writer.write(JSON.stringify(row));
          waiting += 1;
          if (waiting % ROWS_A_FLUSH === 0) await writer.flush();
        }
      } finally {
        await writer.close();
      }
      await writeFile(done, '', { mode: 0o600 });
    }
    return { read: () => rowsOf<Row>(file) };
  }

  /** The look is over; nothing of it is kept here. */
  async discard(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Rows on disk, which may be read more than once. */
export interface Rows<Row> {
  readonly read: () => AsyncIterable<Row>;
}

const NOTE = 'look.json';

async function readNote(file: string): Promise<{ readonly digest: string; readonly begun: number } | undefined> {
  try {
    const { digest, begun } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    return { digest: String(digest), begun: Number(begun) };
  } catch {
    // Cut off by a crash: then nothing else is worth keeping either.
    return { digest: '', begun: 0 };
  }
}

async function* rowsOf<Row>(file: string): AsyncGenerator<Row> {
  for await (const line of linesOf(file)) yield JSON.parse(line) as Row;
}

/** Cuts the last unit off, whose rows may not be complete, and answers the last row before it. */
async function lastComplete<Row>(file: string, unitOf: (row: Row) => string): Promise<Row | undefined> {
  let at = 0;
  let last: { readonly row: Row; readonly unit: string } | undefined;
  let begin = 0;
  let before: Row | undefined;
  for await (const { bytes, ended } of rawLinesOf(file)) {
    const row = ended ? parsed<Row>(bytes) : undefined;
    if (row === undefined) break;
    const unit = unitOf(row);
    if (last !== undefined && last.unit !== unit) {
      before = last.row;
      begin = at;
    }
    last = { row, unit };
    at += bytes.length + 1;
  }
  await truncate(file, begin);
  return before;
}

function parsed<Row>(bytes: Buffer): Row | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) as Row;
  } catch {
    return undefined;
  }
}
