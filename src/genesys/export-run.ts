/** One run of an export: jobs for what has none, then the wait until every recording is exported. */
import { Assessment, completionOf, failuresOf } from './assessment';
import { isFulfilled, namedBatches, needsJob, planBatches, restarted, retryBatches } from './batches';
import type { Client } from './client';
import { PollPace } from './clock';
import type { Look } from './completion';
import { JobQueue } from './job-queue';
import type { Jobs } from './jobs';
import { batchState } from './jobs';
import type { Batch, Completion, ExportSpec, RunOptions, RunOutcome } from './model';
import { intervalOf } from './named-interval';
import type { ProcessState } from './process-state';

/** What a run works with. */
export interface RunContext {
  readonly client: Client;
  readonly jobs: Jobs;
  readonly state: ProcessState;
  /** Whether the organization has the compliance API; asks it at most once. */
  readonly hasCompliance: (signal: AbortSignal) => Promise<boolean>;
}

/**
 * Export dates are written before a job is FULFILLED, but may be seen a little later. Only after this time is a recording
 * without a date one that no job covers.
 */
const UNCOVERED_AFTER_MS = 120_000;

/** One call of {@link Exports.run}. */
export class ExportRun {
  private batches: Batch[] = [];
  private readonly adopted: { jobId: string; interval: string; state: Batch['state'] }[] = [];
  private completion: Completion | null = null;
  private completedAt: string | null = null;
  private queue: JobQueue | undefined;
  private strays: readonly string[] = [];

  constructor(
    private readonly context: RunContext,
    private readonly spec: ExportSpec,
    private readonly options: RunOptions,
  ) {}

  /** Throws GenesysError; an abort is an outcome, not an error. */
  async run(given: readonly Batch[]): Promise<RunOutcome> {
    const { signal } = this.options;
    let interrupted: unknown;
    this.batches = given.map(restarted);
    try {
      for (const { jobId } of this.batches) if (jobId !== null) this.context.state.claims.add(jobId);
      await this.plan();
      await this.runJobs();
      await this.awaitExport();
      // A creation that seemed lost may come through only now.
      await this.sweep();
    } catch (error) {
      if (!signal.aborted) throw error;
      interrupted = signal.reason ?? new Error('aborted');
    }
    return {
      batches: this.batches,
      failedRecordings: interrupted === undefined ? await this.failures() : [],
      completion: this.completion,
      completedAt: this.completedAt,
      adopted: this.adopted,
      strays: this.strays,
      interrupted,
    };
  }

  /** Batches for the first run, or those that an earlier run left to be tried again. */
  private async plan(): Promise<void> {
    const { client } = this.context;
    const { signal } = this.options;
    signal.throwIfAborted();
    if (this.batches.length === 0) {
      const ids = this.spec.scope.conversationIds ?? [];
      this.batches = [...(planBatches(this.spec) ?? namedBatches(await intervalOf(client, ids, signal), ids))];
      this.changed();
      return;
    }
    const incomplete = this.places((batch) => batch.state === 'incomplete');
    if (incomplete.length === 0) return;
    const assessment = await this.assess(incomplete);
    const look = await assessment.look(signal);
    this.judge(assessment, incomplete, look, true);
    incomplete.forEach((place, index) => {
      const batch = this.batches[place] as Batch;
      this.batches.push(...retryBatches(batch, assessment.stuckIn(index, look), this.batches));
    });
    this.changed();
  }

  private async runJobs(): Promise<void> {
    const todo = this.places(needsJob);
    if (todo.length === 0) return;
    const compliance = await this.context.hasCompliance(this.options.signal);
    const failed = new AbortController();
    const queue = (this.queue = new JobQueue(this.context.client, this.context.jobs, this.context.state, {
      spec: this.spec,
      compliance,
      again: this.options.again ?? false,
      signal: AbortSignal.any([this.options.signal, failed.signal]),
      onAdopt: (job, batch) => {
        if (job.state === 'FULFILLED') {
          this.adopted.push({ jobId: job.id, interval: batch.interval, state: batchState(job) });
        }
      },
    }));
    let first: { readonly error: unknown } | undefined;
    await Promise.all(
      todo.map(async (place) => {
        try {
          await queue.run(this.batches[place] as Batch, (batch) => {
            this.batches[place] = batch;
            this.changed();
          });
        } catch (error) {
          first ??= { error };
          // The others stop where they are: what they have is kept.
          failed.abort(error);
        }
      }),
    );
    if (first !== undefined) throw first.error;
    await this.sweep();
  }

  private async sweep(): Promise<void> {
    this.strays = (await this.queue?.sweep()) ?? [];
  }

  /** FULFILLED is not exported: waits until every recording in scope is, or cannot be without another job. */
  private async awaitExport(): Promise<void> {
    const { clock, random } = this.context.client;
    const { signal } = this.options;
    if (!this.batches.every(isFulfilled)) return;
    if (this.options.waitFor === 'fulfilled') {
      this.completedAt = new Date(clock.now()).toISOString();
      return;
    }
    const all = this.places(() => true);
    const assessment = await this.assess(all);
    const pace = new PollPace(random);
    const begun = clock.now();
    for (;;) {
      const look = await assessment.look(signal);
      const patient = look.uncovered > 0 && clock.now() - begun < UNCOVERED_AFTER_MS;
      const settled = look.waiting === 0 && !patient;
      this.judge(assessment, all, look, settled);
      if (look.exported) this.completedAt = new Date(clock.now()).toISOString();
      if (settled) this.completion = completionOf(look, this.batches);
      this.changed();
      if (settled) return;
      await clock.sleep(pace.next(), signal);
    }
  }

  /** Before the dust has settled only good news counts. */
  private judge(assessment: Assessment, places: readonly number[], look: Look, settled: boolean): void {
    assessment.judge(look).forEach((batch, index) => {
      if (settled || batch.state === 'exported') this.batches[places[index] as number] = batch;
    });
  }

  private assess(places: readonly number[]): Promise<Assessment> {
    const { client, jobs } = this.context;
    const parts = places.map((place) => ({ batch: this.batches[place] as Batch, spec: this.spec }));
    return Assessment.of(client, jobs, parts, this.options);
  }

  /** Batches are replaced as they change; their place stays. */
  private places(wanted: (batch: Batch) => boolean): readonly number[] {
    return this.batches.flatMap((batch, place) => (wanted(batch) ? [place] : []));
  }

  private changed(): void {
    this.options.onChange?.([...this.batches]);
  }

  private failures(): Promise<RunOutcome['failedRecordings']> {
    return failuresOf(this.context.jobs, this.batches, this.options.signal);
  }
}
