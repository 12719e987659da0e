/** One run of an export: jobs for what has none, then the wait until every recording is exported. */
import { ConversationSet } from '../conversations';
import { Assessment, bothOf, completionOf, failuresOf } from './assessment';
import {
  isFulfilled,
  isRetry,
  namedBatches,
  needsJob,
  planBatches,
  restarted,
  retryBatches,
  withoutEndedRetries,
} from './batches';
import type { Client } from './client';
import { PollPace } from '../time';
import type { Look } from './completion';
import { GenesysError } from './errors';
import { JobQueue } from './job-queue';
import { type Jobs, batchState } from './jobs';
import type { AdoptedJob, Batch, Completion, ExportSpec, Growing, RunOptions, RunOutcome } from './model';
import { intervalOf } from './named-interval';
import type { ProcessState } from './process-state';
import { conversationQuery } from './query';
import { conversationsOf } from './scope';

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
 * without a date one that no job covers, and a conversation that cannot be read one that is gone.
 */
export const SETTLED_AFTER_MS = 120_000;

/** Looks it takes at least to believe that something is missing. */
const FEWEST_LOOKS = 3;

/** How much of its time a growth waits for jobs; the rest is for looking at those that are done. */
const SHARE_FOR_JOBS = 0.7;

/** Why a run of bounded time ended although nobody stopped it. */
class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp';
}

/** One call of {@link Exports.run}. */
export class ExportRun {
  private batches: Batch[] = [];
  private readonly adopted: AdoptedJob[] = [];
  private completion: Completion | null = null;
  private completedAt: string | null = null;
  private queue: JobQueue | undefined;
  private strays: readonly string[] = [];
  private trouble: unknown = null;
  /** Places of new batches that will not move any more. */
  private readonly settled = new Set<number>();
  /** Aborted when the caller says so, and when a run of bounded time has taken it. */
  private readonly signal: AbortSignal;
  private readonly timeIsUp = new AbortController();
  /** Aborted when jobs are not waited for any longer. */
  private readonly jobsTimeIsUp = new AbortController();

  constructor(
    private readonly context: RunContext,
    private readonly spec: ExportSpec,
    private readonly options: RunOptions,
  ) {
    this.signal = AbortSignal.any([options.signal, this.timeIsUp.signal]);
  }

  /** Throws GenesysError; an abort is an outcome, not an error. */
  async run(given: readonly Batch[]): Promise<RunOutcome> {
    const done = new AbortController();
    this.limitTime(done.signal);
    let interrupted: unknown;
    this.batches = given.map(restarted);
    try {
      for (const { jobId } of this.batches) if (jobId !== null) this.context.state.claims.add(jobId);
      await this.plan();
      await this.runJobsInTime();
      if (this.options.grow === undefined) await this.awaitExport();
      else await this.awaitEach();
      // A creation that seemed lost may come through only now.
      await this.sweep();
    } catch (error) {
      if (this.signal.aborted) interrupted = this.signal.reason ?? new Error('aborted');
      else if (this.isBounded && isAboutExport(error)) this.trouble = error;
      else throw error;
    } finally {
      done.abort();
    }
    if (this.options.repair !== undefined) this.batches = this.batches.filter((batch) => !this.isFutile(batch));
    return {
      batches: this.batches,
      failedRecordings: interrupted === undefined && this.trouble === null ? await this.failures() : [],
      completion: this.completion,
      completedAt: this.completedAt,
      adopted: this.adopted,
      strays: this.strays,
      interrupted: interrupted ?? (this.jobsTimeIsUp.signal.aborted ? this.jobsTimeIsUp.signal.reason : undefined),
      trouble: this.trouble,
      ...(this.options.grow === undefined
        ? {}
        : { settled: this.batches.filter((_, place) => this.settled.has(place)) }),
    };
  }

  /** It is about an export that was finished before, so that it must not take long, nor fail for single jobs. */
  private get isBounded(): boolean {
    return this.options.repair !== undefined || this.options.grow !== undefined;
  }

  private limitTime(done: AbortSignal): void {
    const { repair, grow } = this.options;
    const limit = (atMostMs: number, over: AbortController): void => {
      this.context.client.clock.sleep(atMostMs, done).then(
        () => over.abort(new TimeIsUp('the run has taken its time')),
        () => undefined,
      );
    };
    const atMostMs = repair?.atMostMs ?? grow?.atMostMs;
    if (atMostMs === undefined) return;
    limit(atMostMs, this.timeIsUp);
    if (grow !== undefined) limit(atMostMs * SHARE_FOR_JOBS, this.jobsTimeIsUp);
  }

