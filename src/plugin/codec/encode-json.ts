import type { CtyType, Value } from '../value';
import { encodeValue, type ValueSink } from './encode';
import { toText, type Numeric } from './number';

/**
 * Encodes a wholly known value. For ReadResource: answered in msgpack, numbers make refresh-only plans report a change
 * where there is none. Throws {@link ValueError} with the path of what does not fit, unknown values among it.
 */
export function encodeJson(value: Value, type: CtyType): Uint8Array {
  const sink = new JsonSink();
  encodeValue(value, type, sink);
  return Buffer.from(sink.text, 'utf8');
}

class JsonSink implements ValueSink {
  text = '';
  /** The closing text of each open container. */
  readonly #open: string[] = [];
  #first = true;

  nil(): void {
    this.#item('null');
  }
  bool(value: boolean): void {
    this.#item(String(value));
  }
  number(value: Numeric): boolean {
    const text = toText(value);
    if (text !== undefined) this.#item(text);
    return text !== undefined;
  }
  string(value: string): void {
    this.#item(JSON.stringify(value));
  }
  unknown(): boolean {
    return false;
  }
  array(): void {
    this.#begin('[', ']');
  }
  map(): void {
    this.#begin('{', '}');
  }
  key(key: string): void {
    this.#item(`${JSON.stringify(key)}:`);
    this.#first = true;
  }
  dynamic(type: CtyType): void {
    this.#begin(`{"type":${JSON.stringify(type)},"value":`, '}');
  }
  end(): void {
    this.text += this.#open.pop() ?? '';
    this.#first = false;
  }

  #item(text: string): void {
    this.text += this.#first ? text : `,${text}`;
    this.#first = false;
  }
  #begin(opening: string, closing: string): void {
    this.#item(opening);
    this.#open.push(closing);
    this.#first = true;
  }
}
