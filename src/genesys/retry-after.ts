/** Reads the Retry-After header. */

/**
 * Milliseconds to wait from `now` on, for a header in seconds or as an HTTP date; undefined when it is missing or
 * neither. A date that has passed gives 0.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1_000;
  // Date.parse reads far more than HTTP dates; all three forms of those name a weekday first.
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return undefined;
  const date = Date.parse(/GMT|UTC|[+-]\d{4}$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
