/** The gRPC status codes that are sent. Source: grpc/grpc doc/statuscodes.md. */
export enum Status {
  Ok = 0,
  Cancelled = 1,
  DeadlineExceeded = 4,
  NotFound = 5,
  ResourceExhausted = 8,
  Unimplemented = 12,
  Internal = 13,
}

/** A call that fails with a status of its own choice; every other error is INTERNAL. */
export class GrpcError extends Error {
  override readonly name = 'GrpcError';

  constructor(
    readonly status: Status,
    message: string,
  ) {
    super(message);
  }
}

/** The status and text that a failed call ends with. */
export function toGrpcError(error: unknown): GrpcError {
  if (error instanceof GrpcError) return error;
  return new GrpcError(Status.Internal, error instanceof Error ? error.message : String(error));
}

/**
 * A message in a trailer: UTF-8, percent-encoded outside of printable ASCII. Cut off where a header would grow too
 * large for the client to take (grpc-go refuses more than 16 MB, others 8 KB).
 */
export function encodeMessageText(message: string): string {
  return Buffer.from(message.slice(0, 2000), 'utf8').reduce(
    (text, byte) =>
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? text + String.fromCharCode(byte)
        : `${text}%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    '',
  );
}
