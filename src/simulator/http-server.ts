/** The edge: sockets of node:http, and nothing that knows what is served. */
import { isIP } from 'node:net';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case; doubles joined as Node does. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  /** By the computer's clock, in milliseconds since 1970; absent where no socket brought it. */
  readonly arrivedAt?: number;
  /** Who sent it: the first of `X-Forwarded-For`, so that a test can play several machines, else the socket's other end. */
  readonly address?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Null cuts the connection. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse | null>;

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** Loopback only: the simulator has no security worth the name. */
const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 64 * 1024 * 1024;

class TooLarge extends Error {}

/** Rejects when the port is taken or not allowed. */
export async function listen(port: number, handler: HttpHandler): Promise<Listener> {
  const server = createServer((message, response) => {
    void serve(message, response, handler);
  });
  // A client that keeps its connections must not lose a request to a socket that was just closed for idling.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: Error): void => {
      reject(
        new Error(`Listening on ${HOST}:${port} failed: ${cause.message}. Choose another port, or 0 for a free one.`, {
          cause,
        }),
      );
    };
    server.once('error', refuse);
    server.listen(port, HOST, () => {
      server.off('error', refuse);
      resolve();
    });
  });
  return { port: portOf(server), close: () => close(server) };
}

async function serve(message: IncomingMessage, response: ServerResponse, handler: HttpHandler): Promise<void> {
  const refused = refuseWebPage(message);
  if (refused !== undefined) {
    response.writeHead(403, { 'Content-Type': 'text/plain', Connection: 'close' }).end(`${refused}\n`);
    return;
  }
  try {
    const bytes = await readBody(message);
    const answer = await handler({
      method: message.method ?? 'GET',
      url: new URL(message.url ?? '/', `http://${HOST}`),
      headers: flatten(message),
      bytes,
      arrivedAt: Date.now(),
      address: addressOf(message),
    });
    if (answer === null) {
      message.socket.destroy();
      return;
    }
    const withoutBody = answer.status === 204 || answer.status === 304;
    const length = withoutBody ? {} : { 'Content-Length': Buffer.byteLength(answer.body) };
    response.writeHead(answer.status, { ...answer.headers, ...length });
    response.end(withoutBody || message.method === 'HEAD' ? undefined : answer.body);
  } catch (error) {
    if (error instanceof TooLarge && !response.headersSent) response.writeHead(413, { Connection: 'close' }).end();
    // Else the client went away: there is nobody to answer.
    else message.socket.destroy();
  }
}

/** Names of this machine; what follows a colon is the port. Clients of S3 put the bucket in front. */
const OWN_NAME = /^(?:[a-z0-9.-]+\.)?(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Why a request is not served. Any web page that is open on this machine can send requests here: it says so in `Origin` or
 * `Sec-Fetch-Site`, or comes under a name of its own that was made to lead here (DNS rebinding). Programs do none of that.
 */
function refuseWebPage({ headers }: IncomingMessage): string | undefined {
  if (headers.host !== undefined && !OWN_NAME.test(headers.host)) {
    return `The simulator answers on 127.0.0.1 and localhost only, not as ${JSON.stringify(headers.host)}.`;
  }
  const site = headers['sec-fetch-site'];
  if (headers.origin !== undefined || (site !== undefined && site !== 'none')) {
    return 'The simulator does not answer web pages.';
  }
  return undefined;
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BODY_BYTES) throw new TooLarge();
    parts.push(part);
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

function flatten(message: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function addressOf({ headers, socket }: IncomingMessage): string {
  const forwarded = [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',')[0]?.trim() ?? '';
  return isIP(forwarded) === 0 ? (socket.remoteAddress ?? HOST) : forwarded;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
