import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { inspectChain } from '../../src/collect/live/certificate-chain';

const never = new AbortController().signal;
let folder: string;
const servers: Server[] = [];
const sockets: Socket[] = [];

const file = (name: string): string => join(folder, name);
const openssl = (...words: string[]): void => void execFileSync('openssl', words, { stdio: 'ignore' });

/** A root, an authority below it, and a carrier's certificate from that one. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chain-'));
  const key = (name: string) => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    file(`${name}.key`),
  ];
  openssl('req', '-x509', ...key('root'), '-subj', '/CN=Example Root', '-days', '3650', '-out', file('root.pem'));
  const issue = (name: string, by: string, extensions: string): void => {
    writeFileSync(file(`${name}.ext`), extensions);
    openssl('req', '-new', ...key(name), '-subj', `/CN=${name}`, '-out', file(`${name}.csr`));
    const ca = ['-CA', file(`${by}.pem`), '-CAkey', file(`${by}.key`), '-CAcreateserial'];
    openssl(
      'x509',
      '-req',
      '-in',
      file(`${name}.csr`),
      ...ca,
      '-days',
      '3650',
      '-extfile',
      file(`${name}.ext`),
      '-out',
      file(`${name}.pem`),
    );
  };
  issue('authority', 'root', 'basicConstraints=critical,CA:TRUE');
  issue('carrier', 'authority', 'subjectAltName=IP:127.0.0.1');
});
afterEach(() => servers.splice(0).forEach((server) => server.close()));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function showing(...certificates: string[]): Promise<number> {
  const cert = certificates.map((name) => readFileSync(file(`${name}.pem`), 'utf8')).join('');
  return listening(createServer({ cert, key: readFileSync(file(`${certificates[0]}.key`)) }));
}

describe('the chain that a host shows', () => {
  test('is incomplete without the authority in between', async () => {
    const chain = await inspectChain('127.0.0.1', await showing('carrier'), never);
    expect(chain.state).toBe('incomplete');
    expect(chain.evidence).toContain('issued by authority');
  });

  test('is complete but not trusted with an issuer that nobody knows', async () => {
    const chain = await inspectChain('127.0.0.1', await showing('carrier', 'authority'), never);
    expect(chain.state).toBe('untrusted');
    expect(chain.evidence).toContain('sent: carrier, authority');
  });

  test('is not trusted when the certificate vouches for itself', async () => {
    expect((await inspectChain('127.0.0.1', await showing('root'), never)).state).toBe('untrusted');
  });

  test('unknown when nobody answers, or no TLS is spoken', async () => {
    const plain = await listening(
      createPlainServer((socket) => socket.resume().end('SIP/2.0 400 Bad Request\r\n\r\n')),
    );
    await expect(inspectChain('127.0.0.1', plain, never)).rejects.toThrow();
    const closed = createPlainServer();
    const port = await listening(closed);
    await new Promise((resolve) => closed.close(resolve));
    await expect(inspectChain('127.0.0.1', port, never)).rejects.toThrow('ECONNREFUSED');
  });

  test('is not waited for after an abort', async () => {
    const stop = new AbortController();
    const silent = await listening(createPlainServer((socket) => void sockets.push(socket)));
    const looking = inspectChain('127.0.0.1', silent, stop.signal);
    stop.abort(new Error('enough'));
    await expect(looking).rejects.toThrow('enough');
    sockets.splice(0).forEach((socket) => socket.destroy());
  });
});
