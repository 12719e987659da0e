/** Export jobs on Genesys Cloud: the runs, and the looks at what earlier runs have left. */
import type { Bounds } from './bounded';
import { type Part, Assessment, completionOf, failuresOf } from './assessment';
import { inferBatchInterval, isFulfilled, plannedBatch } from './batches';
import { formatInterval, parseInterval, PollPace } from '../time';
import type { Look } from './completion';
import { GenesysError, hasStatus } from './errors';
import { newsOf } from './export-news';
import { type RunContext, ExportRun } from './export-run';
import { ClientLooks } from './looks';
import { surveyOf, type JobSurvey } from './job-survey';
import { type Job, createdAt, withJob } from './jobs';
import type {
  Batch,
  Completion,
  DeliveryProof,
  ExportNews,
  Exports,
  ExportSpec,
  FailedRecording,
  NewsQuestion,
  RunOptions,
  RunOutcome,
} from './model';
import { isAutomaticDate, readQuery } from './query';
import { SCOPE_TOO_SMALL } from './short-scope';

/** How often something is looked at that cannot be read, or that lacks recordings which the jobs counted. */
const STEADY_TRIES = 3;

interface LookOptions {
  readonly signal: AbortSignal;
  readonly deliveryProof?: DeliveryProof;
}

type CompletionOptions = Parameters<Exports['completion']>[1];

/** {@link Exports} over one client. */
export class ExportService implements Exports {
  constructor(private readonly context: RunContext) {}

  async run(spec: ExportSpec, batches: readonly Batch[], options: RunOptions): Promise<RunOutcome> {
    const outcome = await new ExportRun(this.context, spec, options).run(batches);
    const jobIds = outcome.batches.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
    if (outcome.completion !== null) this.context.state.remember(jobIds, outcome.completion);
    return outcome;
  }

  async refresh(batches: readonly Batch[], options: LookOptions): Promise<readonly Batch[]> {
    const { claims } = this.context.state;
    const fresh: Batch[] = [];
    for (const batch of batches) {
      if (batch.jobId !== null) claims.add(batch.jobId);
      fresh.push(await this.refreshed(batch, options));
    }
    return fresh;
  }

  async describe(
    jobIds: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly spec: ExportSpec; readonly batches: readonly Batch[] }> {
    const parts = await this.parts(jobIds, signal);
    const specs = parts.map((part) => part.spec);
    return { spec: mergedSpec(specs), batches: parts.map((part) => part.batch) };
  }

  async completion(jobIds: readonly string[], options: CompletionOptions): Promise<Completion> {
    const { client, jobs, state } = this.context;
    const known = state.completionOf(jobIds);
    if (known !== undefined) return known;
    const parts = await this.parts(jobIds, options.signal);
    const assessment = await Assessment.of(client, jobs, parts, options);
    const look = await this.steadyLook(assessment, options.signal);
    const seen = completionOf(
      look,
      parts.map(({ batch }) => batch),
    );
    const { deleted } = assessment;
    const completion = deleted === undefined ? seen : { ...seen, deleted };
    state.remember(jobIds, completion);
    return completion;
  }

  /** What cannot be read at one moment often can a little later. */
  private async steadyLook(assessment: Assessment, signal: AbortSignal): Promise<Look> {
    const { clock, random } = this.context.client;
    const pace = new PollPace(random, 1_000);
    for (let tries = 1; ; tries += 1) {
      const look = await assessment.look(signal);
      if ((look.unreadable.size === 0 && look.missingRecordings === 0) || tries === STEADY_TRIES) return look;
      await clock.sleep(pace.next(), signal);
    }
  }

  async survey(jobId: string, signal: AbortSignal): Promise<JobSurvey | null> {
    const job = await this.context.jobs.find(jobId, signal);
    return job === null ? null : surveyOf(this.context.client, this.context.jobs, job, signal);
  }

  async knows(jobIds: readonly string[], signal: AbortSignal): Promise<boolean> {
    for (const jobId of jobIds) if ((await this.context.jobs.find(jobId, signal)) !== null) return true;
    return false;
  }

  news(question: NewsQuestion, bounds: Bounds | null, signal: AbortSignal): Promise<ExportNews> {
    const { client } = this.context;
    return newsOf(new ClientLooks(client, bounds), question, client.now(), signal);
  }

  noteCompletion(jobIds: readonly string[], completion: Completion): void {
    this.context.state.note(jobIds, completion);
  }

  failedRecordings(batches: readonly Batch[], signal: AbortSignal): Promise<readonly FailedRecording[]> {
    return failuresOf(this.context.jobs, batches, signal);
  }

  async cancel(batches: readonly Batch[], signal: AbortSignal): Promise<void> {
    for (const { jobId } of batches) if (jobId !== null) await this.cancelJob(jobId, signal);
  }