  /** What a growth has not got through in its time, or could not ask for, is in no way of what it has. */
  private async runJobsInTime(): Promise<void> {
    if (this.options.grow === undefined) return this.runJobs();
    try {
      await this.runJobs();
    } catch (error) {
      if (this.signal.aborted || (!this.jobsTimeIsUp.signal.aborted && !isAboutExport(error))) throw error;
      if (!this.jobsTimeIsUp.signal.aborted) this.trouble = error;
    }
  }

  /** A repair that has no job, or whose job ended without a result, is planned again by the next run, from what lacks then. */
  private isFutile(batch: Batch): boolean {
    const under = batch.jobId !== null && needsJob(batch);
    return !under && !isFulfilled(batch) && isRetry(batch, this.batches, this.spec);
  }

  /** Batches for the first run, or those that an earlier run left to be tried again. */
  private async plan(): Promise<void> {
    const { client } = this.context;
    this.signal.throwIfAborted();
    if (this.options.grow !== undefined) return this.planGrowth(this.options.grow);
    if (this.batches.length === 0) {
      const ids = this.spec.scope.conversationIds ?? [];
      this.batches = [...(planBatches(this.spec) ?? namedBatches(await intervalOf(client, ids, this.signal), ids))];
      this.changed();
      return;
    }
    const more = this.options.repair?.conversations ?? ConversationSet.empty;
    const places = this.places(
      (batch) =>
        batch.state === 'incomplete' ||
        (more.size > 0 && isFulfilled(batch) && !isRetry(batch, this.batches, this.spec)),
    );
    if (places.length === 0) return;
    // What a job has left out of a repair it has left out on purpose, so that afterwards nothing is known to be late.
    const assessment = await this.assess(places, this.options.repair?.lateRecordings);
    const look = await assessment.look(this.signal);
    this.judge(assessment, places, look, true);
    const again: Batch[] = [];
    places.forEach((place, index) => {
      const batch = this.batches[place] as Batch;
      const repeated = assessment.toRepeat(index, look, more);
      again.push(...retryBatches(batch, repeated, [...this.batches, ...again], client.clock.now()));
    });
    const kept =
      again.length === 0 || this.options.repair === undefined
        ? this.batches
        : withoutEndedRetries(this.batches, this.spec);
    this.batches = [...kept, ...again];
    this.changed();
  }

  /** Adds to the given batches what only Genesys Cloud can say. What it does not say is in no way of those that are given. */
  private async planGrowth({ named, rest, known }: Growing): Promise<void> {
    const { client } = this.context;
    try {
      if (named.length > 0) this.batches.push(...namedBatches(await intervalOf(client, named, this.signal), named));
      for (const { interval, filters } of rest) {
        const query = conversationQuery(this.spec.scope, { interval, filters });
        const fresh = (await conversationsOf(client, query, this.signal)).minus(known);
        const batches = namedBatches(interval, [...fresh]);
        this.batches.push(...batches.map((batch) => ({ ...batch, filters, first: true as const })));
      }
    } catch (error) {
      if (this.signal.aborted || !isAboutExport(error)) throw error;
      this.trouble = error;
    }
    this.changed();
  }

