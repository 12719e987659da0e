import { randomBytes, randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ConversationSet } from '../src/conversations';
import {
  openRegister,
  TIMING,
  type Bits,
  type ClaimKey,
  type Register,
  type Store,
  type Timing,
} from '../src/register';
import type { BenchResult } from './result';

const CONVERSATIONS = 100_000;
const MATTERS = 100;
/** Over conversations that no other matter needs, so that all of them are lifted. */
const ALONE = [7_000, 28_000] as const;
const ID_BYTES = 16;
const FOREVER = new AbortController().signal;

/** Sizes of a claim, for what an id costs in memory. */
const LARGE = [200_000, 1_000_000] as const;
/** The matters that are there before are set in one request each: they are not what is measured. */
const AT_ONCE: Timing = { ...TIMING, chunk: CONVERSATIONS };

/** Requests to the store and to Genesys Cloud, and memory, with 100 matters over 100,000 conversations. */
export async function run(): Promise<BenchResult> {
  const all = ConversationSet.of(Array.from({ length: CONVERSATIONS }, () => randomUUID()));
  const store = new CountedStore();
  const genesys = new Genesys();
  for (let matter = 0; matter < MATTERS; matter += 1) {
    let at = 0;
    const ids = ConversationSet.of([...all].filter(() => (at += 1) % MATTERS === matter || at % 7 === 0));
    await (await open(store, AT_ONCE)).claimConversations({ key: keyOf(matter), ids }, genesys.bits(), FOREVER);
  }
  const shared = await lifeOf('SHARED', [...all.parts(ALONE[0])][0] as ConversationSet, store, genesys);
  const alone: Life[] = [];
  for (const size of ALONE) {
    const ids = ConversationSet.of(Array.from({ length: size }, () => randomUUID()));
    alone.push(await lifeOf(`ALONE-${size}`, ids, store, genesys));
  }
  const [small, large] = alone as [Life, Life];
  const lives = [shared, small];
  const lookSetLook = Math.max(...[shared, ...alone].map(({ apply, size }) => apply.genesys / (3 * requestsFor(size))));
  const most = (of: (life: Life) => Counted<unknown>): number => Math.max(...lives.map((life) => of(life).store));
  const [apply, refresh, release] = [
    most((life) => life.apply),
    most((life) => life.refresh),
    most((life) => life.release),
  ];
  // What comes on top of the fixed part: 21,000 conversations more.
  const growth =
    (large.apply.store - small.apply.store + large.release.store - small.release.store) /
    (large.apply.genesys - small.apply.genesys + large.release.genesys - small.release.genesys);
  const kept = [await memoryOf(LARGE[0]), await memoryOf(LARGE[1])] as const;
  const bytesAnId = (kept[1] - kept[0]) / (LARGE[1] - LARGE[0]);
  return {
    name: 'register',
    what: `${MATTERS} matters over ${CONVERSATIONS} conversations; others of ${ALONE[0]} to ${ALONE[1]} are claimed, looked up, released`,
    measured: [
      { label: 'requests to the store, an apply', value: apply, unit: '(bar 10)' },
      { label: 'requests to the store, a refresh', value: refresh, unit: '(bar 3)' },
      { label: 'requests to the store, a release', value: release, unit: '(bar 20)' },
      { label: 'requests to Genesys Cloud, an apply', value: lookSetLook, unit: 'of look, set, look (bar 1)' },
      { label: 'memory that a claim keeps, an id', value: bytesAnId, unit: 'bytes (an id is 16)' },
      { label: 'apply over shared conversations', value: shared.apply.ms, unit: 'ms of this process' },
      { label: 'release over shared conversations', value: shared.release.ms, unit: 'ms of this process' },
    ],
    bar: {
      label: 'more requests to the store of those to Genesys',
      value: growth,
      limit: 'at most 0.10, beside 10 an apply, 3 a refresh, 20 a release',
      met: growth <= 0.1 && apply <= 10 && refresh <= 3 && release <= 20 && lookSetLook <= 1,
    },
  };
}

/** One matter that is claimed, looked up and released. */
interface Life {
  readonly size: number;
  readonly apply: Counted<unknown>;
  readonly refresh: Counted<unknown>;
  readonly release: Counted<unknown>;
}

async function lifeOf(matter: string, ids: ConversationSet, store: CountedStore, genesys: Genesys): Promise<Life> {
  const count = <Answer>(work: () => Promise<Answer>): Promise<Counted<Answer>> => counted(store, genesys, work);
  const apply = await count(() => protect(store, { ...keyOf(0), matter }, ids, genesys.bits()));
  const refresh = await count(() => open(store));
  const release = await count(async () =>
    (await open(store)).releaseConversations(apply.answer, 'settled', genesys.bits(), FOREVER),
  );
  return { size: ids.size, apply, refresh, release };
}

