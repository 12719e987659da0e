/**
 * How long recordings must stay until a hold that waits for its export can be there, and what is said about those that do not.
 * Shared by the rule and by the plans of the provider, so that both say the same.
 */
import { counted } from '../words';
import type { PlannedDeletionFact } from '../facts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Two recording jobs run at a time. Genesys Cloud promises no duration; hours are usual. */
const HOURS_FOR_TWO_JOBS = 4;
/** For an apply that fails, or that nobody repeats at once. */
const SPARE_DAYS = 7;
/** A policy keeps a screen recording for a year at most. */
export const MOST_SCREEN_DAYS = 365;
/** Recordings named in one message. */
export const MOST_NAMED = 3;

/** How long an export is expected to take, and until when its recordings must stay. */
export interface DeletionWindow {
  /** Milliseconds that the export is expected to take. */
  readonly exportMs: number;
  /** The same with time to spare: what is deleted within it is worth a warning. */
  readonly windowMs: number;
  /** Days of that to spare. */
  readonly spareDays: number;
}

/**
 * The estimate. `null` is unknown: a single job, and no time for its requests. Nobody promises that it holds.
 *
 * @param applies in how many applies it is done: a growing export waits ten minutes in each, and nobody knows when the next is
 */
export function deletionWindow(
  jobs: number | null,
  requests: number | null = null,
  perMinute: number | null = null,
  applies = 1,
): DeletionWindow {
  const atGenesys = Math.ceil(Math.max(1, jobs ?? 1) / 2) * HOURS_FOR_TWO_JOBS * HOUR_MS;
  const atTheLimit = requests === null || perMinute === null || perMinute <= 0 ? 0 : (requests / perMinute) * 60_000;
  const exportMs = Math.max(atGenesys, atTheLimit);
  const spareDays = SPARE_DAYS * applies;
  return { exportMs, windowMs: exportMs + spareDays * DAY_MS, spareDays };
}

/** `about 8 hours`, `about 3 days`. */
export function exportTimeInWords({ exportMs }: DeletionWindow): string {
  const hours = Math.ceil(exportMs / HOUR_MS);
  return `about ${hours <= 48 ? counted(hours, 'hour') : counted(Math.ceil(hours / 24), 'day')}`;
}

/**
 * `2026-02-03 14:00 UTC: recording 1f… of conversation 2b…`.
 *
 * @param asOf when it was looked at: what was due before may go at any moment
 */
export function deletionLine(
  { at, recordingId, conversationId, by }: PlannedDeletionFact,
  asOf: string | undefined = undefined,
): string {
  const cause = by === 'policy' ? '' : ', by the maximum retention of the organization';
  const overdue = asOf !== undefined && Date.parse(at) < Date.parse(asOf) ? ', overdue: it may go at any moment' : '';
  return `${dateOf(at)}: recording ${recordingId} of conversation ${conversationId}${cause}${overdue}`;
}

/** `2026-02-03 14:00 UTC`: a day is not enough where hours count. */
export function dateOf(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/** Whether recordings of an interval reach the year that screen recordings are kept at most, between the two instants. */
export function reachesScreenLimit(interval: string, from: number, until: number): boolean {
  const [start, end] = interval.split('/').map((text) => Date.parse(text));
  if (start === undefined || end === undefined || Number.isNaN(start)) return false;
  const limit = MOST_SCREEN_DAYS * DAY_MS;
  // An interval without an end continues.
  return start + limit <= until && (Number.isNaN(end) || end + limit > from);
}
