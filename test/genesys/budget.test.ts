import fc from 'fast-check';
import { RequestBudget } from '../../src/genesys/budget';
import type { Answer } from '../../src/genesys/transport';

const MINUTE = 60_000;
const silent: Answer = { status: 200, headers: {}, body: {} };

function limited(count: number, allowed: number, reset: number): Answer {
  return {
    status: 200,
    headers: {
      'inin-ratelimit-count': String(count),
      'inin-ratelimit-allowed': String(allowed),
      'inin-ratelimit-reset': String(reset),
    },
    body: {},
  };
}

/** Sends as fast as the budget lets it, with answers after `latency`; gives the times of sending. */
function sendAll(budget: RequestBudget, total: number, latency: (n: number) => number, start = 0): number[] {
  const times: number[] = [];
  const answers: { at: number; ticket: number }[] = [];
  let now = start;
  while (times.length < total) {
    const delay = budget.delay(now);
    answers.sort((a, b) => a.at - b.at);
    const next = answers[0];
    if (next !== undefined && (next.at <= now || delay > 0)) {
      const wake = now + delay;
      if (next.at <= wake) {
        answers.shift();
        now = Math.max(now, next.at);
        budget.answered(now, next.ticket, silent);
        continue;
      }
    }
    if (delay > 0) {
      now += delay;
      continue;
    }
    const ticket = budget.sent(now);
    times.push(now);
    answers.push({ at: now + latency(times.length), ticket });
  }
  return times;
}

function mostInAnyMinute(times: readonly number[]): number {
  let most = 0;
  let from = 0;
  times.forEach((time, index) => {
    while ((times[from] as number) <= time - MINUTE) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

describe('the request budget', () => {
  test('never sends more than the limit in any minute, wherever that minute begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 5_000 }), (limit, latency) => {
        const times = sendAll(new RequestBudget(limit), limit * 4, (n) => (n * 7_919) % latency);
        expect(mostInAnyMinute(times)).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 30 },
    );
  });

  test('keeps a long job at 95 % of the limit or more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 3_000 }), (limit) => {
        const times = sendAll(new RequestBudget(limit), limit * 7, () => 100);
        const minutes = ((times.at(-1) as number) - (times[0] as number)) / MINUTE;
        expect((limit * 7) / minutes).toBeGreaterThanOrEqual(limit * 0.95);
      }),
      { numRuns: 20 },
    );
  });

  test('lets a short job go at once and spreads a long one evenly', () => {
    const times = sendAll(new RequestBudget(300), 900, () => 0);
    expect(times[149]).toBe(0);
    const later = times.slice(320, 880);
    const gaps = later.slice(1).map((time, index) => time - (later[index] as number));
    expect(Math.max(...gaps)).toBeLessThan(1_000);
  });

  test('sends one request first, and then knows what others have used of the window', () => {
    const budget = new RequestBudget(300);
    const first = budget.sent(0);
    expect(budget.delay(0)).toBe(Number.POSITIVE_INFINITY);
    budget.answered(100, first, limited(298, 300, 40));
    for (let left = 2; left > 0; left -= 1) {
      expect(budget.delay(100)).toBe(0);
      budget.sent(100);
    }
    expect(budget.delay(100)).toBeGreaterThanOrEqual(40_000);
    expect(budget.delay(41_200)).toBe(0);
  });

  test('obeys a lower limit of the server than its own', () => {
    const budget = new RequestBudget(3_000);
    const ticket = budget.sent(0);
    budget.answered(0, ticket, limited(1, 10, 60));
    for (let n = 0; n < 9; n += 1) budget.sent(0);
    expect(budget.delay(0)).toBeGreaterThanOrEqual(60_000);
  });

  test('believes the youngest request when answers overtake each other', () => {
    const budget = new RequestBudget(300);
    const first = budget.sent(0);
    budget.answered(0, first, limited(1, 300, 60));
    const [second, third] = [budget.sent(0), budget.sent(0)];
    budget.answered(10, third, limited(300, 300, 60));
    budget.answered(20, second, limited(2, 300, 60));
    expect(budget.delay(20)).toBeGreaterThan(50_000);
  });

  test('pauses until told, and takes the longest of several pauses', () => {
    const budget = new RequestBudget(300);
    budget.answered(0, budget.sent(0), silent);
    budget.pause(5_000);
    budget.pause(3_000);
    expect(budget.delay(0)).toBe(5_000);
    expect(budget.delay(5_000)).toBe(0);
  });

  test('is not confused by headers that are none', () => {
    const budget = new RequestBudget(300);
    const answer = { status: 200, headers: { 'inin-ratelimit-count': 'x', 'inin-ratelimit-allowed': '' }, body: {} };
    budget.answered(0, budget.sent(0), answer);
    expect(budget.delay(0)).toBe(0);
  });
});
