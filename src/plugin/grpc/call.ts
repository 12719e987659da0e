import { setMaxListeners } from 'node:events';
import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { fillFrameHeader, MessageReader } from './frame';
import { encodeMessageText, GrpcError, Status, toGrpcError } from './status';
import { parseTimeout } from './timeout';

const RESPONSE_HEADERS = { ':status': 200, 'content-type': 'application/grpc' };

/** A method with one request and one response: takes the request's bytes, gives a frame whose header is still free. */
export type UnaryHandler = (request: Buffer, signal: AbortSignal) => Promise<Buffer>;

/** Ends a call without a message. */
export function fail(stream: ServerHttp2Stream, error: GrpcError): void {
  if (stream.destroyed || stream.closed) return;
  const trailers = { 'grpc-status': String(error.status), 'grpc-message': encodeMessageText(error.message) };
  if (stream.headersSent) {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    return;
  }
  stream.respond({ ...RESPONSE_HEADERS, ...trailers }, { endStream: true });
  // The rest of the request is of no interest: without this its data would stay in the flow-control window.
  stream.resume();
}

/** Opens a response that stays open: sends headers now, and status OK when the stream ends. */
export function openResponse(stream: ServerHttp2Stream): void {
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(Status.Ok) }));
  stream.respond(RESPONSE_HEADERS, { waitForTrailers: true });
}

/**
 * Runs one unary call: gathers the request, calls the handler, sends response and status. The signal is aborted when the client
 * cancels or disconnects, when its deadline passes, or when `parent` is.
 *
 * @returns when the call is over, whatever its end; never rejects
 */
export async function runUnary(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  parent: AbortSignal,
  handler: UnaryHandler,
): Promise<void> {
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  const onParent = (): void => abort.abort(parent.reason);
  const onClose = (): void => abort.abort(new GrpcError(Status.Cancelled, 'Terraform cancelled the call.'));
  parent.addEventListener('abort', onParent, { once: true });
  stream.once('close', onClose);
  const stopTimer = startDeadline(stream, headers, abort);
  try {
    const request = await readRequest(stream);
    const frame = await handler(request, abort.signal);
    if (stream.destroyed || stream.closed || stream.headersSent) return;
    openResponse(stream);
    stream.end(fillFrameHeader(frame));
  } catch (error) {
    fail(stream, toGrpcError(error));
  } finally {
    stopTimer();
    parent.removeEventListener('abort', onParent);
    stream.off('close', onClose);
  }
}

/** The client is told at once; the handler learns it from the signal. */
function startDeadline(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, abort: AbortController): () => void {
  const header = headers['grpc-timeout'];
  const timeout = parseTimeout(typeof header === 'string' ? header : undefined);
  if (timeout === undefined) return () => undefined;
  const timer = setTimeout(() => {
    const late = new GrpcError(Status.DeadlineExceeded, 'The deadline of the call has passed.');
    abort.abort(late);
    fail(stream, late);
  }, timeout);
  return () => clearTimeout(timer);
}

function readRequest(stream: ServerHttp2Stream): Promise<Buffer> {
  const reader = new MessageReader();
  return new Promise((resolve, reject) => {
    const settle = (run: () => void): void => {
      try {
        run();
      } catch (error) {
        stream.removeAllListeners('data');
        reject(toGrpcError(error));
      }
    };
    stream.on('data', (chunk: Buffer) => settle(() => reader.push(chunk)));
    stream.on('end', () => settle(() => resolve(reader.finish())));
    stream.on('close', () => reject(new GrpcError(Status.Cancelled, 'The client went away.')));
  });
}
