/**
 * Gets one batch through its recording job: adopts or creates it, executes it, waits until it has ended. No more than two
 * at once in this process, and patient with the two that others in the organization may have running.
 */
import { type Client, AmbiguousFailure } from './client';
import { type Clock, PollPace } from '../time';
import { GenesysError, hasStatus } from './errors';
import { type Job, type Jobs, createdAt, withJob } from './jobs';
import type { Batch, ExportSpec } from './model';
import { isOlder, precedence } from './precedence';
import { type ProcessState, MOST_RUNNING_JOBS } from './process-state';
import { buildQuery, sameQuery } from './query';

/** What a batch is run with. */
export interface QueueOptions {
  readonly spec: ExportSpec;
  /** The organization has the compliance API. */
  readonly compliance: boolean;
  /** Finished jobs are not taken over. */
  readonly again: boolean;
  readonly signal: AbortSignal;
  readonly onAdopt: (job: Job, batch: Batch) => void;
}

/** A fulfilled job of the same query is taken over when it is not older than this: its state was lost. */
const ADOPT_WITHIN_MS = 24 * 60 * 60 * 1_000;

/** A request that creates or cancels a job is let finish for this long after an abort, so that what it did is not lost. */
const GRACE_MS = 10_000;

/** Our clock and Genesys Cloud's may differ by this much when a job just created is looked for. */
const CLOCKS_DIFFER_MS = 5 * 60 * 1_000;

/** Words about a limit, in a refusal that speaks of jobs in the same sentence. */
const LIMITS = /too many|max|limit|running|progress|pending|processing/;

/** A job that is cancelled before it ran is looked for, or created, this often; then somebody wants it so. */
const FRESH_STARTS = 2;

/** How often a refusal is believed to be about other jobs although none runs. */
const TRIES_WITHOUT_REASON = 10;

/** The jobs of one run. */
export class JobQueue {
  /** Jobs of this client that were there at the first look of this run. */
  private before: ReadonlySet<string> | undefined;
  /** Jobs that must not be adopted. */
  private readonly exclude = new Set<string>();
  /** Batches for which a creation was repeated because the first one seemed lost. */
  private readonly inDoubt: Batch[] = [];
  /** Jobs that another one was preferred to, and that could not be cancelled. */
  private readonly left: string[] = [];

  constructor(
    private readonly client: Client,
    private readonly jobs: Jobs,
    private readonly state: ProcessState,
    private readonly options: QueueOptions,
  ) {}

  /**
   * Runs a batch until its job has ended in whatever way; tells each change of it. Throws GenesysError, or the signal's
   * reason.
   */
  run(batch: Batch, onChange: (batch: Batch) => void): Promise<void> {
    return this.state.jobSlots.use(this.options.signal, () => this.follow(batch, onChange));
  }

  /**
   * Cancels what creations have left that seemed lost and came through later: such a job waits READY for ever, and a later
   * export would take it for its own. Touches only what appeared since this run began and belongs to nobody. Answers the
   * jobs that could not be cancelled. Throws GenesysError, or the signal's reason.
   */
  async sweep(): Promise<readonly string[]> {
    const { left, before } = this;
    if (this.inDoubt.length === 0 || before === undefined) return left;
    const { signal } = this.options;
    return this.state.creation.use(signal, async () => {
      for (const job of await this.jobs.mine(Number.POSITIVE_INFINITY, signal)) {
        const waits = job.state === 'PENDING' || job.state === 'READY';
        if (!waits || before.has(job.id) || this.state.claims.has(job.id)) continue;
        if (!this.inDoubt.some((batch) => this.asksForTheSame(job, batch))) continue;
        if (!(await this.dismiss(job))) left.push(job.id);
      }
      return left;
    });
  }

  private async follow(planned: Batch, onChange: (batch: Batch) => void): Promise<void> {
    const { signal } = this.options;
    let batch = planned;
    let job = batch.jobId === null ? await this.begin(batch) : await this.jobs.find(batch.jobId, signal);
    const pace = new PollPace(this.client.random);
    for (let starts = 0, waited = batch.state === 'pending' || batch.state === 'ready'; ;) {
      // It has exported nothing: it was found empty, or another job was preferred, by this run before or by another process.
      if (job?.state === 'CANCELLED' && waited && starts < FRESH_STARTS) {
        job = await this.begin(planned);
        starts += 1;
      }
      waited = job?.state === 'PENDING' || job?.state === 'READY';
      batch = job === null ? { ...batch, state: 'forgotten' } : withJob(batch, job);
      onChange(batch);
      signal.throwIfAborted();
      if (job === null || job.state === 'FULFILLED' || job.state === 'FAILED' || job.state === 'CANCELLED') return;
      if (job.state === 'READY') {
        // There is nothing to export in this part of the interval: executing the job would only be refused or idle.
        if (isEmpty(job)) {
          await this.dismiss(job);
          onChange({ ...batch, state: 'exported' });
          return;
        }
        job = await this.execute(job, batch);
      } else {
        await this.client.clock.sleep(pace.next(), signal);
        job = await this.jobs.find(job.id, signal);
      }
    }
  }

