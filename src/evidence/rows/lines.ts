/** Files of lines, a line at a time: read without keeping them, written without waiting for each. */
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 18;
const LINE_FEED = 0x0a;

/** The lines of a file without their line feeds; a last line without one is given, too. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  for await (const { bytes } of rawLinesOf(path)) yield bytes.toString('utf8');
}

/** A line as its bytes stand in the file, without its line feed. */
export interface RawLine {
  readonly bytes: Buffer;
  /** False for a last line that has no line feed. */
  readonly ended: boolean;
}

/** As {@link linesOf}, the bytes untouched. */
export async function* rawLinesOf(path: string): AsyncGenerator<RawLine> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let to = bytes.indexOf(LINE_FEED, from); to >= 0; to = bytes.indexOf(LINE_FEED, from)) {
      yield { bytes: bytes.subarray(from, to), ended: true };
      from = to + 1;
    }
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) yield { bytes: rest, ended: false };
}

/** Writes lines in large pieces. Close it, also after an error. */
export class LineWriter {
  private waiting = '';

  private constructor(private readonly file: FileHandle) {}

  /** `append`: behind what is there; else the file begins again. Readable by its owner alone. */
  static async open(path: string, how: 'new' | 'append' = 'new'): Promise<LineWriter> {
    return new LineWriter(await open(path, how === 'new' ? 'w' : 'a', 0o600));
  }

  async write(line: string): Promise<void> {
    this.waiting += `${line}\n`;
    if (this.waiting.length > CHUNK_BYTES) await this.flush();
  }

  /** Hands what waits to the operating system. */
  async flush(): Promise<void> {
    const text = this.waiting;
    this.waiting = '';
    if (text !== '') await this.file.appendFile(text);
  }

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.file.close();
    }
  }
}
