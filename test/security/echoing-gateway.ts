/** A hostile gateway: it repeats whatever it was sent, in every form, wherever an answer has room for it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The token that it hands out. */
export const TOKEN = 'TOKENCANARY-abcdefghijklmnop+/q==';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** How it writes what it was sent. */
export const FORMS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  capitals: (text) => text.toUpperCase(),
  url: encodeURIComponent,
  base64,
  'base64 after one byte': (text) => base64(`x${text}`),
  'base64 after two bytes': (text) => base64(`xy${text}`),
  'base64 of URLs': (text) => Buffer.from(text).toString('base64url'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
  lines: (text) => text.replace(/(.{11})/g, '$1\n'),
  page: (text) => `<pre>${text.slice(0, 17)}</pre><pre>${text.slice(17)}</pre>`,
  json: (text) => JSON.stringify(text),
};

/** Where it refuses: at the sign-in, in calls, or with a page instead of an answer. */
export type Place = 'sign-in' | 'call' | 'page' | 'header';

export interface EchoingGateway {
  readonly port: number;
  /** What it does from now on. */
  play(place: Place, form: string): void;
  close(): Promise<void>;
}

export async function startEchoingGateway(): Promise<EchoingGateway> {
  let place: Place = 'call';
  let form = FORMS['plain']!;

  function answer(message: IncomingMessage, sent: string, response: ServerResponse): void {
    const said = form(sent);
    const json = { 'content-type': 'application/json' };
    const isSignIn = message.url?.includes('/oauth/token') === true;
    if (isSignIn && place !== 'sign-in') {
      const granted = { access_token: TOKEN, token_type: 'bearer', expires_in: 3600 };
      response.writeHead(200, json).end(JSON.stringify(granted));
      return;
    }
    if (isSignIn) {
      const refused = { error: said, description: `got ${said}`, error_description: `got ${said}` };
      response.writeHead(400, json).end(JSON.stringify(refused));
      return;
    }
    if (place === 'page') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><body>you sent ${said}</body></html>`);
      return;
    }
    const correlation = place === 'header' ? said.replace(/[^\x20-\x7e]/g, '') : 'c-1';
    const body = {
      message: `you sent ${said}`,
      code: said,
      status: 400,
      contextId: said,
      details: [{ errorCode: said }],
    };
    response.writeHead(400, { ...json, 'inin-correlation-id': correlation }).end(JSON.stringify(body));
  }

  const server = createServer((message, response) => {
    let body = '';
    message.on('data', (data: Buffer) => (body += String(data)));
    message.on('end', () => answer(message, `${message.headers.authorization ?? ''} ${body}`.trim(), response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    play: (where, how) => {
      place = where;
      form = FORMS[how]!;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
