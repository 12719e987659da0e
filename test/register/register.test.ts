import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConversationSet } from '../../src/conversations';
import {
  ClaimRefused,
  FileVersions,
  openRegister,
  SegmentTaken,
  type ClaimKey,
  type Register,
} from '../../src/register';
import { conversations, FakeConversations, FakeFiles, quickClock } from './support/fake-bits';

const FOREVER = new AbortController().signal;

let root: string;
let address: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'register-'));
  address = join(root, 'register');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function open(at = address): Promise<Register> {
  return openRegister(
    {
      address: at,
      s3: () => Promise.reject(new Error('no S3')),
      clock: quickClock(),
      random: Math.random,
      actor: 'test',
    },
    FOREVER,
  );
}

function keyOf(matter: string, more: Partial<ClaimKey> = {}): ClaimKey {
  return {
    organization: 'organization',
    resourceType: 'genesyscloud_compliance_legalhold',
    holdApi: 'deletion_protection',
    matter,
    name: 'hold',
    ...more,
  };
}

async function claim(matter: string, ids: ConversationSet, bits: FakeConversations) {
  return (await open()).claimConversations({ key: keyOf(matter), ids }, bits, FOREVER);
}

describe('two matters over the same conversations', () => {
  it.each(['first', 'second'])('stay held when the %s is released, until the other is', async (which) => {
    const bits = new FakeConversations();
    const first = await claim('first', conversations(0, 39), bits);
    const second = await claim('second', conversations(12, 59), bits);
    const [released, kept] = which === 'first' ? [first, second] : [second, first];

    const outcome = await (await open()).releaseConversations(released.reference, 'settled', bits, FOREVER);
    expect(bits.held.equals(kept.covers)).toBe(true);
    expect(outcome).toMatchObject({ lifted: released.covers.size - 28, kept: { size: 28 } });

    await (await open()).releaseConversations(kept.reference, 'settled', bits, FOREVER);
    expect(bits.held.size).toBe(0);
  });

  it('are counted for a plan, and not named', async () => {
    const bits = new FakeConversations();
    const first = await claim('first', conversations(0, 39), bits);
    await claim('second', conversations(12, 59), bits);
    await claim('third', conversations(38, 45), bits);
    const overlap = await (await open()).overlap({ key: keyOf('first'), claim: first.claim }, first.covers, FOREVER);
    expect(overlap).toMatchObject({ stay: 28, claims: 2 });
    expect(JSON.stringify([...overlap.byClaim])).not.toMatch(/second|third/);
  });

  it('share nothing with another organization or hold API', async () => {
    const bits = new FakeConversations();
    const { claim: own } = await claim('first', conversations(0, 3), bits);
    for (const more of [{ organization: 'other' }, { holdApi: 'compliance' }]) {
      await (await open()).claimConversations({ key: keyOf('second', more), ids: conversations(0, 3) }, bits, FOREVER);
    }
    const overlap = await (await open()).overlap({ key: keyOf('first'), claim: own }, conversations(0, 3), FOREVER);
    expect(overlap.stay).toBe(0);
  });
});

describe('what was held before', () => {
  it('stays held', async () => {
    const bits = new FakeConversations(conversations(0, 4));
    const { reference } = await claim('first', conversations(0, 9), bits);
    const outcome = await (await open()).releaseConversations(reference, 'settled', bits, FOREVER);
    expect(outcome).toMatchObject({ lifted: 5, before: { size: 5 } });
    expect(bits.held.equals(conversations(0, 4))).toBe(true);
  });

  it('by an apply that did not reach the register was not held by others', async () => {
    // Given a matter that set 0 to 9 unregistered, where 0 and 1 were held already, and another that came before it was claimed
    const bits = new FakeConversations(conversations(0, 9));
    const other = await claim('other', conversations(5, 9), bits);
    const late = await (
      await open()
    ).claimConversations(
      {
        key: keyOf('late'),
        ids: conversations(0, 9),
        earlier: { placed: conversations(2, 9), before: conversations(0, 1) },
      },
      bits,
      FOREVER,
    );
    // When both are released
    await (await open()).releaseConversations(late.reference, 'settled', bits, FOREVER);
    expect(bits.held.equals(conversations(0, 1).union(conversations(5, 9)))).toBe(true);
    await (await open()).releaseConversations(other.reference, 'settled', bits, FOREVER);
    // Then only what was held before stays
    expect(bits.held.equals(conversations(0, 1))).toBe(true);
  });

  it('by a hold of 0.1.0 stays held, until all such holds are adopted', async () => {
    const bits = new FakeConversations(conversations(0, 9));
    const adopt = async (matter: string, ids: ConversationSet) =>
      (await open()).claimConversations(
        { key: keyOf(matter), ids, earlier: { placed: ids, before: 'unknown' } },
        bits,
        FOREVER,
      );
    // Given a new claim over a hold of 0.1.0, which is adopted later, and one that is alone
    const fresh = await claim('fresh', conversations(5, 9), bits);
    const old = await adopt('old', conversations(0, 9));
    const outcome = await (await open()).releaseConversations(old.reference, 'settled', bits, FOREVER);
    expect(outcome).toMatchObject({ lifted: 0, unknown: { size: 10 } });
    expect(bits.held.size).toBe(10);
    // When the new one is released, knowing that none is left unadopted
    const last = await (
      await open()
    ).releaseConversations(fresh.reference, 'settled', bits, FOREVER, { allHoldsAdopted: true });
    expect(last).toMatchObject({ lifted: 5 });
  });
});

