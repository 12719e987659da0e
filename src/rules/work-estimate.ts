/**
 * How many requests the apply of an export and of holds takes. The numbers were counted at the simulator; test/provider/estimate.test.ts
 * compares them with what applies really send.
 */
import type { ExportFact, Facts, HoldFact, Known, PlannedWork } from '../facts';
import { followersOf } from './followers';

/** The estimate for an export with the holds that follow it, or for a hold by itself. */
export interface WorkEstimate {
  /** Recording jobs; null when the interval is not known. */
  readonly jobs: number | null;
  /** Conversations that are exported or held anew. */
  readonly conversations: number | null;
  /** Requests to Genesys Cloud; null when jobs or conversations are not known. */
  readonly requests: number | null;
  /** Requests a minute besides, while jobs and files are waited for. */
  readonly waitingPerMinute: number;
}

/** Looking for a job that asks for the same, for room, and for both again before it is executed. */
const LISTINGS_A_JOB = 12;
/** Creating and executing it, and asking how it is while it takes some seconds; then once more for its totals. */
const OTHERS_A_JOB = 7;
/** Asking, polling, reading and deleting the analytics query behind one job, or behind one step of a scope. */
const REQUESTS_A_QUERY = 6;
/** The organization, and which hold API it has: once in an apply. */
const REQUESTS_AN_APPLY = 2;
const CONVERSATIONS_A_RESULT_PAGE = 1_000;
/** Up to this many conversations, recordings are read one by one; else in pages. */
const ONE_BY_ONE = 50;
const RECORDINGS_A_PAGE = 500;
/** Pages that are read to warn of deletions before an export. */
const MOST_DELETION_PAGES = 10;
/** In each hold request, and in the questions before and after it which of them are held. */
const CONVERSATIONS_A_HOLD_CALL = 100;
/** A hold looks at the recordings of so many conversations, to find others that share one. Of more it looks at none. */
const MOST_LOOKED_AT_FOR_SHARED = 1_000;
/** A scope that grows is asked for again from so many days before: what was too young for its recordings may have some by now. */
const OVERLAP_DAYS = 2;
/** Two jobs run at a time, and each, like the files that are still to come, is asked about every half minute. */
const LOOKS_A_MINUTE = 2;
const JOBS_AT_ONCE = 2;
const DAY_MS = 86_400_000;

const NOTHING_THERE: PlannedWork['there'] = { pieces: 0, conversations: 0 };

/** What is to be done: all of it for what is new, the rest for what is there. Null is unknown. */
interface Task {
  readonly pieces: number | null;
  readonly conversations: number | null;
  readonly there: PlannedWork['there'];
}

/** The estimate for an export, the legal holds and the object holds that follow it. Pure. */
export function estimateWork(facts: Facts, fact: ExportFact): WorkEstimate {
  const task = taskOf(fact.work, () => {
    const conversations = conversationsOf(facts, fact);
    return { pieces: jobsOf(fact, conversations), conversations };
  });
  const { pieces: jobs, conversations } = task;
  const isNamed = fact.conversationIds.known && fact.conversationIds.value !== null;
  if (jobs === null || conversations === null) return unknownWork(jobs, conversations);
  const holds = followersOf(facts, fact.address).reduce<number | null>((sum, hold) => {
    const requests = followerRequests(hold, conversations);
    return sum === null || requests === null ? null : sum + requests;
  }, 0);
  const files = facts.objectHolds.filter(
    ({ exportJobId }) => exportJobId.known && (exportJobId.value ?? '').includes(`${fact.address}.`),
  );
  // What an object hold covers is asked of each job once; the rest of its work goes to S3.
  const asksOfFiles = jobs === 0 ? 0 : files.length * (task.there.pieces + jobs);
  return {
    jobs,
    conversations,
    requests: holds === null ? null : exportRequests(jobs, conversations, task.there, isNamed) + holds + asksOfFiles,
    waitingPerMinute: jobs === 0 ? 0 : LOOKS_A_MINUTE * Math.max(Math.min(jobs, JOBS_AT_ONCE), readings(conversations)),
  };
}

/** The estimate for a hold that follows no export of these facts: by scope, or over a list. Pure. */
export function estimateHold(hold: HoldFact): WorkEstimate {
  const scope = hold.scope?.known === true ? hold.scope.value : null;
  const listed = hold.conversationIds.known ? hold.conversationIds.value : null;
  const task = taskOf(hold.work, () => ({
    pieces: scope === null ? 0 : piecesOf(scope.interval, scope.batchInterval, hold.countedUntil),
    conversations: hold.conversationCount?.known === true ? hold.conversationCount.value : (listed?.length ?? null),
  }));
  const { pieces, conversations, there } = task;
  if (pieces === null || conversations === null) return unknownWork(0, conversations);
  if (pieces === 0 && conversations === 0 && there.conversations === 0) {
    return { jobs: 0, conversations: 0, requests: 0, waitingPerMinute: 0 };
  }
  const again = hold.work === undefined || scope === null ? 0 : overlap(scope.batchInterval, there);
  const read = conversations + (there.pieces === 0 ? 0 : Math.ceil((there.conversations / there.pieces) * again));
  const looks = scope === null ? 0 : queryRequests(pieces + again, read) + readings(read);
  return {
    jobs: 0,
    conversations,
    requests: REQUESTS_AN_APPLY + looks + holdRequests(there.conversations, conversations),
    waitingPerMinute: 0,
  };
}

