import fc from 'fast-check';
import {
  endOfSteps,
  formatInterval,
  intervalAt,
  isOpenInterval,
  parseInterval,
  parseOpenInterval,
  splitInterval,
  stepsUntil,
} from '../../src/time';

const JANUARY = Date.UTC(2026, 0, 1);
const DAY = 24 * 3_600_000;

describe('an interval that may be open', () => {
  test('continues after its start when its end is two dots', () => {
    expect(parseOpenInterval('2026-01-01T01:00:00+01:00/..')).toEqual({ start: JANUARY, end: null });
    expect(isOpenInterval('2026-01-01T00:00:00Z/..')).toBe(true);
  });

  test('is read as any other when it has an end', () => {
    const text = '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z';
    expect(parseOpenInterval(text)).toEqual(parseInterval(text));
    expect(isOpenInterval(text)).toBe(false);
  });

  test.each([
    ['../2026-01-01T00:00:00Z', 'not an ISO-8601 instant'],
    ['/..', 'not an ISO-8601 interval'],
    ['2026-01-01T00:00:00Z/...', 'not an ISO-8601 instant'],
    ['2026-01-01/..', 'no time of day'],
    ['2026-01-01T00:00:00Z/../..', 'not an ISO-8601 interval'],
    ['2026-01-01T00:00:00Z', 'not an ISO-8601 interval'],
  ])('%p is refused: %s', (text, why) => {
    expect(() => parseOpenInterval(text)).toThrow(why);
  });
});

describe('the steps of an open interval', () => {
  test('count only when they are whole', () => {
    expect(stepsUntil(JANUARY, 'P1D', JANUARY - 1)).toBe(0);
    expect(stepsUntil(JANUARY, 'P1D', JANUARY + DAY - 1)).toBe(0);
    expect(stepsUntil(JANUARY, 'P1D', JANUARY + DAY)).toBe(1);
    expect(stepsUntil(JANUARY, 'P1D', JANUARY + 30.5 * DAY)).toBe(30);
  });

  test('are months by the calendar, counted from the start', () => {
    const start = Date.UTC(2026, 0, 31);
    expect(stepsUntil(start, 'P1M', Date.UTC(2026, 1, 27))).toBe(0);
    expect(stepsUntil(start, 'P1M', Date.UTC(2026, 1, 28))).toBe(1);
    expect(endOfSteps(start, 'P1M', 2)).toBe(Date.UTC(2026, 2, 31));
  });

  test('end, and reach as far as the clock, whatever start, step and clock', () => {
    const step = fc.oneof(
      fc.integer({ min: 1, max: 30 }).map((months) => `P${months}M`),
      fc.integer({ min: 1, max: 400 }).map((days) => `P${days}D`),
      fc.integer({ min: 20, max: 400 }).map((hours) => `PT${hours}H`),
    );
    const start = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 700 * DAY }), step, (from, passed, duration) => {
        const now = from + passed;
        const steps = stepsUntil(from, duration, now);
        expect(steps === 0 || endOfSteps(from, duration, steps) <= now).toBe(true);
        expect(endOfSteps(from, duration, steps + 1)).toBeGreaterThan(now);
        const there = intervalAt(`${new Date(from).toISOString()}/..`, duration, now);
        // The grid of an open interval is that of its batches: no batch is cut short.
        if (there !== null) expect(splitInterval(formatInterval(there), duration)).toHaveLength(steps);
        else expect(steps).toBe(0);
      }),
      { seed: 13, numRuns: 200 },
    );
  });
});

describe('what of an interval is there', () => {
  test('is all of one that has an end, whatever the clock says', () => {
    const text = '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z';
    expect(intervalAt(text, null, 0)).toEqual(parseInterval(text));
  });

  test('is nothing before the first step of an open one has ended', () => {
    expect(intervalAt('2026-01-01T00:00:00Z/..', 'P7D', JANUARY + DAY)).toBeNull();
  });

  test('needs a step where the end is open', () => {
    expect(() => intervalAt('2026-01-01T00:00:00Z/..', null, JANUARY)).toThrow('needs a batch interval');
  });
});
