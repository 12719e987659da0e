/** Bytes that are written one after the other, without knowing how many will come. */
export class GrowingBuffer {
  #bytes: Buffer;
  /** How many bytes were written; also the place the next one goes to. */
  length = 0;

  /** @param headroom bytes left free at the front, for a header that is known only at the end */
  constructor(headroom = 0) {
    this.#bytes = Buffer.allocUnsafe(256 + headroom);
    this.length = headroom;
  }

  /** The buffer, with room for so many bytes after {@link length}. It is replaced when it grows: never keep it. */
  room(bytes: number): Buffer {
    const needed = this.length + bytes;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.length);
      this.#bytes = larger;
    }
    return this.#bytes;
  }

  byte(value: number): void {
    this.length = this.room(1).writeUInt8(value, this.length);
  }

  bytes(part: Uint8Array): void {
    this.room(part.length).set(part, this.length);
    this.length += part.length;
  }

  /** Text whose length in UTF-8 is known already. */
  text(text: string, byteLength: number): void {
    this.length += this.room(byteLength).write(text, this.length, 'utf8');
  }

  /** What was written, headroom included. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }
}
