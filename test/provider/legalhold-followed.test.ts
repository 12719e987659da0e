/** Scopes that are followed: what comes late is found by a refresh within its bounds, and held by the next apply. */
import { CREDENTIALS } from './attached';
import { uuid } from '../genesys/helpers';
import { Nights } from './nights';

const HOLD = 'genesyscloud_compliance_legalhold';
const JANUARY = '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z';
const ANALYTICS = '/api/v2/analytics/conversations/details/jobs';

const by = (interval: string, more = {}, rest = {}) => ({
  name: 'Acme v. Example',
  scope: {
    interval,
    batch_interval: null,
    media_types: null,
    message_types: null,
    address_from: null,
    address_to: null,
    external_tag: null,
    ...more,
  },
  ...rest,
});
const at = (n: number, start: string, more = {}) => ({ id: uuid(n), start, ...more });

/** Requests of a refresh beside the look at the flags, which is as large as the hold, and at the organization. */
const looks = (requests: readonly string[]) =>
  requests.filter((line) => !/deletionprotection$|organizations\/me$/.test(line));

async function january(start: string, ...conversations: readonly ReturnType<typeof at>[]): Promise<Nights> {
  const nights = new Nights(HOLD, start);
  nights.sow(...conversations);
  await nights.night(by(JANUARY));
  return nights;
}

describe('a conversation that comes late', () => {
  test('is planned, held by the apply, and counted; then there is nothing to do', async () => {
    const nights = await january('2026-02-01T06:00:00Z', at(1, '2026-01-10T10:00:00Z'));
    nights.at('2026-02-03T06:00:00Z').sow(at(2, '2026-01-31T20:00:00Z'));

    const plan = await nights.plan(by(JANUARY));
    expect(plan).toMatchObject({ action: 'update', errors: [] });
    expect(plan.said.plan).toContain('1 conversation came into scope later, and will be held');
    expect(plan.said.plan).not.toContain('released');
    expect(plan.seen).toMatchObject({
      status: 'incomplete',
      conversation_count: 2,
      held_count: 1,
      late_count: 1,
      gaps: [{ kind: 'late', id: uuid(2), detail: expect.any(String) as string }],
    });

    const night = await nights.night(by(JANUARY));
    expect(night).toMatchObject({ action: 'update', errors: [] });
    expect(night.state).toMatchObject({ status: 'active', held_count: 2, late_count: 1, gap_count: 0 });
    expect(nights.isHeld(uuid(2))).toBe(true);
    expect((await nights.night(by(JANUARY))).action).toBe('none');
  });

  test('and is held by another matter already is claimed all the same', async () => {
    const nights = await january('2026-02-01T06:00:00Z', at(1, '2026-01-10T10:00:00Z'));
    nights.sow(at(2, '2026-01-31T20:00:00Z'));
    nights.cloud.world.protection.set(uuid(2), nights.clock.now());

    const night = await nights.night(by(JANUARY));

    expect(night).toMatchObject({ action: 'update', state: { held_count: 2, gap_count: 0 } });
    expect(nights.store.entries.filter(({ kind }) => kind === 'claim').length).toBeGreaterThan(0);
    expect((await nights.night(by(JANUARY))).action).toBe('none');
  });

  test('without recordings is nothing to hold; when it gets one in time, it is', async () => {
    const nights = await january('2026-02-01T06:00:00Z', at(1, '2026-01-10T10:00:00Z'));
    nights.at('2026-02-02T06:00:00Z').sow(at(2, '2026-01-31T20:00:00Z', { recordings: [] }));
    expect((await nights.night(by(JANUARY))).action).toBe('none');

    nights.cloud.world.sow({ recordings: [{ conversationId: uuid(2) }] });
    const night = await nights.night(by(JANUARY));
    expect(night).toMatchObject({ action: 'update', state: { held_count: 2 } });
    expect(nights.isHeld(uuid(2))).toBe(true);
  });

  test('to an interval that ends in the future is found however late it is', async () => {
    const whole = '2026-01-01T00:00:00Z/2026-12-31T00:00:00Z';
    const nights = new Nights(HOLD, '2026-06-01T00:00:00Z');
    nights.sow(at(1, '2026-01-10T10:00:00Z'));
    await nights.night(by(whole));
    nights.at('2026-08-01T00:00:00Z').sow(at(2, '2026-01-20T10:00:00Z'), at(3, '2026-07-20T10:00:00Z'));
    expect((await nights.night(by(whole))).state).toMatchObject({ held_count: 3, late_count: 2 });
  });
});

