/** The bytes of Protocol Buffers: varints, tags, lengths. Source: protobuf.dev, "Encoding". */
import { isUtf8 } from 'node:buffer';
import { GrowingBuffer } from '../growing-buffer';

/** How a field's bytes are found without knowing the field. */
export enum WireType {
  Varint = 0,
  Fixed64 = 1,
  Bytes = 2,
  StartGroup = 3,
  EndGroup = 4,
  Fixed32 = 5,
}

/** The bytes are no message. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

/** A cursor over the fields of one message. Throws {@link ProtobufError}. */
export class WireReader {
  #at = 0;

  constructor(private readonly buffer: Buffer) {}

  /** True when every field was read. */
  get done(): boolean {
    return this.#at === this.buffer.length;
  }

  tag(): { readonly field: number; readonly wire: WireType } {
    const tag = this.uint32();
    const field = tag >>> 3;
    if (field === 0) throw new ProtobufError('field number 0');
    return { field, wire: tag & 7 };
  }

  uint32(): number {
    const value = this.varint();
    if (value > 0xffff_ffffn) throw new ProtobufError('a number is too large');
    return Number(value);
  }

  /** A varint of up to 64 bits, unsigned. */
  varint(): bigint {
    const first = this.#byte();
    if (first < 0x80) return BigInt(first);
    let value = BigInt(first & 0x7f);
    for (let shift = 7n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new ProtobufError('a number does not end');
  }

  /** A part with its length in front; not copied. */
  bytes(): Buffer {
    return this.#take(this.uint32());
  }

  text(): string {
    const bytes = this.bytes();
    const text = bytes.toString('utf8');
    if (text.includes('\uFFFD') && !isUtf8(bytes)) throw new ProtobufError('a string is not UTF-8');
    return text;
  }

  /** Passes over a field of a newer protocol. Groups have not been in use since proto2. */
  skip(wire: WireType): void {
    if (wire === WireType.Varint) this.varint();
    else if (wire === WireType.Bytes) this.bytes();
    else if (wire === WireType.Fixed64) this.#take(8);
    else if (wire === WireType.Fixed32) this.#take(4);
    else throw new ProtobufError(`wire type ${wire}`);
  }

  #byte(): number {
    const byte = this.buffer[this.#at];
    if (byte === undefined) throw new ProtobufError('the message ends in the middle of a field');
    this.#at += 1;
    return byte;
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.buffer.length) throw new ProtobufError('the message ends in the middle of a field');
    const part = this.buffer.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}

/** Writes the fields of a message. */
export class WireWriter {
  readonly #out: GrowingBuffer;

  constructor(headroom = 0) {
    this.#out = new GrowingBuffer(headroom);
  }

  tag(field: number, wire: WireType): void {
    this.uint32(field * 8 + wire);
  }

  uint32(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#out.byte((rest & 0x7f) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#out.byte(rest);
  }

  /** Negative numbers take all 64 bits, as int64 demands. */
  int64(value: bigint): void {
    let rest = BigInt.asUintN(64, value);
    while (rest >= 0x80n) {
      this.#out.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.#out.byte(Number(rest));
  }

  bytes(value: Uint8Array): void {
    this.uint32(value.length);
    this.#out.bytes(value);
  }

  text(value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    this.uint32(length);
    this.#out.text(value, length);
  }

  /** A part whose length is known only after it is written. */
  delimited(write: () => void): void {
    const start = this.#out.length;
    this.#out.byte(0);
    write();
    const length = this.#out.length - start - 1;
    if (length < 0x80) {
      this.#out.room(0)[start] = length;
      return;
    }
    // One byte was kept free for the length; a longer one moves the part up.
    const more = Math.floor(Math.log2(length) / 7);
    this.#out.room(more).copyWithin(start + 1 + more, start + 1, start + 1 + length);
    this.#out.length = start;
    this.uint32(length);
    this.#out.length += length;
  }

  finish(): Buffer {
    return this.#out.finish();
  }
}
