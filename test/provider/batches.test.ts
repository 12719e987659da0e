import fc from 'fast-check';
import { planBatches, type Batch, type BatchState, type ExportSpec } from '../../src/genesys';
import { rebatched } from '../../src/provider/export-job/batches';
import { stateOfExport } from '../../src/provider/export-job/progress';

const INTERVAL = '2026-01-01T00:00:00.000Z/2026-03-01T00:00:00.000Z';

const spec = (batchInterval: string): ExportSpec => ({
  integrationId: '11111111-1111-4111-8111-111111111111',
  scope: { interval: INTERVAL, mediaTypes: [], messageTypes: [] },
  batchInterval,
  includeScreenRecordings: false,
  includeRecordingsWithSensitiveData: false,
  includeMetadata: false,
});

const STATES: readonly BatchState[] = [
  'planned',
  'pending',
  'processing',
  'fulfilled',
  'exported',
  'failed',
  'cancelled',
];

/** Batches of P`days`D in whatever states an interrupted run may have left them. */
const interrupted = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.array(fc.constantFrom(...STATES), { minLength: 60, maxLength: 60 }))
  .map(([days, states]) =>
    (planBatches(spec(`P${days}D`)) ?? []).map((batch, index): Batch => {
      const state = states[index] ?? 'planned';
      return { ...batch, state, jobId: state === 'planned' ? null : `job-${index}` };
    }),
  );

describe('dividing again', () => {
  test('leaves no gap and no overlap, and touches nothing that has a job which may still count', () => {
    fc.assert(
      fc.property(interrupted, fc.integer({ min: 1, max: 40 }), (batches, days) => {
        const divided = rebatched(batches, `P${days}D`);

        const edges = divided.map(({ interval }) => interval.split('/'));
        expect(edges[0]?.[0]).toBe(INTERVAL.split('/')[0]);
        expect(edges.at(-1)?.[1]).toBe(INTERVAL.split('/')[1]);
        edges.slice(1).forEach(([start], index) => expect(start).toBe(edges[index]?.[1]));
        const kept = batches.filter(({ state }) => !['planned', 'failed', 'cancelled'].includes(state));
        for (const batch of kept) expect(divided).toContainEqual(batch);
      }),
      { numRuns: 50 },
    );
  });

  test('by the same duration changes no interval', () => {
    const batches = planBatches(spec('P7D')) ?? [];

    expect(rebatched(batches, 'P7D')).toEqual(batches);
  });

  test('leaves retries of named conversations alone', () => {
    const retry: Batch = { ...(planBatches(spec('P60D'))?.[0] as Batch), conversationIds: ['c'], state: 'failed' };

    expect(rebatched([retry], 'P7D')).toEqual([retry]);
  });
});

describe('the state of an export that was not finished yet', () => {
  test.each<[readonly BatchState[], string]>([
    [['exported', 'exported'], 'fulfilled'],
    [['exported', 'fulfilled'], 'fulfilled'],
    [['exported', 'processing', 'incomplete'], 'running'],
    [['exported', 'incomplete'], 'fulfilled'],
    [['exported', 'planned'], 'running'],
    [['forgotten', 'processing'], 'lost'],
    [['failed', 'forgotten', 'processing'], 'failed'],
    [['cancelled', 'exported'], 'failed'],
  ])('of batches %j is %s', (states, expected) => {
    const [batch] = planBatches(spec('P60D')) ?? [];

    const batches = states.map((state) => ({ ...(batch as Batch), state }));
    expect(stateOfExport(batches, { finished: false, whole: true })).toBe(expected);
  });

  test('is incomplete when single recordings failed and that was not accepted', () => {
    const [batch] = planBatches(spec('P60D')) ?? [];

    const batches = [{ ...(batch as Batch), state: 'incomplete' as const }];
    expect(stateOfExport(batches, { finished: false, whole: false })).toBe('incomplete');
  });
});

describe('the state of an export that was finished', () => {
  test.each<[readonly BatchState[], boolean, string]>([
    [['exported'], true, 'exported'],
    [['exported'], false, 'incomplete'],
    [['exported', 'processing'], false, 'incomplete'],
    [['fulfilled'], true, 'fulfilled'],
  ])('of batches %j, whole %j, is %s', (states, whole, expected) => {
    const [batch] = planBatches(spec('P60D')) ?? [];

    const batches = states.map((state) => ({ ...(batch as Batch), state }));
    expect(stateOfExport(batches, { finished: true, whole })).toBe(expected);
  });
});