/** What a hold takes that follows an export, beside what that has asked already. */
function followerRequests({ work }: HoldFact, exported: number): number | null {
  if (work === undefined) return holdRequests(0, exported);
  if (!work.known) return null;
  // What came late is new to the export and missing from the hold: it is the same.
  const fresh = Math.max(exported, work.value.conversations);
  return holdRequests(work.value.there.conversations, fresh);
}

function unknownWork(jobs: number | null, conversations: number | null): WorkEstimate {
  return { jobs, conversations, requests: null, waitingPerMinute: 0 };
}

function taskOf(work: Known<PlannedWork> | undefined, whole: () => Omit<Task, 'there'>): Task {
  if (work === undefined) return { ...whole(), there: NOTHING_THERE };
  return work.known ? work.value : { pieces: null, conversations: null, there: NOTHING_THERE };
}

function exportRequests(jobs: number, conversations: number, there: PlannedWork['there'], isNamed: boolean): number {
  if (jobs === 0) return 0;
  const pages = Math.max(1, Math.ceil((conversations + there.conversations) / RECORDINGS_A_PAGE));
  return (
    REQUESTS_AN_APPLY +
    // The maximum retention, and the recordings with their delete dates.
    1 +
    Math.min(MOST_DELETION_PAGES, pages) +
    // A job needs an interval: that of named conversations is read from each.
    (isNamed ? conversations : 0) +
    jobs * (LISTINGS_A_JOB + OTHERS_A_JOB) +
    queryRequests(jobs, conversations) +
    readings(conversations)
  );
}

function queryRequests(queries: number, conversations: number): number {
  return queries * REQUESTS_A_QUERY + Math.floor(conversations / CONVERSATIONS_A_RESULT_PAGE);
}

/** One look at the recordings of so many conversations. */
function readings(conversations: number): number {
  return conversations <= ONE_BY_ONE ? conversations : Math.ceil(conversations / RECORDINGS_A_PAGE);
}

/** Looks at everything, sets what is new, looks at that again, and reads its recordings to find what is shared. */
function holdRequests(there: number, fresh: number): number {
  const calls = (count: number): number => Math.ceil(count / CONVERSATIONS_A_HOLD_CALL);
  const shared = there + fresh <= MOST_LOOKED_AT_FOR_SHARED ? fresh : 0;
  return calls(there + fresh) + 2 * calls(fresh) + shared;
}

function overlap(step: string | null, there: PlannedWork['there']): number {
  const days = step === null ? null : daysOfDuration(step);
  return days === null || days <= 0 ? 1 : Math.min(there.pieces, Math.ceil(OVERLAP_DAYS / days));
}

function conversationsOf(facts: Facts, { address, conversationCount, conversationIds }: ExportFact): number | null {
  if (conversationCount.known) return conversationCount.value;
  if (conversationIds.known && conversationIds.value !== null) return conversationIds.value.length;
  const hold = facts.holds.find(
    (one) => one.belongsTo === address || one.dependsOn.some((on) => on.export === address),
  );
  return hold?.conversationCount?.known === true ? hold.conversationCount.value : null;
}

function jobsOf(
  { interval, batchInterval, conversationIds, countedUntil }: ExportFact,
  conversations: number | null,
): number | null {
  if (conversationIds.known && conversationIds.value !== null) {
    return Math.max(1, Math.ceil((conversations ?? 0) / CONVERSATIONS_A_HOLD_CALL));
  }
  if (!batchInterval.known || !interval.known || interval.value === null) return null;
  return piecesOf(interval.value, batchInterval.value, countedUntil);
}

/** In how many pieces an interval is asked for; an open one as far as it was counted. Null is unknown. */
function piecesOf(interval: string | null, step: string | null, until: Known<string> | undefined): number | null {
  if (interval === null) return null;
  const isOpen = interval.endsWith('/..');
  if (isOpen && until?.known !== true) return null;
  if (step === null) return 1;
  const whole = daysOfInterval(isOpen && until?.known === true ? `${interval.slice(0, -2)}${until.value}` : interval);
  const piece = daysOfDuration(step);
  return whole === null || piece === null || piece <= 0 ? null : Math.max(1, Math.ceil(whole / piece));
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