describe('a state and its claim', () => {
  it('of another register is refused', async () => {
    const bits = new FakeConversations();
    const { reference } = await claim('first', conversations(0, 3), bits);
    const other = await open(join(root, 'other'));
    expect(() => other.claim(reference)).toThrow(/was made with register .*; the one at .* is empty/);
    await expect(other.releaseConversations(reference, 'settled', bits, FOREVER)).rejects.toMatchObject({
      kind: 'foreign',
    });
    expect(bits.held.size).toBe(4);
  });

  it('that the register lacks is refused', async () => {
    const bits = new FakeConversations();
    const { reference } = await claim('first', conversations(0, 3), bits);
    const register = await open();
    const lost = { ...reference, claim: 'not-there' };
    await expect(register.releaseConversations(lost, 'settled', bits, FOREVER)).rejects.toMatchObject({
      kind: 'missing',
    });
  });

  it('of an old epoch is refused to release, and told what to do', async () => {
    const bits = new FakeConversations();
    const { reference } = await claim('first', conversations(0, 3), bits);
    const newer = await (await open()).takeOver(reference.claim, FOREVER);
    expect(newer.epoch).toBe(2);
    const old = (await open()).releaseConversations(reference, 'settled', bits, FOREVER);
    await expect(old).rejects.toThrow(/is managed by a newer state \(epoch 2\).*import claim\//);
    expect(bits.held.size).toBe(4);
    await (await open()).releaseConversations(newer, 'settled', bits, FOREVER);
    expect(bits.held.size).toBe(0);
  });

  it('that is released is never set again', async () => {
    const bits = new FakeConversations();
    const { reference } = await claim('first', conversations(0, 3), bits);
    await (await open()).releaseConversations(reference, 'settled', bits, FOREVER);
    const again = (await open()).growConversations(reference, conversations(0, 5), bits, FOREVER);
    await expect(again).rejects.toMatchObject({ reason: 'dropped' });
    expect(bits.held.size).toBe(0);
  });

  it('of the same key is an error that names the import', async () => {
    const bits = new FakeConversations();
    await claim('first', conversations(0, 3), bits);
    await expect(claim('first', conversations(0, 3), bits)).rejects.toThrow(/import ADDRESS claim\//);
  });

  it('of a killed first apply is carried on', async () => {
    const bits = new FakeConversations();
    const dying = Object.assign(new FakeConversations(), { set: () => Promise.reject(new Error('killed')) });
    await expect(claim('first', conversations(0, 3), dying)).rejects.toThrow('killed');
    expect(await claim('first', conversations(2, 5), bits)).toMatchObject({ adopted: true, covers: { size: 6 } });
  });

  it('that a plan from before its release would make again is stopped', async () => {
    const bits = new FakeConversations();
    const key = keyOf('first');
    const releasedSeen = (await open()).released(key);
    const { reference } = await claim('first', conversations(0, 3), bits);
    await (await open()).releaseConversations(reference, 'settled', bits, FOREVER);
    const late = (await open()).claimConversations({ key, ids: conversations(0, 3), releasedSeen }, bits, FOREVER);
    await expect(late).rejects.toBeInstanceOf(ClaimRefused);
    expect(bits.held.size).toBe(0);
  });
});

describe('a claim that covers less', () => {
  it('taken over, is not released by the state of the claim that it replaced', async () => {
    const bits = new FakeConversations();
    const { reference: old } = await claim('first', conversations(0, 3), bits);
    const narrowed = await (await open()).narrowConversations(old, conversations(0, 1), 'out of scope', bits, FOREVER);
    await (await open()).takeOver(narrowed.reference.claim, FOREVER);
    const release = (await open()).releaseConversations(old, 'settled', bits, FOREVER);
    await expect(release).rejects.toMatchObject({ reason: 'superseded' });
    expect(bits.held).toEqual(conversations(0, 1));
  });

  it('is taken over by one of two runs that saw it at once', async () => {
    const { reference } = await claim('first', conversations(0, 3), new FakeConversations());
    const [one, other] = [await open(), await open()];
    await one.takeOver(reference.claim, FOREVER);
    await expect(other.takeOver(reference.claim, FOREVER)).rejects.toMatchObject({ reason: 'superseded' });
  });

  it('lets go of the rest, where nobody else needs it', async () => {
    const bits = new FakeConversations(conversations(0, 0));
    const { reference } = await claim('first', conversations(0, 9), bits);
    await claim('second', conversations(8, 9), bits);
    const narrowed = await (
      await open()
    ).narrowConversations(reference, conversations(2, 5), 'out of scope', bits, FOREVER);
    expect([...bits.held]).toEqual([
      ...ConversationSet.unionOf([conversations(0, 0), conversations(2, 5), conversations(8, 9)]),
    ]);
    const register = await open();
    expect(register.claim(narrowed.reference).state).toBe('held');
    expect(register.claim(reference)).toMatchObject({ state: 'done', replacedBy: narrowed.reference.claim });
    expect(register.released(keyOf('first'))).toBe(0);
  });
});

describe('a register that is not reached', () => {
  it('says so, and what to check', async () => {
    const taken = join(root, 'taken');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(taken, '');
    await expect(open(taken)).rejects.toMatchObject({ kind: 'unreachable' });
    await expect(open('ftp://somewhere')).rejects.toThrow(RangeError);
  });
});

describe('a claim over files', () => {
  const key = (matter: string): ClaimKey => keyOf(matter, { resourceType: 'genesyscloud_compliance_object_hold' });
  const file = (name: string) => ({ key: name, versionId: '1' });
  const all = FileVersions.of(['a/1', 'a/2', 'b/1', 'b/2'].map(file));

  async function hold(matter: string, prefix: string, bits: FakeFiles, placed: FileVersions) {
    const register = await open();
    const { claim: made, setting } = await register.claimFiles(
      { key: key(matter), files: { bucket: 'bucket', prefix } },
      FOREVER,
    );
    await bits.set(await setting.ready(placed, FOREVER));
    await setting.finish(placed.size, FOREVER);
    return register.reference(made.id);
  }

  it('is compared key by key, and lifts what no other covers', async () => {
    const bits = new FakeFiles();
    const whole = await hold('whole', '', bits, all);
    await hold('part', 'b/', bits, FileVersions.none);
    const register = await open();
    const others = await register.coverOfOthers({ key: key('whole'), claim: whole.claim }, 'bucket', FOREVER);
    expect(['a/1', 'b/1'].map((name) => others(name).length)).toEqual([0, 1]);
    const lifted = await register.releaseFiles(
      whole,
      {
        bucket: 'bucket',
        reason: 'settled',
        own: async function* () {
          yield await Promise.resolve(all);
        },
        bits,
      },
      FOREVER,
    );
    expect(lifted).toBe(2);
    expect([...bits.held].map(({ key: name }) => name)).toEqual(['b/1', 'b/2']);
  });

  it('ships a journal that another machine reads', async () => {
    const writer = (await open()).journal('hold-1');
    await writer.append(Buffer.from('one\n'), FOREVER);
    await writer.append(Buffer.from('two\n'), FOREVER);
    const reader = (await open()).journal('hold-1');
    const pieces: Buffer[] = [];
    for await (const piece of reader.read(FOREVER)) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('one\ntwo\n');
    await reader.append(Buffer.from('three\n'), FOREVER);
    await expect(writer.append(Buffer.from('four\n'), FOREVER)).rejects.toBeInstanceOf(SegmentTaken);
    expect(await (await open()).journal('hold-2').size(FOREVER)).toBe(0);
  });
});

describe('the log', () => {
  it('says who did what when, chained by hash', async () => {
    const bits = new FakeConversations();
    const { reference } = await claim('first', conversations(0, 3), bits);
    await (await open()).releaseConversations(reference, 'settled', bits, FOREVER);
    const entries = readdirSync(join(address, 'e')).map(
      (name) => JSON.parse(readFileSync(join(address, 'e', name), 'utf8')) as { body: { kind: string }; actor: string },
    );
    expect(entries.map(({ body }) => body.kind)).toEqual(['open', 'claim', 'held', 'drop', 'lift', 'close', 'done']);
    expect(new Set(entries.map(({ actor }) => actor))).toEqual(new Set(['test']));
  });

  it.each([
    ['an entry', 'e'],
    ['a set', 'c'],
  ])('is verified to the last byte: %s that is missing is named', async (_what, folder) => {
    await claim('first', conversations(0, 3), new FakeConversations());
    await expect((await open()).verify(FOREVER)).resolves.toMatchObject({ view: { last: 3 } });
    const name = readdirSync(join(address, folder))[0]!;
    rmSync(join(address, folder, name));
    const verified = (await open()).verify(FOREVER);
    await expect(verified).rejects.toMatchObject({ kind: 'damaged' });
    await expect(verified).rejects.toThrow(name);
  });
});
