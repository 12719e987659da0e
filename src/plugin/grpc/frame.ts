/**
 * Length-prefixed messages: one byte "compressed", four bytes length, the message.
 * Source: grpc/grpc doc/PROTOCOL-HTTP2.md.
 */
import { GrpcError, Status } from './status';

/** The bytes in front of each message. */
export const FRAME_HEADER = 5;

/** The largest message taken, in bytes: what the Go servers take. State and plans of that size exist. */
export const MOST_MESSAGE_BYTES = 256 * 1024 * 1024;

/** Fills the header into a buffer whose first {@link FRAME_HEADER} bytes were left free. */
export function fillFrameHeader(frame: Buffer): Buffer {
  frame.writeUInt8(0, 0);
  frame.writeUInt32BE(frame.length - FRAME_HEADER, 1);
  return frame;
}

/** Gathers the one message of a unary request. Throws {@link GrpcError}. */
export class MessageReader {
  readonly #chunks: Buffer[] = [];
  #received = 0;
  #expected: number | undefined;

  constructor(private readonly limit = MOST_MESSAGE_BYTES) {}

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    this.#expected ??= this.#readHeader();
    if (this.#expected !== undefined && this.#received > this.#expected) {
      throw new GrpcError(Status.Internal, 'A unary call takes one message; more than one came.');
    }
  }

  /** The message, once the request has ended. */
  finish(): Buffer {
    if (this.#expected === undefined || this.#received < this.#expected) {
      throw new GrpcError(Status.Internal, 'The request ended before its message was complete.');
    }
    return Buffer.concat(this.#chunks).subarray(FRAME_HEADER);
  }

  #readHeader(): number | undefined {
    if (this.#received < FRAME_HEADER) return undefined;
    const header = Buffer.concat(this.#chunks);
    if (header.readUInt8(0) !== 0) {
      throw new GrpcError(Status.Unimplemented, 'Compressed messages are not supported; send identity encoding.');
    }
    const length = header.readUInt32BE(1);
    if (length > this.limit) {
      throw new GrpcError(
        Status.ResourceExhausted,
        `The message has ${length} bytes; at most ${this.limit} are taken. Split the configuration into smaller resources.`,
      );
    }
    return FRAME_HEADER + length;
  }
}
