import { formatInterval, splitInterval } from '../../src/time';
import {
  ConversationSet,
  GenesysError,
  HOLD_ABILITIES,
  isFulfilled,
  RecordingMarks,
  type Batch,
  type Completion,
  type DeletionOutlook,
  type DeletionQuestion,
  type ExportSpec,
  type FailedRecording,
  type Genesys,
  type HoldApi,
  type HoldApiName,
  type HoldFailure,
  type PlannedDeletion,
  type RunOptions,
  type RunOutcome,
} from '../../src/genesys';

export const INTEGRATION = '11111111-1111-4111-8111-111111111111';

/** The n-th conversation of the fake organization. */
export function conversation(n: number): string {
  return `c0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** A refusal as the real client throws it. */
export function refusal(status: number, words: string): GenesysError {
  return new GenesysError({ words, method: 'GET', permissions: [], path: '/fake' } as never, '/fake', {
    status,
    code: 'fake.code',
    reason: 'The fake says no.',
    correlationId: 'corr-1',
    remedy: 'Ask the fake.',
  });
}

/** An organization in memory: everything is instant, and everything that happens is noted in `calls`. */
export class FakeGenesys implements Genesys {
  readonly calls: string[] = [];
  readonly jobs = new Map<string, Batch>();
  readonly specs = new Map<string, ExportSpec>();
  readonly protectedIds = new Set<string>();
  readonly complianceHolds = new Map<string, { name: string; ids: Set<string> }>();
  conversations = ConversationSet.of([1, 2, 3].map(conversation));
  integrationState = 'ENABLED';
  hasCompliance = false;
  /** What becomes of the next jobs, in order; then all are exported. */
  fates: Batch['state'][] = [];
  /** Not exported recordings that `completion` reports. */
  pendingCount = 0;
  /** Conversations that cannot be held. */
  refused = new Map<string, HoldFailure>();
  /** Conversations without recordings: they are accepted and stay unprotected. */
  readonly bare = new Set<string>();
  /** Conversations that this organization does not know. */
  readonly unknown = new Set<string>();
  /** Called before conversations are protected, and after some were released. */
  onProtect: () => unknown = () => undefined;
  onLift: () => unknown = () => undefined;
  /** Requests to release are answered, and change nothing. */
  keepsWhatIsReleased = false;
  /** Whether the whole organization could be counted. */
  countsAll = true;
  /** Ends the next protect call after so many conversations. */
  stopsAfter: number | undefined;
  /** Jobs wait until the signal is aborted. */
  hangs = false;
  /** Jobs are said to have been there already, finished. */
  adopts = false;
  lastAgain = false;
  /** Recordings that the jobs counted and that are not found. */
  missingRecordings = 0;
  private made = 0;
  /** What an export has said about itself. */
  readonly noted = new Map<string, Completion>();

  /** The organization that credentials lead to. */
  organization = '00000000-0000-4000-8000-000000000000';
  /** What the next growth finds. */
  fresh = ConversationSet.of([conversation(4)]);
  /** Conversations that came into scope after the export. */
  latecomers = ConversationSet.empty;

  /** Recordings that came to exported conversations later. */
  lateRecordings: readonly FailedRecording[] = [];

  /** Start of a conversation that has not ended; null: all have. */
  openSince: number | null = null;
  /** False: the bounds of a look are reached at once. */
  looksWhole = true;

  looks: Genesys['looks'] = (bounds) => {
    const isWhole = bounds === null || this.looksWhole;
    return {
      isBounded: bounds !== null,
      few: 50,
      inScope: (_scope, intervals) => {
        this.calls.push(`inScope ${intervals.map(formatInterval).join(' ')}`);
        const conversations = isWhole ? this.conversations.union(this.latecomers) : ConversationSet.empty;
        return Promise.resolve({ conversations, openSince: this.openSince, recent: ConversationSet.empty, isWhole });
      },
      recordings: (asked) => {
        this.calls.push(`recordings ${asked.size}`);
        const none = ConversationSet.empty;
        if (!isWhole)
          return Promise.resolve({ recorded: none, withoutRecordings: none, gone: none, unknown: asked, read: none });
        const [withoutRecordings, gone] = [ConversationSet.of(this.bare), ConversationSet.of(this.unknown)];
        return Promise.resolve({
          recorded: asked.minus(withoutRecordings).minus(gone),
          withoutRecordings: asked.and(withoutRecordings),
          gone: asked.and(gone),
          unknown: none,
          read: asked,
        });
      },
    };
  };

  organizationId = () => Promise.resolve(this.organization);

  /** Of a conversation, the others that its recordings belong to as well. */
  readonly sharing = new Map<string, readonly string[]>();
  /** Conversations whose recordings cannot be read yet. */
  readonly transcoding = new Set<string>();
  readonly askedForShared: string[] = [];
  /** The answer to whoever asks for shared recordings. */
  refusesShared: GenesysError | undefined;

  /** What it deletes soon, and what of it cannot be seen. */
  due: readonly PlannedDeletion[] = [];
  undated: readonly string[] = [];
  askedForDeletions = 0;

  deletions = ({ withinMs }: DeletionQuestion, _signal: AbortSignal): Promise<DeletionOutlook> => {
    this.askedForDeletions += 1;
    const [asOf, until] = [0, withinMs].map((ms) => new Date(Date.now() + ms).toISOString()) as [string, string];
    const next = this.due;
    return Promise.resolve({ asOf, until, next, count: next.length, maximumDays: null, unseen: this.undated });
  };

  /** Milliseconds by which its clock is ahead; null: it has not answered. */
  clockAhead: number | null = null;
  serverClockAhead = () => this.clockAhead;
  serverTime = () => (this.clockAhead === null ? null : new Date(Date.now() + this.clockAhead));

  retention = (): never => {
    throw new Error('the fake has no listing of recordings');
  };

  recordingsOf = (id: string) => Promise.resolve(this.unknown.has(id) ? null : []);

  integration = (id: string) => {
    this.calls.push(`integration ${id}`);
    if (id !== INTEGRATION) return Promise.reject(refusal(404, 'read the integration'));
    return Promise.resolve({ id, name: 'Export to S3', typeId: 's3', state: this.integrationState });
  };

  readonly exports: Genesys['exports'] = {
    run: (spec, batches, options) => this.run(spec, batches, options),
    refresh: (batches) => {
      this.calls.push(`refresh ${batches.length}`);
      return Promise.resolve(
        batches.map((batch) => this.jobs.get(batch.jobId ?? '') ?? { ...batch, state: 'forgotten' as const }),
      );
    },
    describe: (jobIds) => {
      this.calls.push('describe');
      const found = jobIds.map((id) => this.jobs.get(id));
      const spec = this.specs.get(jobIds[0] ?? '');
      if (spec === undefined || found.includes(undefined))
        return Promise.reject(refusal(404, 'read the recording job'));
      return Promise.resolve({ spec, batches: found as Batch[] });
    },
    completion: (jobIds) => {
      this.calls.push('completion');
      const noted = this.noted.get([...jobIds].sort().join(','));
      if (noted !== undefined) return Promise.resolve(noted);
      if (!jobIds.every((id) => this.jobs.has(id))) return Promise.reject(refusal(404, 'read the recording job'));
      return Promise.resolve(this.completion());
    },
    survey: () => Promise.resolve(null),
    knows: (jobIds) => Promise.resolve(jobIds.some((id) => this.jobs.has(id))),
    news: ({ covered, without }, bounds) => {
      this.calls.push('news');
      const isWhole = bounds === null || this.looksWhole;
      return Promise.resolve({
        late: isWhole ? this.latecomers.minus(covered).minus(without) : ConversationSet.empty,
        lateRecordings: isWhole ? this.lateRecordings : [],
        withoutRecordings: ConversationSet.empty,
        isWhole,
        sawRecordings: isWhole,
      });
    },
    noteCompletion: (jobIds, completion) => void this.noted.set([...jobIds].sort().join(','), completion),
    failedRecordings: () => Promise.resolve([{ conversationId: conversation(1), recordingId: 'r-1' }]),
    cancel: (batches) => {
      this.calls.push(`cancel ${batches.map(({ jobId }) => jobId).join(',')}`);
      return Promise.resolve();
    },
  };

  readonly holds: Genesys['holds'] = {
    choose: (wanted) => {
      const name = wanted === 'auto' ? (this.hasCompliance ? 'compliance' : 'deletion_protection') : wanted;
      return Promise.resolve(this.holdApi(name));
    },
    api: (name) => this.holdApi(name),
    standing: (wanted, most) => {
      const ids = [...wanted].slice(0, most);
      if (ids.length > 0) this.calls.push(`standing ${ids.join(',')}`);
      const those = (test: (id: string) => boolean) => ConversationSet.of(ids.filter(test));
      return Promise.resolve({
        gone: those((id) => this.unknown.has(id)),
        withoutRecordings: those((id) => this.bare.has(id) && !this.unknown.has(id)),
        recorded: those((id) => !this.bare.has(id) && !this.unknown.has(id)),
      });
    },
    shared: (wanted, most) => {
      if (this.refusesShared !== undefined) return Promise.reject(this.refusesShared);
      const ids = [...wanted].slice(0, most).filter((id) => !this.transcoding.has(id));
      this.askedForShared.push(...ids);
      return Promise.resolve({
        shared: new Map(ids.flatMap((id) => (this.sharing.has(id) ? [[id, this.sharing.get(id) ?? []]] : []))),
        looked: ConversationSet.of(ids),
      });
    },
    protectedNow: (most) => {
      this.calls.push(`protectedNow ${most}`);
      return Promise.resolve({ held: ConversationSet.of(this.protectedIds), complete: this.countsAll });
    },
  };

  /** Takes conversations out of every hold, as somebody with the API would. */
  release(...ids: readonly string[]): void {
    for (const id of ids) {
      this.protectedIds.delete(id);
      for (const hold of this.complianceHolds.values()) hold.ids.delete(id);
    }
  }

  private completion(failed: readonly FailedRecording[] = []): Completion {
    const names = [...this.conversations].map((id, n) => `${id}/r-${n + 1}`);
    return {
      exported: this.pendingCount === 0 && failed.length === 0,
      finished: this.pendingCount === 0,
      unfinishedJobs: [],
      late: ConversationSet.empty,
      failed: ConversationSet.of(failed.map(({ conversationId }) => conversationId)),
      failedRecordings: failed,
      unreadable: ConversationSet.empty,
      missingRecordings: this.missingRecordings,
      withoutRecordings: ConversationSet.empty,
      exportedRecordings: names.filter((name) => !failed.some(({ recordingId }) => name.endsWith(`/${recordingId}`))),
      conversations: this.conversations,
      recordings: this.conversations.size,
      marks: RecordingMarks.empty,
      leftOut: RecordingMarks.empty,
      repeated: 0,
      pending: Array.from({ length: Math.min(this.pendingCount, 20) }, (_, n) => ({
        conversationId: conversation(n + 1),
        recordingId: `r-${n + 1}`,
        exportDate: null,
      })),
      pendingCount: this.pendingCount,
    };
  }

  /** One job for all that lacks; `fates` says what becomes of it. */
  private repair(spec: ExportSpec, given: readonly Batch[], conversations: ConversationSet): RunOutcome {
    this.calls.push(`repair ${[...conversations].join(',')}`);
    const [first] = given as readonly [Batch];
    const retry = this.work(spec, null, { ...first, conversationIds: [...conversations] });
    const helps = retry.state === 'exported';
    if (helps) this.conversations = this.conversations.union(this.latecomers.and(conversations));
    const failed = helps ? [] : [{ conversationId: conversation(1), recordingId: 'r-1' }];
    const batches = [
      ...given.map((batch) => (helps ? { ...batch, state: 'exported' as const, failedRecordings: 0 } : batch)),
      ...(retry.state === 'failed' ? [] : [retry]),
    ];
    return {
      batches,
      failedRecordings: failed,
      completion: retry.state === 'processing' ? null : this.completion(failed),
      completedAt: helps ? '2026-02-02T00:00:00.000Z' : null,
      adopted: [],
      strays: [],
      interrupted: retry.state === 'processing' ? new Error('the repair has taken its time') : undefined,
      trouble: null,
    };
  }

  /** Each batch has its job at once; `fates` says what becomes of it. What is new then has the conversations in `fresh`. */
  private grow(spec: ExportSpec, given: readonly Batch[], options: RunOptions): RunOutcome {
    this.calls.push(`grow ${given.length}`);
    const [like] = divided({ ...spec, scope: { ...spec.scope, conversationIds: [] } }) as readonly [Batch];
    const named = options.grow?.named ?? [];
    const rest = options.grow?.rest ?? [];
    const all = [
      ...given,
      ...(named.length === 0 ? [] : [{ ...like, conversationIds: named }]),
      ...rest.map(({ interval }) => ({ ...like, interval, first: true as const })),
    ];
    const batches = all.map((batch) => this.work(spec, isFulfilled(batch) ? batch.jobId : null, batch));
    options.onChange?.(batches);
    const isDone = batches.some(isFulfilled);
    const done = { ...this.completion(), conversations: this.fresh, exportedRecordings: [] };
    if (isDone) this.conversations = this.conversations.union(this.fresh);
    return {
      batches,
      failedRecordings: [],
      completion: isDone ? done : null,
      completedAt: isDone ? '2026-03-02T00:00:00.000Z' : null,
      settled: batches.filter(isFulfilled),
      adopted: [],
      strays: [],
      interrupted: undefined,
      trouble: null,
    };
  }

  private async run(spec: ExportSpec, given: readonly Batch[], options: RunOptions): Promise<RunOutcome> {
    if (options.grow !== undefined) return this.grow(spec, given, options);
    if (options.repair !== undefined) return this.repair(spec, given, options.repair.conversations);
    this.calls.push('run');
    this.lastAgain = options.again ?? false;
    const batches = [...(given.length === 0 ? divided(spec) : given)];
    for (const [index, batch] of batches.entries()) {
      if (batch.state === 'exported') continue;
      const job = this.work(
        spec,
        ['failed', 'cancelled', 'forgotten'].includes(batch.state) ? null : batch.jobId,
        batch,
      );
      batches[index] = job;
      options.onChange?.(batches);
      if (this.hangs) {
        await new Promise((resolve) => options.signal.addEventListener('abort', resolve, { once: true }));
        return {
          batches,
          failedRecordings: [],
          completion: null,
          completedAt: null,
          adopted: [],
          strays: [],
          interrupted: options.signal.reason,
          trouble: null,
        };
      }
    }
    const ended = batches.every(({ state }) => state === 'exported' || state === 'incomplete');
    const failed = batches.some(({ state }) => state === 'incomplete')
      ? [{ conversationId: conversation(1), recordingId: 'r-1' }]
      : [];
    return {
      batches,
      failedRecordings: failed,
      // `pendingCount` is what a hold finds later.
      completion: ended ? { ...this.completion(failed), finished: true } : null,
      completedAt:
        ended || (options.waitFor === 'fulfilled' && batches.every(isFulfilled)) ? '2026-02-01T00:00:00.000Z' : null,
      adopted: this.adopts
        ? batches.map(({ jobId, interval, state }) => ({ jobId: jobId ?? '', interval, state }))
        : [],
      strays: [],
      interrupted: undefined,
      trouble: null,
    };
  }

  private work(spec: ExportSpec, jobId: string | null, batch: Batch): Batch {
    const id = jobId ?? `${(this.made += 1).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    if (jobId === null) this.calls.push(`create ${batch.interval}`);
    const state = this.hangs ? 'processing' : (this.fates.shift() ?? 'exported');
    const job: Batch = {
      ...batch,
      jobId: id,
      state,
      conversations: this.conversations.size,
      recordings: this.conversations.size,
      failedRecordings: state === 'incomplete' ? 1 : 0,
      error: state === 'failed' ? 'Export engine says no.' : null,
    };
    this.jobs.set(id, job);
    this.specs.set(id, spec);
    return job;
  }

  private holdApi(name: HoldApiName): HoldApi {
    const heldBy = (holdId: string | null) =>
      name === 'compliance' ? (this.complianceHolds.get(holdId ?? '')?.ids ?? new Set<string>()) : this.protectedIds;
    return {
      name,
      abilities: HOLD_ABILITIES[name],
      protect: async (request, given, wanted, _signal, options) => {
        this.onProtect();
        let holdId = given;
        if (name === 'compliance' && holdId === null) {
          holdId = [...this.complianceHolds].find(([, hold]) => hold.name === request.name)?.[0] ?? null;
          if (holdId === null) {
            holdId = `hold-${this.complianceHolds.size + 1}`;
            this.complianceHolds.set(holdId, { name: request.name, ids: new Set() });
          }
        }
        const held = heldBy(holdId);
        const missing = [...wanted].filter((id) => !(options?.seen ?? held).has(id));
        if (missing.length > 0) await options?.beforeSet?.(ConversationSet.of(missing));
        const tried = missing.slice(0, this.stopsAfter ?? missing.length);
        const failures = tried.flatMap((id) => this.refused.get(id) ?? []);
        const nothing = (id: string) => this.bare.has(id) || this.unknown.has(id);
        const applied = tried.filter((id) => !this.refused.has(id) && !nothing(id));
        applied.forEach((id) => held.add(id));
        if (tried.length > 0) this.calls.push(`protect ${applied.join(',')}`);
        const stopped = this.stopsAfter !== undefined && tried.length < missing.length;
        this.stopsAfter = undefined;
        const those = (test: (id: string) => boolean) => ConversationSet.of(tried.filter(test));
        return {
          holdId: name === 'compliance' ? holdId : null,
          held: ConversationSet.of([...wanted].filter((id) => held.has(id))),
          alreadyHeld: wanted.size - missing.length,
          failures,
          standing: {
            gone: those((id) => this.unknown.has(id)),
            withoutRecordings: those((id) => this.bare.has(id)),
            recorded: those((id) => this.refused.has(id)),
          },
          stoppedBy: stopped ? refusal(503, 'protect the conversations') : null,
        };
      },
      status: (holdId, wanted) => {
        this.calls.push(`status ${wanted.size}`);
        const held = heldBy(holdId);
        return Promise.resolve({
          exists: name === 'deletion_protection' || this.complianceHolds.has(holdId ?? ''),
          held: ConversationSet.of([...wanted].filter((id) => held.has(id))),
        });
      },
      conversations: (holdId) => {
        const hold = this.complianceHolds.get(holdId);
        if (hold === undefined) return Promise.reject(refusal(404, 'read the hold'));
        return Promise.resolve({ request: { name: hold.name }, conversations: ConversationSet.of(hold.ids) });
      },
      find: ({ name: wanted }) =>
        Promise.resolve([...this.complianceHolds].find(([, hold]) => hold.name === wanted)?.[0] ?? null),
      lift: (holdId, wanted, beforeSend) => {
        beforeSend();
        this.calls.push(`release ${[...wanted].join(',')}`);
        if (this.keepsWhatIsReleased) return Promise.resolve();
        [...wanted].forEach((id) => heldBy(holdId).delete(id));
        if (name === 'compliance') this.complianceHolds.delete(holdId ?? '');
        this.onLift();
        return Promise.resolve();
      },
    };
  }
}

function divided({ scope, batchInterval }: ExportSpec): readonly Batch[] {
  const intervals =
    scope.interval === undefined
      ? ['2026-01-01T00:00:00.000Z/2026-02-01T00:00:00.000Z']
      : batchInterval === undefined
        ? [scope.interval]
        : splitInterval(scope.interval, batchInterval);
  return intervals.map((interval) => ({
    jobId: null,
    interval,
    ...(scope.conversationIds === undefined ? {} : { conversationIds: scope.conversationIds }),
    state: 'planned' as const,
    conversations: 0,
    recordings: 0,
    failedRecordings: 0,
    error: null,
  }));
}
