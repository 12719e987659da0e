/** Holds by scope: preserve first, and grow with an open interval. */
import { Driver } from '../framework/support/driver';
import { uuid } from '../genesys/helpers';
import { Nights } from './nights';

const HOLD = 'genesyscloud_compliance_legalhold';

const by = (interval: string, more = {}) => ({
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
});
const at = (n: number, start: string, more = {}) => ({ id: uuid(n), start, ...more });

describe('a hold by scope', () => {
  test('holds what is in scope and has recordings, without any export', async () => {
    const nights = new Nights(HOLD, '2026-03-01T00:00:00Z');
    nights.sow(
      at(1, '2026-01-10T10:00:00Z'),
      at(2, '2026-01-11T10:00:00Z', { recordings: [] }),
      at(3, '2026-01-12T10:00:00Z', { messageType: 'whatsapp' }),
      at(4, '2026-02-10T10:00:00Z'),
    );
    const config = by('2026-01-01T00:00:00Z/2026-02-01T00:00:00Z', {
      media_types: ['message'],
      message_types: ['sms'],
    });

    const night = await nights.night(config);

    expect(night).toMatchObject({ action: 'create', errors: [] });
    expect(night.state).toMatchObject({
      status: 'active',
      conversation_count: 1,
      held_count: 1,
      gap_count: 0,
      scope_end: '2026-02-01T00:00:00.000Z',
    });
    expect([1, 2, 3, 4].map((n) => nights.isHeld(uuid(n)))).toEqual([true, false, false, false]);
    expect(nights.requests.filter((line) => line.includes('/recording/jobs'))).toEqual([]);
    expect((await nights.night(config)).action).toBe('none');
  });

  test('into whose scope nothing has come yet is there, and holds what comes', async () => {
    for (const complianceApi of [false, true]) {
      const nights = new Nights(HOLD, '2026-03-01T12:00:00Z', { complianceApi });
      const config = by('2026-03-01T00:00:00Z/..', { batch_interval: 'P1D' });
      const first = await nights.night(config);
      expect(first).toMatchObject({ action: 'create', errors: [] });
      expect(first.state).toMatchObject({ status: 'active', conversation_count: 0, held_count: 0, scope_end: null });
      expect((await nights.night(config)).action).toBe('none');

      nights.sow(at(1, '2026-03-01T15:00:00Z'));
      nights.at('2026-03-02T01:00:00Z');
      const second = await nights.night(config);

      expect(second).toMatchObject({ action: 'update', errors: [] });
      expect(second.said.plan).toContain('Scope of the hold has grown');
      expect(second.state).toMatchObject({ conversation_count: 1, held_count: 1, late_count: 0 });
      expect(nights.isHeld(uuid(1))).toBe(true);
      expect((await nights.night(config)).action).toBe('none');
    }
  });

  test.each([
    { release_on_destroy: false, release_reason: null },
    { release_on_destroy: true, release_reason: 'The matter is closed.' },
  ])('into whose scope nothing has come has no claim, and can be destroyed: %j', async (consent) => {
    const nights = new Nights(HOLD, '2026-03-01T12:00:00Z');
    await nights.night({ ...by('2026-03-01T00:00:00Z/..', { batch_interval: 'P1D' }), ...consent });
    const { state, private: bytes } = nights.kept;
    const driver = await Driver.open(nights.provider(), HOLD, {}, { aws_region: 'us-east-1' });
    const plan = await driver.plan(state, null, bytes);
    const done = await driver.apply(state, null, null, plan.plannedPrivate);
    expect([plan.diagnostics, done.diagnostics, done.state]).toEqual([[], [], null]);
  });

  test('with an open interval covers whole steps only, however long nobody applied', async () => {
    const nights = new Nights(HOLD, '2026-03-04T12:00:00Z');
    nights.sow(at(1, '2026-03-01T10:00:00Z'), at(2, '2026-03-03T23:00:00Z'), at(3, '2026-03-04T10:00:00Z'));
    const config = by('2026-03-01T00:00:00Z/..', { batch_interval: 'P1D' });
    expect((await nights.night(config)).state).toMatchObject({
      conversation_count: 2,
      scope_end: '2026-03-04T00:00:00.000Z',
    });
    nights.at('2026-03-10T00:00:00Z');
    nights.sow(at(4, '2026-03-08T10:00:00Z'));
    const later = await nights.night(config);
    expect(later.state).toMatchObject({ conversation_count: 4, held_count: 4, scope_end: '2026-03-10T00:00:00.000Z' });
    // A longer step takes nothing out of scope that was in it.
    const longer = by('2026-03-01T00:00:00Z/..', { batch_interval: 'P30D' });
    expect((await nights.night(longer)).state).toMatchObject({
      conversation_count: 4,
      out_of_scope_count: 0,
      scope_end: '2026-03-10T00:00:00.000Z',
    });
  });

  test('whose scope is changed holds what is new and keeps what falls out', async () => {
    const nights = new Nights(HOLD, '2026-03-01T00:00:00Z');
    nights.sow(at(1, '2026-01-10T10:00:00Z'), at(2, '2026-02-10T10:00:00Z'));
    await nights.night(by('2026-01-01T00:00:00Z/2026-02-01T00:00:00Z'));
    const changed = await nights.night(by('2026-02-01T00:00:00Z/2026-03-01T00:00:00Z'));
    expect(changed.said.plan).toContain('Scope of the hold changes');
    expect(changed.state).toMatchObject({ conversation_count: 1, held_count: 1, out_of_scope_count: 1 });
    expect([1, 2].map((n) => nights.isHeld(uuid(n)))).toEqual([true, true]);
  });

  test('that was written in other words is the same hold', async () => {
    const nights = new Nights(HOLD, '2026-03-01T00:00:00Z');
    nights.sow(at(1, '2026-01-10T10:00:00Z'));
    await nights.night(by('2026-01-01T00:00:00Z/..', { batch_interval: 'P7D' }));
    expect((await nights.night(by('2026-01-01T01:00:00+01:00/..', { batch_interval: 'P1W' }))).action).toBe('none');
  });

  test('whose private state is lost asks for its scope again', async () => {
    const nights = new Nights(HOLD, '2026-03-01T00:00:00Z');
    nights.sow(at(1, '2026-01-10T10:00:00Z'));
    const config = by('2026-01-01T00:00:00Z/..', { batch_interval: 'P7D' });
    await nights.night(config);
    nights.kept.private = new Uint8Array();
    expect(await nights.night(config)).toMatchObject({ action: 'none', errors: [], state: { held_count: 1 } });
  });
});

