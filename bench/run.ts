/**
 * `npm run bench [-- NAME …]`: prints each measure beside its bar and writes build/bench.json.
 * Ratios, not times: a machine under load makes both sides slower.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { bundleProvider } from '../scripts/bundle-provider';
import type { BenchResult } from './result';

const ROOT = resolve(__dirname, '..');

type Bench = () => Promise<BenchResult>;

/** Loaded one at a time, so that one bench does not weigh on another. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  startup: async () => (await import('./startup')).run,
  plan: async () => (await import('./plan')).run,
  hold: async () => (await import('./hold')).run,
  objects: async () => (await import('./objects')).run,
  manifest: async () => (await import('./manifest')).run,
  review: async () => (await import('./review')).run,
  synth: async () => (await import('./synth')).run,
  register: async () => (await import('./register')).run,
};

async function main(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter((name) => !(name in BENCHES));
  if (unknown.length > 0) {
    console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
    return 1;
  }
  await bundleProvider();
  const results: BenchResult[] = [];
  for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHES)) {
    const bench = await BENCHES[name]!();
    const result = await bench();
    results.push(result);
    print(result);
  }
  const file = join(ROOT, 'build', 'bench.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
  console.log(`\nWritten to ${file}`);
  return 0;
}

function print(result: BenchResult): void {
  console.log(`\n${result.name}: ${result.what}`);
  for (const { label, value, unit } of result.measured)
    console.log(`  ${label.padEnd(44)} ${value.toFixed(2)} ${unit}`);
  const verdict = result.bar.met ? 'met' : 'MISSED';
  console.log(`  ${result.bar.label.padEnd(44)} ${result.bar.value.toFixed(2)} (bar ${result.bar.limit}: ${verdict})`);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
