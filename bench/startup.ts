/**
 * How long Terraform waits for the provider to say where it listens, against the time an empty Node process takes to come and go.
 * Terraform starts a provider three to five times per command, so this is what users feel.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createCertificate } from '../src/plugin/process/certificate';
import { median } from './median';
import type { BenchResult } from './result';

const SAMPLES = 21;
const AT_MOST = 1.3;
const BUILT_PROVIDER = 'dist/provider/terraform-provider-compliance';

/** Measures the provider at `executable`, as Terraform starts it: with mutual TLS. */
export async function run(executable = BUILT_PROVIDER): Promise<BenchResult> {
  const path = resolve(executable);
  const environment = hostEnvironment();
  const handshakes: number[] = [];
  const empties: number[] = [];
  // The first of each fills the caches of the system.
  for (let i = 0; i <= SAMPLES; i += 1) {
    const handshake = await timeHandshake(path, environment);
    const empty = await timeEmptyNode();
    if (i === 0) continue;
    handshakes.push(handshake);
    empties.push(empty);
  }
  const handshakeMs = median(handshakes);
  const emptyNodeMs = median(empties);
  const ratio = handshakeMs / emptyNodeMs;
  return {
    name: 'startup',
    what: `handshake of the provider, with mutual TLS, against an empty node process; median of ${SAMPLES}, in turns`,
    measured: [
      { label: 'node -e 0', value: emptyNodeMs, unit: 'ms' },
      { label: 'spawn to handshake line', value: handshakeMs, unit: 'ms' },
    ],
    bar: { label: 'handshake / empty node', value: ratio, limit: `at most ${AT_MOST}x`, met: ratio <= AT_MOST },
  };
}

/** What Terraform adds to the environment of a plugin. */
function hostEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
    PLUGIN_PROTOCOL_VERSIONS: '5,6',
    PLUGIN_MIN_PORT: '10000',
    PLUGIN_MAX_PORT: '25000',
    PLUGIN_CLIENT_CERT: createCertificate(Date.now()).cert,
  };
}

/** From the start of the process to the end of its first line. */
function timeHandshake(path: string, env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn(path, [], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let line = '';
    let elapsed: number | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      line += chunk.toString('latin1');
      if (elapsed !== undefined || !line.includes('\n')) return;
      elapsed = performance.now() - start;
      child.kill('SIGTERM');
    });
    child.on('error', (error) => fail(new Error(`Cannot start ${path}: ${error.message}. Run npm run build first.`)));
    child.on('close', (code) => {
      if (elapsed !== undefined && line.startsWith('1|6|')) done(elapsed);
      else fail(new Error(`${path} ended with code ${code} before a handshake of protocol 6: ${JSON.stringify(line)}`));
    });
  });
}

/** From the start of the process to its end. */
function timeEmptyNode(): Promise<number> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
    child.on('error', fail);
    child.on('exit', () => done(performance.now() - start));
  });
}
