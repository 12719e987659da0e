/**
 * Makes src/constructs/bindings from the schema of our own provider, by the real path: the built provider in a mirror,
 * terraform asked for its schema, `cdktf get`. With --check nothing is written; it fails when the two differ.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { installProvider } from '../src/cli/install-provider';
import { bundleProvider } from './bundle-provider';
import { isKept, trim } from './bindings/trim';

const ROOT = resolve(__dirname, '..');
const BINDINGS = join(ROOT, 'src', 'constructs', 'bindings');

/** Answers path -> text of the bindings as they should be. */
async function generate(): Promise<ReadonlyMap<string, string>> {
  const work = mkdtempSync(join(tmpdir(), 'bindings-'));
  try {
    const installed = installProvider(join(work, 'mirror'), await bundleProvider(join(work, 'provider')).then(dirname));
    const provider = { name: 'compliance', source: installed.source, version: installed.version };
    writeFileSync(
      join(work, 'cdktf.json'),
      JSON.stringify({
        language: 'typescript',
        app: 'true',
        sendCrashReports: 'false',
        terraformProviders: [provider],
      }),
    );
    execFileSync(process.execPath, [join(ROOT, 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf'), 'get'], {
      cwd: work,
      env: { ...process.env, TF_CLI_CONFIG_FILE: installed.cliConfig, CHECKPOINT_DISABLE: '1', CI: '1', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return readAll(join(work, '.gen', 'providers', 'compliance'), (path, text) =>
      isKept(path) ? trim(text) : undefined,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function readAll(
  folder: string,
  read: (path: string, text: string) => string | undefined,
  prefix = '',
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = join(prefix, entry.name);
    if (entry.isDirectory()) for (const [inner, text] of readAll(folder, read, path)) found.set(inner, text);
    else {
      const text = read(path, readFileSync(join(folder, path), 'utf8'));
      if (text !== undefined) found.set(path, text);
    }
  }
  return found;
}

function write(files: ReadonlyMap<string, string>): void {
  rmSync(BINDINGS, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(BINDINGS, path)), { recursive: true });
    writeFileSync(join(BINDINGS, path), text);
  }
  console.log(`Wrote ${files.size} files to ${BINDINGS}`);
}

function check(expected: ReadonlyMap<string, string>): void {
  const actual = readAll(BINDINGS, (_path, text) => text);
  const paths = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  const stale = paths.filter((path) => expected.get(path) !== actual.get(path));
  if (stale.length === 0) return console.log('The bindings are what the schema says.');
  console.error(
    `The bindings are not what the schema says: ${stale.join(', ')}. Run "npm run bindings" and commit the result.`,
  );
  process.exitCode = 1;
}

generate().then(process.argv.includes('--check') ? check : write, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
