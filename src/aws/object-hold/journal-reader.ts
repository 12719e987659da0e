/** Reads a journal line by line, checking the chain; memory does not grow with the file. */
import { open } from 'node:fs/promises';
import { CHAIN_START, linkTo, type JournalLine } from './journal-entry';

/** The file is not what was written into it. */
export class JournalBroken extends Error {
  override readonly name = 'JournalBroken';

  constructor(
    readonly path: string,
    /** Counted from 1. */
    readonly line: number,
    why: string,
  ) {
    super(
      `The journal ${path} is broken at line ${line}: ${why}. It was changed after it was written, so it proves nothing ` +
        'from there on. Keep the file for those who must look into it, and name another file for the journal.',
    );
  }
}

/** What reading to the end found. */
export interface JournalTail {
  /** Link to the last complete line. */
  readonly head: string;
  readonly lines: number;
  /** Bytes of complete lines; what lies behind them was cut off by a crash. */
  readonly completeBytes: number;
  readonly totalBytes: number;
}

const CHUNK_BYTES = 1 << 20;
const LINE_FEED = 0x0a;

/**
 * Calls `visit` for each complete line in order. A missing file is an empty journal. A last line without its line feed is
 * what a crash leaves, and is not visited. Throws {@link JournalBroken} where the chain does not hold.
 */
export async function readJournal(path: string, visit: (line: JournalLine) => void): Promise<JournalTail> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  let head = CHAIN_START;
  let lines = 0;
  let completeBytes = 0;
  let totalBytes = 0;
  if (file === null) return { head, lines, completeBytes, totalBytes };
  try {
    let rest: Buffer = Buffer.alloc(0);
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES);
      if (bytesRead === 0) break;
      totalBytes += bytesRead;
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let from = 0;
      for (let to = bytes.indexOf(LINE_FEED, from); to >= 0; to = bytes.indexOf(LINE_FEED, from)) {
        const text = bytes.subarray(from, to);
        lines += 1;
        visit(parseLine(text, head, path, lines));
        head = linkTo(text);
        completeBytes += to + 1 - from;
        from = to + 1;
      }
      rest = bytes.subarray(from);
    }
  } finally {
    await file.close();
  }
  return { head, lines, completeBytes, totalBytes };
}

function parseLine(text: Buffer, head: string, path: string, number: number): JournalLine {
  let line: unknown;
  try {
    line = JSON.parse(text.toString('utf8'));
  } catch {
    throw new JournalBroken(path, number, 'it is no JSON');
  }
  if (typeof line !== 'object' || line === null || !('prev' in line) || !('type' in line)) {
    throw new JournalBroken(path, number, 'it is no journal entry');
  }
  if (line.prev !== head) throw new JournalBroken(path, number, 'it does not follow from the line before it');
  return line as JournalLine;
}
