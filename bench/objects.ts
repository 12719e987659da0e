import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeMemory, FLAT_BYTES_PER_THING, isFlat } from './memory';
import type { Worked } from './objects-worker';
import type { BenchResult } from './result';

const ROOT = resolve(__dirname, '..');
/** Fewer for a quick look, as BENCH_OBJECTS=5000. */
const VERSIONS = Number(process.env['BENCH_OBJECTS'] ?? 100_000);
/** The bare loop runs before and after the engine, so that a machine that gets slower is no one's advantage. */
const BARE_VERSIONS = Math.ceil(VERSIONS / 10);
/** Long enough for what is kept of each to show. */
const COLLECTED_VERSIONS = Math.max(10_000, Math.ceil(VERSIONS / 4));
const LEAST_SHARE = 1;
const MOST_MEGABYTES = 200;
const BUCKET = 'recordings';

/**
 * Object versions listed, read, tagged, locked and verified by the direct engine, against the same requests sent by a bare
 * loop over the SDK with as many at once. Simulator, engine and loop have a process each.
 */
export async function run(): Promise<BenchResult> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const folder = mkdtempSync(join(tmpdir(), 'objects-bench-'));
  const simulator = await startSimulator();
  try {
    const worker = await bundledWorker(folder);
    await createBucket(simulator.env);
    const work = async (
      kind: 'engine' | 'bare',
      prefix: string,
      count: number,
      ...flags: readonly string[]
    ): Promise<Worked> => {
      await seed(simulator.genesys, prefix, count);
      const done = await workOf([...flags, worker, kind, BUCKET, prefix, String(count)], simulator.env);
      if (done.versions !== count) throw new Error(`The ${kind} worked on ${done.versions} of ${count} versions.`);
      return done;
    };
    const before = await work('bare', 'bare-1/', BARE_VERSIONS);
    const engine = await work('engine', 'engine/', VERSIONS);
    const after = await work('bare', 'bare-2/', BARE_VERSIONS);
    const collected = await work('engine', 'collected/', COLLECTED_VERSIONS, '--expose-gc');
    const bare = rate({
      versions: before.versions + after.versions,
      milliseconds: before.milliseconds + after.milliseconds,
    });
    const share = rate(engine) / bare;
    return {
      name: 'objects',
      what: `${VERSIONS} object versions tagged, locked and verified, with a journal, against a bare SDK loop of the same requests`,
      measured: [
        { label: 'bare loop', value: bare, unit: 'versions/s' },
        { label: 'direct engine', value: rate(engine), unit: 'versions/s' },
        ...describeMemory(engine.memory, collected.memory),
      ],
      bar: {
        label: 'engine / bare loop',
        value: share,
        limit: `at least ${LEAST_SHARE}, under ${MOST_MEGABYTES} MB and flat: at most ${FLAT_BYTES_PER_THING} bytes each`,
        met: share >= LEAST_SHARE && engine.memory.residentAtMost < MOST_MEGABYTES && isFlat(collected.memory),
      },
    };
  } finally {
    simulator.child.kill('SIGTERM');
    await once(simulator.child, 'close');
    rmSync(folder, { recursive: true, force: true });
  }
}

function rate({ versions, milliseconds }: Pick<Worked, 'versions' | 'milliseconds'>): number {
  return versions / (milliseconds / 1000);
}

/** As one file, as the provider is: a loader for TypeScript would count as memory of the engine. */
async function bundledWorker(folder: string): Promise<string> {
  const outfile = join(folder, 'worker.js');
  const entryPoints = [join(__dirname, 'objects-worker.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' });
  return outfile;
}

interface Running {
  readonly child: ChildProcess;
  readonly genesys: string;
  readonly env: Readonly<Record<string, string>>;
}

async function startSimulator(): Promise<Running> {
  const tsx = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const child = spawn(process.execPath, [tsx, join(ROOT, 'src', 'cli', 'main.ts'), 'simulate', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await firstLine(child);
  return { child, ...(JSON.parse(line) as Omit<Running, 'child'>) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) done(text.slice(0, end));
    });
    child.once('close', (code) => fail(new Error(`The simulator ended with ${code}.`)));
  });
}

async function createBucket(env: Running['env']): Promise<void> {
  const s3 = new S3Client({
    region: 'us-east-1',
    endpoint: env['AWS_ENDPOINT_URL_S3'] ?? '',
    forcePathStyle: true,
    credentials: {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
    },
  });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET, ObjectLockEnabledForBucket: true }));
  s3.destroy();
}

async function seed(genesys: string, prefix: string, count: number): Promise<void> {
  const body = JSON.stringify({ objects: { bucket: BUCKET, prefix, count } });
  const answer = await fetch(`${genesys}/__simulator/seed`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (!answer.ok) throw new Error(`The simulator did not take the objects: ${await answer.text()}`);
}

async function workOf(args: readonly string[], env: Running['env']): Promise<Worked> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await firstLine(child)) as Worked;
}
