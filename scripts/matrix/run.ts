/**
 * `npm run matrix [nodes] [constructs]`: the built product on everything that it says it runs on. Linux only; by command and not
 * in CI, since it takes some hundred megabytes from the registry. Run `npm run build` first.
 *
 * Nodes: each Node that is supported, and the executable of this platform on none. Constructs: cdktf and cdktn, with their
 * programs. A row is whole when an export and its hold are applied against the simulator and the next plan has nothing to do.
 */
import { startSimulator, type Simulator } from '../../src/simulator';
import { CONSTRUCT_LIBRARIES, tryConstructs } from './constructs';
import { MAJORS, tryExecutable, tryNode } from './nodes';
import type { Row } from './row';

const LEGS: Readonly<Record<string, readonly ((simulator: Simulator) => Promise<Row | undefined>)[]>> = {
  nodes: [...MAJORS.map((major) => (simulator: Simulator) => tryNode(major, simulator)), tryExecutable],
  constructs: CONSTRUCT_LIBRARIES.map((library) => (simulator: Simulator) => tryConstructs(library, simulator)),
};

async function main(): Promise<void> {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(LEGS);
  const unknown = wanted.filter((name) => LEGS[name] === undefined);
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')}: write ${Object.keys(LEGS).join(' or ')}.`);
  for (const attempt of wanted.flatMap((name) => LEGS[name] ?? [])) {
    const simulator = await startSimulator({
      pendingMs: 20,
      processingMs: 50,
      exportDelayMs: 100,
      rateLimitPerMinute: 100_000,
      seed: { conversations: 10 },
    });
    const row = await attempt(simulator);
    await simulator.stop();
    if (row === undefined) continue;
    const seconds = (row.ms / 1000).toFixed(1);
    console.log(
      `${row.label.padEnd(16)} ${row.versions.padEnd(44)} ${row.problem === undefined ? `ok, ${seconds} s` : 'FAILED'}`,
    );
    if (row.problem === undefined) continue;
    console.log(row.problem);
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
