import type { HoldApi, Holds } from '../../src/genesys';
import { AmbiguousFailure, ConversationSet, createGenesys, ProcessState } from '../../src/genesys';
import type { Reply, Seen } from './fake-cloud';
import { FakeCloud } from './fake-cloud';
import { configFor, fastClock, never, seeded, uuid } from './helpers';

const REQUEST = { name: 'Acme v. Example', externalReferenceId: 'MATTER-1' };
const PROTECTION = '/api/v2/recordings/deletionprotection';
const HOLDS = '/api/v2/compliance/legalholds';

const nothing = (): void => undefined;

let cloud: FakeCloud;

beforeEach(async () => {
  cloud = await FakeCloud.start();
});

afterEach(() => cloud.stop());

function holds(state = new ProcessState()): Holds {
  return createGenesys(configFor(cloud.port), { clock: fastClock(500), random: seeded(), state }).holds;
}

function idsIn(seen: Seen): readonly string[] {
  return (seen.body as { conversationIds: string[] }).conversationIds;
}

describe('deletion protection', () => {
  let api: HoldApi;

  beforeEach(() => {
    api = holds().api('deletion_protection');
  });

  test('protects every conversation, at most 100 a call, and is safe to repeat', async () => {
    const all = ConversationSet.of(cloud.addConversations(250));
    const outcome = await api.protect(REQUEST, null, all, never);
    expect(outcome).toMatchObject({ holdId: null, alreadyHeld: 0, failures: [], stoppedBy: null });
    expect(outcome.held.equals(all)).toBe(true);
    expect(cloud.held.size).toBe(250);
    expect(cloud.requests('PUT', PROTECTION).map((seen) => idsIn(seen).length)).toEqual([100, 100, 50]);

    expect(await api.protect(REQUEST, null, all, never)).toMatchObject({ alreadyHeld: 250 });
    expect(cloud.requests('PUT', PROTECTION)).toHaveLength(3);
  });

  test('protects just those that were released', async () => {
    const all = ConversationSet.of(cloud.addConversations(120));
    await api.protect(REQUEST, null, all, never);
    for (const n of [3, 50, 119]) cloud.held.delete(uuid(n));
    expect((await api.status(null, all, never)).held.size).toBe(117);
    expect(await api.protect(REQUEST, null, all, never)).toMatchObject({ alreadyHeld: 117 });
    expect(idsIn(cloud.requests('PUT', PROTECTION).at(-1) as Seen)).toEqual([uuid(3), uuid(50), uuid(119)]);
  });

  test('does not lose 99 conversations to one that is not found', async () => {
    const known = cloud.addConversations(99);
    const outcome = await api.protect(REQUEST, null, ConversationSet.of([...known, uuid(5_000)]), never);
    expect(outcome.held.size).toBe(99);
    expect(cloud.held.size).toBe(99);
    expect(outcome.failures).toEqual([
      {
        conversationId: uuid(5_000),
        code: 'recording.conversation.not.found',
        message: expect.stringContaining('Check the id') as string,
      },
    ]);
  });

  test('takes failures that Genesys Cloud names out of the count', async () => {
    const all = ConversationSet.of(cloud.addConversations(3));
    cloud.intercept = ({ method }) => {
      if (method !== 'PUT') return undefined;
      for (const n of [0, 2]) cloud.held.add(uuid(n));
      const failed = { conversation: { id: uuid(1) }, errorCode: 'broken', errorMessage: 'It is broken' };
      return { body: { failedUpdates: [failed] } };
    };
    const outcome = await api.protect(REQUEST, null, all, never);
    expect([...outcome.held]).toEqual([uuid(0), uuid(2)]);
    expect(outcome.failures).toEqual([
      expect.objectContaining({
        conversationId: uuid(1),
        code: 'broken',
        message: expect.stringMatching(/^It is broken\./) as string,
      }),
    ]);
  });

  test.each([
    ['an empty success', { status: 204 }],
    ['a success that confirms nothing', { status: 200, body: {} }],
  ])('counts nothing from %s that somebody else gave', async (_, reply) => {
    const all = ConversationSet.of(cloud.addConversations(3));
    cloud.intercept = ({ method }) => (method === 'PUT' ? reply : undefined);
    const outcome = await api.protect(REQUEST, null, all, never);
    expect(outcome.held.size).toBe(0);
    expect(outcome.failures.map(({ code }) => code)).toEqual(['no.effect', 'no.effect', 'no.effect']);
    expect([...outcome.standing.recorded]).toEqual([...all]);
  });

  test('takes a failure that names no conversation for the whole call, and counts what is seen nevertheless', async () => {
    const all = ConversationSet.of(cloud.addConversations(3));
    cloud.intercept = ({ method }) => {
      if (method !== 'PUT') return undefined;
      cloud.held.add(uuid(1));
      return { body: { failedUpdates: [{ errorCode: 'internal', errorMessage: 'Update failed' }] } };
    };
    const outcome = await api.protect(REQUEST, null, all, never);
    expect([...outcome.held]).toEqual([uuid(1)]);
    expect(outcome.failures.map(({ conversationId, code }) => [conversationId, code])).toEqual([
      [uuid(0), 'internal'],
      [uuid(2), 'internal'],
    ]);
  });

  test('waits a moment for what is not seen at once', async () => {
    const all = ConversationSet.of(cloud.addConversations(2));
    let looks = 0;
    cloud.intercept = ({ method, path }) =>
      method === 'POST' && path === PROTECTION && (looks += 1) <= 3 ? { body: [] } : undefined;
    const outcome = await api.protect(REQUEST, null, all, never);
    expect(outcome.held.size).toBe(2);
    expect(outcome.failures).toEqual([]);
  });

  test('tells apart what has no recordings and what is not known', async () => {
    const ids = cloud.addConversations(3);
    cloud.conversations.set(uuid(1), []);
    cloud.intercept = ({ method, body, query }) => {
      if (method !== 'PUT') return undefined;
      const { conversationIds } = body as { conversationIds: string[] };
      if (conversationIds.some((id) => !cloud.conversations.has(id))) return undefined;
      for (const id of conversationIds) if (query.get('protect') !== 'false' && id !== uuid(1)) cloud.held.add(id);
      return { status: 204 };
    };
    const outcome = await api.protect(REQUEST, null, ConversationSet.of([...ids, uuid(900)]), never);
    expect([...outcome.held]).toEqual([uuid(0), uuid(2)]);
    expect([...outcome.standing.withoutRecordings]).toEqual([uuid(1)]);
    expect([...outcome.standing.gone]).toEqual([uuid(900)]);
  });

  test('looks, sets and looks: three requests for each hundred', async () => {
    const all = ConversationSet.of(cloud.addConversations(800));
    await api.protect(REQUEST, null, all, never);
    const requests = cloud.seen.filter(({ path }) => path.startsWith('/api/'));
    expect(requests).toHaveLength(24);
  });

  test('holds those first whose recordings are deleted first, where there is no room for all', async () => {
    const all = ConversationSet.of(cloud.addConversations(1_020));
    const firstToGo = Array.from({ length: 30 }, (_, n) => uuid(1_019 - n * 3));
    for (const [n, id] of firstToGo.entries()) {
      const [recording] = cloud.conversations.get(id) ?? [];
      if (recording !== undefined) recording.deleteDate = new Date(Date.UTC(2026, 1, 1 + n)).toISOString();
    }
    cloud.room = 25;

    const outcome = await api.protect(REQUEST, null, all, never);

    expect([...outcome.held]).toEqual(firstToGo.slice(0, 25).sort());
    expect(outcome.failures).toHaveLength(995);
    expect(outcome.failures[0]?.message).toContain('Release holds that are no longer needed');
    // Once it is said that there is no room, nothing more is tried.
    expect(cloud.requests('PUT', PROTECTION)).toHaveLength(1);
  });

  test('says what to do when the organization is full, without trying each conversation', async () => {
    const all = ConversationSet.of(cloud.addConversations(1_200));
    cloud.intercept = ({ method, body }) => {
      if (method !== 'PUT') return undefined;
      const { conversationIds } = body as { conversationIds: string[] };
      if (cloud.held.size + conversationIds.length <= 1_000) return undefined;
      return { status: 400, body: { code: 'protection.limit.exceeded', message: 'at most 1000 conversations' } };
    };
    const outcome = await api.protect(REQUEST, null, all, never);
    expect(outcome.held.size).toBe(1_000);
    expect(outcome.failures).toHaveLength(200);
    expect(outcome.failures[0]?.message).toContain('Release holds that are no longer needed');
    expect(cloud.requests('PUT', PROTECTION).length).toBeLessThan(40);
  });

  test('throws when nothing could be done, and names the missing permission', async () => {
    const all = ConversationSet.of(cloud.addConversations(2));
    cloud.intercept = ({ method }) =>
      method === 'PUT' ? { status: 403, body: { code: 'missing.permissions', message: 'no' } } : undefined;
    await expect(api.protect(REQUEST, null, all, never)).rejects.toMatchObject({
      status: 403,
      missingPermission: 'recording:deletionProtection:apply',
      correlationId: 'correlation-1',
    });
  });

  test('stops with what it has when a later call fails', async () => {
    const all = ConversationSet.of(cloud.addConversations(2_500));
    let calls = 0;
    cloud.intercept = ({ method }): Reply | undefined =>
      method === 'PUT' && (calls += 1) > 10 ? { status: 403, body: { code: 'no', message: 'no' } } : undefined;
    const outcome = await api.protect(REQUEST, null, all, never);
    expect(outcome.stoppedBy).toMatchObject({ status: 403 });
    expect(outcome.held.size).toBe(cloud.held.size);
    expect(outcome.held.size).toBeGreaterThanOrEqual(1_000);
    expect((await api.protect(REQUEST, null, all, never).catch(() => null))?.alreadyHeld ?? 1_000).toBeGreaterThan(0);
  });

  test('answers an abort with the reason', async () => {
    const all = ConversationSet.of(cloud.addConversations(2));
    const reason = new Error('stop');
    await expect(api.status(null, all, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test('releases just these, and is content with those that are gone', async () => {
    const ids = cloud.addConversations(5);
    await api.protect(REQUEST, null, ConversationSet.of(ids), never);
    await api.lift(null, ConversationSet.of([uuid(0), uuid(1), uuid(900)]), nothing, never);
    expect([...cloud.held].sort()).toEqual([uuid(2), uuid(3), uuid(4)]);
  });

  test('never repeats a release that got no answer', async () => {
    const all = ConversationSet.of(cloud.addConversations(3));
    await api.protect(REQUEST, null, all, never);
    let sent = 0;
    cloud.lose = ({ method }) => method === 'PUT' && (sent += 1) > 0;
    await expect(api.lift(null, all, nothing, never)).rejects.toThrow(AmbiguousFailure);
    expect(sent).toBe(1);
  });

  test('asks before each request whether it may still be sent', async () => {
    const all = ConversationSet.of(cloud.addConversations(150));
    await api.protect(REQUEST, null, all, never);
    let left = 1;
    const onlyOnce = (): void => {
      if ((left -= 1) < 0) throw new Error('the lease has ended');
    };
    await expect(api.lift(null, all, onlyOnce, never)).rejects.toThrow('the lease has ended');
    expect(cloud.held.size).toBe(50);
  });

  test('asks again before a release that was throttled is repeated', async () => {
    const all = ConversationSet.of(cloud.addConversations(3));
    await api.protect(REQUEST, null, all, never);
    let asked = 0;
    cloud.intercept = ({ method }) =>
      method === 'PUT' && asked === 1
        ? { status: 429, headers: { 'retry-after': '1' }, body: { code: 'too.many.requests', message: 'Wait.' } }
        : undefined;
    await api.lift(null, all, () => void (asked += 1), never);
    expect(asked).toBe(2);
    expect(cloud.held.size).toBe(0);
  });

  test('leaves the first look out where somebody has looked, and asks before each request to protect', async () => {
    const all = ConversationSet.of(cloud.addConversations(250));
    const asked: number[] = [];
    const outcome = await api.protect(REQUEST, null, all, never, {
      seen: ConversationSet.empty,
      beforeSet: (ids) => Promise.resolve(void asked.push(ids.size)),
    });
    expect(outcome.held.size).toBe(250);
    expect(asked.sort()).toEqual([100, 100, 50]);
    expect(cloud.requests('POST', PROTECTION)).toHaveLength(3);
    expect(cloud.requests('PUT', PROTECTION)).toHaveLength(3);
  });

  test('cannot list what it protects', async () => {
    await expect(api.conversations('x', never)).rejects.toThrow('cannot list');
  });
});

describe('the compliance API', () => {
  interface Made {
    readonly id: string;
    readonly name: string;
    status: string;
    readonly externalReferenceId?: string;
    readonly held: Set<string>;
  }
  let made: Made[];
  let api: HoldApi;

  beforeEach(() => {
    made = [];
    cloud.intercept = serve;
    api = holds().api('compliance');
  });

  function serve(seen: Seen): Reply | undefined {
    if (!seen.path.startsWith(HOLDS)) return undefined;
    const [id, sub] = seen.path.slice(HOLDS.length + 1).split('/');
    const hold = made.find((one) => one.id === id);
    if (id === undefined || id === '') {
      if (seen.method === 'GET') return { body: { entities: made.map(({ held: _held, ...rest }) => rest) } };
      const { conversationIds, ...rest } = seen.body as { name: string; conversationIds: string[] };
      const fresh = { id: `hold-${made.length + 1}`, status: 'ACTIVE', held: new Set(conversationIds), ...rest };
      made.push(fresh);
      return { status: 201, body: { id: fresh.id, name: fresh.name, status: 'ACTIVE', failures: [] } };
    }
    if (hold === undefined) return { status: 404, body: { code: 'not.found' } };
    if (seen.method === 'DELETE') {
      hold.status = 'RELEASED';
      hold.held.clear();
      return { status: 204 };
    }
    if (sub === undefined) return { body: { ...hold, held: undefined } };
    if (seen.method === 'POST') {
      for (const one of idsIn(seen)) hold.held.add(one);
      return { body: { id: hold.id, failures: [] } };
    }
    return { body: { entities: [...hold.held].map((one) => ({ id: one })) } };
  }

  test('makes one hold and adds to it, at most 100 conversations a call', async () => {
    const all = ConversationSet.of(cloud.addConversations(250));
    expect(await api.protect(REQUEST, null, all, never)).toMatchObject({
      holdId: 'hold-1',
      failures: [],
    });
    expect(made).toHaveLength(1);
    expect(made[0]?.held.size).toBe(250);
    expect(await api.conversations('hold-1', never)).toMatchObject({ request: REQUEST });
  });

  test('takes over an active hold of the same name and reference', async () => {
    const all = ConversationSet.of(cloud.addConversations(3));
    await api.protect(REQUEST, null, all, never);
    expect(await api.protect(REQUEST, null, all, never)).toMatchObject({
      holdId: 'hold-1',
      alreadyHeld: 3,
    });
    await api.protect({ ...REQUEST, externalReferenceId: 'MATTER-2' }, null, all, never);
    expect(made).toHaveLength(2);
  });

  test('makes no second hold when the answer to the first is lost', async () => {
    const all = ConversationSet.of(cloud.addConversations(3));
    let lost = 0;
    cloud.lose = ({ method, path }) => method === 'POST' && path === HOLDS && (lost += 1) === 1;
    expect(await api.protect(REQUEST, null, all, never)).toMatchObject({ holdId: 'hold-1', failures: [] });
    expect(made).toHaveLength(1);
  });

  test('knows a hold that was released', async () => {
    const all = ConversationSet.of(cloud.addConversations(3));
    await api.protect(REQUEST, null, all, never);
    expect(await api.status('hold-1', all, never)).toMatchObject({ exists: true });
    await api.lift('hold-1', all, nothing, never);
    const status = await api.status('hold-1', all, never);
    expect(status.exists).toBe(false);
    expect(status.held.size).toBe(0);
    expect((await api.status('hold-9', all, never)).exists).toBe(false);
  });

  test('counts what the hold lists, and not what was answered as added', async () => {
    const all = ConversationSet.of(cloud.addConversations(3));
    cloud.intercept = (seen) => {
      const reply = serve(seen);
      if (seen.method === 'POST') made[0]?.held.delete(uuid(2));
      return reply;
    };
    const outcome = await api.protect(REQUEST, null, all, never);
    expect([...outcome.held]).toEqual([uuid(0), uuid(1)]);
    expect(outcome.failures).toEqual([expect.objectContaining({ conversationId: uuid(2), code: 'no.effect' })]);
  });

  test('finds an active hold by name and reference', async () => {
    const all = ConversationSet.of(cloud.addConversations(3));
    expect(await api.find(REQUEST, never)).toBeNull();
    await api.protect(REQUEST, null, all, never);
    expect(await api.find(REQUEST, never)).toBe('hold-1');
    expect(await api.find({ ...REQUEST, externalReferenceId: 'MATTER-2' }, never)).toBeNull();
  });
});

describe('the choice of the hold API', () => {
  test('is deletion protection where the compliance API is not found, asked once a process', async () => {
    const state = new ProcessState();
    expect((await holds(state).choose('auto', never)).name).toBe('deletion_protection');
    expect((await holds(state).choose('auto', never)).name).toBe('deletion_protection');
    expect(cloud.requests('GET', HOLDS)).toHaveLength(1);
  });

  test('is the compliance API where it answers', async () => {
    cloud.intercept = ({ path }) => (path === HOLDS ? { body: { entities: [] } } : undefined);
    expect((await holds().choose('auto', never)).name).toBe('compliance');
  });

  test.each([403, 500])('is no guess after a %d', async (status) => {
    cloud.intercept = ({ path }) => (path === HOLDS ? { status, body: { code: 'no', message: 'no' } } : undefined);
    const state = new ProcessState();
    await expect(holds(state).choose('auto', never)).rejects.toMatchObject({ status });
    cloud.intercept = () => undefined;
    expect((await holds(state).choose('auto', never)).name).toBe('deletion_protection');
  });

  test('is not asked for when deletion protection is wanted', async () => {
    expect((await holds().choose('deletion_protection', never)).name).toBe('deletion_protection');
    expect(cloud.seen).toHaveLength(0);
  });

  test('of the compliance API is refused where there is none, with what to set', async () => {
    await expect(holds().choose('compliance', never)).rejects.toThrow(
      /The organization has no compliance API[^]*hold_api = "deletion_protection"/,
    );
  });

  test('of the compliance API is believed where holds may not be listed', async () => {
    cloud.intercept = ({ path }) => (path === HOLDS ? { status: 403, body: { code: 'no', message: 'no' } } : undefined);
    expect((await holds().choose('compliance', never)).name).toBe('compliance');
  });
});
