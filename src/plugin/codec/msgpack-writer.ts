import { GrowingBuffer } from '../growing-buffer';

/** Writes MessagePack, each value in its shortest form, into one growing buffer. */
export class MsgpackWriter {
  readonly #out = new GrowingBuffer();

  nil(): void {
    this.#out.byte(0xc0);
  }

  bool(value: boolean): void {
    this.#out.byte(value ? 0xc3 : 0xc2);
  }

  /** An integer within 64 signed bits. */
  integer(value: number | bigint): void {
    if (typeof value === 'bigint') {
      if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) return this.integer(Number(value));
      return this.#int64(value);
    }
    if (value >= 0 && value < 0x80) return this.#out.byte(value);
    if (value < 0 && value >= -0x20) return this.#out.byte(0x100 + value);
    if (value >= -0x80 && value < 0x80) return this.#signed(0xd0, 1, value);
    if (value >= -0x8000 && value < 0x8000) return this.#signed(0xd1, 2, value);
    if (value >= -0x8000_0000 && value < 0x8000_0000) return this.#signed(0xd2, 4, value);
    return this.#int64(BigInt(value));
  }

  float(value: number): void {
    this.#out.byte(0xcb);
    this.#out.length = this.#out.room(8).writeDoubleBE(value, this.#out.length);
  }

  string(value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    if (length < 0x20) this.#out.byte(0xa0 | length);
    else this.#head(0xd9, length);
    this.#out.text(value, length);
  }

  binary(value: Uint8Array): void {
    this.#head(0xc4, value.length);
    this.raw(value);
  }

  array(length: number): void {
    if (length < 0x10) this.#out.byte(0x90 | length);
    else this.#wideHead(0xdc, length);
  }

  /** @param length the number of key and value pairs that follow */
  map(length: number): void {
    if (length < 0x10) this.#out.byte(0x80 | length);
    else this.#wideHead(0xde, length);
  }

  extension(type: number, body: Uint8Array): void {
    if (body.length === 1) this.#out.byte(0xd4);
    else this.#head(0xc7, body.length);
    this.#out.byte(type);
    this.raw(body);
  }

  /** Bytes that are MessagePack already. */
  raw(bytes: Uint8Array): void {
    this.#out.bytes(bytes);
  }

  /** What was written. */
  finish(): Uint8Array {
    return this.#out.finish();
  }

  #signed(code: number, width: number, value: number): void {
    this.#out.byte(code);
    this.#out.length = this.#out.room(width).writeIntBE(value, this.#out.length, width);
  }

  #int64(value: bigint): void {
    this.#out.byte(0xd3);
    this.#out.length = this.#out.room(8).writeBigInt64BE(value, this.#out.length);
  }

  /** A length in one, two or four bytes: `code`, `code + 1`, `code + 2`. */
  #head(code: number, length: number): void {
    if (length < 0x100) {
      this.#out.byte(code);
      this.#out.byte(length);
    } else this.#wideHead(code + 1, length);
  }

  /** A length in two or four bytes: `code`, `code + 1`. */
  #wideHead(code: number, length: number): void {
    const width = length < 0x1_0000 ? 2 : 4;
    this.#out.byte(width === 2 ? code : code + 1);
    this.#out.length = this.#out.room(width).writeUIntBE(length, this.#out.length, width);
  }
}
