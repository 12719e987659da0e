/** The life of a Batch Operations job, and what to do at each point of it. Pure. */

/** As S3 Control writes them. */
export type JobStatus =
  | 'New'
  | 'Preparing'
  | 'Ready'
  | 'Active'
  | 'Pausing'
  | 'Paused'
  | 'Suspended'
  | 'Completing'
  | 'Complete'
  | 'Cancelling'
  | 'Cancelled'
  | 'Failing'
  | 'Failed';

/** A job as it was last seen. */
export interface JobView {
  readonly id: string;
  readonly status: JobStatus;
  /** 0 until the manifest is read. */
  readonly tasks: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Why it failed, from S3: `code: reason`. */
  readonly failureReasons: readonly string[];
  /** What somebody wrote when changing its state. */
  readonly statusUpdateReason: string | undefined;
}

/** What to do now. */
export type JobStep =
  /** `note` is worth telling when it stays. */
  | { readonly do: 'wait'; readonly note?: string }
  /** It waits for somebody to say yes, and it is ours. */
  | { readonly do: 'confirm' }
  /** It waits for somebody to say yes, but is not what we asked for. */
  | { readonly do: 'cancel'; readonly why: string }
  /** It is over; `ok` says only that it went through its manifest, tasks may have failed. */
  | { readonly do: 'finish'; readonly ok: boolean; readonly why: string };

/** Decides on the next step. `expectedTasks` is the number of rows in the manifest we wrote. */
export function nextStep(job: JobView, expectedTasks: number): JobStep {
  switch (job.status) {
    case 'New':
    case 'Preparing':
    case 'Ready':
    case 'Active':
    case 'Completing':
    case 'Cancelling':
    case 'Failing':
      return { do: 'wait' };
    case 'Pausing':
    case 'Paused':
      return {
        do: 'wait',
        note: `Job ${job.id} is paused: a job of higher priority runs in this account. It continues by itself.`,
      };
    case 'Suspended':
      return job.tasks === 0 || job.tasks === expectedTasks
        ? { do: 'confirm' }
        : { do: 'cancel', why: `it has ${job.tasks} tasks where ${expectedTasks} were asked for` };
    case 'Complete':
      return { do: 'finish', ok: true, why: `${job.succeeded} tasks succeeded, ${job.failed} failed` };
    case 'Cancelled':
      return { do: 'finish', ok: false, why: `it was cancelled${because(job)}` };
    case 'Failed':
      return { do: 'finish', ok: false, why: `it failed${because(job)}` };
  }
}

function because(job: JobView): string {
  const reasons = [...job.failureReasons];
  if (reasons.length === 0 && job.statusUpdateReason !== undefined) reasons.push(job.statusUpdateReason);
  return reasons.length === 0 ? ' without a reason given' : `: ${reasons.join('; ')}`;
}

/** Whether a job may still change anything. */
export function isOver(status: JobStatus): boolean {
  return status === 'Complete' || status === 'Cancelled' || status === 'Failed';
}
