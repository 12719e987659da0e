import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { certificateRemedy, certificateTrouble, type CertificateTrouble } from '../../src/network';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  openssl(
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=issuer -keyout ca.key -out ca.pem',
  );
  openssl('req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout leaf.key -out leaf.csr');
});
afterAll(() => rmSync(folder, { recursive: true }));

const openssl = (args: string): unknown => execFileSync('openssl', args.split(' '), { cwd: folder, stdio: 'ignore' });
const file = (name: string): Buffer => readFileSync(join(folder, name));

/** What node says of a server with a certificate of so many days, asked by a name, with or without trust in its issuer. */
async function saidOf(
  days: number,
  servername: string,
  trusts: boolean,
  sendsIssuer: boolean,
): Promise<NodeJS.ErrnoException> {
  openssl(`x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days ${days} -out leaf.pem`);
  const chain = sendsIssuer ? Buffer.concat([file('leaf.pem'), file('ca.pem')]) : file('leaf.pem');
  const server = createServer({ key: file('leaf.key'), cert: chain });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const error = await new Promise<NodeJS.ErrnoException>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername, ...(trusts ? { ca: file('ca.pem') } : {}) }, () => {
      socket.destroy();
      reject(new Error('the certificate was taken'));
    });
    socket.on('error', resolve);
  });
  server.close();
  return error;
}

test.each<[string, CertificateTrouble, Parameters<typeof saidOf>]>([
  ['has expired', 'expired', [-1, 'localhost', true, true]],
  ['is for another name', 'other-name', [1, 'elsewhere.example', true, true]],
  ['comes without the intermediate one', 'chain', [1, 'localhost', false, false]],
  ['has an issuer that is not trusted', 'issuer', [1, 'localhost', false, true]],
])('a certificate that %s is known by the code and by the words of node', async (_what, trouble, server) => {
  const { code, message } = await saidOf(...server);
  expect([certificateTrouble(code ?? ''), certificateTrouble(message)]).toEqual([trouble, trouble]);
});

test.each<[string, CertificateTrouble]>([
  ['CERT_NOT_YET_VALID', 'not-yet-valid'],
  ['certificate is not yet valid', 'not-yet-valid'],
  ['CERT_REVOKED', 'revoked'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'chain'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'issuer'],
  ['self signed certificate in certificate chain', 'issuer'],
])('%s is known', (said, trouble) => {
  expect(certificateTrouble(said)).toBe(trouble);
});

test.each(['ECONNREFUSED', 'certificate', 'socket hang up', ''])('%j says nothing about a certificate', (said) => {
  expect(certificateTrouble(said)).toBeUndefined();
});

test('only an issuer or a chain is mended by trusting somebody', () => {
  const troubles: readonly CertificateTrouble[] = [
    'expired',
    'not-yet-valid',
    'revoked',
    'other-name',
    'chain',
    'issuer',
  ];
  const trusting = troubles.filter((trouble) =>
    certificateRemedy(trouble, 'it', 'Use').includes('NODE_EXTRA_CA_CERTS'),
  );
  expect(trusting).toEqual(['chain', 'issuer']);
});
