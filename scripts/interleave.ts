/**
 * `npm run interleave -- [--seeds N] [--from N] [--without STEP]`: plays matters on several machines over shared
 * conversations, each seed another order of everything, and a script for each order that chance does not find. Checks the
 * invariants of docs/design/register.md. With --without, a step of the protocol is taken out and failures are what is wanted.
 */
import { parseArgs } from 'node:util';
import { playWithout } from '../test/register/interleave/bundle';
import { Counters } from '../test/register/interleave/counters';
import { LEFT_OUT } from '../test/register/interleave/left-out';
import * as whole from '../test/register/interleave/play';

const NAMED = 5;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string' }, from: { type: 'string' }, without: { type: 'string' } },
  });
  const from = Number(values.from ?? 1);
  const seeds = Number(values.seeds ?? 500);
  const without = values.without;
  const step = LEFT_OUT.find((one) => one.step === without);
  if (without !== undefined && step === undefined) {
    console.error(
      `There is no step "${without}". The steps are:\n${LEFT_OUT.map((one) => `  ${one.step}`).join('\n')}`,
    );
    return 1;
  }
  const play = step === undefined ? whole : await playWithout(step);
  const counters = new Counters();
  const failed: number[] = [];
  let scripts = 0;
  const begun = Date.now();
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = await play.simulate(seed);
    counters.merge(result.counters);
    if (result.broken.length === 0) continue;
    failed.push(seed);
    if (failed.length <= NAMED) console.log(`seed ${seed}: ${result.broken.slice(0, 3).join('; ')}`);
  }
  for (const [name, script] of Object.entries(play.SCRIPTS)) {
    const result = await script();
    counters.merge(result.counters);
    if (result.broken.length === 0) continue;
    scripts += 1;
    console.log(`script "${name}": ${result.broken.join('; ')}`);
  }
  for (const [counter, count] of counters.entries()) console.log(`${String(count).padStart(9)}  ${counter}`);
  const seconds = Math.round((Date.now() - begun) / 1_000);
  console.log(
    `${seeds} seeds from ${from}${step === undefined ? '' : ` without ${step.step}`}: ${failed.length} broke an invariant (${seconds} s), and ${scripts} of ${Object.keys(play.SCRIPTS).length} scripts`,
  );
  return failed.length + scripts === 0 ? 0 : 1;
}

void main().then((code) => (process.exitCode = code));
