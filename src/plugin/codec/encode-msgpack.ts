import type { CtyType, Unknown, Value } from '../value';
import { encodeValue, type ValueSink } from './encode';
import { MsgpackWriter } from './msgpack-writer';
import { toWire, type Numeric } from './number';
import { writeUnknown } from './refinement';
import { encodeType } from './type';

/** Encodes a value of the given type. Throws {@link ValueError} with the path of what does not fit. */
export function encodeMsgpack(value: Value, type: CtyType): Uint8Array {
  const sink = new MsgpackSink();
  encodeValue(value, type, sink);
  return sink.writer.finish();
}

class MsgpackSink implements ValueSink {
  readonly writer = new MsgpackWriter();

  nil(): void {
    this.writer.nil();
  }
  bool(value: boolean): void {
    this.writer.bool(value);
  }
  number(value: Numeric): boolean {
    const wire = toWire(value);
    // Decimal text means the same in every version of Terraform; fractions as floats do not.
    if (typeof wire === 'string') this.writer.string(wire);
    else if (wire !== undefined) this.writer.integer(wire);
    else this.writer.float(Number(value));
    return true;
  }
  string(value: string): void {
    this.writer.string(value);
  }
  unknown(value: Unknown, type: CtyType): boolean {
    writeUnknown(this.writer, value, type);
    return true;
  }
  array(length: number): void {
    this.writer.array(length);
  }
  map(length: number): void {
    this.writer.map(length);
  }
  key(key: string): void {
    this.writer.string(key);
  }
  dynamic(type: CtyType): void {
    this.writer.array(2);
    this.writer.binary(encodeType(type));
  }
  /** MessagePack containers say their length at the front. */
  end(): void {}
}
