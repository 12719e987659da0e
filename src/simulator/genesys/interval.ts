/** ISO-8601 `start/end`; milliseconds since 1970. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

/** Null when it is not an interval of two instants, or does not end after its start. */
export function parseInterval(text: string): Interval | null {
  const [start, end, more] = text.split('/');
  if (start === undefined || end === undefined || more !== undefined) return null;
  if (!INSTANT.test(start) || !INSTANT.test(end)) return null;
  const interval = { start: Date.parse(start), end: Date.parse(end) };
  return interval.start < interval.end ? interval : null;
}

/** True when something that lasts from `start` to `end` touches the interval. The interval's end is exclusive. */
export function overlaps(interval: Interval, start: number, end: number): boolean {
  return start < interval.end && (end > interval.start || start >= interval.start);
}
