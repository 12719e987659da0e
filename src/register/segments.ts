/**
 * A text that grows, kept in immutable pieces beside the log: an object hold's journal. `cat` of the pieces in order is the
 * text. Its own lines are chained by hash; here it is only kept in order and complete.
 */
import { RegisterProblem, type Store } from './store';

/** Somebody else wrote into this journal meanwhile: another process works on the same hold. */
export class SegmentTaken extends Error {
  override readonly name = 'SegmentTaken';

  constructor(readonly place: string) {
    super(
      `Another process works on the same hold: ${place} was written by it. Nothing more is done here. Wait until it has ended, then apply again.`,
    );
  }
}

/** One growing text. Not for two writers: the second is told so. */
export class Segments {
  private count: number | undefined;

  constructor(
    private readonly store: Store,
    /** Unique in the register, of letters, digits, dots and dashes. */
    private readonly name: string,
  ) {
    if (!/^[A-Za-z0-9.-]+$/.test(name)) throw new RangeError(`"${name}" is not the name of a journal`);
  }

  /** How many pieces there are; they are counted once. */
  async size(signal: AbortSignal): Promise<number> {
    return this.counted(signal);
  }

  /**
   * Appends bytes as they are. Where no answer comes, whether they were written is found out first. Throws
   * {@link SegmentTaken} when another has appended since this one last looked.
   */
  async append(bytes: Buffer, signal: AbortSignal): Promise<void> {
    if (bytes.length === 0) return;
    const key = this.key((await this.counted(signal)) + 1);
    if ((await this.create(key, bytes, signal)) === 'exists') {
      const there = await this.store.read(key, signal);
      if (there === undefined || !there.equals(bytes)) throw new SegmentTaken(`${this.store.place}/${key}`);
    }
    this.count = (this.count ?? 0) + 1;
  }

  /** The pieces after this many, in order, one in memory at a time. Throws {@link RegisterProblem} where one is missing. */
  async *read(signal: AbortSignal, after = 0): AsyncGenerator<Buffer> {
    const count = await this.counted(signal);
    for (let number = after + 1; number <= count; number += 1) {
      const bytes = await this.store.read(this.key(number), signal);
      if (bytes === undefined) throw this.missing(number);
      yield bytes;
    }
  }

  /** Once more when no answer came: the same bytes at the same key harm nobody. */
  private async create(key: string, bytes: Buffer, signal: AbortSignal): Promise<'created' | 'exists'> {
    try {
      return await this.store.create(key, bytes, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof RegisterProblem) || error.kind !== 'unreachable') throw error;
      return this.store.create(key, bytes, signal);
    }
  }

  private async counted(signal: AbortSignal): Promise<number> {
    if (this.count !== undefined) return this.count;
    const keys = await this.store.list(`j/${this.name}/`, undefined, signal);
    keys.forEach((key, at) => {
      if (key !== this.key(at + 1)) throw this.missing(at + 1);
    });
    return (this.count = keys.length);
  }

  private missing(number: number): RegisterProblem {
    return new RegisterProblem(
      'damaged',
      `The register is damaged: ${this.store.place}/${this.key(number)} is missing, a part of a journal. Nothing is released while that is so. Restore it from a version or backup of the store.`,
    );
  }

  private key(number: number): string {
    return `j/${this.name}/${String(number).padStart(8, '0')}`;
  }
}
