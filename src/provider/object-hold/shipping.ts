/**
 * The journal in the register: shipped while it grows, and brought to this machine where another one has written it. The file
 * here is where it grows; the register is what every machine sees.
 */
import { createWriteStream } from 'node:fs';
import { open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { Journal } from '../../aws';
import { RegisterProblem, type Segments } from '../../register';

/** How much of the file is in the register. */
interface Shipped {
  readonly pieces: number;
  readonly bytes: number;
}

const NOTHING: Shipped = { pieces: 0, bytes: 0 };
/** A piece at most, in bytes: it is in memory while it is sent. */
const MOST = 64 << 20;

/** One journal on its way to the register. */
export class Shipping {
  private shipped = NOTHING;

  constructor(
    private readonly segments: Segments,
    private readonly path: string,
  ) {}

  /**
   * Brings the file to what the register has. What was written here and never shipped is kept beside it where another machine
   * has continued: no hold was placed by it, because a hold is placed after its lines were shipped.
   */
  async bringUpToDate(signal: AbortSignal): Promise<void> {
    const pieces = await this.segments.size(signal);
    const noted = await this.noted();
    if (noted.pieces > pieces) {
      throw new RegisterProblem(
        'damaged',
        `The register has ${pieces} pieces of the journal ${this.path}, and ${noted.pieces} were written to it. Nothing is released while that is so. Restore them from a version or backup of the store.`,
      );
    }
    const here = await this.follow(noted, signal);
    if (here === undefined) await this.replace(pieces, signal);
    else this.shipped = here;
    if (pieces > 0) await this.note();
  }

  /** Ships what is not in the register yet. Throws SegmentTaken where another process has continued this journal. */
  async ship(journal: Pick<Journal, 'sync'>, signal: AbortSignal): Promise<void> {
    await journal.sync();
    const { size } = await stat(this.path);
    for (let from = this.shipped.bytes; from < size; from = this.shipped.bytes) {
      const bytes = await this.bytes(from, Math.min(MOST, size - from));
      await this.segments.append(bytes, signal);
      this.shipped = { pieces: this.shipped.pieces + 1, bytes: from + bytes.length };
    }
    await this.note();
  }

  /** Compares the file with pieces that it is not known to have; undefined where it is another. */
  private async follow(from: Shipped, signal: AbortSignal): Promise<Shipped | undefined> {
    let at = from;
    for await (const piece of this.segments.read(signal, from.pieces)) {
      const here = await this.bytes(at.bytes, piece.length).catch(() => undefined);
      if (here === undefined || !here.equals(piece)) return undefined;
      at = { pieces: at.pieces + 1, bytes: at.bytes + piece.length };
    }
    return at;
  }

  private async replace(pieces: number, signal: AbortSignal): Promise<void> {
    const fresh = `${this.path}.new`;
    const out = createWriteStream(fresh, { mode: 0o600 });
    let bytes = 0;
    for await (const piece of this.segments.read(signal)) {
      bytes += piece.length;
      if (!out.write(piece)) await once(out, 'drain');
    }
    out.end();
    await once(out, 'close');
    const aside = `${this.path}.aside`;
    await rename(this.path, aside).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(fresh, this.path);
    this.shipped = { pieces, bytes };
  }

  /** What was noted, unless the file is not that any more. */
  private async noted(): Promise<Shipped> {
    try {
      const { pieces, bytes } = JSON.parse(await readFile(`${this.path}.shipped`, 'utf8')) as Partial<Shipped>;
      const { size } = await stat(this.path);
      if (typeof pieces !== 'number' || typeof bytes !== 'number' || size < bytes) return NOTHING;
      return { pieces, bytes };
    } catch {
      return NOTHING;
    }
  }

  private async note(): Promise<void> {
    await writeFile(`${this.path}.shipped`, `${JSON.stringify(this.shipped)}\n`, { mode: 0o600 });
  }

  private async bytes(from: number, length: number): Promise<Buffer> {
    const file = await open(this.path, 'r');
    try {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await file.read(buffer, 0, length, from);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}
