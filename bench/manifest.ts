import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeMemory, FLAT_BYTES_PER_THING, isFlat } from './memory';
import type { Prepared } from './manifest-worker';
import type { BenchResult } from './result';

/** Fewer for a quick look, as BENCH_MANIFEST=100000. */
const VERSIONS = Number(process.env['BENCH_MANIFEST'] ?? 1_000_000);
const MOST_MEGABYTES = 250;

/** Manifests for S3 Batch Operations over a million versions, with the journal of what was there: memory must not grow with them. */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-bench-'));
  try {
    const worker = join(folder, 'worker.js');
    const entryPoints = [join(__dirname, 'manifest-worker.ts')];
    await build({
      entryPoints,
      outfile: worker,
      bundle: true,
      platform: 'node',
      target: 'node20',
      logLevel: 'warning',
    });
    const { megabytesUploaded, milliseconds, memory } = await prepared(worker, VERSIONS);
    const collected = await prepared(worker, Math.max(20_000, Math.ceil(VERSIONS / 4)), '--expose-gc');
    return {
      name: 'manifest',
      what: `manifests of ${VERSIONS} versions, one for the hold and one for tags, and the journal`,
      measured: [
        { label: 'versions', value: VERSIONS / (milliseconds / 1000), unit: 'versions/s' },
        { label: 'manifests', value: megabytesUploaded, unit: 'MB' },
        ...describeMemory(memory, collected.memory),
      ],
      bar: {
        label: 'resident memory at the most, in MB',
        value: memory.residentAtMost,
        limit: `under ${MOST_MEGABYTES} and flat: at most ${FLAT_BYTES_PER_THING} bytes each`,
        met: memory.residentAtMost < MOST_MEGABYTES && isFlat(collected.memory),
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepared(worker: string, versions: number, ...flags: readonly string[]): Promise<Prepared> {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, worker, String(versions)]);
  const done = JSON.parse(stdout) as Prepared;
  if (done.rows !== 2 * versions) throw new Error(`The manifests have ${done.rows} rows for ${versions} versions.`);
  return done;
}