  /** Cancels a job that was not executed; false when that was refused. */
  private async dismiss(job: Job): Promise<boolean> {
    try {
      await graced(this.options.signal, this.client.clock, (signal) => this.jobs.cancel(job.id, signal));
    } catch (error) {
      // Without the permission to cancel it stays READY, which counts against no limit.
      if (!hasStatus(error, 400, 403, 404, 409)) throw error;
      return hasStatus(error, 404);
    }
    return true;
  }

  private async begin(batch: Batch): Promise<Job> {
    const begun = { here: this.client.clock.now(), there: this.client.now() };
    const pace = new PollPace(this.client.random, 2_000);
    for (let tries = 1; ; tries += 1) {
      const adopted = await this.adopt(batch);
      if (adopted !== null) return adopted;
      // Meanwhile another process may have created the job.
      if (await this.untilRoom()) continue;
      try {
        return await this.create(batch, begun);
      } catch (error) {
        if (!(await this.isRefusal(error, tries))) throw error;
        await this.client.clock.sleep(pace.next(), this.options.signal);
      }
    }
  }

  /**
   * Takes over a job that asks for the same: one under way, or one fulfilled lately whose id was lost. All looks and
   * creations of the process stand in one line, so that no two resources see the same job as free.
   */
  private adopt(batch: Batch): Promise<Job | null> {
    const { signal } = this.options;
    return this.state.creation.use(signal, async () => {
      const job = this.claim(await this.lookAround(), batch);
      if (job !== null) this.options.onAdopt(job, batch);
      return job;
    });
  }

  /** Jobs of this client at this moment; to be called while no other resource of the process creates any. */
  private async lookAround(): Promise<readonly Job[]> {
    const jobs = await this.jobs.mine(this.client.now() - ADOPT_WITHIN_MS, this.options.signal);
    if (this.before === undefined) {
      this.before = new Set(jobs.map(({ id }) => id));
      if (this.options.again) for (const { id, state } of jobs) if (state === 'FULFILLED') this.exclude.add(id);
    }
    return jobs;
  }

  /** Creates a job. When nobody knows whether it worked, it is looked for before it is created again. */
  private create(batch: Batch, begun: { readonly here: number; readonly there: number }): Promise<Job> {
    const { clock, random } = this.client;
    return this.state.creation.use(this.options.signal, async () => {
      const query = buildQuery(this.options.spec, batch, {
        now: this.client.now(),
        compliance: this.options.compliance,
      });
      const pace = new PollPace(random, 1_000);
      for (;;) {
        try {
          const job = await graced(this.options.signal, clock, (signal) => this.jobs.create(query, signal));
          this.state.claims.add(job.id);
          return job;
        } catch (error) {
          if (!(error instanceof AmbiguousFailure)) throw error;
          await clock.sleep(pace.next(), this.options.signal);
          const created = await this.jobs.mine(begun.there - CLOCKS_DIFFER_MS, this.options.signal);
          const job = this.claim(created, batch);
          if (job !== null) return job;
          const patient = !hasStatus(error.failure, 500) && clock.now() - begun.here < this.client.retryTimeoutMs;
          if (!patient) throw error.failure;
          this.inDoubt.push(batch);
        }
      }
    });
  }

  /** Executes a job, or answers the one that another process has created for the same and that goes before it. */
  private async execute(job: Job, batch: Batch): Promise<Job | null> {
    const { signal } = this.options;
    const pace = new PollPace(this.client.random, 2_000);
    for (let tries = 1; ; tries += 1) {
      const preferred = await this.preferred(job, batch);
      if (preferred !== null) return preferred;
      // The last look has to come right before the execution.
      if (await this.untilRoom()) continue;
      try {
        return await this.jobs.execute(job.id, signal);
      } catch (error) {
        if (!hasStatus(error, 400, 404, 409, 429)) throw error;
        // A try before this one may have worked without an answer, and another process may share the job.
        const now = await this.jobs.find(job.id, signal);
        if (now === null || now.state !== 'READY') return now;
        if (!(await this.isRefusal(error, tries))) throw error;
        await this.client.clock.sleep(pace.next(), signal);
      }
    }
  }

