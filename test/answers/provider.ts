/** The provider over a connection of one's own, on a clock that nobody waits for. */
import { createGenesys, type GenesysConfig, ProcessState } from '../../src/genesys';
import type { Transport } from '../../src/genesys/transport';
import { complianceProvider } from '../../src/provider';
import type { RegisterSurroundings } from '../../src/provider/register';
import { seeded, type VirtualClock } from '../genesys/helpers';
import { CREDENTIALS } from '../provider/attached';
import { registersIn } from '../support/registers';

/** One run of it: a process of its own. */
export function providerOver(
  transport: Transport,
  clock: VirtualClock,
  { seed, registers }: { readonly seed: number; readonly registers: RegisterSurroundings },
): ReturnType<typeof complianceProvider> {
  const nowhere = (): never => {
    throw new Error('an apply of export and hold asks nobody but Genesys Cloud');
  };
  return complianceProvider({
    version: '0.0.0-test',
    env: CREDENTIALS,
    now: () => new Date(clock.now()),
    connect: (config: GenesysConfig) =>
      createGenesys(
        { ...config, requestsPerMinute: 30_000, retryTimeoutMs: 60_000 },
        { clock, random: seeded(seed), transport, state: new ProcessState() },
      ),
    deliveryProof: nowhere,
    liveSources: nowhere,
    openBucket: nowhere,
    journalFolder: '/nowhere',
    registers,
  });
}

/** The register of a machine, in memory. */
export function registersOn(clock: VirtualClock, seed: number): RegisterSurroundings {
  return registersIn(undefined, {
    clock: {
      now: () => clock.now(),
      monotonic: () => clock.now(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
    },
    random: seeded(seed),
  });
}
