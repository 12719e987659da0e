/** Lengths of time as people write them: Go style (`90m`, `2h30m`, as in other providers' timeouts) and ISO-8601 (`PT90M`, `P1D`). */

/** A length of time by the calendar. Years and months are calendar units; the rest is counted in milliseconds. */
export interface CalendarDuration {
  readonly months: number;
  readonly milliseconds: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const GO_UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
};
/** One part, where the one before it ended: looked for anywhere, a long row of digits would take quadratic time. */
const GO_PART = /(\d+(?:\.\d+)?)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;
const ISO =
  /^P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * Milliseconds of a length of time in either style, or undefined when the text is not one. ISO-8601 months and years are
 * refused: they have no fixed length.
 */
export function parseDuration(text: string): number | undefined {
  if (!text.startsWith('P')) return goDuration(text);
  const parts = isoParts(text);
  return parts === undefined || parts.hasCalendarUnits ? undefined : parts.milliseconds;
}

function goDuration(text: string): number | undefined {
  if (text === '') return undefined;
  let sum = 0;
  GO_PART.lastIndex = 0;
  while (GO_PART.lastIndex < text.length) {
    const found = GO_PART.exec(text);
    if (found === null) return undefined;
    const [, amount, unit = ''] = found;
    sum += Number(amount) * (GO_UNITS[unit] ?? 0);
  }
  return sum;
}

/** Reads an ISO-8601 duration in whole numbers, above zero: P7D, P1M, PT12H. Throws a RangeError that says what is wrong. */
export function parseCalendarDuration(text: string): CalendarDuration {
  const parts = isoParts(text);
  if (parts === undefined || parts.hasFraction) {
    throw new RangeError(
      `"${text}" is not an ISO-8601 duration. Write P7D for seven days, P1M for a month, PT12H for twelve hours.`,
    );
  }
  const { months, milliseconds } = parts;
  if (months === 0 && milliseconds === 0) {
    throw new RangeError(`"${text}" is zero. Write a duration above zero, like P7D.`);
  }
  return { months, milliseconds };
}

interface IsoParts extends CalendarDuration {
  readonly hasCalendarUnits: boolean;
  readonly hasFraction: boolean;
}

function isoParts(text: string): IsoParts | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1);
  const count = (part: string | undefined): number => (part === undefined ? 0 : Number(part));
  return {
    months: count(years) * 12 + count(months),
    milliseconds:
      (count(weeks) * 7 + count(days)) * DAY + count(hours) * HOUR + count(minutes) * MINUTE + count(seconds) * SECOND,
    hasCalendarUnits: years !== undefined || months !== undefined,
    hasFraction: seconds?.includes('.') ?? false,
  };
}
