/** Exports that grow, over many applies and with processes that die. */
import { setMaxListeners } from 'node:events';
import { context } from '../framework/support/driver';
import { uuid } from '../genesys/helpers';
import { DyingTransport } from './in-process';
import { Matter } from './matter';

// A killed process takes none of its listeners away.
setMaxListeners(0, context.signal);

const DAY = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00Z');

/** So many conversations from the first of January 2026 on, so many days apart. */
const every = (days: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: uuid(n + 1),
    start: new Date(START + n * days * DAY + DAY / 2).toISOString(),
  }));
const until = (end: string) => ({ interval: `2026-01-01T00:00:00Z/${end}T00:00:00Z`, batch_interval: 'P7D' });

test('thirty nights of an open interval are thirty batches, and each night holds what is new', async () => {
  const matter = new Matter(every(1, 40), '2025-12-31T12:00:00Z');
  const scope = { interval: '2026-01-01T00:00:00Z/..', batch_interval: 'P1D' };
  expect((await matter.apply(scope)).errors.join()).toContain('Nothing to export yet');

  for (let night = 1; night <= 30; night += 1) {
    matter.at(START + night * DAY + DAY / 12);
    const { errors, changed } = await matter.apply(scope);
    expect(errors).toEqual([]);
    expect(changed).toHaveLength(2);
    expect(matter.jobs).toBe(night);
    expect(matter.hold.state).toMatchObject({ status: 'active', held_count: night });
    // By day there is nothing to do.
    expect((await matter.apply(scope)).changed).toEqual([]);
  }
  expect(matter.export.state).toMatchObject({ state: 'exported', batch_count: 30, reexported_count: 0 });
});

test('a late conversation that continues from one batch into the next is exported once', async () => {
  const late = {
    id: uuid(1),
    start: '2026-01-07T20:00:00Z',
    end: '2026-01-08T04:00:00Z',
    appears: '2026-02-02T00:00:00Z',
  };
  const matter = new Matter([
    late,
    { id: uuid(2), start: '2026-01-02T10:00:00Z' },
    { id: uuid(3), start: '2026-01-10T10:00:00Z' },
  ]);
  await matter.apply(until('2026-01-15'));
  expect(matter.jobs).toBe(2);
  matter.at(Date.parse('2026-02-03T00:00:00Z'));

  const { errors } = await matter.apply(until('2026-01-15'));

  expect(errors).toEqual([]);
  expect(matter.jobs).toBe(3);
  expect(matter.export.state).toMatchObject({ state: 'exported', conversation_count: 3, reexported_count: 0 });
});

/** More requests than an apply makes. */
const MANY = 400;

test.each(['before', 'after'] as const)(
  'a process that is killed %s any request of a growth leaves what the next one finishes, and nothing is exported twice',
  async (when) => {
    const wrong: string[] = [];
    let at = 1;
    for (; at < MANY; at += 1) {
      const matter = new Matter(every(7, 4));
      await matter.apply(until('2026-01-15'));
      const dying = new DyingTransport(matter.cloud.transport(), at, when);
      const wide = until('2026-01-29');
      const killed = await Promise.race([matter.apply(wide, dying).then(() => false), dying.killed.catch(() => true)]);
      if (!killed) break;
      const { errors } = await matter.apply(wide);
      wrong.push(...errors.map((error) => `request ${at}: ${error}`));
      if (matter.jobs !== 4) wrong.push(`request ${at}: ${matter.jobs} jobs were executed`);
      if (matter.export.state?.['state'] !== 'exported') wrong.push(`request ${at}: the export is not whole`);
      if (matter.hold.state?.['held_count'] !== 4) wrong.push(`request ${at}: not all is held`);
      if ((await matter.apply(wide)).changed.length > 0) wrong.push(`request ${at}: the next plan is not empty`);
    }
    expect(wrong).toEqual([]);
    expect(at).toBeGreaterThan(30);
    expect(at).toBeLessThan(MANY);
  },
);
