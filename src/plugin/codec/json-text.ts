/**
 * JSON without loss. `JSON.parse` turns every number into a double and so destroys 12345678901234567890; this reader
 * keeps numbers as {@link Numeric}. Text in, plain data out; no type is needed, so it also reads state of an older schema.
 */
import { isUtf8 } from 'node:buffer';
import type { Decimal } from '../value';
import { parseNumber } from './number';

/** What JSON can say. Objects have no prototype, so every key is data. */
export type JsonValue =
  null | boolean | string | number | bigint | Decimal | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** More than any state; less than what would end the stack. */
const MOST_NESTED = 512;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Reads JSON. Throws a SyntaxError that names the position and never quotes the text, which may hold secrets. */
export function parseJson(bytes: Uint8Array): JsonValue {
  if (!isUtf8(bytes)) throw new SyntaxError('Malformed JSON: not UTF-8');
  return new Parser(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')).whole();
}

class Parser {
  #at = 0;

  constructor(private readonly text: string) {}

  whole(): JsonValue {
    const value = this.value(0);
    this.space();
    if (this.#at < this.text.length) this.fail('text follows the value');
    return value;
  }

  private value(depth: number): JsonValue {
    if (depth > MOST_NESTED) this.fail(`nested deeper than ${MOST_NESTED} levels`);
    this.space();
    switch (this.text[this.#at]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private object(depth: number): JsonValue {
    const object = Object.create(null) as Record<string, JsonValue>;
    this.#at += 1;
    if (this.take('}')) return object;
    do {
      this.space();
      if (this.text[this.#at] !== '"') this.fail('expected a key');
      const key = this.string();
      if (!this.take(':')) this.fail('expected a colon');
      object[key] = this.value(depth + 1);
    } while (this.take(','));
    if (!this.take('}')) this.fail('expected a comma or the end of the object');
    return object;
  }

  private array(depth: number): JsonValue {
    const array: JsonValue[] = [];
    this.#at += 1;
    if (this.take(']')) return array;
    do array.push(this.value(depth + 1));
    while (this.take(','));
    if (!this.take(']')) this.fail('expected a comma or the end of the array');
    return array;
  }

  private string(): string {
    const start = this.#at;
    let plain = true;
    for (let at = start + 1; at < this.text.length; at += 1) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        return plain ? this.text.slice(start + 1, at) : this.escaped(start, at + 1);
      }
      if (code < 0x20) break;
      if (code === BACKSLASH) {
        plain = false;
        at += 1;
      }
    }
    return this.fail('a string does not end');
  }

  private escaped(start: number, end: number): string {
    try {
      return JSON.parse(this.text.slice(start, end)) as string;
    } catch {
      return this.fail('a string has an unknown escape');
    }
  }

  private number(): JsonValue {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.text)?.[0];
    const number = match === undefined ? undefined : parseNumber(match);
    if (match === undefined || number === undefined) return this.fail('expected a value');
    this.#at += match.length;
    return number;
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.#at)) this.fail('expected a value');
    this.#at += word.length;
    return value;
  }

  private take(character: string): boolean {
    this.space();
    if (this.text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  private space(): void {
    if (this.text.charCodeAt(this.#at) > 0x20) return;
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.text);
    this.#at = SPACE.lastIndex;
  }

  private fail(problem: string): never {
    throw new SyntaxError(`Malformed JSON at position ${this.#at}: ${problem}`);
  }
}
