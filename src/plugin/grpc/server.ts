/** gRPC on raw `node:http2`: it loads in a fraction of the time of a gRPC library, and start-up is paid many times. */
import { setMaxListeners } from 'node:events';
import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { fail, runUnary, type UnaryHandler } from './call';
import { GrpcError, Status } from './status';

/** The own certificate and the only one that may connect, as PEM. */
export interface Credentials {
  readonly key: string;
  readonly cert: string;
  readonly clientCert: string;
}

/** What stands behind a path such as `/grpc.health.v1.Health/Check`. */
export type Method =
  | { readonly kind: 'unary'; readonly handler: UnaryHandler }
  /** A stream that the method itself answers and ends. */
  | { readonly kind: 'stream'; readonly open: (stream: ServerHttp2Stream) => void };

/** Methods of one session by path. Asked once per call. */
export type Router = (path: string) => Method | undefined;

/** What the owner of the server is told. */
export interface ServerEvents {
  /** A client has made its first call; a mere connection does not count. */
  onClient(): void;
  /** The last session that had made a call is gone. */
  onLastClientGone(): void;
  /** Something went wrong below the calls: a refused certificate, a broken connection. */
  onConnectionError(error: Error): void;
}

/** 64 KiB, the default, would make a state of 20 MB wait for hundreds of acknowledgements. */
const WINDOW_BYTES = 8 * 1024 * 1024;
/** In MB. Node's default of 10 refuses streams while a large message is on its way. */
const SESSION_MEMORY_MB = 2048;

/** TLS 1.3 whole; of TLS 1.2 only what encrypts and authenticates in one step (AEAD), with keys that are made for each start. */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':');

/** A gRPC server. It does not listen by itself: see {@link GrpcServer.net}. */
export class GrpcServer {
  /** The server to call `listen` on. */
  readonly net: Http2Server | Http2SecureServer;
  readonly #abort = new AbortController();
  readonly #sessions = new Map<Http2Session, Router>();
  readonly #clients = new Set<Http2Session>();
  readonly #calls = new Set<Promise<void>>();
  readonly #streams = new Set<ServerHttp2Stream>();

  /** @param route makes the router of a new session; it is called at its first call */
  constructor(
    credentials: Credentials | undefined,
    private readonly route: () => Router,
    private readonly events: ServerEvents,
  ) {
    // Every call listens to it.
    setMaxListeners(0, this.#abort.signal);
    const options = { settings: { initialWindowSize: WINDOW_BYTES }, maxSessionMemory: SESSION_MEMORY_MB };
    this.net =
      credentials === undefined
        ? createServer(options)
        : createSecureServer({
            ...options,
            key: credentials.key,
            cert: credentials.cert,
            ca: credentials.clientCert,
            requestCert: true,
            rejectUnauthorized: true,
            minVersion: 'TLSv1.2',
            ciphers: CIPHERS,
            honorCipherOrder: true,
          });
    this.net.on('session', (session: Http2Session) => this.#begin(session));
    this.net.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => this.#serve(stream, headers));
    this.net.on('sessionError', (error: Error) => events.onConnectionError(error));
    this.net.on('tlsClientError', (error: Error) => events.onConnectionError(error));
  }

  /** Aborts the signal of every call that is running. */
  abortCalls(reason: Error): void {
    this.#abort.abort(reason);
  }

  /** Resolves when no call is running any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#calls);
  }

  /** Stops listening, lets what was answered reach the clients, and closes every connection: after `graceMs` at the latest. */
  async close(graceMs = 1000): Promise<void> {
    this.abortCalls(new GrpcError(Status.Cancelled, 'The provider is shutting down.'));
    const sessions = [...this.#sessions.keys()];
    const gone = sessions.map((session) => new Promise<void>((resolve) => session.once('close', resolve)));
    const stopped = new Promise<void>((resolve) => this.net.close(() => resolve()));
    // A session closes when its last stream has ended; these would never end by themselves.
    for (const stream of this.#streams) stream.end();
    for (const session of sessions) session.close();
    const timer = setTimeout(() => {
      for (const session of sessions) session.destroy();
    }, graceMs);
    await Promise.all([...gone, stopped]);
    clearTimeout(timer);
  }

  #begin(session: Http2Session): void {
    // Made at the first call: a connection that asks nothing must cost nothing.
    let router: Router | undefined;
    this.#sessions.set(session, (path) => (router ??= this.route())(path));
    session.setLocalWindowSize(2 * WINDOW_BYTES);
    session.on('error', (error) => this.events.onConnectionError(error));
    session.once('close', () => {
      this.#sessions.delete(session);
      if (this.#clients.delete(session) && this.#clients.size === 0) this.events.onLastClientGone();
    });
  }

  #serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    // Without a listener, a connection that breaks off would end the process. The call itself hears of it by 'close'.
    stream.on('error', (error) => this.events.onConnectionError(error));
    const { session } = stream;
    if (session === undefined) return;
    if (!headers['content-type']?.startsWith('application/grpc')) {
      stream.respond({ ':status': 415 }, { endStream: true });
      return;
    }
    if (!this.#clients.has(session)) {
      this.#clients.add(session);
      this.events.onClient();
    }
    const path = headers[':path'] ?? '';
    let method: Method | undefined;
    try {
      method = this.#sessions.get(session)?.(path);
    } catch (error) {
      return fail(stream, new GrpcError(Status.Internal, `The provider cannot start: ${(error as Error).message}`));
    }
    if (method === undefined) return fail(stream, new GrpcError(Status.Unimplemented, `Unknown method ${path}`));
    if (method.kind === 'stream') {
      this.#streams.add(stream);
      stream.once('close', () => this.#streams.delete(stream));
      return method.open(stream);
    }
    const call = runUnary(stream, headers, this.#abort.signal, method.handler);
    this.#calls.add(call);
    void call.finally(() => this.#calls.delete(call));
  }
}
