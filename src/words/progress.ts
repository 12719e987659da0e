/** How far long work is, in words: one form for a terminal, for logs, and for the log of Terraform. Pure. */
import { counted, number } from './numbers';

/** `1,000 of 4,000 conversations`, `12 of 40`; `1,000 conversations` where the total is unknown. `thing`: in the singular. */
export function amountInWords(done: number, total: number | null, thing?: string): string {
  const named = (count: number): string => (thing === undefined ? number(count) : counted(count, thing));
  return total === null ? named(done) : `${number(done)} of ${named(total)}`;
}

/** `, about 3 minutes left`; nothing where that is unknown. */
export function leftInWords(seconds: number | null): string {
  return seconds === null ? '' : `, about ${lengthInWords(seconds)} left`;
}

/** Seconds that are left by the pace so far; null where nothing says it. */
export function secondsLeft(done: number, total: number | null, elapsedMs: number): number | null {
  if (total === null || done <= 0 || done >= total) return null;
  return Math.round(((elapsedMs / done) * (total - done)) / 1000);
}

/** "40 seconds", "3 minutes", "2 hours and 5 minutes". */
function lengthInWords(seconds: number): string {
  if (seconds < 90) return counted(Math.max(1, seconds), 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return counted(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0
    ? counted(hours, 'hour')
    : `${counted(hours, 'hour')} and ${counted(minutes % 60, 'minute')}`;
}
