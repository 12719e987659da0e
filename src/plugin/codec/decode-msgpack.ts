import { Dynamic, type CtyType, type Value } from '../value';
import { MsgpackError, MsgpackReader, type Token } from './msgpack-reader';
import { fromFloat, fromInteger, parseNumber } from './number';
import { readUnknown } from './refinement';
import { ObjectBuilder } from './object-builder';
import { parseType, typeName } from './type';
import { ValuePath } from './value-error';

/** Decodes a value of the given type. Throws {@link ValueError} with the path of what does not fit. */
export function decodeMsgpack(bytes: Uint8Array, type: CtyType): Value {
  const path = new ValuePath();
  const decoder = new Decoder(new MsgpackReader(bytes), path);
  try {
    return decoder.whole(type);
  } catch (error) {
    throw error instanceof MsgpackError ? path.error(error.message) : error;
  }
}

class Decoder {
  constructor(
    private readonly reader: MsgpackReader,
    private readonly path: ValuePath,
  ) {}

  whole(type: CtyType): Value {
    const value = this.value(type);
    if (!this.reader.done) throw this.path.error('bytes follow the value');
    return value;
  }

  private value(type: CtyType): Value {
    const token = this.reader.next();
    if (token.kind === 'nil') return null;
    if (token.kind === 'extension') return readUnknown(token);
    switch (type) {
      case 'string':
        return token.kind === 'string' ? token.value : this.mismatch(type, token);
      case 'bool':
        return token.kind === 'bool' ? token.value : this.mismatch(type, token);
      case 'number':
        return this.number(token);
      case 'dynamic':
        return this.dynamic(token);
    }
    switch (type[0]) {
      case 'list':
      case 'set':
        if (token.kind !== 'array') return this.mismatch(type, token);
        return Array.from({ length: token.length }, (_, i) => this.path.at(i, () => this.value(type[1])));
      case 'tuple':
        if (token.kind !== 'array') return this.mismatch(type, token);
        if (token.length !== type[1].length) {
          throw this.path.error(`expected ${type[1].length} elements, got ${token.length}`);
        }
        return type[1].map((element, i) => this.path.at(i, () => this.value(element)));
      case 'map':
        return token.kind === 'map' ? this.map(token.length, type[1]) : this.mismatch(type, token);
      case 'object':
        return token.kind === 'map' ? this.object(token.length, type[1]) : this.mismatch(type, token);
    }
  }

  private number(token: Token): Value {
    switch (token.kind) {
      case 'integer':
        return typeof token.value === 'bigint' ? fromInteger(token.value) : token.value;
      case 'float':
        if (Number.isNaN(token.value)) throw this.path.error('not a number');
        return fromFloat(token.value);
      case 'string': {
        const number = parseNumber(token.value);
        if (number === undefined) throw this.path.error('expected a number, got text that is none');
        return number;
      }
      default:
        return this.mismatch('number', token);
    }
  }

  /** `[type as JSON, value]` */
  private dynamic(token: Token): Value {
    if (token.kind !== 'array' || token.length !== 2) {
      throw this.path.error('expected a dynamic value (its type and the value)');
    }
    const head = this.reader.next();
    if (head.kind !== 'binary' && head.kind !== 'string') return this.mismatch('dynamic', head);
    const type = this.typeOf(head.kind === 'binary' ? head.value : Buffer.from(head.value));
    return new Dynamic(type, this.value(type));
  }

  private typeOf(json: Uint8Array): CtyType {
    try {
      return parseType(json);
    } catch (error) {
      throw this.path.error(`the type of a dynamic value cannot be read: ${(error as Error).message}`);
    }
  }

  private map(length: number, element: CtyType): Value {
    const map = new Map<string, Value>();
    for (let i = 0; i < length; i += 1) {
      const key = this.key();
      map.set(
        key,
        this.path.at({ key }, () => this.value(element)),
      );
    }
    return map;
  }

  private object(length: number, attributes: Readonly<Record<string, CtyType>>): Value {
    const object = new ObjectBuilder(attributes, this.path);
    for (let i = 0; i < length; i += 1) {
      const name = this.key();
      const type = object.expect(name);
      object.set(
        name,
        this.path.at(name, () => this.value(type)),
      );
    }
    return object.finish();
  }

  private key(): string {
    const token = this.reader.next();
    if (token.kind !== 'string') throw this.path.error(`expected a key, got ${token.kind}`);
    return token.value;
  }

  private mismatch(type: CtyType, token: Token): never {
    throw this.path.error(`expected ${typeName(type)}, got ${token.kind}`);
  }
}
