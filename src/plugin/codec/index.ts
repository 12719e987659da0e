/** The schema-directed value codec: bytes of a DynamicValue to {@link Value} and back, each held to its type. */
import type { DynamicValue } from '../protocol';
import type { CtyType, Value } from '../value';
import { decodeJson } from './decode-json';
import { decodeMsgpack } from './decode-msgpack';

export { encodeJson } from './encode-json';
export { encodeMsgpack } from './encode-msgpack';
export { parseJson, type JsonValue } from './json-text';
export { encodeType, parseType } from './type';
export { ValueError } from './value-error';

/**
 * Decodes a value in whichever encoding it came; an absent one is null.
 *
 * @throws ValueError with the path of the first part that does not fit the type
 */
export function decodeDynamic(value: DynamicValue | undefined, type: CtyType): Value {
  if (value?.msgpack !== undefined && value.msgpack.length > 0) return decodeMsgpack(value.msgpack, type);
  if (value?.json !== undefined && value.json.length > 0) return decodeJson(value.json, type, 'exact');
  return null;
}

/**
 * Decodes state as it lies in the state file, without loss of digits. Attributes that the type does not know are
 * dropped and missing ones are null, because the state may be older than the schema.
 *
 * @throws ValueError with the path of the first part that does not fit the type
 */
export function decodeRawJson(json: Uint8Array, type: CtyType): Value {
  return decodeJson(json, type, 'lenient');
}
