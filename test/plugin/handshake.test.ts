import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { status, type ServiceError } from '@grpc/grpc-js';
import { createCertificate } from '../../src/plugin/process/certificate';
import { Bench, connectTo, INVITATION, parseHandshake } from './support/child';
import type { OutsideClient } from './support/outside-client';

const bench = new Bench();
const clients: OutsideClient[] = [];

afterEach(() => clients.splice(0).forEach((client) => client.close()));
afterAll(() => bench.close());

function client(line: string, host?: { key: string; cert: string }): OutsideClient {
  const connected = host === undefined ? connectTo(line) : connectTo(line, host);
  clients.push(connected);
  return connected;
}

const refused = (answer: Promise<unknown>): Promise<number> =>
  answer.then(
    () => status.OK,
    (error: ServiceError) => error.code,
  );

describe('started by hand', () => {
  test('it says what it is and what to do, and ends with 1', async () => {
    const provider = bench.start();
    expect(await provider.ended).toBe(1);
    expect(provider.stdout).toBe('');
    expect(provider.stderr).toMatch(/This binary is a plugin: the Terraform provider terraform\.local\/example\/tiny/);
    expect(provider.stderr).toMatch(/terraform init/);
  });

  test('a wrong cookie is no cookie', async () => {
    const provider = bench.start({ ...INVITATION, TF_PLUGIN_MAGIC_COOKIE: 'chocolate' });
    expect(await provider.ended).toBe(1);
    expect(provider.stdout).toBe('');
  });

  test.each(['5', '', undefined, '16,60'])('a host that offers protocols %p is told what it lacks', async (offer) => {
    const provider = bench.start({ ...INVITATION, PLUGIN_PROTOCOL_VERSIONS: offer });
    expect(await provider.ended).toBe(1);
    expect(provider.stdout).toBe('');
    expect(provider.stderr).toMatch(/speaks plugin protocol 6.*Use Terraform 1\.0 or later/s);
  });
});

describe('the line', () => {
  test('names a socket in a folder for the owner alone, and a certificate without padding', async () => {
    const provider = bench.start(INVITATION);
    const line = await provider.line();
    expect(line).toMatch(/^1\|6\|unix\|\/[^|]+\|grpc\|[A-Za-z0-9+/]+$/);
    const { path } = parseHandshake(line);
    expect(statSync(path).isSocket()).toBe(true);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  });

  test('is the only thing ever written to stdout, and log lines are the only thing on stderr', async () => {
    const provider = bench.start({ ...INVITATION, TF_LOG: 'TRACE' });
    const line = await provider.line();
    const connected = client(line);
    await connected.provider('GetMetadata');
    await connected.call('plugin.GRPCController', 'Shutdown', {});
    expect(await provider.ended).toBe(0);
    expect(provider.stdout).toBe(`${line}\n`);
    const logged = provider.stderr
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each) as Readonly<Record<string, unknown>>);
    expect(logged).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ '@message': 'Printed by a library', text: 'printed to stdout' }),
        expect.objectContaining({ '@message': 'Printed by a library', text: 'printed to stderr' }),
        expect.objectContaining({ '@message': 'Node warns', warning: 'worth a thought', code: 'TINY' }),
      ]),
    );
  });

  test('stays alone where Terraform shows no log', async () => {
    const provider = bench.start(INVITATION);
    const connected = client(await provider.line());
    await connected.provider('GetMetadata');
    await connected.call('plugin.GRPCController', 'Shutdown', {});
    expect(await provider.ended).toBe(0);
    expect(provider.stderr).toBe('');
  });

  test('says that connections may be shared, to a host that asks', async () => {
    const { fields } = parseHandshake(await bench.start({ ...INVITATION, PLUGIN_MULTIPLEX_GRPC: 'true' }).line());
    expect(fields).toHaveLength(7);
    expect(fields[6]).toBe('true');
  });

  test('has no certificate when the host has none', async () => {
    const line = await bench.start({ ...INVITATION, PLUGIN_CLIENT_CERT: undefined }).line();
    expect(parseHandshake(line).fields[5]).toBe('');
    await expect(client(line).provider('GetMetadata')).resolves.toBeDefined();
  });

  test('names a shorter place when the folder for temporary files is too deep for a socket', async () => {
    const deep = join(bench.temporary, 'd'.repeat(120));
    mkdirSync(deep);
    const line = await bench.start({ ...INVITATION, TMPDIR: deep }).line();
    const { path } = parseHandshake(line);
    expect(path.startsWith('/tmp/')).toBe(true);
    await expect(client(line).provider('GetMetadata')).resolves.toBeDefined();
  });

  test('names a place elsewhere when the folder for temporary files is not there', async () => {
    const line = await bench.start({ ...INVITATION, TMPDIR: join(bench.temporary, 'missing') }).line();
    await expect(client(line).provider('GetMetadata')).resolves.toBeDefined();
  });

  test('names a socket in the folder that the host asks for', async () => {
    const folder = join(bench.folder, 'sockets');
    mkdirSync(folder);
    const { path } = parseHandshake(await bench.start({ ...INVITATION, PLUGIN_UNIX_SOCKET_DIR: folder }).line());
    expect(path.startsWith(`${folder}/`)).toBe(true);
  });
});

