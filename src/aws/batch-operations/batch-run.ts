/** One run over S3 Batch Operations: follows what is under way, prepares what is left, starts jobs, waits, reads their reports. */
import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { AwsError } from '../aws-error';
import { systemClock, type Clock } from '../../time';
import { sweepRequest, type ObjectHoldRequest } from '../object-hold/apply';
import { BoundedList, type Sampled } from '../object-hold/bounded-list';
import type { ConcurrencyLimits } from '../object-hold/concurrency';
import { noJournal, type Journal } from '../object-hold/journal';
import type { HidingMarker, ObjectStore } from '../object-hold/object-store';
import type { Intention, VersionFailure } from '../object-hold/settle-version';
import { followJobs, type BatchJob, type BatchProgress, type FinishedJob } from './follow';
import { createJobRequest, describeOperation, jobMark, type BatchSettings } from './job-request';
import type { JobControl } from './jobs';
import { StreamingUpload } from './multipart-upload';
import { prepareJobs, type Preparation } from './prepare';
import { readReport, type TaskReport } from './report';

/** What to do, and with whose rights. */
export interface BatchHoldRequest extends ObjectHoldRequest {
  /** Names this hold in descriptions, request tokens and key prefixes: letters, digits and hyphens. */
  readonly holdId: string;
  readonly settings: BatchSettings;
  /** One more job that computes SHA-256 checksums of the versions that are changed into its report. @default false */
  readonly checksums?: boolean;
  /** Jobs of an earlier run, from `onJob`: they are followed to their end before anything new is started. */
  readonly resume?: readonly BatchJob[];
}

/** What the engine works with. */
export interface BatchHoldDeps {
  readonly store: ObjectStore;
  /** For manifests and reports. */
  readonly s3: () => Promise<S3Client>;
  readonly jobs: JobControl;
  /** @default `aws` */
  readonly partition?: string;
  /** @default none is kept */
  readonly journal?: Journal;
  /** @default the computer's */
  readonly clock?: Clock;
  readonly concurrency?: ConcurrencyLimits;
  /**
   * Awaited when all that the jobs will write is in the journal, and none exists yet. What it throws ends the run. @default nothing
   * is done
   */
  readonly beforeWriting?: (signal: AbortSignal) => Promise<void>;
  /** Called for each job as soon as it exists, and awaited: keep it, so that a later run can follow it. */
  readonly onJob?: (job: BatchJob) => void | Promise<void>;
}

/** What came of it. */
export interface BatchHoldResult {
  /** Versions listed; 0 when the run stopped while it followed jobs of an earlier one. */
  readonly versions: number;
  readonly bytes: number;
  /** Versions that were right already. */
  readonly unchanged: number;
  /** All jobs that this run followed. Those that are not over are in `stopped` runs only. */
  readonly jobs: readonly FinishedJob[];
  /** Tasks over all jobs: a version that is tagged and held is two. */
  readonly tasks: { readonly succeeded: number; readonly failed: number };
  /** Versions that could not be prepared and tasks that failed: all counted, the first hundred kept. */
  readonly failures: Sampled<VersionFailure>;
  readonly hidden: Sampled<HidingMarker>;
  /** Over all versions in scope; null when the run stopped before it had seen them all. */
  readonly manifestSha256: string | null;
  readonly journalHead: string;
  readonly startedAt: number;
  readonly finishedAt: number;
  /**
   * Null: it went through, though tasks may have failed. `aborted`: jobs that were started continue by themselves. `refused`: AWS
   * refused something that everything depends on.
   */
  readonly stopped: { readonly why: 'aborted' | 'refused'; readonly error: unknown } | null;
}

const FAILURES_KEPT = 100;

/** Throws a RangeError when the name cannot stand in descriptions and keys. */
export function checkHoldId(holdId: string): void {
  if (/^[A-Za-z0-9-]{1,64}$/.test(holdId)) return;
  throw new RangeError(`"${holdId}" cannot name a hold: give 1 to 64 letters, digits and hyphens.`);
}

