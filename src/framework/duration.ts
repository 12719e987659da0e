/** Durations as people write them: Go style (`90m`, `2h30m`, as in other providers' timeouts) and ISO-8601 (`PT90M`, `P1D`). */
import type { AttributeValidator } from './validation';

const GO_UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const GO = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|s|m|h))+$/;
const GO_PART = /(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|s|m|h)/g;
const ISO = /^P(?!$)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * Milliseconds of a duration, or undefined when the text is none. ISO-8601 months and years are refused: they have no
 * fixed length.
 */
export function parseDuration(text: string): number | undefined {
  if (GO.test(text)) {
    return [...text.matchAll(GO_PART)].reduce(
      (sum, [, amount, unit]) => sum + Number(amount) * (GO_UNITS[unit ?? ''] ?? 0),
      0,
    );
  }
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (
    ((((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1_000
  );
}

/** Checks a duration in either style, longer than zero. */
export function duration(): AttributeValidator<string> {
  return {
    description: 'a duration such as `90m`, `2h30m` or `PT90M`',
    check: (value) => {
      const ms = parseDuration(value);
      if (ms === undefined) {
        return `${JSON.stringify(value)} is not a duration. Write hours, minutes and seconds, such as "90m" or "2h30m", or ISO-8601, such as "PT90M".`;
      }
      return ms > 0 ? undefined : `${JSON.stringify(value)} is no time at all. Write a duration longer than zero.`;
    },
  };
}
