import type { Act } from '../../../src/attribution';
import { ConversationSet } from '../../../src/conversations';
import { deletionsIn } from '../../../src/evidence/collect/audited';
import { actorIn, versionsAsked } from '../../../src/evidence/collect/recorded';
import { GeneratedWorld } from '../support/world';
import type { Difference, NotLookedAt } from '../../../src/evidence';

const act = (doing: Act['doing'], more: Partial<Act> = {}): Act => ({
  at: 1_000_000,
  actor: 'user Bob (b-1)',
  client: 'client crm',
  address: '198.51.100.7',
  source: 'audit 17 of Genesys Cloud',
  doing,
  ...more,
});
const read = (...acts: readonly Act[]) => ({
  name: 'the audits of Genesys Cloud',
  acts,
  from: 0,
  because: 'it ends there',
});

test('what Genesys Cloud deleted by itself was retention, what somebody deleted was erased; both in order', async () => {
  const audits = read(
    act({ kind: 'recording', conversation: 'B', recording: 'R2', bySystem: false }),
    act({ kind: 'recording', conversation: 'a', recording: null, bySystem: true }, { client: null, address: null }),
    act({ kind: 'protection', conversation: 'c', on: false }),
  );
  const rows = [];
  for await (const row of deletionsIn(audits, [])) rows.push(row);

  expect(rows).toMatchObject([
    { conversation: 'a', recording: null, cause: 'retention' },
    {
      conversation: 'b',
      recording: 'r2',
      cause: 'erasure',
      actor: { known: true, name: 'user Bob (b-1)', client: 'client crm' },
    },
  ]);
});

test('audits that could not be read are not looked at', async () => {
  const notLookedAt: NotLookedAt[] = [];
  const audits = { name: 'the audits of Genesys Cloud', unread: 'the client lacks the permission audits:audit:view' };
  for await (const row of deletionsIn(audits, notLookedAt)) throw new Error(row.conversation);
  expect(notLookedAt[0]?.why).toContain('audits:audit:view');
});

describe('who made a difference', () => {
  const asks = { kind: 'protection-revoked', conversation: 'c' } as const;
  const difference: Difference = {
    cause: 'claimed-without-hold',
    conversation: 'c',
    recording: null,
    file: null,
    text: '',
    asks,
  };
  const versions = { has: () => false, hasKey: () => false, buckets: new Set<string>(), isCut: false };
  const data = { name: 'the log files', unread: 'there is none' };

  test('is whoever released the conversation', () => {
    const audits = read(act({ kind: 'protection', conversation: 'c', on: false }));
    const records = { audits, data, versions, holds: [] };
    expect(actorIn(difference, records)).toMatchObject({
      known: true,
      name: 'user Bob (b-1)',
      address: '198.51.100.7',
    });
    expect(actorIn({ ...difference, asks: { ...asks, conversation: 'd' } }, records)).toMatchObject({ known: false });
    const { asks: _asks, ...late } = difference;
    expect(actorIn(late, records)).toBeUndefined();
  });

  test('is whoever deleted the hold, where holds are objects of their own', () => {
    const conversation = '00000017-0000-4000-8000-000000000001';
    const holds = [{ hold: 'h-1', ids: ConversationSet.of([conversation]) }];
    const audits = read(act({ kind: 'hold', hold: 'h-1', on: false }));
    const released = { ...difference, conversation, asks: { ...asks, conversation } };
    expect(actorIn(released, { audits, data, versions, holds })).toMatchObject({ known: true, name: 'user Bob (b-1)' });
  });

  test('is unknown for a recording that is gone while only another one of its conversation was deleted', () => {
    const audits = read(act({ kind: 'recording', conversation: 'c', recording: 'r2', bySystem: false }));
    const gone = { ...difference, asks: { kind: 'recording-deleted', conversation: 'c', recording: 'r1' } as const };
    expect(actorIn(gone, { audits, data, versions, holds: [] })).toMatchObject({ known: false });
  });

  test('is unknown for more versions than are looked up, and says so', () => {
    const cut = { ...versions, isCut: true };
    const lifted = {
      ...difference,
      asks: { kind: 'lock-lifted', bucket: 'b', key: 'k', version: 'v' } as const,
    };
    expect(actorIn(lifted, { audits: read(), data, versions: cut, holds: [] })).toMatchObject({
      known: false,
      why: expect.stringContaining('only as many were looked up') as string,
    });
  });
});

test('versions that are asked about are those without their hold and those that are lost, up to a number', async () => {
  const world = GeneratedWorld.clean(3);
  const [first, second] = world.objects as [(typeof world.objects)[0], (typeof world.objects)[0]];
  first.hold = 'OFF';
  world.objects.splice(world.objects.indexOf(second), 1);
  const ask = (most?: number) => {
    const { objects, placed } = world.sources();
    return versionsAsked(objects, placed, true, most);
  };

  const asked = await ask();
  for (const { bucket, key, version } of [first, second]) expect(asked.has(bucket, key, version)).toBe(true);
  const { bucket, key, version } = world.objects.at(-1) ?? first;
  expect([asked.has(bucket, key, version), asked.hasKey(bucket, key), asked.isCut]).toEqual([false, false, false]);
  expect((await ask(1)).isCut).toBe(true);
  expect((await ask(2)).isCut).toBe(false);
});
