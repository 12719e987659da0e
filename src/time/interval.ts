/** ISO-8601 instants and intervals: strict, with errors that say how to write them right. */
import { parseCalendarDuration, type CalendarDuration } from './duration';

/** A stretch of time, in milliseconds since 1970; the end is exclusive. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Most batches an interval is split into. Two jobs run at once, so more would take days. */
export const MOST_BATCHES = 1_000;

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-](?:\d{2}:\d{2}|\d{4}|\d{2}))?)?$/i;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds since 1970 of an ISO-8601 instant with a time zone. Throws a RangeError that says what is wrong. */
export function parseInstant(text: string): number {
  const match = INSTANT.exec(text);
  if (match === null) {
    throw new RangeError(`"${text}" is not an ISO-8601 instant. Write it like 2026-01-31T00:00:00Z.`);
  }
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  if (hour === undefined) throw new RangeError(`"${text}" has no time of day. Write it like ${text}T00:00:00Z.`);
  if (zone === undefined) {
    throw new RangeError(`"${text}" has no time zone. End it with Z for UTC, or with an offset like +01:00.`);
  }
  const fields = [year, month, day, hour, minute, second ?? '0'].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(fields[0], fields[1] - 1, fields[2]);
  date.setUTCHours(fields[3], fields[4], fields[5], Number((fraction ?? '0').padEnd(3, '0').slice(0, 3)));
  const real =
    date.getUTCMonth() === fields[1] - 1 && date.getUTCDate() === fields[2] && fields[3] < 24 && fields[4] < 60;
  if (!real || fields[5] > 59)
    throw new RangeError(`"${text}" is not a real date and time. Check day, month and time.`);
  return date.getTime() - offsetOf(zone, text);
}

/** Reads `start/end`. Throws a RangeError that says what is wrong: form, time zone, an end that is not after its start. */
export function parseInterval(text: string): Interval {
  const parts = text.split('/');
  const [first, second] = parts;
  if (parts.length !== 2 || first === undefined || second === undefined || first === '' || second === '') {
    throw new RangeError(
      `"${text}" is not an ISO-8601 interval. Write start and end with a slash between: 2026-01-01T00:00:00Z/2026-02-01T00:00:00Z.`,
    );
  }
  if (first.startsWith('P') || second.startsWith('P')) {
    throw new RangeError(`"${text}" has a duration in it. Write both start and end as instants.`);
  }
  const start = parseInstant(first);
  const end = parseInstant(second);
  if (end <= start) {
    throw new RangeError(`The end of "${text}" is not after its start. Write the earlier instant first.`);
  }
  return { start, end };
}

/** An instant as Genesys Cloud writes it: `2026-01-01T00:00:00.000Z`. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString();
}

/** An interval in its one canonical form, in UTC with milliseconds. */
export function formatInterval(interval: Interval): string {
  return `${formatInstant(interval.start)}/${formatInstant(interval.end)}`;
}

/**
 * Cuts an interval into batches of a duration, the last one shorter; each ends where the next begins. Months are
 * counted from the start by the calendar, in UTC: from 31 January, P1M gives 28 February, then 31 March.
 * Throws a RangeError for a wrong interval or duration, and for more than {@link MOST_BATCHES} batches.
 */
export function splitInterval(interval: string, duration: string): string[] {
  const whole = parseInterval(interval);
  const step = parseCalendarDuration(duration);
  const batches: string[] = [];
  let start = whole.start;
  for (let count = 1; start < whole.end; count += 1) {
    if (count > MOST_BATCHES) {
      throw new RangeError(
        `"${interval}" in steps of ${duration} makes more than ${MOST_BATCHES} batches. Use a longer batch interval or a shorter interval.`,
      );
    }
    const end = Math.min(whole.end, after(whole.start, step, count));
    batches.push(formatInterval({ start, end }));
    start = end;
  }
  return batches;
}

/** The instant so many steps after a start; infinite beyond all calendars. */
export function after(start: number, step: CalendarDuration, times: number): number {
  const date = new Date(start);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + step.months * times);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  const moved = date.getTime() + step.milliseconds * times;
  // Beyond what a date can hold: certainly after the end.
  return Number.isNaN(moved) ? Number.POSITIVE_INFINITY : moved;
}

function offsetOf(zone: string, text: string): number {
  if (/^z$/i.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 18 || minutes > 59) throw new RangeError(`"${text}" has no real offset from UTC: ${zone}.`);
  return (zone.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}
