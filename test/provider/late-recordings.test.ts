/** Recordings that come to conversations which were exported already, and conversations that are in two batches. */
import { DEFAULT_INTEGRATION } from '../../src/simulator/genesys/integrations';
import type { SeedConversation, SeedRecording } from '../../src/simulator';
import { uuid } from '../genesys/helpers';
import { Nights } from './nights';

const EXPORT = 'genesyscloud_recording_export_job';

const of = (interval: string, more = {}) => ({
  integration_id: DEFAULT_INTEGRATION.id,
  interval,
  media_types: ['message'],
  message_types: ['sms'],
  ...more,
});
const at = (n: number, start: string, more: Partial<SeedConversation> = {}): SeedConversation => ({
  id: uuid(n),
  start,
  ...more,
});
const late = (appears: string): readonly SeedRecording[] => [{}, { appears }];

/** Jobs that were made. */
const jobs = (nights: Nights): number => nights.cloud.world.jobs.list().length;

function filesTwice({ cloud }: Nights): number {
  const bucket = cloud.world.objects.bucket(DEFAULT_INTEGRATION.bucket);
  const twice = bucket.keys().filter((key) => bucket.versions(key).length > 1);
  return new Set(twice.map((key) => /conversation_id=([^/]+)/.exec(key)?.[1])).size;
}

describe('a recording that comes late to a conversation which is exported', () => {
  test('is found by the next refresh, planned, exported with its conversation, and counted', async () => {
    const nights = new Nights(EXPORT, '2026-01-12T00:00:00Z');
    nights.sow(
      at(1, '2026-01-10T10:00:00Z'),
      at(2, '2026-01-10T10:00:00Z', { recordings: late('2026-01-13T12:00:00Z') }),
    );
    const config = of('2026-01-01T00:00:00Z/2026-01-11T00:00:00Z');
    await nights.night(config);
    nights.at('2026-01-13T00:00:00Z');
    expect((await nights.night(config)).action).toBe('none');

    nights.at('2026-01-14T00:00:00Z');
    const night = await nights.night(config);

    expect(night.seen).toMatchObject({ state: 'incomplete', late_count: 1, gap_count: 1, unknown: [] });
    expect(night.action).toBe('update');
    expect(night.said.plan).toContain('1 recording came too late to a conversation that was exported');
    expect(night.state).toMatchObject({
      state: 'exported',
      conversation_count: 2,
      late_count: 0,
      gap_count: 0,
      reexported_count: 1,
    });
    expect(jobs(nights)).toBe(2);
    expect(filesTwice(nights)).toBe(1);
    nights.at('2026-01-15T00:00:00Z');
    expect((await nights.night(config)).action).toBe('none');
  });

  test('is found where the conversation had none when it was exported', async () => {
    const nights = new Nights(EXPORT, '2026-01-12T00:00:00Z');
    nights.sow(
      at(1, '2026-01-10T10:00:00Z'),
      at(2, '2026-01-10T10:00:00Z', { recordings: [{ appears: '2026-01-12T12:00:00Z' }] }),
    );
    const config = of('2026-01-01T00:00:00Z/2026-01-11T00:00:00Z');
    expect((await nights.night(config)).state).toMatchObject({ conversation_count: 1 });

    nights.at('2026-01-13T00:00:00Z');
    const night = await nights.night(config);

    expect(night.action).toBe('update');
    expect(night.state).toMatchObject({ state: 'exported', conversation_count: 2, reexported_count: 0 });
    expect((await nights.night(config)).action).toBe('none');
  });

  test('is found in conversations that were named', async () => {
    const nights = new Nights(EXPORT, '2026-01-12T00:00:00Z');
    nights.sow(at(1, '2026-01-10T10:00:00Z', { recordings: late('2026-01-13T12:00:00Z') }));
    const { interval: _, ...config } = { ...of(''), conversation_ids: [uuid(1)], media_types: [], message_types: [] };
    await nights.night(config);
    nights.at('2026-01-14T00:00:00Z');

    const night = await nights.night(config);

    expect(night.state).toMatchObject({ state: 'exported', conversation_count: 1, reexported_count: 1 });
    expect((await nights.night(config)).action).toBe('none');
    // A week after the end all is looked at once more, and then nobody asks.
    nights.at('2026-01-30T00:00:00Z');
    expect((await nights.night(config)).action).toBe('none');
    expect((await nights.night(config)).refreshed.filter((line) => line.includes('recording'))).toEqual([]);
  });

  test('in a rolling export, is looked for among what is new since the last apply', async () => {
    const nights = new Nights(EXPORT, '2026-01-02T06:00:00Z');
    const config = of('2026-01-01T00:00:00Z/..', { batch_interval: 'P1D' });
    const lists: string[] = [];
    for (let day = 1; day <= 25; day += 1) {
      const date = `2026-01-${String(day).padStart(2, '0')}`;
      nights.sow(at(day, `${date}T10:00:00Z`, day === 20 ? { recordings: late('2026-01-23T12:00:00Z') } : {}));
      nights.clock.time = Date.parse(`${date}T00:00:00Z`) + 30 * 3_600_000;
      const night = await nights.night(config);
      expect(night.errors).toEqual([]);
      lists.push(...night.refreshed.filter((line) => line.includes('retention/query')));
      if (day > 1) expect(night.seen?.['unknown']).toEqual([]);
    }
    expect(nights.kept.state).toMatchObject({ batch_count: 25, conversation_count: 25, reexported_count: 1 });
    expect(filesTwice(nights)).toBe(1);
    // Twenty-five are more than a refresh can ask one by one; those that had ended long before are not asked about.
    expect(lists).toEqual([]);
  });

  test('that cannot be looked for within the bounds is unknown, and the state says so', async () => {
    const nights = new Nights(EXPORT, '2026-01-12T00:00:00Z', { pendingMs: 900_000 });
    nights.sow(at(1, '2026-01-10T10:00:00Z', { recordings: late('2026-01-13T12:00:00Z') }));
    const config = of('2026-01-01T00:00:00Z/2026-01-11T00:00:00Z');
    await nights.night(config);
    nights.at('2026-01-14T00:00:00Z');

    const night = await nights.night(config);

    expect(night.action).toBe('none');
    expect(night.said.refresh).toContain('Unknown whether conversations came late');
    expect(night.seen?.['unknown']).toEqual([
      expect.stringContaining('conversations have come into the scope'),
      expect.stringContaining('recordings came late'),
    ]);
  });
});

