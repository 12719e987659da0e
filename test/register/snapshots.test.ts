import { createHash } from 'node:crypto';
import { ConversationSet } from '../../src/conversations';
import { openRegister, type ClaimKey, type Register } from '../../src/register';
import { Pack, packSets } from '../../src/register/pack';
import { NO_SETS, type Sets } from '../../src/register/sets';
import { MemoryStore } from '../support/registers';
import { conversation, conversations, FakeConversations, quickClock } from './support/fake-bits';

const FOREVER = new AbortController().signal;

function open(store: MemoryStore): Promise<Register> {
  return openRegister(
    {
      address: 'memory',
      store,
      s3: () => Promise.reject(new Error('no S3')),
      clock: quickClock(),
      random: Math.random,
      actor: 'test',
    },
    FOREVER,
  );
}

function keyOf(matter: string): ClaimKey {
  return {
    organization: 'organization',
    resourceType: 'genesyscloud_compliance_legalhold',
    holdApi: 'deletion_protection',
    matter,
    name: 'hold',
  };
}

const bits = new FakeConversations();

async function many(store: MemoryStore, matters: number): Promise<void> {
  for (let matter = 0; matter < matters; matter += 1) {
    const ids = conversations(matter, matter + 20);
    await (await open(store)).claimConversations({ key: keyOf(`matter ${matter}`), ids }, bits, FOREVER);
  }
}

describe('requests to the store', () => {
  it('do not grow with the number of claims: 10 an apply, 3 a refresh, 20 a release of three sections', async () => {
    const store = new MemoryStore();
    await many(store, 30);

    store.calls.length = 0;
    await open(store);
    expect(store.calls).toHaveLength(3);

    store.calls.length = 0;
    const ids = conversations(5, 7_000);
    const made = await (await open(store)).claimConversations({ key: keyOf('one more'), ids }, bits, FOREVER);
    expect(store.calls.length).toBeLessThanOrEqual(10);

    store.calls.length = 0;
    await (await open(store)).releaseConversations(made.reference, 'settled', bits, FOREVER);
    expect(store.calls.length).toBeLessThanOrEqual(20);
  });
});

describe('a snapshot', () => {
  it('says what the entries say', async () => {
    const store = new MemoryStore();
    await many(store, 5);
    const fromSnapshot = await open(store);
    for (const key of [...store.objects.keys()]) if (/^[sk]\//.test(key)) store.objects.delete(key);
    const fromEntries = await open(store);

    expect([...fromSnapshot.view.claims.values()]).toEqual([...fromEntries.view.claims.values()]);
    for (const claim of fromEntries.view.claims.values()) {
      const [one, other] = [
        await fromSnapshot.conversations(claim, FOREVER),
        await fromEntries.conversations(claim, FOREVER),
      ];
      expect(one.equals(other)).toBe(true);
    }
  });

  it.each(['s/', 'k/'])('that was changed below %s is passed over', async (prefix) => {
    const store = new MemoryStore();
    await many(store, 3);
    for (const [key, bytes] of store.objects) if (key.startsWith(prefix)) store.objects.set(key, bytes.subarray(1));
    const register = await open(store);
    const [claim] = register.view.claims.values();
    expect((await register.conversations(claim!, FOREVER)).size).toBe(21);
  });

  it('of a log that was cut back is not written on', async () => {
    const store = new MemoryStore();
    await many(store, 3);
    const last = [...store.objects.keys()]
      .filter((key) => key.startsWith('e/'))
      .sort()
      .at(-1)!;
    store.objects.delete(last);
    await expect(open(store)).rejects.toThrow(`${last} is missing, although a snapshot says that it was there`);
  });
});

describe('a pack', () => {
  it('gives back what was put in, sparse or dense', () => {
    const sets: Sets[] = [
      { ...NO_SETS, covers: conversations(0, 999), before: conversations(10, 20) },
      { ...NO_SETS, covers: ConversationSet.of([conversation(7), conversation(5_000)]), placed: conversations(7, 7) },
      { ...NO_SETS, covers: conversations(500, 1_200), unknown: conversations(600, 900) },
    ];
    const references = sets.map(({ covers, before, unknown, placed }) => ({
      sha256: '',
      count: covers.size,
      before: before.size,
      unknown: unknown.size,
      placed: placed.size,
    }));
    const { bytes, pool } = packSets(sets);
    const pack = new Pack(bytes, pool, references);
    sets.forEach((set, at) => {
      const read = pack.sets(at);
      for (const name of ['covers', 'before', 'unknown', 'placed'] as const) {
        expect([...read[name]]).toEqual([...set[name]]);
      }
    });
  });
});

describe('a claim of a million conversations', () => {
  it('is one object of 16 MB under its hash', async () => {
    const store = new MemoryStore();
    const packed = Buffer.alloc(16_000_000);
    for (let at = 0; at < 1_000_000; at += 1) packed.writeUInt32BE(at, at * 16);
    const ids = ConversationSet.fromPacked(packed);
    const all: FakeConversations = Object.assign(new FakeConversations(), {
      seen: (some: ConversationSet) => Promise.resolve(some),
    });
    await (
      await open(store)
    ).claimConversations(
      { key: keyOf('large'), ids },
      { ...all, seen: all.seen, set: all.set, lift: all.lift, whole: true },
      FOREVER,
    );
    const hash = createHash('sha256').update(packed).digest('hex');
    expect(store.objects.get(`c/${hash}`)).toHaveLength(16_000_000);
  });
});