/** As the provider does it: what was looked at before the claim was written is not looked at again before it is set. */
async function protect(
  store: Store,
  key: ClaimKey,
  ids: ConversationSet,
  bits: CountedBits,
): Promise<ReturnType<Register['reference']>> {
  const register = await open(store);
  const { setting, reference } = await register.beginConversations({ key, ids }, bits, FOREVER);
  const before = bits.held;
  const unasked = ids.minus(bits.asked);
  let seen = ConversationSet.empty;
  for (const chunk of unasked.parts(TIMING.chunk)) seen = seen.union(await bits.seen(chunk));
  for (const chunk of ids.minus(before).minus(seen).parts(TIMING.chunk)) {
    await bits.set(await setting.ready(chunk, FOREVER));
    await bits.seen(chunk);
  }
  await setting.finish(ids.size, FOREVER);
  return reference;
}

interface Counted<Answer> {
  readonly answer: Answer;
  readonly store: number;
  readonly genesys: number;
  readonly ms: number;
}

async function counted<Answer>(
  store: CountedStore,
  genesys: Genesys,
  work: () => Promise<Answer>,
): Promise<Counted<Answer>> {
  const [stored, asked, begun] = [store.requests, genesys.requests, performance.now()];
  const answer = await work();
  return {
    answer,
    store: store.requests - stored,
    genesys: genesys.requests - asked,
    ms: performance.now() - begun,
  };
}

/** What is held on to, the ids included, after one claim of this size was written and set, without what the store of the bench keeps. */
async function memoryOf(size: number): Promise<number> {
  const before = used();
  const ids = ConversationSet.fromPacked(randomBytes(size * ID_BYTES));
  const store = new CountedStore();
  const genesys = new Genesys();
  const register = await open(store, AT_ONCE);
  await register.claimConversations({ key: keyOf(0), ids }, genesys.bits(), FOREVER);
  // Bits are Genesys Cloud's own.
  genesys.forget();
  const kept = used() - before - store.bytes;
  return register.id === null || ids.size !== size ? NaN : kept;
}

/** Bytes in use after garbage is gone. */
function used(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What a first collection lets go of, a second one has given back.
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function requestsFor(size: number): number {
  return Math.ceil(size / TIMING.chunk);
}

function keyOf(matter: number): ClaimKey {
  return {
    organization: 'organization',
    resourceType: 'genesyscloud_compliance_legalhold',
    holdApi: 'deletion_protection',
    matter: `MATTER-${matter}`,
    name: 'hold',
  };
}

/** With a clock on which waiting takes no time. */
function open(store: Store, timing = TIMING): Promise<Register> {
  let at = 0;
  const clock = {
    now: () => at,
    monotonic: () => at,
    sleep: (ms: number) => {
      at += ms;
      return Promise.resolve();
    },
  };
  return openRegister(
    {
      address: 'memory',
      store,
      s3: () => Promise.reject(new Error('no S3')),
      clock,
      random: Math.random,
      actor: 'bench',
      timing,
    },
    FOREVER,
  );
}

class CountedStore implements Store {
  readonly place = 'memory';
  requests = 0;
  private readonly objects = new Map<string, Buffer>();

  get bytes(): number {
    return [...this.objects.values()].reduce((total, { length }) => total + length, 0);
  }

  list(prefix: string, after: string | undefined, _signal: AbortSignal, most?: number): Promise<readonly string[]> {
    this.requests += 1;
    const keys = [...this.objects.keys()].filter(
      (key) => key.startsWith(prefix) && (after === undefined || key > after),
    );
    return Promise.resolve(keys.sort().slice(0, most));
  }

  read(key: string): Promise<Buffer | undefined> {
    this.requests += 1;
    return Promise.resolve(this.objects.get(key));
  }

  create(key: string, body: Buffer): Promise<'created' | 'exists'> {
    this.requests += 1;
    if (this.objects.has(key)) return Promise.resolve('exists');
    this.objects.set(key, Buffer.from(body));
    return Promise.resolve('created');
  }
}

/** The bit that Genesys Cloud keeps for each conversation. */
class Genesys {
  requests = 0;
  set = ConversationSet.empty;

  /** As one run sees it. */
  bits(): CountedBits {
    return new CountedBits(this);
  }

  forget(): void {
    this.set = ConversationSet.empty;
  }
}

/** Remembers what it looked at, as the provider does. */
class CountedBits implements Bits<ConversationSet> {
  asked = ConversationSet.empty;
  held = ConversationSet.empty;

  constructor(private readonly genesys: Genesys) {}

  seen(ids: ConversationSet): Promise<ConversationSet> {
    this.genesys.requests += 1;
    const held = ids.and(this.genesys.set);
    this.asked = this.asked.union(ids);
    this.held = this.held.minus(ids).union(held);
    return Promise.resolve(held);
  }

  set(ids: ConversationSet): Promise<void> {
    this.genesys.requests += 1;
    this.genesys.set = this.genesys.set.union(ids);
    return Promise.resolve();
  }

  lift(ids: ConversationSet): Promise<void> {
    this.genesys.requests += 1;
    this.genesys.set = this.genesys.set.minus(ids);
    return Promise.resolve();
  }
}
