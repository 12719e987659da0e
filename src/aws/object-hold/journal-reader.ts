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
      `The journal ${path} is broken at line ${line}: ${why}, so it proves nothing from there on. ` +
        'Keep the file for those who must look into it, and name another folder for the journal.',
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
  /** Whether one of the lines has the link that was looked for. */
  readonly knows: boolean;
}

const CHUNK_BYTES = 1 << 20;
const LINE_FEED = 0x0a;

/** Calls `visit` for each complete line in order, as {@link readJournalIn}. A missing file is an empty journal. */
export async function readJournal(
  path: string,
  visit: (line: JournalLine) => void,
  link?: string,
): Promise<JournalTail> {
  return readJournalIn(bytesOf(path), path, visit, link);
}

/**
 * Calls `visit` for each complete line in order. A last line that was cut off is what a crash or a full disk leaves, and is not
 * visited; one in the middle is passed over when the chain holds around it. Throws {@link JournalBroken} where the chain does
 * not hold. `place`: for messages. `link`: of a line that is looked for.
 */
export async function readJournalIn(
  pieces: AsyncIterable<Buffer>,
  place: string,
  visit: (line: JournalLine) => void,
  link?: string,
): Promise<JournalTail> {
  let head = CHAIN_START;
  let lines = 0;
  let completeBytes = 0;
  let totalBytes = 0;
  let knows = false;
  /** A line that was cut off; what follows decides whether that did harm. */
  let torn: number | undefined;
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    totalBytes += piece.length;
    const bytes = Buffer.concat([rest, piece]);
    let from = 0;
    for (let to = bytes.indexOf(LINE_FEED, from); to >= 0; to = bytes.indexOf(LINE_FEED, from)) {
      const text = bytes.subarray(from, to);
      lines += 1;
      from = to + 1;
      const whole = withoutTorn(text, head);
      if (whole === undefined) {
        if (!isTorn(text)) throw new JournalBroken(place, lines, 'it is not JSON. It was changed after it was written');
        torn ??= lines;
        continue;
      }
      visit(parseLine(whole, head, place, lines, torn));
      torn = undefined;
      head = linkTo(whole);
      knows ||= head === link;
      completeBytes = totalBytes - bytes.length + to + 1;
    }
    rest = bytes.subarray(from);
  }
  return { head, lines, completeBytes, totalBytes, knows };
}

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return;
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/**
 * The line, or what is whole in it: a line that was cut off and one that was written behind it stand on one line. Undefined
 * when nothing is.
 */
function withoutTorn(text: Buffer, head: string): Buffer | undefined {
  if (isJson(text)) return text;
  const from = text.lastIndexOf(`${BEGINNING}${head}"`);
  const rest = text.subarray(Math.max(0, from));
  return from > 0 && isJson(rest) ? rest : undefined;
}

const BEGINNING = '{"prev":"';

/** What a crash leaves of a line: its beginning, or the zeros of blocks that never reached the disk. */
function isTorn(text: Buffer): boolean {
  const beginning = text.subarray(0, BEGINNING.length).toString('latin1');
  return text[0] === 0 || BEGINNING.startsWith(beginning) || beginning === BEGINNING;
}

function isJson(text: Buffer): boolean {
  try {
    JSON.parse(text.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

function parseLine(text: Buffer, head: string, path: string, number: number, torn: number | undefined): JournalLine {
  const line: unknown = JSON.parse(text.toString('utf8'));
  if (typeof line !== 'object' || line === null || !('prev' in line) || !('type' in line)) {
    throw new JournalBroken(path, number, 'it is not a journal entry');
  }
  if (line.prev === head) return line as JournalLine;
  throw torn === undefined
    ? new JournalBroken(
        path,
        number,
        'it does not follow from the line before it. It was changed after it was written, or two processes wrote at once',
      )
    : new JournalBroken(
        path,
        torn,
        'this line is torn: a crash or a full disk cut it off, and lines that followed it are lost',
      );
}
