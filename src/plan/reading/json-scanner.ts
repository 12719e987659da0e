/**
 * Walks through a JSON text that comes in pieces, says what begins and ends where, and keeps nothing. Takes exactly what
 * `JSON.parse` takes: every byte is checked, also of what nobody asks for. Needs no stack, however deep the text is nested.
 */
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  ENDS_RUN,
  IS_ESCAPE,
  isHex,
  isWhite,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './json-bytes';
import { JsonNumber } from './json-number';
import { Nesting } from './nesting';
import { Next } from './next';
import { PassOver, STRETCH } from './pass-over';

/** Why a text is not JSON. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
}

/** Hears of the values that are no deeper than it watches. Offsets count from the beginning of the text. */
export interface JsonListener {
  /** A key of the object that is open, as it is written: without its quotes, with its escapes. */
  key(from: number, to: number, isEscaped: boolean): void;
  /** A value begins; `first` is its first byte. */
  begin(at: number, first: number): void;
  /** The value that began last at this depth has ended. */
  end(at: number): void;
}

const WORDS: Readonly<Record<number, string>> = { 0x74: 'true', 0x66: 'false', 0x6e: 'null' };

export class JsonScanner {
  /** How deep the listener hears: 0 is the value of the text itself, 1 what is right in it. */
  watch = 0;
  /** Bytes from this offset on are kept for {@link text}. */
  keep = Number.POSITIVE_INFINITY;

  private window: Buffer = Buffer.alloc(0);
  /** What the window lies in when it holds bytes of several pieces. */
  private store: Buffer = Buffer.alloc(0);
  /** Offset of the window's first byte. */
  private base = 0;
  private readonly nesting = new Nesting();
  private readonly passing = new PassOver(this.nesting);
  private readonly number = new JsonNumber();
  private next: Next = Next.Value;
  private word = '';
  private matched = 0;
  private hex = 0;
  private isKey = false;
  private isEscaped = false;
  private textFrom = 0;

  constructor(private readonly listener: JsonListener) {}

  /** Objects and arrays that are open. */
  get depth(): number {
    return this.nesting.depth;
  }

  /** The most that were open at once, since the listener asked to {@link measure}. */
  get deepest(): number {
    return this.nesting.deepest;
  }

  /** How deep the text goes is counted again from here. */
  measure(): void {
    this.nesting.deepest = this.nesting.depth;
  }

  /** Whether the value has ended; what follows may be white space only. */
  get isDone(): boolean {
    return this.next === Next.Nothing;
  }

  /**
   * Takes the next piece. Answers how many of its bytes were read: fewer than all when the value has ended and something
   * else follows. Throws {@link NotJson}.
   */
  push(piece: Buffer): number {
    const before = this.window.length;
    const first = Math.min(this.keep, this.isKey ? this.textFrom : Number.POSITIVE_INFINITY);
    const kept = Math.max(0, this.base + before - first);
    const from = kept > 0 ? before - kept : before;
    this.window = kept > 0 ? this.joined(from, piece) : piece;
    this.base += from;
    const end = this.scan(kept);
    return end - kept;
  }

  /** No more pieces come. Throws {@link NotJson} when something is missing. */
  finish(): void {
    if (this.depth === 0 && this.next === Next.Number) this.endNumber(this.base + this.window.length);
    if (this.next !== Next.Nothing) throw new NotJson('it ends too early');
  }

  /** A kept part. */
  text(from: number, to: number): string {
    return this.window.toString('utf8', from - this.base, to - this.base);
  }

  /** Copies a kept part. */
  copy(into: Buffer, at: number, from: number, to: number): void {
    this.window.copy(into, at, from - this.base, to - this.base);
  }

  byteAt(offset: number): number {
    return this.window[offset - this.base] ?? 0;
  }

  /** The window from `from` on, and the piece behind it. A long value comes in many pieces: its bytes are moved a few times only. */
  private joined(from: number, piece: Buffer): Buffer {
    const { window, store } = this;
    const kept = window.length - from;
    const isStored = window.buffer === store.buffer;
    const end = isStored ? window.byteOffset - store.byteOffset + window.length : 0;
    if (isStored && end + piece.length <= store.length) {
      piece.copy(store, end);
      return store.subarray(end - kept, end + piece.length);
    }
    const size = kept + piece.length;
    const into = size <= store.length ? store : Buffer.allocUnsafeSlow(size * 2);
    window.copy(into, 0, from);
    piece.copy(into, kept);
    this.store = into;
    return into.subarray(0, size);
  }