export class BatchRun {
  private readonly clock: Clock;
  private readonly journal: Journal;
  private readonly partition: string;
  private readonly finished: FinishedJob[] = [];
  private readonly failures = new BoundedList<VersionFailure>(FAILURES_KEPT);
  private preparation: Preparation | undefined;

  constructor(
    private readonly request: BatchHoldRequest,
    private readonly intention: Intention,
    private readonly deps: BatchHoldDeps,
    private readonly signal: AbortSignal,
    private readonly onProgress?: (progress: BatchProgress) => void,
  ) {
    this.clock = deps.clock ?? systemClock;
    this.journal = deps.journal ?? noJournal;
    this.partition = deps.partition ?? 'aws';
  }

  async through(): Promise<BatchHoldResult> {
    const startedAt = this.clock.now();
    const run = randomUUID();
    await this.journal.append({ type: 'start', run, ...sweepRequest(this.request) });
    let stopped: BatchHoldResult['stopped'] = null;
    try {
      await this.follow(await this.earlierJobs());
      await this.follow(await this.newJobs(run));
    } catch (error) {
      stopped = stopFor(error, this.signal);
    }
    const totals = this.preparation?.totals;
    const result: BatchHoldResult = {
      versions: totals?.versions ?? 0,
      bytes: totals?.bytes ?? 0,
      unchanged: this.preparation?.unchanged ?? 0,
      jobs: this.finished,
      tasks: {
        succeeded: this.finished.reduce((sum, job) => sum + job.succeeded, 0),
        failed: this.finished.reduce((sum, job) => sum + job.failed, 0),
      },
      failures: this.failures.snapshot(),
      hidden: totals?.hidden ?? { count: 0, first: [] },
      manifestSha256: totals?.manifestSha256 ?? null,
      journalHead: '',
      startedAt,
      finishedAt: this.clock.now(),
      stopped,
    };
    await this.journal.append({
      type: 'end',
      run,
      stopped: stopped?.why ?? null,
      versions: result.versions,
      failed: result.failures.count,
      manifestSha256: result.manifestSha256,
    });
    await this.journal.sync();
    return { ...result, journalHead: this.journal.head };
  }

  /** Those that were kept, and those that run in the account without a record of them. */
  private async earlierJobs(): Promise<readonly BatchJob[]> {
    const kept: BatchJob[] = [];
    for (const job of this.request.resume ?? []) if (await this.exists(job)) kept.push(job);
    const running = await this.deps.jobs.unfinished(jobMark(this.request.holdId), this.signal);
    const known = new Set(kept.map(({ id }) => id));
    const lost = running.filter(({ id }) => !known.has(id));
    return [...kept, ...lost.map(({ id, description }): BatchJob => ({ id, description, entries: null }))];
  }

  /** S3 forgets jobs after 90 days: then there is nothing to follow, and what is missing is done again. */
  private async exists(job: BatchJob): Promise<boolean> {
    try {
      await this.deps.jobs.describe(job.id, this.signal);
      return true;
    } catch (error) {
      // Only S3 itself can say that a job is forgotten: a page that says "not found" is no answer.
      if (error instanceof AwsError && error.status === 404 && error.code !== 'NotAnAnswer') return false;
      throw error;
    }
  }