describe('a scope is settled', () => {
  test('seven days after it has ended: nothing is asked about it any more', async () => {
    const nights = await january('2026-02-01T06:00:00Z', at(1, '2026-01-10T10:00:00Z'));
    nights.at('2026-02-09T00:00:00Z').sow(at(2, '2026-01-31T20:00:00Z'));
    expect((await nights.night(by(JANUARY))).state).toMatchObject({ held_count: 2 });
    const later = await nights.night(by(JANUARY));
    expect(later.action).toBe('none');
    expect(later.refreshed.filter((line) => line.includes(ANALYTICS))).toEqual([]);
  });

  test('not while a conversation of it continues', async () => {
    const nights = await january(
      '2026-02-01T06:00:00Z',
      at(1, '2026-01-10T10:00:00Z'),
      at(2, '2026-01-20T10:00:00Z', { end: '2026-03-20T10:00:00Z', recordings: [] }),
    );
    nights.at('2026-03-01T00:00:00Z');
    await nights.night(by(JANUARY));
    nights.cloud.world.sow({ recordings: [{ conversationId: uuid(2) }] });
    expect((await nights.night(by(JANUARY))).state).toMatchObject({ held_count: 2 });
  });
});

describe('what a refresh cannot find out', () => {
  test('is unknown, stops no plan and is the same each time', async () => {
    const nights = await january('2026-02-01T06:00:00Z', at(1, '2026-01-10T10:00:00Z'));
    nights.at('2026-02-02T00:00:00Z');
    nights.cloud.faults.add({ method: 'POST', path: ANALYTICS, status: 403, times: 1_000 });

    const first = await nights.plan(by(JANUARY));
    expect(first).toMatchObject({ action: 'none', errors: [] });
    expect(first.said.refresh).toContain('Not everything could be looked at');
    expect(first.seen).toMatchObject({
      status: 'active',
      unknown: [expect.stringContaining('unknown whether conversations have come into scope') as string],
    });
    await nights.night(by(JANUARY));
    const before = nights.kept.state;
    nights.at('2026-02-02T03:00:00Z');
    await nights.night(by(JANUARY));
    expect(nights.kept.state).toEqual(before);

    nights.cloud.faults.clear();
    expect((await nights.night(by(JANUARY))).state).toMatchObject({ unknown: [] });
  });

  test('is what lies beyond 20 requests; a look without bounds finds it', async () => {
    const nights = new Nights(HOLD, '2026-02-10T00:00:00Z');
    nights.cloud.world.sow({ conversations: 12_000 });
    const config = by('2026-01-01T00:00:00Z/..', { batch_interval: 'P1D' });
    const created = await nights.night(config);
    expect(created.state).toMatchObject({ status: 'active', held_count: 12_000 });
    nights.at('2026-02-11T01:00:00Z').sow(at(200_001, '2026-02-08T00:00:00Z'), at(200_002, '2026-01-20T00:00:00Z'));

    const plan = await nights.plan(config);
    expect(looks(plan.refreshed).length).toBeLessThanOrEqual(20);
    expect(plan.errors).toEqual([]);
    // The overlap of seven days is looked at; the recordings of twelve thousand conversations are not.
    expect(plan.seen).toMatchObject({ late_count: 1 });
    expect(String(plan.seen?.['unknown'])).toContain('still have their recordings');
    expect(plan.said.refresh).toContain('drift --full');

    nights.env = { ...CREDENTIALS, GENESYSCLOUD_COMPLIANCE_LOOK: 'whole' };
    const whole = await nights.plan(config);
    expect(whole.seen).toMatchObject({ late_count: 2, unknown: [] });
    expect(whole.said.refresh).toBe('');
  }, 60_000);
});