  private async runJobs(): Promise<void> {
    const todo = this.places(needsJob);
    if (todo.length === 0) return;
    const compliance = await this.context.hasCompliance(this.signal);
    const failed = new AbortController();
    const queue = (this.queue = new JobQueue(this.context.client, this.context.jobs, this.context.state, {
      spec: this.spec,
      compliance,
      // The finished job of an earlier repair asked for the same, and did not help.
      again: this.options.repair !== undefined || (this.options.again ?? false),
      signal: AbortSignal.any([this.signal, this.jobsTimeIsUp.signal, failed.signal]),
      onAdopt: (job, batch) => {
        const adopted = { jobId: job.id, interval: batch.interval, state: batchState(job) };
        this.options.onAdopt?.(adopted);
        if (job.state === 'FULFILLED') this.adopted.push(adopted);
      },
    }));
    let first: { readonly error: unknown } | undefined;
    await Promise.all(
      todo.map(async (place) => {
        try {
          await queue.run(this.batches[place] as Batch, (batch) => {
            this.batches[place] = this.stamped(batch);
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
    const places = this.places((batch) => this.options.repair === undefined || !this.isFutile(batch));
    if (!places.every((place) => isFulfilled(this.batches[place] as Batch))) return;
    if (this.options.waitFor === 'fulfilled') {
      this.completedAt = this.context.client.evidenceTime();
      return;
    }
    this.batches = this.batches.map((batch) => this.stamped(batch));
    const since = Math.max(...places.map((place) => this.batches[place]?.fulfilledAt ?? 0));
    const assessment = await this.assess(places);
    const pace = new PollPace(random);
    for (let looks = 1; ; looks += 1) {
      const look = await assessment.look(this.signal);
      const settled = isSettled(look, looks, clock.now() - since);
      this.judge(assessment, places, look, settled);
      if (settled) {
        this.completion = completionOf(
          look,
          this.batches.filter((_, place) => places.includes(place)),
        );
        this.completedAt = this.context.client.evidenceTime();
      }
      this.changed();
      if (settled) return;
      await clock.sleep(pace.next(), this.signal);
    }
  }

  /**
   * The same for batches that are new, each by itself: one whose files take hours keeps no other one waiting, and when the time is
   * up, what has settled by then is known.
   */
  private async awaitEach(): Promise<void> {
    const { clock, random } = this.context.client;
    this.batches = this.batches.map((batch) => this.stamped(batch));
    let open = this.places(isFulfilled);
    if (this.options.waitFor === 'fulfilled') return this.settle(open, null);
    const watched = new Map<number, Assessment>();
    const pace = new PollPace(random);
    for (let looks = 1; open.length > 0; looks += 1) {
      const unsettled: number[] = [];
      for (const place of open) {
        const assessment = watched.get(place) ?? (await this.assess([place]));
        watched.set(place, assessment);
        const look = await assessment.look(this.signal);
        const settled = isSettled(look, looks, clock.now() - (this.batches[place]?.fulfilledAt ?? 0));
        this.judge(assessment, [place], look, settled);
        if (settled) this.settle([place], completionOf(look, [this.batches[place] as Batch]));
        else unsettled.push(place);
      }
      this.changed();
      open = unsettled;
      if (open.length > 0) await clock.sleep(pace.next(), this.signal);
    }
  }

  private settle(places: readonly number[], completion: Completion | null): void {
    if (places.length === 0) return;
    for (const place of places) this.settled.add(place);
    if (completion !== null) this.completion = bothOf(this.completion, completion);
    this.completedAt = this.context.client.evidenceTime();
  }

  /** Notes when a job was first seen fulfilled. */
  private stamped(batch: Batch): Batch {
    return isFulfilled(batch) && batch.fulfilledAt === undefined
      ? { ...batch, fulfilledAt: this.context.client.clock.now() }
      : batch;
  }

  /** Before the dust has settled only good news counts. */
  private judge(assessment: Assessment, places: readonly number[], look: Look, settled: boolean): void {
    assessment.judge(look).forEach((batch, index) => {
      if (settled || batch.state === 'exported') this.batches[places[index] as number] = batch;
    });
  }

  private assess(places: readonly number[], lateRecordings?: ReadonlySet<string>): Promise<Assessment> {
    const { client, jobs } = this.context;
    const parts = places.map((place) => ({ batch: this.batches[place] as Batch, spec: this.spec }));
    return Assessment.of(client, jobs, parts, {
      signal: this.signal,
      ...(this.options.deliveryProof === undefined ? {} : { deliveryProof: this.options.deliveryProof }),
      ...(this.options.repair === undefined ? {} : { wanted: this.options.repair.conversations }),
      ...(lateRecordings === undefined ? {} : { lateRecordings }),
    });
  }

  /** Batches are replaced as they change; their place stays. */
  private places(wanted: (batch: Batch) => boolean): readonly number[] {
    return this.batches.flatMap((batch, place) => (wanted(batch) ? [place] : []));
  }

  private changed(): void {
    this.options.onChange?.([...this.batches]);
  }

  private async failures(): Promise<RunOutcome['failedRecordings']> {
    if (this.options.grow !== undefined) return this.completion?.failedRecordings ?? [];
    return this.completion?.failedRecordings ?? failuresOf(this.context.jobs, this.batches, this.options.signal);
  }
}

/** Whether what lacks will not come by itself any more. */
function isSettled(look: Look, looks: number, age: number): boolean {
  const lacks = look.uncovered > 0 || look.unreadable.size > 0 || look.missingRecordings > 0;
  const patient = lacks && (age < SETTLED_AFTER_MS || looks < FEWEST_LOOKS);
  return look.waiting === 0 && !patient;
}

/** Not a matter of the connection or the credentials, which would stop everything else as well. */
function isAboutExport(error: unknown): boolean {
  return error instanceof GenesysError && error.trouble !== 'connection' && error.trouble !== 'sign-in';
}
