/** Processes of the provider over one organization and one register, on a clock that nobody waits for. */
import { setMaxListeners } from 'node:events';
import { createGenesys, ProcessState, type Genesys, type GenesysConfig } from '../../src/genesys';
import type { Transport } from '../../src/genesys/transport';
import { complianceProvider } from '../../src/provider';
import { openRegister, type Register, type Store } from '../../src/register';
import type { Clock } from '../../src/time';
import type { SimulatorOptions } from '../../src/simulator';
import { DyingTransport, InProcessCloud } from '../answers/in-process';
import { context, Driver } from '../framework/support/driver';
import { never, seeded, VirtualClock } from '../genesys/helpers';
import { CREDENTIALS } from '../provider/attached';
import { MemoryStore, registersIn } from '../support/registers';

// What a process that was killed had waited for is listened for by nobody, and stays.
setMaxListeners(0, context.signal);

export const EXPORT = 'genesyscloud_recording_export_job';
export const HOLD = 'genesyscloud_compliance_legalhold';

/** Where a process is killed: at its n-th request, before it leaves or after its answer was on its way. */
export interface Death {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** One process of the provider. */
export interface Process {
  readonly exports: Driver;
  readonly holds: Driver;
  /** Rejects when it is killed; never where it is not. */
  readonly killed: Promise<never>;
}

/** What stands between the provider and the world. */
export class Machine {
  readonly clock = new VirtualClock();
  readonly cloud: InProcessCloud;
  readonly store = new MemoryStore();
  /** Requests to Genesys Cloud since somebody has set this to zero. */
  requests = 0;
  runs = 0;
  private underWay = 0;

  constructor(
    private readonly seed: number,
    begins: number,
    options: SimulatorOptions,
  ) {
    this.clock.time = begins;
    // A request takes no time: the time limit of a look is not to pass while one is under way.
    this.clock.isBusy = () => this.underWay > 0;
    this.cloud = new InProcessCloud(
      { now: () => this.clock.now(), protectedLimit: 10_000, ...options },
      () => undefined,
    );
  }

  async start(death?: Death): Promise<Process> {
    this.runs += 1;
    const counted = this.counted(this.cloud.transport());
    const dying = death === undefined ? undefined : new DyingTransport(counted, death.at, death.when);
    const killed = dying?.killed ?? new Promise<never>(() => undefined);
    const store = mortalStore(this.store, killed);
    const provider = this.provider(dying ?? counted, store, mortal(this.clock, killed));
    const exports = await Driver.open(provider, EXPORT, { after: NEVER }, { aws_region: 'us-east-1' });
    return { exports, holds: await exports.sibling(HOLD), killed };
  }

  /** Genesys Cloud as a command reaches it. */
  genesys(): Genesys {
    return this.connect(
      {
        clientId: CREDENTIALS.GENESYSCLOUD_OAUTHCLIENT_ID,
        clientSecret: CREDENTIALS.GENESYSCLOUD_OAUTHCLIENT_SECRET,
        region: 'us-east-1',
        holdApi: 'deletion_protection',
      } as GenesysConfig,
      this.counted(this.cloud.transport()),
      this.clock,
    );
  }

  /** The register as a command reads it. */
  register(): Promise<Register> {
    return openRegister({ ...this.surroundings(this.store, this.clock), address: this.store.place }, never);
  }

  private provider(transport: Transport, store: Store, clock: Clock): ReturnType<typeof complianceProvider> {
    const nowhere = (): never => {
      throw new Error('export and hold ask nobody but Genesys Cloud');
    };
    return complianceProvider({
      version: '0.0.0-test',
      env: CREDENTIALS,
      now: () => new Date(this.clock.now()),
      connect: (config: GenesysConfig) => this.connect(config, transport, clock),
      deliveryProof: nowhere,
      liveSources: nowhere,
      openBucket: nowhere,
      journalFolder: '/nowhere',
      registers: this.surroundings(store, clock),
    });
  }

  private connect(config: GenesysConfig, transport: Transport, clock: Clock): Genesys {
    return createGenesys(
      { ...config, requestsPerMinute: 30_000, retryTimeoutMs: 60_000 },
      { clock, random: seeded(this.seed + this.runs), transport, state: new ProcessState() },
    );
  }

  private surroundings(store: Store, clock: Clock): ReturnType<typeof registersIn> {
    return registersIn(store, {
      clock: {
        now: () => clock.now(),
        monotonic: () => clock.now(),
        sleep: (ms, signal) => clock.sleep(ms, signal),
      },
      random: seeded(this.seed + this.runs),
    });
  }

  private counted(inner: Transport): Transport {
    return {
      tokenExpiresAt: inner.tokenExpiresAt,
      login: (signal) => this.during(inner.login(signal)),
      send: (request, signal) => {
        this.requests += 1;
        return this.during(inner.send(request, signal));
      },
    };
  }

  private async during<Value>(work: Promise<Value>): Promise<Value> {
    this.underWay += 1;
    try {
      return await work;
    } finally {
      this.underWay -= 1;
    }
  }
}

/** No real time passes: the limits of operations do not end them, and a killed one leaves no timer behind. */
const NEVER = () => () => undefined;

/** A store that hears nothing of a process that was killed. */
function mortalStore(store: Store, killed: Promise<never>): Store {
  const isDead = deathOf(killed);
  const alive = <Value>(work: () => Promise<Value>): Promise<Value> =>
    isDead() ? new Promise<Value>(() => undefined) : work();
  return {
    place: store.place,
    list: (...asked) => alive(() => store.list(...asked)),
    read: (...asked) => alive(() => store.read(...asked)),
    create: (...asked) => alive(() => store.create(...asked)),
  };
}

/** A clock that wakes no process that was killed. */
function mortal(clock: VirtualClock, killed: Promise<never>): Clock {
  const isDead = deathOf(killed);
  return {
    now: () => clock.now(),
    sleep: async (ms, signal) => {
      await clock.sleep(ms, signal);
      if (isDead()) await new Promise(() => undefined);
    },
  };
}

function deathOf(killed: Promise<never>): () => boolean {
  let isDead = false;
  killed.catch(() => (isDead = true));
  return () => isDead;
}
