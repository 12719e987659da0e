/**
 * Which of several jobs that ask for the same is executed. Every process that is about to execute one looks for others and
 * decides by this; so of two first applies at once one continues with the job of the other, without anything that they share but
 * Genesys Cloud. Pure.
 *
 * Why no two are executed: a job is looked at after it was created and right before it is executed. Of two jobs the one that was
 * created later sees the other. If that one has been executed, it is followed. If not, dates decide, and who loses withdraws.
 * Dates of different servers may be in the wrong order, but only by moments: then the earlier job may have looked before
 * the later one was there. So who wins against a job of the same moment waits until that one has been executed or withdrawn.
 */
import { type Job, createdAt } from './jobs';

/** What to do with a job that could be executed. */
export type Precedence =
  | { readonly kind: 'execute' }
  /** Continue with this one instead. */
  | { readonly kind: 'yield'; readonly to: Job }
  /** Look again a little later. */
  | { readonly kind: 'wait' };

/** Dates of creation that differ by less do not say for certain which job was created first. */
export const SAME_MOMENT_MS = 5_000;

/** A process that looked just before our job was created has executed its own, or will not, after this long. */
export const PATIENCE_MS = 30_000;

/** A job that is done counts only when it was created with ours, or later: an older one was known when ours was created. */
const TOGETHER_MS = 60_000;

/** `others` ask for the same as `ours`; `waitedMs` is how long `ours` has been kept waiting for them. */
export function precedence(ours: Job, others: readonly Job[], waitedMs: number): Precedence {
  const executed = others.filter(
    (job) =>
      job.state === 'PROCESSING' || (job.state === 'FULFILLED' && createdAt(job) > createdAt(ours) - TOGETHER_MS),
  );
  const waiting = others.filter(({ state }) => state === 'READY' || state === 'PENDING');
  const first = oldest(executed) ?? oldest(waiting.filter((job) => isOlder(job, ours)));
  if (first !== undefined) return { kind: 'yield', to: first };
  // A job that is PENDING has its look still before it.
  const isUndecided = waiting.some((job) => job.state === 'READY' && createdAt(job) - createdAt(ours) < SAME_MOMENT_MS);
  return isUndecided && waitedMs < PATIENCE_MS ? { kind: 'wait' } : { kind: 'execute' };
}

/** The order in which jobs were created; jobs of the same date have one, too. */
export function isOlder(a: Job, b: Job): boolean {
  const difference = createdAt(a) - createdAt(b);
  return difference < 0 || (difference === 0 && a.id < b.id);
}

function oldest(jobs: readonly Job[]): Job | undefined {
  return jobs.reduce<Job | undefined>(
    (first, job) => (first === undefined || isOlder(job, first) ? job : first),
    undefined,
  );
}
