/** Registers in memory, for providers in this process: no test may touch the one in the user's home. */
import { randomUUID } from 'node:crypto';
import type { RegisterClock, Store, Timing } from '../../src/register';
import { systemClock } from '../../src/time';
import type { RegisterSurroundings } from '../../src/provider/register';

/** Waits that a test can wait for. */
export const QUICK: Timing = { leaseMs: 60, longestRequestMs: 20, pollMs: 10, chunk: 100, chunksASection: 25 };

/** The same for holds in S3, where a request to lift is signed for whole seconds. */
export const QUICK_IN_S3: Timing = { ...QUICK, leaseMs: 6_000 };

/** Objects that every machine of a test sees. */
export class MemoryStore implements Store {
  readonly objects = new Map<string, Buffer>();
  /** What was asked, in order: `list e/`, `read e/1`, `create e/1`. */
  readonly calls: string[] = [];
  /** Asked before each call; throws where the store cannot be reached. */
  reach: (call: string) => void = () => undefined;

  constructor(readonly place = 's3://register-of-a-test') {}

  async list(prefix: string, after: string | undefined): Promise<readonly string[]> {
    this.call(`list ${prefix}`);
    return [...this.objects.keys()]
      .filter((key) => key.startsWith(prefix) && (after === undefined || key > after))
      .sort();
  }

  async read(key: string): Promise<Buffer | undefined> {
    this.call(`read ${key}`);
    return this.objects.get(key);
  }

  async create(key: string, body: Buffer): Promise<'created' | 'exists'> {
    this.call(`create ${key}`);
    if (this.objects.has(key)) return 'exists';
    this.objects.set(key, Buffer.from(body));
    return 'created';
  }

  /** What the log says, without what surrounds it. */
  get entries(): readonly { readonly kind: string; readonly [more: string]: unknown }[] {
    return [...this.objects.keys()]
      .filter((key) => key.startsWith('e/'))
      .sort()
      .map((key) => (JSON.parse(String(this.objects.get(key))) as { body: never }).body);
  }

  private call(what: string): void {
    this.calls.push(what);
    this.reach(what);
  }
}

/** The surroundings of a machine that keeps its register in this store. */
export function registersIn(
  store: Store = new MemoryStore(),
  more: Partial<RegisterSurroundings> = {},
): RegisterSurroundings {
  const clock: RegisterClock = { ...systemClock, monotonic: () => performance.now() };
  return {
    defaultFolder: '/nowhere/register',
    clock,
    random: Math.random,
    newId: randomUUID,
    actor: 'test@machine',
    store,
    s3: NEVER,
    timing: QUICK,
    ...more,
  };
}

/** For a provider that must not ask a register. */
export const NO_REGISTERS: RegisterSurroundings = registersIn({
  place: 'nowhere',
  list: NEVER,
  read: NEVER,
  create: NEVER,
});

function NEVER(): never {
  throw new Error('The register is not asked here.');
}
