/** The first claim of a hold that was made before anything was in its scope: what it sets is its own, and nothing else is. */
import { Driver, type Obj } from '../framework/support/driver';
import { uuid } from '../genesys/helpers';
import { Machine, type Death } from '../year/machine';
import { KeptResource } from '../year/resource';
import { Nights } from './nights';

const HOLD = 'genesyscloud_compliance_legalhold';
const COMES = '2026-03-03T10:00:00Z';
const CONSENT = { release_on_destroy: true, release_reason: 'settled' };

const rolling = (more: Obj = {}): Obj => ({
  name: 'Doe v. Example',
  scope: {
    interval: '2026-03-01T00:00:00Z/..',
    batch_interval: 'P1D',
    media_types: null,
    message_types: null,
    address_from: null,
    address_to: null,
    external_tag: null,
  },
  ...more,
});
const listed = (more: Obj = {}): Obj => ({ name: 'Acme v. Example', conversation_ids: [uuid(1)], ...more });

/** A hold with its state; each run is another process. */
class Kept {
  readonly resource = new KeptResource();

  constructor(
    private readonly nights: Nights,
    private readonly provider: Obj = {},
  ) {}

  async apply(config: Obj): Promise<{ readonly errors: readonly string[]; readonly said: string }> {
    const planned = await this.resource.plan(await this.opened(), config);
    const done = planned.changes ? await this.resource.apply(await this.opened(), config) : planned;
    return {
      errors: [...planned.errors, ...done.errors],
      said: [...planned.warnings, ...done.warnings].join('\n'),
    };
  }

  async release(config: Obj): Promise<string> {
    expect((await this.apply(config)).errors).toEqual([]);
    const { errors, warnings } = await this.resource.destroy(await this.opened());
    expect(errors).toEqual([]);
    return warnings.join('\n');
  }

  private async opened(): Promise<Driver> {
    return Driver.open(this.nights.provider(), HOLD, {}, { aws_region: 'us-east-1', ...this.provider });
  }
}

/** A hold over nothing yet, and the conversation that comes into its scope. */
async function madeOverNothing(provider: Obj = {}): Promise<{ readonly nights: Nights; readonly hold: Kept }> {
  const nights = new Nights(HOLD, '2026-03-02T01:00:00Z');
  const hold = new Kept(nights, provider);
  expect((await hold.apply(rolling())).said).toContain('Nothing to hold yet');
  // A step ends with nothing in it; what is found in it afterwards is late.
  nights.at('2026-03-04T01:00:00Z');
  expect((await hold.apply(rolling())).errors).toEqual([]);
  nights.sow({ id: uuid(1), start: COMES });
  nights.at('2026-03-04T06:00:00Z');
  return { nights, hold };
}

function protectByHand({ cloud, clock }: Nights, id: string): void {
  cloud.world.protection.set(id, clock.now());
  cloud.world.retention.note([id]);
}

test('what comes into scope later is its own: the plan says so, and the release lets go of it', async () => {
  const { nights, hold } = await madeOverNothing();

  const { errors, said } = await hold.apply(rolling());

  expect(errors).toEqual([]);
  expect(said).toContain('came into scope later');
  expect(said).not.toContain('0.1.0');
  expect(hold.resource.state).toMatchObject({ status: 'active', held_count: 1 });
  expect(nights.isHeld(uuid(1))).toBe(true);

  expect(await hold.release(rolling(CONSENT))).not.toContain('stays held');
  expect(nights.isHeld(uuid(1))).toBe(false);
});

test('what somebody has protected before stays so, for another matter too, where all holds are adopted', async () => {
  const adopted = { all_holds_adopted: true };
  const { nights, hold } = await madeOverNothing(adopted);
  protectByHand(nights, uuid(1));
  const first = new Kept(nights, adopted);
  expect((await first.apply(listed())).errors).toEqual([]);
  expect((await hold.apply(rolling())).errors).toEqual([]);

  expect(await first.release(listed(CONSENT))).toContain('1 stays held because it was held before this hold came');
  expect(await hold.release(rolling(CONSENT))).toContain('1 stays held because it was held before this hold came');

  expect(nights.isHeld(uuid(1))).toBe(true);
});

test.each(['before anything was claimed', 'after a claim'])(
  'what is set while the register cannot be used, %s, is let go of as well',
  async (when) => {
    const { nights, hold } = await madeOverNothing();
    if (when === 'after a claim') {
      expect((await hold.apply(rolling())).errors).toEqual([]);
      nights.sow({ id: uuid(2), start: COMES });
      nights.at('2026-03-04T12:00:00Z');
    }
    nights.store.reach = () => {
      throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
    };
    expect((await hold.apply(rolling())).errors.join()).toContain('unregistered');
    expect(nights.cloud.world.protection.size).toBe(when === 'after a claim' ? 2 : 1);
    nights.store.reach = () => undefined;

    expect(await hold.release(rolling(CONSENT))).not.toContain('held');

    expect(nights.cloud.world.protection.size).toBe(0);
  },
);

test.each<Death['when']>(['before', 'after'])(
  'an apply that is killed %s any of its requests is carried on, and its hold is released whole',
  async (when) => {
    let deaths = 0;
    for (let at = 1; ; at += 1) {
      if (!(await isKilledAndCarriedOn({ at, when }))) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(4);
  },
);

/** Whether the apply that claims first lived to be killed there. */
async function isKilledAndCarriedOn(death: Death): Promise<boolean> {
  const begins = Date.parse('2026-03-02T01:00:00Z');
  const machine = new Machine(death.at, begins, { seed: { estate: 'none' } });
  const hold = new KeptResource();
  const apply = async (config: Obj, dies?: Death): Promise<readonly string[]> => {
    const { changes, errors } = await hold.plan((await machine.start()).holds, config);
    if (!changes || errors.length > 0) return errors;
    const { holds, killed } = await machine.start(dies);
    return (await Promise.race([hold.apply(holds, config), killed])).errors;
  };
  expect(await apply(rolling())).toEqual([]);
  machine.cloud.world.sow({ conversations: [{ id: uuid(1), start: COMES }] });
  machine.clock.time = Date.parse('2026-03-04T06:00:00Z');
  const isKilled = await apply(rolling(), death).then(
    () => false,
    () => true,
  );
  machine.clock.time += 3_600_000;

  expect(await apply(rolling())).toEqual([]);
  expect(machine.cloud.world.retention.isHeld(uuid(1))).toBe(true);
  expect(await apply(rolling(CONSENT))).toEqual([]);
  expect((await hold.destroy((await machine.start()).holds)).errors).toEqual([]);

  expect([death, machine.cloud.world.retention.isHeld(uuid(1))]).toEqual([death, false]);
  return isKilled;
}
