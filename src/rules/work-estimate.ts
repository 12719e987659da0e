/** How much work an export and its hold are: recording jobs, requests, time. */
import type { ExportFact, Facts } from '../facts';

/** The estimate for one export, and for the hold of everything in it. */
export interface WorkEstimate {
  /** Recording jobs; null when the interval is not known. */
  readonly jobs: number | null;
  readonly conversations: number | null;
  /** Requests to Genesys Cloud; null when jobs or conversations are not known. */
  readonly requests: number | null;
}

/** Listing, creating, executing and polling one recording job whose work takes some minutes. */
const REQUESTS_A_JOB = 14;
/** Asking, polling and deleting the analytics query behind one job. */
const REQUESTS_A_QUERY = 6;
const CONVERSATIONS_A_RESULT_PAGE = 1_000;
/** Up to this many conversations, export dates are read one by one; else in pages. */
const ONE_BY_ONE = 50;
const RECORDINGS_A_PAGE = 500;
/** How often export dates are looked at until the last file has arrived. */
const LOOKS = 3;
/** In each hold request, and before it in the question which of them are held. */
const CONVERSATIONS_A_HOLD_CALL = 100;
const DAY_MS = 86_400_000;

/** The estimate for one export. Pure; numbers are upper ends of what is usual, not promises. */
export function estimateWork(facts: Facts, fact: ExportFact): WorkEstimate {
  const conversations = conversationsOf(facts, fact);
  const jobs = jobsOf(fact, conversations);
  return {
    jobs,
    conversations,
    requests: jobs === null || conversations === null ? null : requests(jobs, conversations),
  };
}

function requests(jobs: number, conversations: number): number {
  const dates = conversations <= ONE_BY_ONE ? conversations : Math.ceil(conversations / RECORDINGS_A_PAGE);
  return (
    jobs * (REQUESTS_A_JOB + REQUESTS_A_QUERY) +
    Math.ceil(conversations / CONVERSATIONS_A_RESULT_PAGE) +
    LOOKS * dates +
    2 * Math.ceil(conversations / CONVERSATIONS_A_HOLD_CALL)
  );
}

function conversationsOf(facts: Facts, { address, conversationCount, conversationIds }: ExportFact): number | null {
  if (conversationCount.known) return conversationCount.value;
  if (conversationIds.known && conversationIds.value !== null) return conversationIds.value.length;
  const hold = facts.holds.find(
    (one) => one.belongsTo === address || one.dependsOn.some((on) => on.export === address),
  );
  return hold?.conversationCount?.known === true ? hold.conversationCount.value : null;
}

function jobsOf({ interval, batchInterval, conversationIds }: ExportFact, conversations: number | null): number | null {
  if (conversationIds.known && conversationIds.value !== null) {
    return Math.max(1, Math.ceil((conversations ?? 0) / CONVERSATIONS_A_HOLD_CALL));
  }
  if (!batchInterval.known || !interval.known || interval.value === null) return null;
  if (batchInterval.value === null) return 1;
  const whole = daysOfInterval(interval.value);
  const batch = daysOfDuration(batchInterval.value);
  return whole === null || batch === null || batch <= 0 ? null : Math.max(1, Math.ceil(whole / batch));
}

/** Days of an ISO-8601 duration, months as 31 and years as 366 days: the longest they can be. Null when it is none. */
export function daysOfDuration(text: string): number | null {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!match) return null;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return years * 366 + months * 31 + weeks * 7 + days + (hours * 3600 + minutes * 60 + seconds) / 86_400;
}

/** Days between the two instants of an interval. Null when it is none. */
export function daysOfInterval(text: string): number | null {
  const [start = '', end = ''] = text.split('/');
  const length = (Date.parse(end) - Date.parse(start)) / DAY_MS;
  return Number.isNaN(length) ? null : length;
}
