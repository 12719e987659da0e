/**
 * Reads what is there and writes manifests of what is to be done: one for the hold, and one for each tag set that versions
 * end with, since Batch Operations replaces tags and cannot merge them. Rows stand in the order of the listing, so the same
 * work gives the same manifest, and the same manifest the same job.
 */
import { AwsError } from '../aws-error';
import { isHopeless, isThrottled, type Receipt } from '../call';
import { BoundedList, type Sampled } from '../object-hold/bounded-list';
import { AdaptiveConcurrency, type ConcurrencyLimits } from '../object-hold/concurrency';
import { MAX_TAG_GROUPS } from '../object-hold/choose-engine';
import type { Journal } from '../object-hold/journal';
import type { HoldStatus, ObjectStore, ObjectVersion } from '../object-hold/object-store';
import { forEachConcurrently } from '../../time';
import type { Intention, Step, VersionFailure } from '../object-hold/settle-version';
import { canonicalTags, type TagSet } from '../object-hold/tag-set';
import { VersionWalk, type WalkTotals } from '../object-hold/walk';
import type { BatchOperation, Manifest } from './job-request';
import { manifestRow } from './manifest-row';
import type { StreamingUpload } from './multipart-upload';

/** Where to look, and whether contents are to be summed up. */
export interface PrepareRequest {
  readonly bucket: string;
  readonly prefixes: readonly string[];
  /** The versions that are changed also get into a manifest for checksums. */
  readonly checksums: boolean;
}

/** What preparing needs. */
export interface PrepareDeps {
  readonly store: ObjectStore;
  readonly journal: Journal;
  readonly concurrency?: ConcurrencyLimits;
  /** Begins a manifest; `name` is unique within the run and says what it is for. */
  readonly upload: (name: string) => { readonly key: string; readonly upload: StreamingUpload };
}

/** An operation and the versions it is for. */
export interface PreparedJob {
  readonly operation: BatchOperation;
  readonly manifest: Manifest;
}

/** What was found and written. */
export interface Preparation {
  readonly jobs: readonly PreparedJob[];
  readonly totals: WalkTotals;
  /** Versions that are as they should be. */
  readonly unchanged: number;
  /** Versions that cannot be brought there, or could not be read. */
  readonly failures: Sampled<VersionFailure>;
  readonly requests: number;
}

/** More different tag sets than there can be jobs. */
export class TooManyTagSets extends Error {
  override readonly name = 'TooManyTagSets';

  constructor() {
    super(
      `The versions end with more than ${MAX_TAG_GROUPS} different tag sets. S3 Batch Operations replaces tags, so each set ` +
        'would be a job of its own. No job was started. Use engine = "direct", or ask for no tags.',
    );
  }
}

const FAILURES_KEPT = 100;

/**
 * Walks the versions once; memory holds one page of them and one part of each manifest. Throws {@link TooManyTagSets},
 * {@link AwsError} for what stops everything, and the signal's reason when aborted; manifests that were begun are then thrown
 * away.
 */
export async function prepareJobs(
  request: PrepareRequest,
  intention: Intention,
  deps: PrepareDeps,
  signal: AbortSignal,
): Promise<Preparation> {
  const preparing = new Preparing(request, intention, deps, signal);
  try {
    await preparing.walkThrough();
    return await preparing.finish();
  } catch (error) {
    await preparing.abandon();
    throw error;
  }
}

interface Draft {
  readonly operation: BatchOperation;
  readonly key: string;
  readonly upload: StreamingUpload;
  entries: number;
}

interface Read {
  readonly hold: HoldStatus | undefined;
  readonly tags: TagSet | undefined;
  readonly failures: readonly VersionFailure[];
}

class Preparing {
  private readonly drafts = new Map<string, Draft>();
  private readonly failures = new BoundedList<VersionFailure>(FAILURES_KEPT);
  private readonly concurrency: AdaptiveConcurrency;
  private readonly walk: VersionWalk;
  private unchanged = 0;
  private requests = 0;

  constructor(
    private readonly request: PrepareRequest,
    private readonly intention: Intention,
    private readonly deps: PrepareDeps,
    private readonly signal: AbortSignal,
  ) {
    this.concurrency = new AdaptiveConcurrency(deps.concurrency);
    this.walk = new VersionWalk(deps.store, request.prefixes, (marker) =>
      deps.journal.append({ type: 'hidden', key: marker.key, versionId: marker.versionId }),
    );
  }

  async walkThrough(): Promise<void> {
    for await (const page of this.walk.pages(this.signal)) {
      const reads = await this.readAll(page.versions);
      for (const [index, version] of page.versions.entries()) {
        const read = reads[index];
        if (read !== undefined) await this.place(version, read);
      }
    }
  }

