import fc from 'fast-check';
import { chooseEngine, type EngineQuestion } from '../../../src/aws';

const question: EngineQuestion = {
  versions: 1_000_000,
  toHold: 1_000_000,
  toTag: 1_000_000,
  distinctTagSets: 1,
  wantsHold: true,
  wantsTags: true,
  batchConfigured: true,
};

describe('choosing the engine', () => {
  test.each([
    ['much to do, one tag set, batch configured', {}, 'batch_operations', '1,000,000 versions'],
    ['little to do among many versions', { toHold: 10, toTag: 20 }, 'direct', 'fewer than the 200,000'],
    ['a threshold of one’s own', { threshold: 2_000_000 }, 'direct', 'fewer than the 2,000,000'],
    ['no batch_operations block', { batchConfigured: false }, 'direct', 'no batch_operations block'],
    ['many tag sets', { distinctTagSets: 50 }, 'direct', '50 different tag sets'],
    ['asked for', { requested: 'direct' }, 'direct', 'asked for'],
    [
      'asked for, though small',
      { requested: 'batch_operations', toHold: 1, toTag: 1 },
      'batch_operations',
      'asked for',
    ],
  ] as const)('%s', (_name, change, engine, reason) => {
    const choice = chooseEngine({ ...question, ...change });
    expect(choice.engine).toBe(engine);
    expect(choice.reason).toContain(reason);
  });

  test('the estimate counts every request and names its prices', () => {
    const { estimate } = chooseEngine({ ...question, versions: 1500, toHold: 1000, toTag: 500, requested: 'direct' });
    // 2 pages, 2 reads each, 1,500 writes, each read once more
    expect(estimate).toMatchObject({ objects: 1500, requests: 2 + 3000 + 3000, costUsd: 0.01, durationSeconds: 7 });
    expect(estimate.assumptions.join(' ')).toContain('us-east-1');
  });

  test('a million objects by batch: two jobs, two million tasks and as many writes', () => {
    const { estimate } = chooseEngine(question);
    // 10.00 for the writes, 2.00 for the tasks, 0.50 for the jobs, 0.81 for reading
    expect(estimate.costUsd).toBeCloseTo(13.31, 1);
  });

  test('nothing to do is never a batch, and costs only the looking', () => {
    const { engine, estimate } = chooseEngine({ ...question, versions: 0, toHold: 0, toTag: 0, distinctTagSets: 0 });
    expect([engine, estimate.requests, estimate.costUsd]).toEqual(['direct', 1, 0.01]);
  });

  test('more work never costs less', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.nat(1e6),
        fc.constantFrom('direct' as const, 'batch_operations' as const),
        (one, more, requested) => {
          const small = chooseEngine({ ...question, requested, versions: one, toHold: one, toTag: one }).estimate;
          const all = one + more;
          const large = chooseEngine({ ...question, requested, versions: all, toHold: all, toTag: all }).estimate;
          expect(large.costUsd).toBeGreaterThanOrEqual(small.costUsd);
          expect(large.requests).toBeGreaterThanOrEqual(small.requests);
        },
      ),
    );
  });
});
