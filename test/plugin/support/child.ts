import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { credentials } from '@grpc/grpc-js';
import { createCertificate, type Certificate } from '../../../src/plugin/process/certificate';
import { buildTinyProvider } from './build-tiny';
import { OutsideClient } from './outside-client';

/** A folder for one test file: the built tiny provider, and a TMPDIR that must be empty in the end. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'plugin-test-'));
  readonly temporary = mkdtempSync(join(this.folder, 't'));
  readonly mirror = join(this.folder, 'mirror');
  readonly executable: string;
  readonly #started: Provider[] = [];

  constructor() {
    this.executable = buildTinyProvider(this.mirror);
    chmodSync(this.executable, 0o755);
  }

  /** What is left in TMPDIR. */
  leftovers(): string[] {
    return readdirSync(this.temporary);
  }

  /** Starts the provider as Terraform does. `undefined` takes a variable away. */
  start(environment: Record<string, string | undefined> = {}, args: string[] = []): Provider {
    const provider = new Provider(this.executable, args, { TMPDIR: this.temporary, ...environment });
    this.#started.push(provider);
    return provider;
  }

  /** Ends what was started and removes everything. */
  close(): void {
    for (const { child } of this.#started) if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The certificate of a host that no test is about. */
export const HOST: Certificate = createCertificate(Date.now());

export const COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';

/** What Terraform puts into the environment of a plugin. */
export const INVITATION = {
  TF_PLUGIN_MAGIC_COOKIE: COOKIE,
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
  PLUGIN_MIN_PORT: '10000',
  PLUGIN_MAX_PORT: '25000',
  PLUGIN_CLIENT_CERT: HOST.cert,
};

/** A provider process. */
export class Provider {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  stdout = '';
  stderr = '';
  /** The exit code, or the signal that ended it; after all output has come. */
  readonly ended: Promise<number | NodeJS.Signals | null>;

  constructor(executable: string, args: string[], environment: Record<string, string | undefined>) {
    const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, ...environment };
    for (const name of Object.keys(env)) if (env[name] === undefined) delete env[name];
    this.child = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = new Promise((resolve) => this.child.on('close', (code, signal) => resolve(code ?? signal)));
  }

  /** The first line of stdout. Rejects when the process ends before it. */
  async line(): Promise<string> {
    const ended = this.ended.then((code) => {
      if (!this.stdout.includes('\n')) throw new Error(`ended with ${String(code)}: ${this.stderr}`);
    });
    while (!this.stdout.includes('\n')) {
      await Promise.race([new Promise((resolve) => this.child.stdout.once('data', resolve)), ended]);
    }
    return this.stdout.slice(0, this.stdout.indexOf('\n'));
  }

  /** Resolves when stderr has the text. */
  async said(text: string): Promise<void> {
    while (!this.stderr.includes(text)) {
      await new Promise((resolve) => this.child.stderr.once('data', resolve));
    }
  }
}

/** The fields of a handshake line. */
export function parseHandshake(line: string): {
  version: string;
  target: string;
  path: string;
  certificate: string | undefined;
  fields: string[];
} {
  const fields = line.split('|');
  const [core, protocol, network, path = '', , encoded] = fields;
  // The handshake leaves the padding out; PEM wants it.
  const padded = Buffer.from(encoded ?? '', 'base64').toString('base64');
  const pem = encoded ? `-----BEGIN CERTIFICATE-----\n${padded}\n-----END CERTIFICATE-----\n` : undefined;
  return {
    version: `${core}.${protocol}`,
    target: network === 'unix' ? `unix:${path}` : path,
    path,
    certificate: pem,
    fields,
  };
}

/** Connects as the host does: it trusts the certificate of the line alone, and shows its own. */
export function connectTo(line: string, host: { key: string; cert: string } | null = HOST): OutsideClient {
  const { target, certificate } = parseHandshake(line);
  if (certificate === undefined) return new OutsideClient(target);
  const ca = Buffer.from(certificate);
  return new OutsideClient(
    target,
    host === null
      ? credentials.createSsl(ca)
      : credentials.createSsl(ca, Buffer.from(host.key), Buffer.from(host.cert)),
  );
}

/** True while a process of that number is there. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until something is so; the test's own time limit ends the wait. */
export async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 20));
}