describe('a recording that is gone although its conversation is protected', () => {
  const all = Array.from({ length: 41 }, (_, n) => at(n + 1, '2026-01-10T10:00:00Z'));

  test('is lost: state, plan and apply say so until exactly that is accepted', async () => {
    const nights = await january('2026-02-01T06:00:00Z', ...all);
    const gone = nights.cloud.world.conversations.get(uuid(7));
    nights.cloud.world.retention.erase(gone as never, gone?.recordings ?? []);
    nights.at('2026-02-02T06:00:00Z');

    const night = await nights.night(by(JANUARY));
    expect(night.action).toBe('update');
    expect(night.seen).toMatchObject({ held_count: 40, lost_count: 1, missing_count: 1, status: 'incomplete' });
    expect(night.said.plan).toContain('holds 40 of 41 conversations');
    expect(night.errors.join()).toContain('Legal hold is incomplete');
    expect(looks(night.refreshed).length).toBeLessThanOrEqual(20);

    const accepted = { accepted_gaps: { sha256: night.state['gaps_sha256'] as string, reason: 'erased by request' } };
    expect(await nights.night(by(JANUARY, {}, accepted))).toMatchObject({
      action: 'update',
      errors: [],
      state: { status: 'active', held_count: 40, lost_count: 1 },
    });
    expect((await nights.night(by(JANUARY, {}, accepted))).action).toBe('none');
  });
});

describe('a scope that is widened', () => {
  test('keeps what was held and has lost its recordings: it is lost, and not out of scope', async () => {
    const nights = await january('2026-02-01T06:00:00Z', at(1, '2026-01-10T10:00:00Z'), at(2, '2026-01-11T10:00:00Z'));
    const gone = nights.cloud.world.conversations.get(uuid(2));
    nights.cloud.world.retention.erase(gone as never, gone?.recordings ?? []);
    nights.at('2026-03-05T00:00:00Z');
    const wider = by('2026-01-01T00:00:00Z/2026-03-01T00:00:00Z');

    const night = await nights.night(wider);

    expect(night.state).toMatchObject({ out_of_scope_count: 0, conversation_count: 2, lost_count: 1, held_count: 1 });
  });
});

test('a rolling matter holds each night what the day has brought, without a replacement', async () => {
  const nights = new Nights(HOLD, '2026-03-01T01:00:00Z');
  const config = by('2026-02-28T00:00:00Z/..', { batch_interval: 'P1D', message_types: ['sms'] });
  const day = (n: number) => new Date(Date.UTC(2026, 1, 28 + n));
  const actions: string[] = [];
  let most = 0;
  for (let n = 0; n < 30; n += 1) {
    // Two conversations a day, of which one reaches analytics a day late.
    const start = new Date(day(n).getTime() + 20 * 3_600_000).toISOString();
    nights.sow(at(2 * n + 1, start), at(2 * n + 2, start, { appears: new Date(day(n + 2).getTime()).toISOString() }));
    nights.at(new Date(day(n + 1).getTime() + 3_600_000).toISOString());
    const night = await nights.night(config);
    expect(night.errors).toEqual([]);
    actions.push(night.action);
    most = Math.max(most, looks(night.refreshed).length);
    expect((await nights.night(config)).action).toBe('none');
  }
  expect(actions).toEqual(['create', ...Array.from({ length: 29 }, () => 'update')]);
  expect(nights.kept.state).toMatchObject({ status: 'active', held_count: 59, late_count: 29, out_of_scope_count: 0 });
  expect(most).toBeLessThanOrEqual(20);
}, 60_000);
