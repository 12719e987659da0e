/**
 * Messages described by tables: field name to number and kind. One small interpreter encodes and decodes them all, so
 * nothing is generated and nothing is loaded but the tables.
 */
import { ProtobufError, WireReader, WireType, WireWriter } from './wire';

/** How the value of one field is read and written. */
interface Kind<T> {
  readonly wire: WireType;
  read(reader: WireReader): T;
  write(writer: WireWriter, value: T): void;
}

/** One field of a message. */
export interface Field {
  readonly number: number;
  readonly wire: WireType;
  /** Reads one occurrence; `before` is what earlier ones made. */
  read(reader: WireReader, before: unknown): unknown;
  write(writer: WireWriter, value: unknown): void;
  /** What stands for a field that did not come; undefined leaves the property out. */
  absent(): unknown;
}

/** The table of a message: every property of `T` has its field. */
export type MessageType<T> = { readonly [K in keyof Required<T>]: Field };

const TEXT: Kind<string> = {
  wire: WireType.Bytes,
  read: (reader) => reader.text(),
  write: (writer, value) => writer.text(value),
};
const BYTES: Kind<Uint8Array> = {
  wire: WireType.Bytes,
  read: (reader) => reader.bytes(),
  write: (writer, value) => writer.bytes(value),
};
const BOOL: Kind<boolean> = {
  wire: WireType.Varint,
  read: (reader) => reader.varint() !== 0n,
  write: (writer, value) => writer.uint32(value ? 1 : 0),
};
const INT64: Kind<bigint> = {
  wire: WireType.Varint,
  read: (reader) => BigInt.asIntN(64, reader.varint()),
  write: (writer, value) => writer.int64(value),
};
const ENUM: Kind<number> = {
  wire: WireType.Varint,
  read: (reader) => Number(BigInt.asIntN(32, reader.varint())),
  write: (writer, value) => writer.int64(BigInt(value)),
};

function single<T>(number: number, kind: Kind<T>, absent: () => T | undefined): Field {
  return {
    number,
    wire: kind.wire,
    read: (reader) => kind.read(reader),
    write: (writer, value) => {
      writer.tag(number, kind.wire);
      kind.write(writer, value as T);
    },
    absent,
  };
}

/** A field that did not come is left out, instead of being the default of its kind: proto3 `optional` and `oneof`. */
export function optional(field: Field): Field {
  return { ...field, absent: () => undefined };
}

export const text = (number: number): Field => single(number, TEXT, () => '');
export const bytes = (number: number): Field => single(number, BYTES, () => new Uint8Array());
export const bool = (number: number): Field => single(number, BOOL, () => false);
export const int64 = (number: number): Field => single(number, INT64, () => 0n);
export const enumeration = (number: number): Field => single(number, ENUM, () => 0);

function messageKind<T extends object>(type: () => MessageType<T>): Kind<T> {
  return {
    wire: WireType.Bytes,
    read: (reader) => readMessage(type(), new WireReader(reader.bytes())),
    write: (writer, value) => writer.delimited(() => writeMessage(type(), value, writer)),
  };
}

/** A message in a message. `type` is a thunk, because messages may contain themselves. */
export function nested<T extends object>(number: number, type: () => MessageType<T>): Field {
  return single(number, messageKind(type), () => undefined);
}

/** A message in a message that is always there: one that did not come is an empty one. */
export function present<T extends object>(number: number, type: () => MessageType<T>): Field {
  return single(number, messageKind(type), () => readMessage(type(), new WireReader(Buffer.alloc(0))));
}

function list<T>(number: number, kind: Kind<T>): Field {
  return {
    number,
    wire: WireType.Bytes,
    read: (reader, before) => {
      const values = (before as T[] | undefined) ?? [];
      values.push(kind.read(reader));
      return values;
    },
    write: (writer, values) => {
      for (const value of values as readonly T[]) {
        writer.tag(number, WireType.Bytes);
        kind.write(writer, value);
      }
    },
    absent: () => [],
  };
}

