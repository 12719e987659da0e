/** A rolling matter whose first steps bring nothing: an export without an end, and the hold over it. */
import { DEFAULT_INTEGRATION } from '../../src/simulator/genesys/integrations';
import { Driver } from '../framework/support/driver';
import { uuid } from '../genesys/helpers';
import { KeptResource } from '../year/resource';
import { Nights } from './nights';

const EXPORT = 'genesyscloud_recording_export_job';
const HOLD = 'genesyscloud_compliance_legalhold';

/** A night's apply of both; what was said and what state is then. */
class Matter {
  readonly nights = new Nights(EXPORT, '2026-03-02T01:00:00Z');
  readonly exported = new KeptResource();
  readonly hold = new KeptResource();

  constructor(private readonly interval: string) {}

  async apply(withHold = true): Promise<{ readonly warnings: readonly string[]; readonly errors: readonly string[] }> {
    const configs = { export: this.config(), hold: (id: unknown) => ({ name: 'Acme', export_job_id: id as string }) };
    const [exports, holds] = await this.opened();
    const planned = await this.exported.plan(exports, configs.export);
    const heldPlan = withHold ? await this.hold.plan(holds, configs.hold(planned.planned?.['id'] ?? null)) : undefined;
    // An apply is another process: what the plan has seen it does not know.
    const [exporting, holding] = await this.opened();
    const done = planned.changes ? await this.exported.apply(exporting, configs.export) : planned;
    if (heldPlan === undefined || !heldPlan.changes) return done;
    const held = await this.hold.apply(holding, configs.hold(this.exported.state?.['id'] ?? null));
    return { warnings: [...done.warnings, ...held.warnings], errors: [...done.errors, ...held.errors] };
  }

  private config() {
    return {
      integration_id: DEFAULT_INTEGRATION.id,
      interval: this.interval,
      batch_interval: 'P1D',
      media_types: ['message'],
      message_types: ['sms'],
    };
  }

  private async opened(): Promise<readonly [Driver, Driver]> {
    const exports = await Driver.open(this.nights.provider(), EXPORT, {}, { aws_region: 'us-east-1' });
    return [exports, await exports.sibling(HOLD)];
  }
}

test('the hold is there with nothing in it, says so, and holds what comes', async () => {
  const matter = new Matter('2026-03-01T00:00:00Z/..');
  const { nights, hold } = matter;

  const first = await matter.apply();

  expect(first.errors).toEqual([]);
  expect(first.warnings.join('\n')).toContain('Nothing to hold yet');
  expect(first.warnings.join('\n')).toContain('holds nothing yet');
  expect(hold.state).toMatchObject({ status: 'active', conversation_count: 0, held_count: 0, claim_id: null });

  nights.at('2026-03-03T01:00:00Z');
  expect((await matter.apply()).errors).toEqual([]);
  expect(hold.state).toMatchObject({ status: 'active', held_count: 0 });

  nights.sow({ id: uuid(1), start: '2026-03-03T10:00:00Z' });
  nights.at('2026-03-04T01:00:00Z');
  expect((await matter.apply()).errors).toEqual([]);
  expect(hold.state).toMatchObject({ status: 'active', conversation_count: 1, held_count: 1 });
  expect(nights.isHeld(uuid(1))).toBe(true);
});

test('a hold that comes later, on a day without a step, is refused with the way out, and is there after the next step', async () => {
  const matter = new Matter('2026-03-01T00:00:00Z/..');
  await matter.apply(false);

  const { errors } = await matter.apply();

  expect(errors.join('\n')).toContain('apply again when its next step has ended');
  matter.nights.at('2026-03-03T01:00:00Z');
  expect((await matter.apply()).errors).toEqual([]);
  expect(matter.hold.state).toMatchObject({ status: 'active', held_count: 0 });
});

test('over an interval that has an end it is refused', async () => {
  const matter = new Matter('2026-01-01T00:00:00Z/2026-01-05T00:00:00Z');

  const { errors } = await matter.apply();

  expect(errors).toEqual([expect.stringContaining('Nothing to hold')]);
  expect(errors.join('')).not.toContain('next step');
  expect(matter.hold.state).toBeNull();
});
