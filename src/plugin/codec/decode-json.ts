import { Decimal, Dynamic, type CtyType, type Value } from '../value';
import { parseJson, type JsonValue } from './json-text';
import { parseNumber } from './number';
import { ObjectBuilder } from './object-builder';
import { toCtyType, typeName } from './type';
import { ValuePath } from './value-error';

/** How the attributes of objects are held to their type. */
export type Strictness =
  /** Exactly the attributes of the type, as in a value that was made for it. */
  | 'exact'
  /** What the type does not know is dropped, what is missing is null: state that an older version wrote. */
  | 'lenient';

/** Decodes JSON of the given type. Throws {@link ValueError} with the path of what does not fit. */
export function decodeJson(bytes: Uint8Array, type: CtyType, strictness: Strictness): Value {
  const path = new ValuePath();
  return new Decoder(path, strictness).value(parse(bytes, path), type);
}

function parse(bytes: Uint8Array, path: ValuePath): JsonValue {
  try {
    return parseJson(bytes);
  } catch (error) {
    throw path.error((error as Error).message);
  }
}

type JsonObject = { readonly [key: string]: JsonValue };

class Decoder {
  constructor(
    private readonly path: ValuePath,
    private readonly strictness: Strictness,
  ) {}

  value(json: JsonValue, type: CtyType): Value {
    if (json === null) return null;
    switch (type) {
      case 'string':
        return typeof json === 'string' ? json : this.mismatch(type, json);
      case 'bool':
        return typeof json === 'boolean' ? json : this.mismatch(type, json);
      case 'number':
        return this.number(json);
      case 'dynamic':
        return this.dynamic(json);
    }
    switch (type[0]) {
      case 'list':
      case 'set':
        if (!isArray(json)) return this.mismatch(type, json);
        return json.map((element, i) => this.path.at(i, () => this.value(element, type[1])));
      case 'tuple': {
        if (!isArray(json)) return this.mismatch(type, json);
        const elements = type[1];
        if (json.length !== elements.length) {
          throw this.path.error(`expected ${elements.length} elements, got ${json.length}`);
        }
        return elements.map((element, i) => this.path.at(i, () => this.value(json[i] ?? null, element)));
      }
      case 'map':
        if (!isObject(json)) return this.mismatch(type, json);
        return new Map(
          Object.entries(json).map(([key, element]) => [
            key,
            this.path.at({ key }, () => this.value(element, type[1])),
          ]),
        );
      case 'object':
        return isObject(json) ? this.object(json, type[1]) : this.mismatch(type, json);
    }
  }

  private number(json: JsonValue): Value {
    if (typeof json === 'number' || typeof json === 'bigint' || json instanceof Decimal) return json;
    // cty takes a number in a string too.
    const number = typeof json === 'string' ? parseNumber(json) : undefined;
    return number ?? this.mismatch('number', json);
  }

  private dynamic(json: JsonValue): Value {
    if (!isObject(json) || json.type === undefined || json.value === undefined) {
      throw this.path.error('expected a dynamic value (its type and the value)');
    }
    const { type: written, value } = json;
    let type: CtyType;
    try {
      type = toCtyType(written);
    } catch (error) {
      throw this.path.error(`the type of a dynamic value cannot be read: ${(error as Error).message}`);
    }
    return new Dynamic(type, this.value(value, type));
  }

  private object(json: JsonObject, attributes: Readonly<Record<string, CtyType>>): Value {
    const lenient = this.strictness === 'lenient';
    const object = new ObjectBuilder(attributes, this.path);
    for (const [name, attribute] of Object.entries(json)) {
      if (lenient && !Object.hasOwn(attributes, name)) continue;
      const type = object.expect(name);
      object.set(
        name,
        this.path.at(name, () => this.value(attribute, type)),
      );
    }
    return object.finish(lenient ? null : undefined);
  }

  private mismatch(type: CtyType, json: JsonValue): never {
    const got = isArray(json) ? 'array' : isObject(json) ? 'object' : typeof json;
    throw this.path.error(`expected ${typeName(type)}, got ${got === 'bigint' ? 'number' : got}`);
  }
}

function isArray(json: JsonValue): json is readonly JsonValue[] {
  return Array.isArray(json);
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof Decimal);
}
