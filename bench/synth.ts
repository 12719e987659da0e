import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from './median';
import type { BenchResult } from './result';

const RUNS = 7;
const COUNT = 1000;
const LIMIT = 1.1;

type Kind = 'bare' | 'constructs';

/** Synthesis of 1,000 LegalHoldExport, checks included, against the same resources made with bare L1 constructs. */
export async function run(): Promise<BenchResult> {
  const times: Record<Kind, number[]> = { bare: [], constructs: [] };
  for (let round = 0; round < RUNS; round += 1) {
    // Turn by turn, so that a busy machine slows both.
    for (const kind of ['bare', 'constructs'] as const) times[kind].push(await synthesised(kind));
  }
  const ratio = median(times.constructs) / median(times.bare);
  return {
    name: 'synth',
    what: `${COUNT} LegalHoldExport against ${COUNT} exports and holds made with bare resources, median of ${RUNS}`,
    measured: [
      { label: 'bare resources, built and synthesised', value: median(times.bare), unit: 'ms' },
      { label: 'LegalHoldExport, built, checked, synthesised', value: median(times.constructs), unit: 'ms' },
    ],
    bar: { label: 'LegalHoldExport / bare', value: ratio, limit: `at most ${LIMIT}x`, met: ratio <= LIMIT },
  };
}

/** Processor time of one app in milliseconds, in a process of its own, from the first construct to the last file. */
async function synthesised(kind: Kind): Promise<number> {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-bench-'));
  try {
    const tsx = resolve(__dirname, '../node_modules/tsx/dist/cli.mjs');
    const app = spawn(process.execPath, [tsx, join(__dirname, 'synth-app.ts'), kind, String(COUNT)], {
      env: { ...process.env, CDKTF_OUTDIR: outdir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    app.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const code = await new Promise<number | null>((done) => app.on('close', done));
    if (code !== 0) throw new Error(`The app of the synth bench ended with ${code}.`);
    return Number(out);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