describe('a conversation that goes on from one batch into the next', () => {
  const both = at(2, '2026-01-02T23:58:00Z', { end: '2026-01-03T00:10:00Z' });

  test('is in both jobs of a first export, and counted', async () => {
    const nights = new Nights(EXPORT, '2026-03-01T00:00:00Z');
    nights.sow(at(1, '2026-01-02T10:00:00Z'), both);
    const config = of('2026-01-01T00:00:00Z/2026-01-05T00:00:00Z', { batch_interval: 'P1D' });

    const { state } = await nights.night(config);

    expect(state).toMatchObject({ state: 'exported', conversation_count: 2, reexported_count: 1 });
    expect(filesTwice(nights)).toBe(1);
    expect((await nights.night(config)).action).toBe('none');
  });

  test('is counted once when it is in two of the new batches of one that grows', async () => {
    const nights = new Nights(EXPORT, '2026-03-01T00:00:00Z');
    nights.sow(at(1, '2026-01-01T10:00:00Z'), both);
    await nights.night(of('2026-01-01T00:00:00Z/2026-01-02T00:00:00Z', { batch_interval: 'P1D' }));

    const { state } = await nights.night(of('2026-01-01T00:00:00Z/2026-01-05T00:00:00Z', { batch_interval: 'P1D' }));

    expect(state).toMatchObject({ state: 'exported', conversation_count: 2, reexported_count: 1 });
    expect(filesTwice(nights)).toBe(1);
  });
});