describe('mutual TLS', () => {
  test('lets in the host whose certificate was given', async () => {
    const line = await bench.start(INVITATION).line();
    await expect(client(line).provider('GetMetadata')).resolves.toEqual({ resources: [{ typeName: 'tiny_thing' }] });
  });

  test('takes a certificate on several lines, as environment variables hold it', async () => {
    const wrapped = INVITATION.PLUGIN_CLIENT_CERT.replace(/([A-Za-z0-9+/=]{64})(?=[A-Za-z0-9+/=])/g, '$1\n');
    expect(wrapped.split('\n').length).toBeGreaterThan(5);
    const line = await bench.start({ ...INVITATION, PLUGIN_CLIENT_CERT: wrapped }).line();
    await expect(client(line).provider('GetMetadata')).resolves.toBeDefined();
  });

  test('keeps out a stranger, one without a certificate, and one without TLS; and then still serves the host', async () => {
    const line = await bench.start(INVITATION).line();
    const deadline = (): { deadline: number } => ({ deadline: Date.now() + 5000 });
    const plain = `${line.split('|').slice(0, 5).join('|')}|`;
    const strangers = [client(line, createCertificate(Date.now())), connectTo(line, null), client(plain)];
    clients.push(strangers[1]!);
    for (const stranger of strangers) {
      expect([status.UNAVAILABLE, status.DEADLINE_EXCEEDED]).toContain(
        await refused(stranger.provider('GetMetadata', {}, deadline())),
      );
    }
    await expect(client(line).provider('GetMetadata')).resolves.toBeDefined();
  });

  test('a connection that says nothing keeps nobody from being served', async () => {
    const line = await bench.start(INVITATION).line();
    const silent = connect(parseHandshake(line).path);
    await new Promise((resolve) => silent.on('connect', resolve));
    await expect(client(line).provider('GetMetadata')).resolves.toBeDefined();
    silent.destroy();
  });
});

describe('the certificate', () => {
  const now = Date.UTC(2026, 0, 2, 3, 4, 5);
  const certificate = new X509Certificate(createCertificate(now).cert);

  test('is for localhost, server and client', () => {
    expect(certificate.subject).toBe('CN=localhost');
    expect(certificate.subjectAltName).toBe('DNS:localhost');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });

  test('is signed with its own key', () => {
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.issuer).toBe(certificate.subject);
  });

  test('is valid from a minute ago for ten years, also across 2050', () => {
    expect(new Date(certificate.validFrom).getTime()).toBe(now - 60_000);
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2035);
    const late = new X509Certificate(createCertificate(Date.UTC(2045, 5, 1)).cert);
    expect(new Date(late.validTo).getUTCFullYear()).toBe(2055);
  });

  test('never repeats a serial number', () => {
    const serials = Array.from({ length: 20 }, () => new X509Certificate(createCertificate(now).cert).serialNumber);
    expect(new Set(serials).size).toBe(20);
  });
});

describe('debug mode', () => {
  test('prints what attaches Terraform, serves without TLS, and ends on Ctrl-C without a trace', async () => {
    const provider = bench.start({}, ['--debug']);
    const line = await provider.line();
    const reattach = JSON.parse(/^export TF_REATTACH_PROVIDERS='(.*)'$/.exec(line)?.[1] ?? '') as Record<
      string,
      { Addr: { String: string } }
    >;
    const entry = reattach['terraform.local/example/tiny']!;
    expect(entry).toEqual({
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: provider.child.pid,
      Test: true,
      Addr: { Network: 'unix', String: expect.any(String) as unknown },
    });
    for (let i = 0; i < 2; i += 1) {
      const attached = client(`1|6|unix|${entry.Addr.String}|grpc|`);
      await attached.provider('GetMetadata');
      attached.close();
    }
    provider.child.kill('SIGINT');
    expect(await provider.ended).toBe(0);
    expect(existsSync(dirname(entry.Addr.String))).toBe(false);
  });
});
