/** Keeps many small texts as bytes: as strings they would be moved about by the garbage collector. */

/** Where a text is kept. */
export interface StoredBytes {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

const BLOCK = 2 ** 20;

export class ByteStore {
  private block: Buffer = Buffer.alloc(0);
  private used = 0;

  /** Keeps `size` bytes, which `write` puts in their place. */
  add(size: number, write: (into: Buffer, at: number) => void): StoredBytes {
    if (this.used + size > this.block.length) {
      this.block = Buffer.allocUnsafeSlow(Math.max(size, BLOCK));
      this.used = 0;
    }
    const from = this.used;
    write(this.block, from);
    this.used += size;
    return { bytes: this.block, from, to: this.used };
  }
}
