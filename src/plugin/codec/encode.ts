import { Decimal, Dynamic, Unknown, type CtyType, type Value } from '../value';
import { toWire, type Numeric } from './number';
import { typeName } from './type';
import { ValuePath } from './value-error';

/** Takes the parts of a checked value, in order; writes one of the two encodings. */
export interface ValueSink {
  nil(): void;
  bool(value: boolean): void;
  /** `false` when the encoding has no such number. */
  number(value: Numeric): boolean;
  string(value: string): void;
  /** `false` when the encoding has no unknown values. */
  unknown(value: Unknown, type: CtyType): boolean;
  /** The parts of a container follow, and then {@link end}. */
  array(length: number): void;
  map(length: number): void;
  key(key: string): void;
  /** A dynamic value: its value follows, and then {@link end}. */
  dynamic(type: CtyType): void;
  end(): void;
}

/** Holds a value to its type and hands its parts to the sink. Throws {@link ValueError} with the path of what does not fit. */
export function encodeValue(value: Value, type: CtyType, sink: ValueSink): void {
  new Encoder(sink).value(value, type);
}

class Encoder {
  readonly #path = new ValuePath();

  constructor(private readonly sink: ValueSink) {}

  value(value: Value | undefined, type: CtyType): void {
    if (value === null) return this.sink.nil();
    if (value instanceof Unknown) {
      if (!this.sink.unknown(value, type)) throw this.#path.error('is unknown, and only a plan can hold that');
      return;
    }
    switch (type) {
      case 'string':
        return typeof value === 'string' ? this.sink.string(value) : this.mismatch(type, value);
      case 'bool':
        return typeof value === 'boolean' ? this.sink.bool(value) : this.mismatch(type, value);
      case 'number':
        return this.number(value);
      case 'dynamic':
        if (!(value instanceof Dynamic)) return this.mismatch(type, value);
        this.sink.dynamic(value.type);
        this.value(value.value, value.type);
        return this.sink.end();
    }
    switch (type[0]) {
      case 'list':
      case 'set':
        return isArray(value) ? this.array(value, () => type[1]) : this.mismatch(type, value);
      case 'tuple': {
        const elements = type[1];
        if (!isArray(value)) return this.mismatch(type, value);
        if (value.length !== elements.length) {
          throw this.#path.error(`expected ${elements.length} elements, got ${value.length}`);
        }
        return this.array(value, (i) => elements[i] ?? 'dynamic');
      }
      case 'map':
        return value instanceof Map
          ? this.map(value as ReadonlyMap<string, Value>, type[1])
          : this.mismatch(type, value);
      case 'object':
        return isObject(value) ? this.object(value, type[1]) : this.mismatch(type, value);
    }
  }

  private number(value: Value | undefined): void {
    if (typeof value !== 'number' && typeof value !== 'bigint' && !(value instanceof Decimal)) {
      return this.mismatch('number', value);
    }
    const infinite = typeof value === 'number' && Math.abs(value) === Infinity;
    if ((!infinite && toWire(value) === undefined) || !this.sink.number(value)) {
      throw this.#path.error(infinite ? 'is infinite' : 'is not a number');
    }
  }

  private array(values: readonly Value[], typeAt: (index: number) => CtyType): void {
    this.sink.array(values.length);
    values.forEach((element, i) => this.#path.at(i, () => this.value(element, typeAt(i))));
    this.sink.end();
  }

  private map(map: ReadonlyMap<string, Value>, element: CtyType): void {
    this.sink.map(map.size);
    for (const [key, value] of map) {
      if (typeof key !== 'string') throw this.#path.error(`expected a key, got ${typeof key}`);
      this.sink.key(key);
      this.#path.at({ key }, () => this.value(value, element));
    }
    this.sink.end();
  }

  private object(object: Readonly<Record<string, Value>>, attributes: Readonly<Record<string, CtyType>>): void {
    for (const name of Object.keys(object)) {
      if (!Object.hasOwn(attributes, name)) throw this.#path.error(`unexpected attribute ${JSON.stringify(name)}`);
    }
    const types = Object.entries(attributes);
    this.sink.map(types.length);
    for (const [name, type] of types) {
      if (!Object.hasOwn(object, name)) throw this.#path.error(`attribute ${JSON.stringify(name)} is missing`);
      this.sink.key(name);
      this.#path.at(name, () => this.value(object[name], type));
    }
    this.sink.end();
  }

  private mismatch(type: CtyType, value: Value | undefined): never {
    throw this.#path.error(`expected ${typeName(type)}, got ${kindOf(value)}`);
  }
}

function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function isObject(value: Value | undefined): value is { readonly [attribute: string]: Value } {
  return kindOf(value) === 'object';
}

function kindOf(value: Value | undefined): string {
  if (typeof value === 'bigint' || value instanceof Decimal) return 'number';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Map) return 'map';
  if (value instanceof Dynamic) return 'dynamic';
  return typeof value;
}
