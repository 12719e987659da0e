/** Intervals that may have no end yet: `start/..` means "from then on", and grows by whole steps of a duration. */
import { parseCalendarDuration } from './duration';
import { after, parseInstant, parseInterval, type Interval } from './interval';

/** An interval whose end may be open. */
export interface OpenInterval {
  readonly start: number;
  /** Exclusive; null where the interval has no end. */
  readonly end: number | null;
}

/** How an open end is written. */
const OPEN = '..';

/** Reads `start/end` and `start/..`. Throws a RangeError that says what is wrong. */
export function parseOpenInterval(text: string): OpenInterval {
  const slash = text.indexOf('/');
  if (slash < 1 || text.slice(slash + 1) !== OPEN) return parseInterval(text);
  return { start: parseInstant(text.slice(0, slash)), end: null };
}

/** Whether an interval has no end. False for what is not an interval. */
export function isOpenInterval(text: string): boolean {
  return text.endsWith(`/${OPEN}`);
}

/**
 * How many whole steps from a start have ended at an instant. Months are counted by the calendar, as
 * {@link splitInterval} counts them, so that the steps of a grid are its batches.
 */
export function stepsUntil(start: number, step: string, instant: number): number {
  const duration = parseCalendarDuration(step);
  const ended = (count: number): boolean => after(start, duration, count) <= instant;
  let most = 1;
  while (ended(most)) most *= 2;
  let steps = Math.floor(most / 2);
  for (let low = steps, high = most; high - low > 1;) {
    const middle = Math.floor((low + high) / 2);
    if (ended(middle)) low = middle;
    else high = middle;
    steps = low;
  }
  return steps;
}

/** The end of so many whole steps from a start. */
export function endOfSteps(start: number, step: string, steps: number): number {
  return after(start, parseCalendarDuration(step), steps);
}

/**
 * What of an interval is there at an instant: all of it where it has an end, of an open one the whole steps that have ended.
 * Null where not even the first has. Throws a RangeError for a wrong interval or step.
 */
export function intervalAt(text: string, step: string | null, instant: number): Interval | null {
  const { start, end } = parseOpenInterval(text);
  if (end !== null) return { start, end };
  if (step === null) throw new RangeError(`"${text}" has no end, so it needs a batch interval: its length of a step.`);
  const steps = stepsUntil(start, step, instant);
  return steps === 0 ? null : { start, end: endOfSteps(start, step, steps) };
}
