/** Batch Operations jobs over S3 Control. */
import type { CreateJobRequest, JobDescriptor, RequestedJobStatus, S3ControlClient } from '@aws-sdk/client-s3-control';
import { AwsError, type Attempt } from '../aws-error';
import { callAws } from '../call';
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
      if (answer.JobId !== undefined) return answer.JobId;
      throw nonsense(tried, 'S3 accepted the job but gave it no id');
    },

    async describe(id, signal) {
      const { DescribeJobCommand } = await import('@aws-sdk/client-s3-control');
      const control = await client();
      const tried = attempt('DescribeJob', 's3:DescribeJob', `job ${id}`);
      const answer = await callAws(tried, signal, () =>
        control.send(new DescribeJobCommand({ AccountId: accountId, JobId: id }), { abortSignal: signal }),
      );
      if (answer.Job?.Status === undefined) throw nonsense(tried, 'S3 told nothing about the job');
      return viewOf(id, answer.Job.Status, answer.Job);
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
        const answer = await callAws(attempt('ListJobs', 's3:ListJobs', 'jobs'), signal, () =>
          control.send(command, { abortSignal: signal }),
        );
        for (const job of answer.Jobs ?? []) {
          const description = job.Description ?? '';
          if (job.JobId === undefined || job.Status === undefined || isOver(job.Status)) continue;
          if (description.startsWith(mark)) found.push({ id: job.JobId, status: job.Status, description });
        }
        from = answer.NextToken;
      } while (from !== undefined && from !== '');
      return found;
    },
  };
}

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

function nonsense(attempt: Attempt, why: string): AwsError {
  const message = `${attempt.operation} on ${attempt.target} failed: ${why}. Look for the job in the S3 console, then repeat.`;
  return new AwsError(
    { ...attempt, message, code: 'UnusableAnswer', status: 200, requestId: undefined, missingRight: undefined },
    undefined,
  );
}
