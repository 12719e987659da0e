/** Batch Operations jobs over S3 Control. */
import type { CreateJobRequest, JobDescriptor, RequestedJobStatus, S3ControlClient } from '@aws-sdk/client-s3-control';
import type { Attempt } from '../aws-error';
import { callAws, incomplete, toldIn } from '../call';
import { isOver, type JobStatus, type JobView } from './job-state';

/** A job and what its creator wrote on it. */
export interface ListedJob {
  readonly id: string;
  readonly status: JobStatus;
  readonly description: string;
}

/** What the engine needs of S3 Control. Methods throw {@link AwsError}, and the signal's reason when aborted. */
export interface JobControl {
  /** Answers with the id of the job that the same request token made before, if it did. */
  create(request: CreateJobRequest, signal: AbortSignal): Promise<string>;
  describe(id: string, signal: AbortSignal): Promise<JobView>;
  setStatus(id: string, status: RequestedJobStatus, reason: string, signal: AbortSignal): Promise<void>;
  /** Jobs that may still change something and whose description begins with the mark. */
  unfinished(mark: string, signal: AbortSignal): Promise<readonly ListedJob[]>;
}

const UNFINISHED: readonly JobStatus[] = [
  'New',
  'Preparing',
  'Ready',
  'Active',
  'Pausing',
  'Paused',
  'Suspended',
  'Completing',
  'Cancelling',
  'Failing',
];

/** {@link JobControl} over the AWS SDK; the client is asked for at the first call. */
export function createJobControl(accountId: string, client: () => Promise<S3ControlClient>): JobControl {
  const attempt = (operation: string, action: string, job: string): Attempt => ({
    operation,
    target: `S3 Batch Operations ${job} of account ${accountId}`,
    right: `${action} on *`,
  });

  return {
    async create(request, signal) {
      const { CreateJobCommand } = await import('@aws-sdk/client-s3-control');
      const control = await client();
      const tried = attempt('CreateJob', `s3:CreateJob and iam:PassRole for ${request.RoleArn}`, 'job');
      const answer = await callAws(tried, signal, () =>
        control.send(new CreateJobCommand(request), { abortSignal: signal }),
      );
      return toldIn(answer.JobId, 'id of the job', tried);
    },

    async describe(id, signal) {
      const { DescribeJobCommand } = await import('@aws-sdk/client-s3-control');
      const control = await client();
      const tried = attempt('DescribeJob', 's3:DescribeJob', `job ${id}`);
      const answer = await callAws(tried, signal, () =>
        control.send(new DescribeJobCommand({ AccountId: accountId, JobId: id }), { abortSignal: signal }),
      );
      const job = toldIn(answer.Job, 'job', tried);
      if (job.JobId !== id) throw incomplete(tried, `the answer is about the job ${job.JobId ?? 'without an id'}`);
      return viewOf(id, toldIn(job.Status, 'status', tried), job);
    },

    async setStatus(id, status, reason, signal) {
      const { UpdateJobStatusCommand } = await import('@aws-sdk/client-s3-control');
      const control = await client();
      const command = new UpdateJobStatusCommand({
        AccountId: accountId,
        JobId: id,
        RequestedJobStatus: status,
        StatusUpdateReason: reason,
      });
      await callAws(attempt('UpdateJobStatus', 's3:UpdateJobStatus', `job ${id}`), signal, () =>
        control.send(command, { abortSignal: signal }),
      );
    },

    async unfinished(mark, signal) {
      const { ListJobsCommand } = await import('@aws-sdk/client-s3-control');
      const control = await client();
      const found: ListedJob[] = [];
      let from: string | undefined;
      do {
        const command = new ListJobsCommand({
          AccountId: accountId,
          JobStatuses: [...UNFINISHED],
          ...(from === undefined ? {} : { NextToken: from }),
        });
        const tried = attempt('ListJobs', 's3:ListJobs', 'jobs');
        const answer = await callAws(tried, signal, () => control.send(command, { abortSignal: signal }));
        for (const job of toldIn(answer.Jobs, 'list of jobs', tried)) {
          const id = toldIn(job.JobId, 'id of a job', tried);
          const status = toldIn(job.Status, 'status of a job', tried);
          // Jobs of others may have none.
          const description = job.Description ?? '';
          if (!isOver(status) && description.startsWith(mark)) found.push({ id, status, description });
        }
        from = answer.NextToken;
      } while (from !== undefined && from !== '');
      return found;
    },
  };
}

/** Counts come with the first task; a job that is being prepared has none. */
function viewOf(id: string, status: JobStatus, job: JobDescriptor): JobView {
  const progress = job.ProgressSummary;
  return {
    id,
    status,
    tasks: progress?.TotalNumberOfTasks ?? 0,
    succeeded: progress?.NumberOfTasksSucceeded ?? 0,
    failed: progress?.NumberOfTasksFailed ?? 0,
    failureReasons: (job.FailureReasons ?? []).map(({ FailureCode, FailureReason }) =>
      [FailureCode, FailureReason].filter((part) => part !== undefined && part !== '').join(': '),
    ),
    statusUpdateReason: job.StatusUpdateReason,
  };
}