  async finish(): Promise<Preparation> {
    const jobs: PreparedJob[] = [];
    for (const { operation, key, upload, entries } of this.drafts.values()) {
      const { etag, sha256 } = await upload.finish();
      jobs.push({ operation, manifest: { key, etag, sha256, entries } });
    }
    return {
      jobs,
      totals: this.walk.totals,
      unchanged: this.unchanged,
      failures: this.failures.snapshot(),
      requests: this.requests + this.walk.totals.pages,
    };
  }

  async abandon(): Promise<void> {
    for (const { upload } of this.drafts.values()) await upload.abandon();
  }

  private async readAll(versions: readonly ObjectVersion[]): Promise<readonly (Read | undefined)[]> {
    const reads: (Read | undefined)[] = versions.map(() => undefined);
    async function* indexes(): AsyncGenerator<number> {
      yield* versions.keys();
    }
    await forEachConcurrently(
      indexes,
      this.concurrency,
      async (index, both) => {
        const version = versions[index];
        if (version !== undefined) reads[index] = await this.readOne(version, both);
      },
      this.signal,
    );
    return reads;
  }

  private async readOne(version: ObjectVersion, signal: AbortSignal): Promise<Read> {
    const { needs } = this.intention;
    const { store } = this.deps;
    const failures: VersionFailure[] = [];
    const read = async <T>(step: Step, call: () => Promise<{ value: T; receipt: Receipt }>): Promise<T | undefined> => {
      try {
        this.requests += 1;
        const { value, receipt } = await call();
        if (receipt.attempts > 1) this.concurrency.throttled();
        else this.concurrency.succeeded();
        return value;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof AwsError) || isHopeless(error)) throw error;
        if (isThrottled(error)) this.concurrency.throttled();
        const { code, message, missingRight } = error;
        failures.push({ key: version.key, versionId: version.versionId, step, code, message, missingRight });
        return undefined;
      }
    };
    return {
      hold: needs.hold ? await read('read-hold', () => store.readHold(version, signal)) : undefined,
      tags: needs.tags ? await read('read-tags', () => store.readTags(version, signal)) : undefined,
      failures,
    };
  }

  private async place(version: ObjectVersion, read: Read): Promise<void> {
    const decision = this.intention.decide(version, read);
    const hold = read.hold !== undefined && decision.hold !== read.hold ? decision.hold : undefined;
    const failures = [...read.failures];
    if (decision.failure !== undefined) {
      const { key, versionId } = version;
      failures.push({ key, versionId, ...decision.failure, missingRight: undefined });
    }
    await this.record(version, read, { hold, tags: decision.tags, failures });

    const changes = hold !== undefined || decision.tags !== undefined;
    if (this.request.checksums && changes) await this.add('checksum', { kind: 'checksum' }, version);
    if (hold !== undefined) await this.add('hold', { kind: 'hold', status: hold }, version);
    if (decision.tags !== undefined) await this.addTagged(decision.tags, version);
  }

  private async record(version: ObjectVersion, before: Read, after: Read): Promise<void> {
    const { key, versionId, etag, size } = version;
    const states = {
      key,
      versionId,
      etag,
      ...(before.hold === undefined ? {} : { holdBefore: before.hold }),
      ...(after.hold === undefined ? {} : { holdAfter: after.hold }),
      ...(before.tags === undefined ? {} : { tagsBefore: Object.fromEntries(before.tags) }),
      ...(after.tags === undefined ? {} : { tagsAfter: Object.fromEntries(after.tags) }),
    };
    if (after.hold !== undefined || after.tags !== undefined) {
      await this.deps.journal.append({ type: 'intent', ...states });
    }
    if (after.failures.length > 0) {
      for (const failure of after.failures) this.failures.add(failure);
      const errors = after.failures.map(({ step, code, message }) => ({ step, code, message }));
      await this.deps.journal.append({ type: 'version', outcome: 'failed', ...states, size, errors });
    } else if (after.hold === undefined && after.tags === undefined) {
      this.unchanged += 1;
      await this.deps.journal.append({ type: 'version', outcome: 'unchanged', ...states, size });
    }
  }

  private async addTagged(tags: TagSet, version: ObjectVersion): Promise<void> {
    const identity = `tags ${JSON.stringify(canonicalTags(tags))}`;
    if (!this.drafts.has(identity)) {
      const groups = [...this.drafts.values()].filter(({ operation }) => operation.kind === 'tags').length;
      if (groups >= MAX_TAG_GROUPS) throw new TooManyTagSets();
    }
    await this.add(identity, { kind: 'tags', tags }, version);
  }

  private async add(identity: string, operation: BatchOperation, version: ObjectVersion): Promise<void> {
    let draft = this.drafts.get(identity);
    if (draft === undefined) {
      draft = { operation, entries: 0, ...this.deps.upload(`${operation.kind}-${this.drafts.size + 1}`) };
      this.drafts.set(identity, draft);
    }
    draft.entries += 1;
    await draft.upload.write(manifestRow(this.request.bucket, version));
  }
}