  private async cancelJob(jobId: string, signal: AbortSignal): Promise<void> {
    const { client, jobs } = this.context;
    const pace = new PollPace(client.random);
    let job = await jobs.find(jobId, signal);
    if (job === null || hasEnded(job)) return;
    try {
      await jobs.cancel(jobId, signal);
    } catch (error) {
      // It may have ended in between; the look below tells.
      if (!hasStatus(error, 400, 404, 409)) throw error;
      job = await jobs.find(jobId, signal);
      if (job !== null && !hasEnded(job)) throw error;
    }
    while (job !== null && !hasEnded(job)) {
      job = await jobs.find(jobId, signal);
      if (job !== null && !hasEnded(job)) await client.clock.sleep(pace.next(), signal);
    }
  }

  /** A finished export is a fact, whatever Genesys Cloud still knows of its job. */
  private async refreshed(batch: Batch, options: LookOptions): Promise<Batch> {
    if (batch.jobId === null || batch.state === 'exported') return batch;
    const job = await this.context.jobs.find(batch.jobId, options.signal);
    if (job === null)
      return isFulfilled(batch) ? batch : { ...batch, state: 'forgotten', error: forgotten(batch.jobId) };
    const seen = withJob(batch, job);
    if (job.state !== 'FULFILLED') return seen;
    const now = { ...seen, fulfilledAt: batch.fulfilledAt ?? this.context.client.clock.now() };
    const judged = await this.judged({ batch: now, spec: specOf(job) }, options);
    if (judged?.state === 'exported') return judged;
    // One look is too little to say that a recording is covered by no job; an earlier run that took its time may have.
    return batch.state === 'incomplete' ? { ...now, state: 'incomplete', error: now.error ?? batch.error } : now;
  }

  /** Null while analytics do not know all of the job's conversations: a look at it then says nothing. */
  private async judged(part: Part, options: LookOptions): Promise<Batch | null> {
    try {
      const assessment = await Assessment.of(this.context.client, this.context.jobs, [part], options);
      return assessment.judge(await assessment.look(options.signal))[0] ?? null;
    } catch (error) {
      if (error instanceof GenesysError && error.code === SCOPE_TOO_SMALL) return null;
      throw error;
    }
  }

  /** Throws GenesysError 404 for a job that Genesys Cloud does not know. */
  private async parts(jobIds: readonly string[], signal: AbortSignal): Promise<readonly Part[]> {
    const parts: Part[] = [];
    for (const jobId of jobIds) {
      const job = await this.context.jobs.get(jobId, signal);
      const { batch } = readQuery(job.recordingJobsQuery);
      parts.push({ spec: specOf(job), batch: withJob(plannedBatch(batch.interval, batch.conversationIds), job) });
    }
    return parts.sort((a, b) =>
      a.batch.interval < b.batch.interval ? -1 : a.batch.interval > b.batch.interval ? 1 : 0,
    );
  }
}

function hasEnded(job: Job): boolean {
  return job.state === 'FULFILLED' || job.state === 'FAILED' || job.state === 'CANCELLED';
}

/** What a job was asked for. The date that we set by ourselves when we create a job was not asked for by anybody. */
function specOf(job: Job): ExportSpec {
  const { spec } = readQuery(job.recordingJobsQuery);
  const { actionDate, ...rest } = spec;
  return actionDate === undefined || isAutomaticDate(actionDate, createdAt(job)) ? rest : spec;
}

function forgotten(jobId: string): string {
  return `Genesys Cloud no longer knows recording job ${jobId}, which was not finished. The next run starts this batch again.`;
}

/** What several jobs were asked together. Throws a RangeError when they are not batches of one export. */
function mergedSpec(specs: readonly ExportSpec[]): ExportSpec {
  const [first] = specs;
  if (first === undefined) throw new RangeError('No job ids were given. Name at least one recording job.');
  const others = specs.slice(1);
  if (others.some((spec) => shapeOf(spec) !== shapeOf(first))) {
    throw new RangeError(
      'These recording jobs were asked for different things, so they are not batches of one export. Name the jobs of one export only.',
    );
  }
  const { actionDate: _batchDate, ...rest } = first;
  const spec = others.every(({ actionDate }) => actionDate === first.actionDate) ? first : rest;
  if (first.scope.conversationIds !== undefined) {
    const conversationIds = specs.flatMap((each) => each.scope.conversationIds ?? []);
    return { ...spec, scope: { ...first.scope, conversationIds: [...new Set(conversationIds)] } };
  }
  const parts = specs.map((each) => each.scope.interval ?? '');
  const start = Math.min(...parts.map((part) => parseInterval(part).start));
  const end = Math.max(...parts.map((part) => parseInterval(part).end));
  const batchInterval = inferBatchInterval(parts);
  return {
    ...spec,
    scope: { ...first.scope, interval: formatInterval({ start, end }) },
    ...(batchInterval === undefined ? {} : { batchInterval }),
  };
}

function shapeOf(spec: ExportSpec): string {
  const { scope, actionDate: _date, batchInterval: _batches, ...rest } = spec;
  const { interval: _interval, conversationIds, ...filters } = scope;
  return JSON.stringify([rest, filters, conversationIds !== undefined]);
}
