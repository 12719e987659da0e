import { randomUUID } from 'node:crypto';
import { ConversationSet } from '../src/conversations';
import { openRegister, type Bits, type ClaimKey, type Register, type Store } from '../src/register';
import type { BenchResult } from './result';

const CONVERSATIONS = 100_000;
const MATTERS = 100;
const CHUNK = 100;
const FOREVER = new AbortController().signal;

/** Requests to the store and to Genesys Cloud, with 100 matters over 100,000 conversations. */
export async function run(): Promise<BenchResult> {
  const all = ConversationSet.of(Array.from({ length: CONVERSATIONS }, () => randomUUID()));
  const store = new CountedStore();
  const genesys = new CountedBits();
  for (let matter = 0; matter < MATTERS - 1; matter += 1) {
    const ids = ConversationSet.of([...all].filter((_, at) => at % MATTERS === matter || at % 7 === 0));
    await (await open(store)).claimConversations({ key: keyOf(matter), ids }, genesys, FOREVER);
  }
  const last = ConversationSet.of([...all].slice(0, 7_000));
  const before = process.memoryUsage().rss;
  const apply = await counted(store, genesys, async () =>
    (await open(store)).claimConversations({ key: keyOf(MATTERS), ids: last }, genesys, FOREVER),
  );
  const refresh = await counted(store, genesys, () => open(store));
  const release = await counted(store, genesys, async () =>
    (await open(store)).releaseConversations(apply.answer.reference, 'settled', genesys, FOREVER),
  );
  const share = (apply.store + release.store) / (apply.genesys + release.genesys);
  const lookSetLook = (3 * last.size) / CHUNK;
  return {
    name: 'register',
    what: `${MATTERS} matters over ${CONVERSATIONS} conversations; one more of ${last.size} is claimed, looked up, released`,
    measured: [
      { label: 'requests to the store, an apply', value: apply.store, unit: '(bar 10)' },
      { label: 'requests to the store, a refresh', value: refresh.store, unit: '(bar 3)' },
      { label: 'requests to the store, a release', value: release.store, unit: '(bar 20)' },
      { label: 'requests to Genesys Cloud, an apply', value: apply.genesys, unit: `(look, set, look: ${lookSetLook})` },
      { label: 'memory that the apply added', value: (process.memoryUsage().rss - before) / 2 ** 20, unit: 'MiB' },
    ],
    bar: {
      label: 'requests to the store of those to Genesys Cloud',
      value: share,
      limit: 'at most 0.10, and 10 an apply, 3 a refresh, 20 a release',
      met: share <= 0.1 && apply.store <= 10 && refresh.store <= 3 && release.store <= 20,
    },
  };
}

interface Counted<Answer> {
  readonly answer: Answer;
  readonly store: number;
  readonly genesys: number;
}

async function counted<Answer>(
  store: CountedStore,
  genesys: CountedBits,
  work: () => Promise<Answer>,
): Promise<Counted<Answer>> {
  const [stored, asked] = [store.requests, genesys.requests];
  const answer = await work();
  return { answer, store: store.requests - stored, genesys: genesys.requests - asked };
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

function open(store: Store): Promise<Register> {
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
    },
    FOREVER,
  );
}

class CountedStore implements Store {
  readonly place = 'memory';
  requests = 0;
  private readonly objects = new Map<string, Buffer>();

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
    this.objects.set(key, body);
    return Promise.resolve('created');
  }
}

class CountedBits implements Bits<ConversationSet> {
  requests = 0;
  private readonly held = new Set<string>();

  seen(ids: ConversationSet): Promise<ConversationSet> {
    this.requests += 1;
    return Promise.resolve(ConversationSet.of([...ids].filter((id) => this.held.has(id))));
  }

  set(ids: ConversationSet): Promise<void> {
    this.requests += 1;
    for (const id of ids) this.held.add(id);
    return Promise.resolve();
  }

  lift(ids: ConversationSet): Promise<void> {
    this.requests += 1;
    for (const id of ids) this.held.delete(id);
    return Promise.resolve();
  }
}