/** `repeated` messages: an array. */
export function repeated<T extends object>(number: number, type: () => MessageType<T>): Field {
  return list(number, messageKind(type));
}

/** `map<string, …>`: a Map. On the wire each entry is a message of key (1) and value (2). */
function map<T>(number: number, value: Field): Field {
  type Entry = { readonly key: string; readonly value: T };
  const entries = list<Entry>(
    number,
    messageKind<Entry>(() => ({ key: text(1), value })),
  );
  return {
    ...entries,
    read: (reader, before) => {
      const values = (before as Map<string, T> | undefined) ?? new Map<string, T>();
      for (const entry of entries.read(reader, undefined) as Entry[]) values.set(entry.key, entry.value);
      return values;
    },
    write: (writer, values) => {
      entries.write(
        writer,
        Array.from(values as ReadonlyMap<string, T>, ([key, entry]) => ({ key, value: entry })),
      );
    },
    absent: () => new Map(),
  };
}

/** `map<string, message>` */
export function messageMap<T extends object>(number: number, type: () => MessageType<T>): Field {
  return map<T>(number, present(2, type));
}

/** `map<string, string>` */
export function textMap(number: number): Field {
  return map<string>(number, text(2));
}

/** `google.protobuf.Timestamp`: milliseconds since the epoch. */
export function timestamp(number: number): Field {
  type Parts = { readonly seconds: bigint; readonly nanos: bigint };
  const parts = messageKind<Parts>(() => ({ seconds: int64(1), nanos: int64(2) }));
  const kind: Kind<number> = {
    wire: WireType.Bytes,
    read: (reader) => {
      const { seconds, nanos } = parts.read(reader);
      return Number(seconds) * 1000 + Math.floor(Number(nanos) / 1_000_000);
    },
    write: (writer, ms) => {
      const seconds = Math.floor(ms / 1000);
      parts.write(writer, { seconds: BigInt(seconds), nanos: BigInt(Math.round((ms - seconds * 1000) * 1_000_000)) });
    },
  };
  return single(number, kind, () => undefined);
}

/** The fields of each table by number; made once for each. */
const byNumber = new WeakMap<object, ReadonlyMap<number, readonly [string, Field]>>();

function fieldsOf(type: object): ReadonlyMap<number, readonly [string, Field]> {
  let fields = byNumber.get(type);
  if (fields === undefined) {
    fields = new Map(Object.entries(type as Record<string, Field>).map((entry) => [entry[1].number, entry]));
    byNumber.set(type, fields);
  }
  return fields;
}

function readMessage<T extends object>(type: MessageType<T>, reader: WireReader): T {
  const fields = fieldsOf(type);
  const message: Record<string, unknown> = {};
  while (!reader.done) {
    const { field: number, wire } = reader.tag();
    const [name, field] = fields.get(number) ?? [];
    if (name === undefined || field === undefined) {
      reader.skip(wire);
      continue;
    }
    if (wire !== field.wire) throw new ProtobufError(`field ${number} has wire type ${wire}`);
    message[name] = field.read(reader, message[name]);
  }
  for (const [name, field] of fields.values()) {
    if (message[name] !== undefined) continue;
    const absent = field.absent();
    if (absent !== undefined) message[name] = absent;
  }
  return message as T;
}

function writeMessage<T extends object>(type: MessageType<T>, message: T, writer: WireWriter): void {
  for (const [name, field] of fieldsOf(type).values()) {
    const value = (message as Record<string, unknown>)[name];
    if (value !== undefined) field.write(writer, value);
  }
}

/** Reads a message; fields it does not know are passed over. Throws {@link ProtobufError} when the bytes are none. */
export function decodeMessage<T extends object>(type: MessageType<T>, bytes: Uint8Array): T {
  return readMessage(type, new WireReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
}

/** Writes a message. @param headroom bytes left free in front of it, for a frame header */
export function encodeMessage<T extends object>(type: MessageType<T>, message: T, headroom = 0): Buffer {
  const writer = new WireWriter(headroom);
  writeMessage(type, message, writer);
  return writer.finish();
}
