import fc from 'fast-check';
import {
  formatInterval,
  MOST_BATCHES,
  parseInstant,
  parseInterval,
  splitInterval,
  parseCalendarDuration,
} from '../../src/time';

describe('an instant', () => {
  test.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T00:00Z', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T02:30:00.5+02:30', '2026-01-01T00:00:00.500Z'],
    ['2025-12-31T19:00:00-0500', '2026-01-01T00:00:00.000Z'],
    ['2024-02-29T23:59:59.999999Z', '2024-02-29T23:59:59.999Z'],
  ])('%s is %s', (text, utc) => {
    expect(new Date(parseInstant(text)).toISOString()).toBe(utc);
  });

  test.each([
    ['2026-01-01', 'no time of day'],
    ['2026-01-01T00:00:00', 'no time zone'],
    ['2026-02-30T00:00:00Z', 'not a real date'],
    ['2025-02-29T00:00:00Z', 'not a real date'],
    ['2026-01-01T24:00:00Z', 'not a real date'],
    ['2026-01-01T00:00:60Z', 'not a real date'],
    ['2026-01-01T00:00:00+19:00', 'no real offset'],
    ['01.02.2026', 'not an ISO-8601 instant'],
    ['', 'not an ISO-8601 instant'],
  ])('%p is refused: %s', (text, why) => {
    expect(() => parseInstant(text)).toThrow(why);
  });
});

describe('an interval', () => {
  test.each([
    ['2026-01-02T00:00:00Z/2026-01-01T00:00:00Z', 'not after its start'],
    ['2026-01-01T00:00:00Z/2026-01-01T00:00:00Z', 'not after its start'],
    ['2026-01-01T00:00:00Z', 'not an ISO-8601 interval'],
    ['2026-01-01T00:00:00Z/', 'not an ISO-8601 interval'],
    ['2026-01-01T00:00:00Z/2026-01-02T00:00:00Z/2026-01-03T00:00:00Z', 'not an ISO-8601 interval'],
    ['2026-01-01T00:00:00Z/P7D', 'has a duration in it'],
  ])('%p is refused: %s', (text, why) => {
    expect(() => parseInterval(text)).toThrow(why);
  });

  test('has one canonical form', () => {
    const text = '2026-01-01T01:00:00+01:00/2026-02-01T00:00Z';
    expect(formatInterval(parseInterval(text))).toBe('2026-01-01T00:00:00.000Z/2026-02-01T00:00:00.000Z');
  });
});

describe('a duration', () => {
  test.each(['P', 'PT', 'P1', '7D', 'P1H', 'PT1D', 'P1.5D', '-P1D', 'P1DT', 'week', 'P0D', 'PT0S'])(
    '%p is refused',
    (text) => {
      expect(() => parseCalendarDuration(text)).toThrow(RangeError);
    },
  );

  test('keeps calendar months apart from days', () => {
    expect(parseCalendarDuration('P1Y2M1W3DT4H5M6S')).toEqual({
      months: 14,
      milliseconds: ((10 * 24 + 4) * 3_600 + 5 * 60 + 6) * 1_000,
    });
  });
});

describe('splitting an interval', () => {
  test('gives whole batches and a shorter last one', () => {
    expect(splitInterval('2026-01-01T00:00:00Z/2026-01-31T00:00:00Z', 'P7D').map((part) => part.slice(0, 10))).toEqual([
      '2026-01-01',
      '2026-01-08',
      '2026-01-15',
      '2026-01-22',
      '2026-01-29',
    ]);
  });

  test('counts months by the calendar, from the start', () => {
    const parts = splitInterval('2026-01-31T00:00:00Z/2026-04-30T00:00:00Z', 'P1M');
    expect(parts.map((part) => part.slice(0, 10))).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
  });

  test('leaves no gap and no overlap, whatever the interval and the step', () => {
    const start = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) });
    const hours = fc.integer({ min: 1, max: 24 * 800 });
    const step = fc.oneof(
      fc.integer({ min: 1, max: 30 }).map((months) => `P${months}M`),
      fc.integer({ min: 1, max: 400 }).map((days) => `P${days}D`),
      fc.integer({ min: 20, max: 400 }).map((amount) => `PT${amount}H`),
      fc.integer({ min: 1, max: 9 }).map((amount) => `P${amount}M${amount}DT1H`),
    );
    fc.assert(
      fc.property(start, hours, step, (from, length, duration) => {
        const whole = formatInterval({ start: from, end: from + length * 3_600_000 });
        const parts = splitInterval(whole, duration).map(parseInterval);
        expect(parts[0]?.start).toBe(from);
        expect(parts.at(-1)?.end).toBe(from + length * 3_600_000);
        parts.slice(1).forEach((part, index) => expect(part.start).toBe(parts[index]?.end));
      }),
    );
  });

  test('stops at a bound instead of making a job every second', () => {
    expect(() => splitInterval('2026-01-01T00:00:00Z/2027-01-01T00:00:00Z', 'PT1S')).toThrow(
      `more than ${MOST_BATCHES}`,
    );
    expect(splitInterval('2026-01-01T00:00:00Z/2026-01-01T00:16:40Z', 'PT1S')).toHaveLength(1_000);
  });

  test('copes with a duration beyond all calendars', () => {
    expect(splitInterval('2026-01-01T00:00:00Z/2026-01-02T00:00:00Z', 'P999999999Y')).toHaveLength(1);
  });
});