  private async newJobs(run: string): Promise<readonly BatchJob[]> {
    const { request, deps, signal } = this;
    const s3 = await deps.s3();
    const { bucket, prefix } = request.settings;
    const preparation = await prepareJobs(
      { ...request, checksums: request.checksums ?? false },
      this.intention,
      {
        store: deps.store,
        journal: this.journal,
        ...(deps.concurrency === undefined ? {} : { concurrency: deps.concurrency }),
        upload: (name) => {
          const key = `${prefix}${request.holdId}/manifests/${run}-${name}.csv`;
          const right = `s3:PutObject on arn:${this.partition}:s3:::${bucket}/${key}`;
          return { key, upload: new StreamingUpload({ s3, bucket, key, right }, signal) };
        },
      },
      signal,
    );
    this.preparation = preparation;
    for (const failure of preparation.failures.first) this.failures.add(failure);
    this.failures.skip(preparation.failures.count - preparation.failures.first.length);
    await this.journal.sync();
    if (preparation.jobs.length > 0) await deps.beforeWriting?.(signal);

    const jobs: BatchJob[] = [];
    // The hold protects; labels can wait.
    for (const { operation, manifest } of [...preparation.jobs].sort(holdsFirst)) {
      const create = createJobRequest(request.holdId, operation, manifest, request.settings, this.partition);
      const id = await deps.jobs.create(create, signal);
      const job: BatchJob = { id, description: describeOperation(operation), entries: manifest.entries };
      await deps.onJob?.(job);
      jobs.push(job);
    }
    return jobs;
  }

  private async follow(jobs: readonly BatchJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const { deps, signal, clock } = this;
    for (const job of await followJobs(jobs, deps.jobs, clock, signal, this.onProgress)) {
      this.finished.push(job);
      await this.examine(job);
    }
  }

  /** A report that cannot be read is a failure of its job alone: those of the others are evidence all the same. */
  private async examine(job: FinishedJob): Promise<void> {
    const say = (code: string, what: string): void => {
      this.fail('', '', code, `Job ${job.id} (${job.description}) ${what}. ${AFTER_JOB}`);
    };
    if (job.status !== 'Complete') say(`Job${job.status}`, `did not go through: ${job.why}`);
    if (job.succeeded + job.failed === 0) return;
    try {
      const told = await this.readReportOf(job);
      const missing = (job.entries ?? told) - told;
      if (job.status === 'Complete' && missing !== 0) {
        say('IncompleteReport', `reports ${told} tasks where ${job.entries} were asked for`);
      }
    } catch (error) {
      this.signal.throwIfAborted();
      if (!(error instanceof AwsError)) throw error;
      say('ReportNotRead', `is over, but its report could not be read: ${error.message}`);
    }
  }

  private async readReportOf(job: FinishedJob): Promise<number> {
    const { holdId, settings } = this.request;
    const source = {
      s3: await this.deps.s3(),
      bucket: settings.bucket,
      partition: this.partition,
      prefix: `${settings.prefix}${holdId}/reports`,
      clock: this.clock,
    };
    let told = 0;
    const visit = async ({ key, versionId, ok, code, message, status }: TaskReport): Promise<void> => {
      told += 1;
      const operation = job.description;
      await this.journal.append({ type: 'task', job: job.id, operation, key, versionId, ok, code, message });
      if (ok) return;
      const failed = `${job.description} of ${key} (version ${versionId}) failed in job ${job.id}: ${code}`;
      this.fail(key, versionId, code, `${failed}${message === '' ? '' : `: ${message}`} (HTTP ${status}).`);
    };
    await readReport(job.id, source, visit, this.signal);
    return told;
  }

  private fail(key: string, versionId: string, code: string, message: string): void {
    this.failures.add({ key, versionId, step: 'batch', code, message, missingRight: undefined });
  }
}

const AFTER_JOB =
  'Look at the job in the S3 console, put right what it names, and apply again: only what is missing is done.';

function holdsFirst(one: Preparation['jobs'][number], other: Preparation['jobs'][number]): number {
  const rank = { hold: 0, tags: 1, checksum: 2 };
  return rank[one.operation.kind] - rank[other.operation.kind];
}

function stopFor(error: unknown, signal: AbortSignal): BatchHoldResult['stopped'] {
  if (signal.aborted) return { why: 'aborted', error: signal.reason as unknown };
  if (error instanceof AwsError) return { why: 'refused', error };
  throw error;
}
