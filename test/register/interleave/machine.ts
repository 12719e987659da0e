/** A machine that a run of a simulation is on: its clocks, and its way to the register. */
import { openRegister, type Register } from '../../../src/register';
import { storeOf, type StoreKind } from './stores';
import { LEASE_MS, LONGEST_MS, type Run, type World } from './world';

/** Small, so that a few conversations make several requests and several sections. */
const TIMING = { leaseMs: LEASE_MS, longestRequestMs: LONGEST_MS, pollMs: 5_000, chunk: 2, chunksASection: 2 };
const FOREVER = new AbortController().signal;

/** Opens the register for a run, on a machine with clocks of its own. */
export function registerOf(world: World, run: Run, kind: StoreKind): Promise<Register> {
  const { events, random, counters } = world;
  const clock = {
    now: () => 1_700_000_000_000 + events.now + run.skew,
    monotonic: () => events.now - run.suspended,
    sleep: (ms: number) => new Promise<void>((resolve) => events.after(ms, () => run.alive && resolve())),
  };
  return openRegister(
    {
      address: 'memory',
      store: storeOf(kind, world, run),
      s3: () => Promise.reject(new Error('There is no S3.')),
      clock,
      random,
      actor: `matter ${run.matter}`,
      timing: TIMING,
      newId: () => `claim-${run.matter}-${Math.floor(random() * 1e9)}`,
      report: (event) => counters.add(event),
    },
    FOREVER,
  );
}
