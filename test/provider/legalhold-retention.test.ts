/** A hold over an export of which the organization's maximum retention has taken a part, before anybody held it. */
import type { Fault } from '../../src/simulator/control/faults';
import { DEFAULT_INTEGRATION } from '../../src/simulator/genesys/integrations';
import type { RetentionRules } from '../../src/simulator/genesys/retention-rules';
import { Driver, type Obj } from '../framework/support/driver';
import { uuid } from '../genesys/helpers';
import { KeptResource, type Planned, type Told } from '../year/resource';
import { Nights } from './nights';

const EXPORT = 'genesyscloud_recording_export_job';
const HOLD = 'genesyscloud_compliance_legalhold';

/** An export of January and a hold over it, each run of terraform a process of its own. */
class Matter {
  readonly nights: Nights;
  private readonly export = new KeptResource();
  hold = new KeptResource();

  constructor(retention: Partial<RetentionRules>) {
    this.nights = new Nights(EXPORT, '2026-02-01T00:00:00Z', { retention });
    this.nights.sow(conversation(1, '2026-01-03'), conversation(2, '2026-01-20'), conversation(3, '2026-01-28'));
  }

  async exported(): Promise<void> {
    const [driver] = await this.opened();
    await this.export.plan(driver, this.exporting);
    const { errors } = await this.export.apply((await this.opened())[0], this.exporting);
    expect(errors).toEqual([]);
  }

  /** Refreshes and plans in one process, and applies in another; the export has no changes and is not applied. */
  async held(more: Obj = {}): Promise<Planned & { readonly applied: Told }> {
    const holding = { name: 'Acme v. Example', export_job_id: this.export.state?.['id'] ?? null, ...more };
    const [exports, holds] = await this.opened();
    const exported = await this.export.plan(exports, this.exporting);
    expect(exported.changes).toBe(false);
    const planned = await this.hold.plan(holds, holding);
    const applied = planned.changes
      ? await this.hold.apply((await this.opened())[1], holding)
      : { errors: [], warnings: [] };
    return { ...planned, applied };
  }

  private get exporting(): Obj {
    return {
      integration_id: DEFAULT_INTEGRATION.id,
      interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
      media_types: ['message'],
      message_types: ['sms'],
    };
  }

  private async opened(): Promise<readonly [Driver, Driver]> {
    const driver = await Driver.open(this.nights.provider(), EXPORT, {}, { aws_region: 'us-east-1' });
    return [driver, await driver.sibling(HOLD)];
  }
}

function conversation(n: number, day: string) {
  const start = `${day}T08:00:00.000Z`;
  return { id: uuid(n), start, end: `${day}T09:00:00.000Z`, messageType: 'sms' as const, recordings: [{}] };
}

const gapsOf = (hold: KeptResource): unknown => {
  const gaps = (hold.state?.['gaps'] ?? []) as readonly Obj[];
  return gaps.map(({ kind, id }) => `${String(kind)} ${String(id)}`);
};

test('holds what is there, and names what is lost as soon as the export is looked at again', async () => {
  const matter = new Matter({ maximumDays: 100 });
  await matter.exported();
  matter.nights.at('2026-04-25T00:00:00Z');

  const night = await matter.held();

  expect(night.applied.errors).toEqual([]);
  expect(night.applied.warnings.join('\n')).toContain('Legal hold is incomplete');
  expect(matter.nights.isHeld(uuid(2)) && matter.nights.isHeld(uuid(3))).toBe(true);
  expect(matter.hold.state).toMatchObject({ status: 'incomplete', held_count: 2, lost_count: 1 });

  const next = await matter.held();
  expect(next.changes).toBe(true);
  expect(gapsOf(matter.hold)).toEqual([`lost ${uuid(1)}`]);
  const digest = matter.hold.state?.['gaps_sha256'] ?? null;

  await matter.held({ accepted_gaps: { sha256: digest, reason: 'deleted by the maximum retention' } });
  expect(matter.hold.state).toMatchObject({ status: 'active', held_count: 2, lost_count: 1 });
  const quiet = await matter.held({ accepted_gaps: { sha256: digest, reason: 'deleted by the maximum retention' } });
  expect(quiet.changes).toBe(false);
});

describe('when another hold over the export has kept in the register what it covers', () => {
  async function second(retention: Partial<RetentionRules>, fault?: Fault) {
    const matter = new Matter({ maximumDays: 100, ...retention });
    await matter.exported();
    await matter.held();
    matter.hold = new KeptResource();
    matter.nights.at('2026-04-25T00:00:00Z');
    if (fault !== undefined) matter.nights.cloud.faults.add(fault);
    return { matter, night: await matter.held({ name: 'Other v. Example' }) };
  }

  test('names at once what is lost, and says what deleted it', async () => {
    const { matter, night } = await second({ protectionStopsMaximum: false });
    expect(night.applied.errors).toEqual([]);
    expect(gapsOf(matter.hold)).toEqual([`lost ${uuid(1)}`]);
    expect(night.applied.warnings.join('\n')).toContain('keeps interaction data for 100 days at most');
    expect(matter.hold.state).toMatchObject({ status: 'incomplete', held_count: 2, lost_count: 1 });
  });

  test('is refused while Genesys Cloud still knows what analytics do not list', async () => {
    const { matter, night } = await second({}, LIES);
    expect(night.applied.errors.join()).toContain('Genesys Cloud still knows 2 of the conversations');
    expect(matter.hold.state).toBeNull();
  });
});

describe('is refused while analytics list too few', () => {
  async function refused(retention: Partial<RetentionRules>, at: string, ...faults: readonly Fault[]) {
    const matter = new Matter(retention);
    await matter.exported();
    matter.nights.at(at);
    for (const fault of [LIES, ...faults]) matter.nights.cloud.faults.add(fault);
    const { applied } = await matter.held();
    expect(matter.hold.state).toBeNull();
    expect(matter.nights.isHeld(uuid(3))).toBe(false);
    return applied.errors.join();
  }

  test('before the maximum retention has passed', async () => {
    const error = await refused({ maximumDays: 100 }, '2026-03-01T00:00:00Z');
    expect(error).toContain('The maximum retention of 100 days has not passed for this interval.');
  });

  test('without a maximum retention', async () => {
    expect(await refused({}, '2027-03-01T00:00:00Z')).toContain('no maximum retention that deletes conversations');
  });

  test('with one that cannot be read', async () => {
    const path = '/api/v2/analytics/dataretention/settings';
    const error = await refused({ maximumDays: 100 }, '2026-04-25T00:00:00Z', { path, status: 403, times: 9 });
    expect(error).toContain('Unknown whether the others were deleted: the maximum retention');
  });
});

/** Analytics that list one of three. */
const LIES: Fault = {
  method: 'GET',
  path: '/api/v2/analytics/conversations/details/jobs/*/results',
  times: 100,
  status: 200,
  body: { conversations: [{ conversationId: uuid(3) }] },
};
