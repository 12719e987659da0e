/**
 * Reads MessagePack tokens. Only what the wire format of Terraform uses, and every form of it.
 * Source: the MessagePack specification, msgpack.org.
 */
import { isUtf8 } from 'node:buffer';

/** What stands next in the input. `length` counts elements, pairs or bytes. */
export type Token =
  | { readonly kind: 'nil' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'integer'; readonly value: bigint | number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'binary'; readonly value: Uint8Array }
  | { readonly kind: 'array'; readonly length: number }
  | { readonly kind: 'map'; readonly length: number }
  | { readonly kind: 'extension'; readonly type: number; readonly body: Uint8Array; readonly raw: Uint8Array };

const NIL: Token = { kind: 'nil' };
const TRUE: Token = { kind: 'bool', value: true };
const FALSE: Token = { kind: 'bool', value: false };

/** The input ends in the middle of a value, or holds a byte that opens none. */
export class MsgpackError extends Error {
  override readonly name = 'MsgpackError';
}

/** A cursor over MessagePack bytes. Throws {@link MsgpackError}. */
export class MsgpackReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** True when everything is read. */
  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Reads one value; of a container only its head. */
  next(): Token {
    const start = this.#at;
    const byte = this.#uint(1);
    if (byte < 0x80) return { kind: 'integer', value: byte };
    if (byte < 0x90) return this.#container('map', byte & 0x0f);
    if (byte < 0xa0) return this.#container('array', byte & 0x0f);
    if (byte < 0xc0) return this.#string(byte & 0x1f);
    if (byte >= 0xe0) return { kind: 'integer', value: byte - 0x100 };
    switch (byte) {
      case 0xc0:
        return NIL;
      case 0xc2:
        return FALSE;
      case 0xc3:
        return TRUE;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return { kind: 'binary', value: this.#take(this.#uint(1 << (byte - 0xc4))) };
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(start, this.#uint(1 << (byte - 0xc7)));
      case 0xca:
        return { kind: 'float', value: this.#take(4).readFloatBE() };
      case 0xcb:
        return { kind: 'float', value: this.#take(8).readDoubleBE() };
      case 0xcc:
      case 0xcd:
      case 0xce:
        return { kind: 'integer', value: this.#uint(1 << (byte - 0xcc)) };
      case 0xcf:
        return { kind: 'integer', value: this.#take(8).readBigUInt64BE() };
      case 0xd0:
      case 0xd1:
      case 0xd2: {
        const width = 1 << (byte - 0xd0);
        return { kind: 'integer', value: this.#take(width).readIntBE(0, width) };
      }
      case 0xd3:
        return { kind: 'integer', value: this.#take(8).readBigInt64BE() };
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#extension(start, 1 << (byte - 0xd4));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#string(this.#uint(1 << (byte - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.#container('array', this.#uint(byte === 0xdc ? 2 : 4));
      case 0xde:
      case 0xdf:
        return this.#container('map', this.#uint(byte === 0xde ? 2 : 4));
      default:
        throw new MsgpackError(`byte 0x${byte.toString(16)} begins no MessagePack value`);
    }
  }

  /** An element takes at least one byte, so a longer container is a lie that must not reserve memory. */
  #container(kind: 'array' | 'map', length: number): Token {
    if (length > this.#bytes.length - this.#at) throw new MsgpackError('the input ends inside a container');
    return { kind, length };
  }

  #string(length: number): Token {
    const bytes = this.#take(length);
    const value = bytes.toString('utf8');
    if (value.includes('\uFFFD') && !isUtf8(bytes)) throw new MsgpackError('a string is not UTF-8');
    return { kind: 'string', value };
  }

  #extension(start: number, length: number): Token {
    const type = this.#take(1).readInt8();
    const body = this.#take(length);
    return { kind: 'extension', type, body, raw: this.#bytes.subarray(start, this.#at) };
  }

  #uint(width: number): number {
    return this.#take(width).readUIntBE(0, width);
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new MsgpackError('the input ends in the middle of a value');
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}