  private scan(from: number): number {
    const { window, base, nesting, passing } = this;
    const size = window.length;
    let at = from;
    let next = this.next;
    while (at < size) {
      if (next < Next.Text && nesting.depth > this.watch) {
        const begun = at;
        at = passing.run(window, begun, next, this.watch + 1);
        next = passing.next;
        if (at === size) break;
        if (at - begun >= STRETCH) continue;
      }
      if (next === Next.Text) {
        // Most of a plan is texts: this is where the time goes.
        while (at < size && ENDS_RUN[window[at]!] === 0) at += 1;
        if (at === size) break;
        const byte = window[at]!;
        if (byte < 0x20) throw this.unexpected(at);
        at += 1;
        if (byte === BACKSLASH) {
          this.isEscaped = true;
          next = Next.Escape;
          continue;
        }
        const isHeard = nesting.depth <= this.watch;
        if (!this.isKey) {
          next = nesting.depth === 0 ? Next.Nothing : Next.CommaOrEnd;
          if (isHeard) this.listener.end(base + at);
          continue;
        }
        this.isKey = false;
        if (isHeard) this.listener.key(this.textFrom, base + at - 1, this.isEscaped);
        next = Next.Colon;
        if (at < size && window[at] === COLON) {
          at += 1;
          next = Next.Value;
        }
        continue;
      }
      const byte = window[at]!;
      if (next === Next.Number) {
        const further = this.number.takes(byte);
        if (further) {
          at += 1;
          continue;
        }
        this.endNumber(base + at);
        next = this.next;
        continue;
      }
      if (byte <= 0x20 && next < Next.Text) {
        if (!isWhite(byte)) throw this.unexpected(at);
        at += 1;
        continue;
      }
      switch (next) {
        case Next.CommaOrEnd:
          if (byte === COMMA) {
            next = nesting.isObject ? Next.Key : Next.Value;
          } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
            next = this.close(byte, at);
          } else throw this.unexpected(at);
          at += 1;
          break;
        case Next.KeyOrEnd:
        case Next.Key:
          if (byte === QUOTE) {
            this.isKey = true;
            this.isEscaped = false;
            this.textFrom = base + at + 1;
            next = Next.Text;
          } else if (byte === CLOSE_OBJECT && next === Next.KeyOrEnd) {
            next = this.close(byte, at);
          } else throw this.unexpected(at);
          at += 1;
          break;
        case Next.Colon:
          if (byte !== COLON) throw this.unexpected(at);
          next = Next.Value;
          at += 1;
          break;
        case Next.ValueOrEnd:
        case Next.Value:
          if (byte === CLOSE_ARRAY && next === Next.ValueOrEnd) {
            next = this.close(byte, at);
            at += 1;
            break;
          }
          next = this.open(byte, at);
          at += 1;
          break;
        case Next.Escape:
          if (byte === 0x75) {
            this.hex = 0;
            next = Next.Hex;
          } else if (IS_ESCAPE[byte] === 1) next = Next.Text;
          else throw this.unexpected(at);
          at += 1;
          break;
        case Next.Hex:
          if (!isHex(byte)) throw this.unexpected(at);
          this.hex += 1;
          if (this.hex === 4) next = Next.Text;
          at += 1;
          break;
        case Next.Word:
          if (byte !== this.word.charCodeAt(this.matched)) throw this.unexpected(at);
          this.matched += 1;
          at += 1;
          if (this.matched === this.word.length) {
            next = nesting.depth === 0 ? Next.Nothing : Next.CommaOrEnd;
            if (this.depth <= this.watch) this.listener.end(base + at);
          }
          break;
        case Next.Nothing:
          if (!isWhite(byte)) {
            this.next = next;
            return at;
          }
          at += 1;
          break;
      }
    }
    this.next = next;
    return at;
  }

  private open(byte: number, at: number): Next {
    if (this.depth <= this.watch) this.listener.begin(this.base + at, byte);
    if (byte === QUOTE) {
      this.isEscaped = false;
      return Next.Text;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      this.nesting.open(byte);
      return byte === OPEN_OBJECT ? Next.KeyOrEnd : Next.ValueOrEnd;
    }
    const word = WORDS[byte];
    if (word !== undefined) {
      this.word = word;
      this.matched = 1;
      return Next.Word;
    }
    if (!this.number.begin(byte)) throw this.unexpected(at);
    return Next.Number;
  }

  private close(byte: number, at: number): Next {
    if (this.nesting.isObject !== (byte === CLOSE_OBJECT)) throw this.unexpected(at);
    this.nesting.close();
    if (this.depth <= this.watch) this.listener.end(this.base + at + 1);
    return this.depth === 0 ? Next.Nothing : Next.CommaOrEnd;
  }

  private endNumber(at: number): void {
    if (!this.number.isWhole) throw new NotJson(`a number is cut off at byte ${at}`);
    this.next = this.depth === 0 ? Next.Nothing : Next.CommaOrEnd;
    if (this.depth <= this.watch) this.listener.end(at);
  }

  private unexpected(at: number): NotJson {
    return new NotJson(`byte ${this.base + at} is unexpected`);
  }
}