describe('a scope is refused', () => {
  const validate = async (scope: object) => {
    const { Driver } = await import('../framework/support/driver');
    const nights = new Nights(HOLD, '2026-03-01T00:00:00Z');
    const driver = await Driver.open(nights.provider(), HOLD, {}, { aws_region: 'us-east-1' });
    return (await driver.validate(by('2026-01-01T00:00:00Z/2026-02-01T00:00:00Z', scope))).map(
      ({ summary }) => summary,
    );
  };

  test.each([
    ['when it continues and has no steps', { interval: '2026-01-01T00:00:00Z/..' }, 'Open interval without steps'],
    ['with more pieces than anybody asks for', { batch_interval: 'PT1M' }, 'Too many batches'],
    ['that can match nothing', { media_types: ['voice'], message_types: ['sms'] }, 'Scope matches nothing'],
    ['whose interval cannot be read', { interval: '2026-01-01/..' }, 'Invalid value for "interval"'],
  ])('%s', async (_, scope, title) => {
    expect(await validate(scope)).toEqual([title]);
  });

  test('beside another one', async () => {
    const { Driver } = await import('../framework/support/driver');
    const nights = new Nights(HOLD, '2026-03-01T00:00:00Z');
    const driver = await Driver.open(nights.provider(), HOLD, {}, { aws_region: 'us-east-1' });
    const both = { ...by('2026-01-01T00:00:00Z/2026-02-01T00:00:00Z'), conversation_ids: [uuid(1)] };
    expect((await driver.validate(both)).map(({ summary }) => summary)).toEqual([
      'Only one of "export_job_id", "conversation_ids", "conversations_from" and "scope" may be set',
    ]);
  });
});