  /**
   * The second look: two processes that begin one export at once both find no job and both create one. Answers the job to go
   * on with instead of this one, which is cancelled then; null when this one goes first.
   */
  private async preferred(job: Job, batch: Batch): Promise<Job | null> {
    const { signal } = this.options;
    const { clock, random } = this.client;
    const since = clock.now();
    const pace = new PollPace(random);
    for (;;) {
      const decision = await this.state.creation.use(signal, async () => {
        const others = this.candidates(await this.lookAround(), batch);
        const first = precedence(job, others, clock.now() - since);
        if (first.kind === 'yield') this.take(first.to, batch);
        return first;
      });
      if (decision.kind === 'execute') return null;
      if (decision.kind === 'yield') {
        if (!(await this.dismiss(job))) this.left.push(job.id);
        return decision.to;
      }
      await clock.sleep(pace.next(), signal);
    }
  }

  /** Waits while the organization has as many jobs running as it may; answers whether it had to. */
  private async untilRoom(): Promise<boolean> {
    const { signal } = this.options;
    const pace = new PollPace(this.client.random, 2_000);
    for (let waited = false; ; waited = true) {
      if ((await this.jobs.countRunning(signal)) < MOST_RUNNING_JOBS) return waited;
      await this.client.clock.sleep(pace.next(), signal);
    }
  }

  /**
   * True when Genesys Cloud refused because of other jobs, which pass. No source says how it words that, so two running
   * jobs are taken as the reason, or the words; those only for a while when nothing runs at all.
   */
  private async isRefusal(error: unknown, tries: number): Promise<boolean> {
    if (!(error instanceof GenesysError) || !hasStatus(error, 400, 409, 429)) return false;
    const running = await this.jobs.countRunning(this.options.signal);
    if (running >= MOST_RUNNING_JOBS) return true;
    return isAboutJobs(`${error.code} ${error.reason}`) && (running > 0 || tries < TRIES_WITHOUT_REASON);
  }

  /** Jobs that ask for the same as this batch and belong to no resource of this process. */
  private candidates(jobs: readonly Job[], batch: Batch): readonly Job[] {
    return jobs
      .filter((job) => !this.state.claims.has(job.id) && !this.exclude.has(job.id))
      .filter((job) => this.asksForTheSame(job, batch));
  }

  private claim(jobs: readonly Job[], batch: Batch): Job | null {
    const [best] = [...this.candidates(jobs, batch)].sort(byPreference);
    if (best === undefined) return null;
    this.state.claims.add(best.id);
    return best;
  }

  private take(job: Job, batch: Batch): void {
    this.state.claims.add(job.id);
    this.options.onAdopt(job, batch);
  }

  private asksForTheSame(job: Job, batch: Batch): boolean {
    const { spec, compliance } = this.options;
    return sameQuery(spec, batch, job.recordingJobsQuery, { createdAt: createdAt(job), compliance });
  }
}

const PREFERENCE = ['PROCESSING', 'READY', 'PENDING', 'FULFILLED'];

/** One under way before one that is done; of those under way the oldest, as every process chooses, and else the newest. */
function byPreference(a: Job, b: Job): number {
  const rank = PREFERENCE.indexOf(a.state) - PREFERENCE.indexOf(b.state);
  if (rank !== 0) return rank;
  return isOlder(a, b) === (a.state !== 'FULFILLED') ? -1 : 1;
}

function isEmpty(job: Job): boolean {
  return job.totalConversations === 0 && job.totalRecordings === 0;
}

/** Runs `work` with a signal that is aborted only {@link GRACE_MS} after the other one. */
async function graced<T>(signal: AbortSignal, clock: Clock, work: (late: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const late = new AbortController();
  const finished = new AbortController();
  const onAbort = (): void => {
    clock.sleep(GRACE_MS, finished.signal).then(
      () => late.abort(signal.reason),
      () => undefined,
    );
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await work(late.signal);
  } finally {
    signal.removeEventListener('abort', onAbort);
    finished.abort();
  }
}

/** Whether a refusal is about other jobs that run. */
function isAboutJobs(reason: string): boolean {
  const text = reason.toLowerCase();
  if (text.includes('concurren')) return true;
  return text.split('.').some((sentence) => sentence.includes('job') && LIMITS.test(sentence));
}
