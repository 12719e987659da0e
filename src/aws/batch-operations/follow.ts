/** Waits for jobs until each is over. */
import type { Clock } from '../../time';
import { nextStep, type JobView } from './job-state';
import type { JobControl } from './jobs';

/** A job that was asked for; plain data, to be kept so that a later process can follow it. */
export interface BatchJob {
  readonly id: string;
  /** In words: `legal hold ON`. */
  readonly description: string;
  /** Rows of its manifest; null when it was made by an earlier run whose records are lost. */
  readonly entries: number | null;
}

/** How a job ended. */
export interface FinishedJob extends BatchJob {
  readonly status: 'Complete' | 'Cancelled' | 'Failed';
  readonly succeeded: number;
  readonly failed: number;
  /** In words, with S3's reasons. */
  readonly why: string;
}

/** How far the jobs are. */
export interface BatchProgress {
  readonly tasks: number;
  readonly succeeded: number;
  readonly failed: number;
  /** What is worth telling, as that a job is paused. */
  readonly notes: readonly string[];
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Looks at the jobs until all are over, confirms those that wait for it and cancels those that are not what was asked for. An
 * abort leaves them running: a hold should not depend on this process. Throws {@link AwsError} and the signal's reason.
 */
export async function followJobs(
  jobs: readonly BatchJob[],
  control: JobControl,
  clock: Clock,
  signal: AbortSignal,
  onProgress: (progress: BatchProgress) => void = () => undefined,
): Promise<readonly FinishedJob[]> {
  const finished = new Map<string, FinishedJob>();
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    const views: JobView[] = [];
    const notes: string[] = [];
    for (const job of jobs) {
      const known = finished.get(job.id);
      if (known !== undefined) {
        const { id, status, succeeded, failed } = known;
        views.push({
          id,
          status,
          succeeded,
          failed,
          tasks: succeeded + failed,
          failureReasons: [],
          statusUpdateReason: undefined,
        });
        continue;
      }
      const view = await control.describe(job.id, signal);
      views.push(view);
      const step = nextStep(view, job.entries ?? view.tasks);
      if (step.do === 'confirm') await control.setStatus(job.id, 'Ready', 'asked for by the hold', signal);
      if (step.do === 'cancel') await control.setStatus(job.id, 'Cancelled', step.why, signal);
      if (step.do === 'wait' && step.note !== undefined) notes.push(step.note);
      if (step.do === 'finish') finished.set(job.id, finish(job, view, step.why));
    }
    onProgress(progressOf(views, notes));
    if (finished.size === new Set(jobs.map(({ id }) => id)).size) break;
    await clock.sleep(pause, signal);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5);
  }
  return [...finished.values()];
}

function finish(job: BatchJob, view: JobView, why: string): FinishedJob {
  const status = view.status === 'Complete' || view.status === 'Cancelled' ? view.status : 'Failed';
  return { ...job, status, succeeded: view.succeeded, failed: view.failed, why };
}

function progressOf(views: readonly JobView[], notes: readonly string[]): BatchProgress {
  const sum = (of: (view: JobView) => number): number => views.reduce((total, view) => total + of(view), 0);
  return {
    tasks: sum((view) => view.tasks),
    succeeded: sum((view) => view.succeeded),
    failed: sum((view) => view.failed),
    notes,
  };
}
