import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median } from './median';
import type { BenchResult } from './result';
import { bigPlan } from './review-plan';
import type { Reviewed } from './review-worker';

const RESOURCES = Number(process.env['BENCH_RESOURCES'] ?? 10_000);
const ROUNDS = 5;
const MOST_TIMES = 2.5;
const MOST_SIZES = 4;

/**
 * The review of a big plan, from its file to Markdown, against reading the same file as text and JSON.parse on it. The review
 * opens the file, decodes it and parses it while it arrives, so the other side has to open and decode it too; what JSON.parse
 * alone takes is shown beside it. Each run has a process of its own; rounds alternate, so that a machine that gets slower is
 * no one's advantage.
 */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'review-bench-'));
  try {
    const file = join(folder, 'plan.json');
    writeFileSync(file, JSON.stringify(bigPlan(RESOURCES)));
    const size = statSync(file).size / 2 ** 20;
    const worker = await bundledWorker(folder);
    const runs: Record<'parse' | 'review', Reviewed[]> = { parse: [], review: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of ['parse', 'review'] as const) runs[kind].push(await workOf(worker, kind, file));
    }
    const time = (kind: 'parse' | 'review') => median(runs[kind].map(({ milliseconds }) => milliseconds));
    const memory = (kind: 'parse' | 'review') => median(runs[kind].map(({ megabytes }) => megabytes));
    const processor = (kind: 'parse' | 'review') => Math.min(...runs[kind].map((run) => run.processor));
    const parsing = median(runs.parse.map((run) => run.parsing));
    const ratio = time('review') / time('parse');
    const sizes = memory('review') / size;
    return {
      name: 'review',
      what: `a plan of ${RESOURCES} resources, ${size.toFixed(0)} MB, reviewed and written as Markdown, against the file read and JSON.parse`,
      measured: [
        { label: 'file read as text, and JSON.parse', value: time('parse'), unit: 'ms' },
        { label: 'JSON.parse alone', value: parsing, unit: 'ms' },
        { label: 'review', value: time('review'), unit: 'ms' },
        { label: 'review / JSON.parse alone', value: time('review') / parsing, unit: 'x' },
        { label: "processor's time, least: file and JSON.parse", value: processor('parse'), unit: 'ms' },
        { label: "processor's time, least: review", value: processor('review'), unit: 'ms' },
        { label: 'memory of file and JSON.parse / size of the file', value: memory('parse') / size, unit: 'x' },
        { label: 'memory of the review / size of the file', value: sizes, unit: 'x' },
      ],
      bar: {
        label: 'review / file and JSON.parse',
        value: ratio,
        limit: `under ${MOST_TIMES}x, memory under ${MOST_SIZES}x the file`,
        met: ratio < MOST_TIMES && sizes < MOST_SIZES,
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As one file, as the command is: a loader for TypeScript would count as memory of the review. */
async function bundledWorker(folder: string): Promise<string> {
  const outfile = join(folder, 'worker.js');
  const entryPoints = [join(__dirname, 'review-worker.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' });
  return outfile;
}

async function workOf(worker: string, kind: 'parse' | 'review', file: string): Promise<Reviewed> {
  const { stdout } = await promisify(execFile)(process.execPath, [worker, kind, file]);
  return JSON.parse(stdout) as Reviewed;
}
