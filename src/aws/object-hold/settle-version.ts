/**
 * Brings one version to where it should be: read, decide, write only what differs, read again. Hold and tags are two things:
 * trouble with one never keeps the other from being done, for the hold is the control and tags are labels.
 */
import { AwsError } from '../aws-error';
import { isHopeless, isThrottled, type Receipt } from '../call';
import type { AdaptiveConcurrency } from './concurrency';
import type { Journal } from './journal';
import type { VersionEntry } from './journal-entry';
import type { HoldStatus, ObjectStore, ObjectVersion, VersionRef } from './object-store';
import { sameTags, type TagSet } from './tag-set';

/** The request that failed; `limit` is S3's limit of tags, `verify` a state that did not stay, `batch` a job of S3's. */
export type Step =
  'read-hold' | 'read-tags' | 'write-hold' | 'write-tags' | 'verify-hold' | 'verify-tags' | 'limit' | 'batch';

/** What went wrong with one version. */
export interface VersionFailure {
  readonly key: string;
  readonly versionId: string;
  readonly step: Step;
  /** AWS's error code, or `TagLimitExceeded`, `NotApplied`. */
  readonly code: string;
  /** For people: what was tried, why it failed, what to do. */
  readonly message: string;
  /** The IAM action and resource that would have allowed it. */
  readonly missingRight: string | undefined;
}

/** What could be read of a version; undefined is what nobody asked for or what could not be read. */
export interface VersionState {
  readonly hold: HoldStatus | undefined;
  readonly tags: TagSet | undefined;
}

/** Where a version should be; undefined leaves that part alone. */
export interface Decision {
  readonly hold?: HoldStatus;
  readonly tags?: TagSet;
  /** Something that should be but cannot, found without asking S3. */
  readonly failure?: { readonly step: Step; readonly code: string; readonly message: string };
  /** Tags that had another value before. */
  readonly overwrittenTags?: number;
}

/** What a run wants of every version. */
export interface Intention {
  /** What has to be read before deciding. */
  readonly needs: { readonly hold: boolean; readonly tags: boolean };
  decide(version: ObjectVersion, state: VersionState): Decision;
}

/** What became of a version. */
export interface Settlement {
  readonly outcome: Exclude<VersionEntry['outcome'], 'left'>;
  readonly wroteHold: boolean;
  readonly wroteTags: boolean;
  readonly overwrittenTags: number;
  readonly failures: readonly VersionFailure[];
}

/** What settling needs. */
export interface SettleTools {
  readonly store: ObjectStore;
  readonly journal: Journal;
  readonly concurrency: AdaptiveConcurrency;
  /** Called for each request, also failed ones. */
  readonly onRequest: () => void;
  /** Awaited right before a hold is looked at, and right before it is written. What it throws ends the run. */
  readonly ready: (version: VersionRef, signal: AbortSignal) => Promise<void>;
}

/** A version that was looked at: settled, or with a hold that is still to be written. */
export type Looked =
  | { readonly settled: Settlement }
  | { readonly settled: undefined; readonly write: (signal: AbortSignal) => Promise<Settlement> };

/**
 * Looks at one version. Where its hold is to be written, that is written down and left for `write`, so that what was there
 * before can be known elsewhere first; everything else is done at once. Failures of this version are in the answer; thrown
 * is only what ends the run: the signal's reason, a failure that every request would meet, a journal that cannot be written.
 */
export async function lookAtVersion(
  version: ObjectVersion,
  intention: Intention,
  tools: SettleTools,
  signal: AbortSignal,
): Promise<Looked> {
  signal.throwIfAborted();
  const { needs } = intention;
  if (needs.hold) await tools.ready(version, signal);
  const work = new VersionWork(version, intention, tools);
  const before = needs.hold
    ? await work.read('read-hold', signal, () => tools.store.readHold(version, signal))
    : undefined;
  const wanted = intention.decide(version, { hold: before, tags: undefined }).hold;
  // What could not be read is not written either.
  if (before === undefined || wanted === undefined || wanted === before) {
    return { settled: await work.finish({ before, after: undefined }, signal) };
  }
  await tools.journal.append({ type: 'intent', ...named(version), holdBefore: before, holdAfter: wanted });
  return { settled: undefined, write: (later) => work.writeHold(before, wanted, later) };
}

/** The requests for one version, and what came of them. */
class VersionWork {
  private readonly failures: VersionFailure[] = [];
  private readonly requestIds: string[] = [];
  private readonly written = new Set<Step>();

  constructor(
    private readonly version: ObjectVersion,
    private readonly intention: Intention,
    private readonly tools: SettleTools,
  ) {}

  async read<T>(
    step: Step,
    signal: AbortSignal,
    call: () => Promise<{ value: T; receipt: Receipt }>,
  ): Promise<T | undefined> {
    try {
      return await this.metered(call());
    } catch (error) {
      this.fail(step, error, signal);
      return undefined;
    }
  }

  async writeHold(before: HoldStatus, after: HoldStatus, signal: AbortSignal): Promise<Settlement> {
    const { version } = this;
    const { store, ready } = this.tools;
    await ready(version, signal);
    if (await this.write('write-hold', signal, () => store.writeHold(version, after, signal))) {
      await this.verify('verify-hold', after, signal, async () => {
        return (await this.metered(store.readHold(version, signal))) === after;
      });
    }
    return this.finish({ before, after }, signal);
  }

  /** The tags, read right before they are written because S3 replaces all of them at once; and what came of the version. */
  async finish(hold: HoldChange, signal: AbortSignal): Promise<Settlement> {
    const { version, intention } = this;
    const { store, journal } = this.tools;
    const before = intention.needs.tags
      ? await this.read('read-tags', signal, () => store.readTags(version, signal))
      : undefined;
    const decision = intention.decide(version, { hold: hold.before, tags: before });
    if (decision.failure !== undefined) {
      this.failures.push({ ...ref(version), ...decision.failure, missingRight: undefined });
    }
    // A blind write would lose those that are there.
    const after =
      before !== undefined && decision.tags !== undefined && !sameTags(before, decision.tags)
        ? decision.tags
        : undefined;
    const tags = {
      ...(before === undefined ? {} : { tagsBefore: Object.fromEntries(before) }),
      ...(after === undefined ? {} : { tagsAfter: Object.fromEntries(after) }),
    };
    if (after !== undefined) {
      await journal.append({ type: 'intent', ...named(version), ...tags });
      if (await this.write('write-tags', signal, () => store.writeTags(version, after, signal))) {
        await this.verify('verify-tags', JSON.stringify(Object.fromEntries(after)), signal, async () =>
          sameTags(await this.metered(store.readTags(version, signal)), after),
        );
      }
    }
    return this.settle(decision, hold, tags);
  }

  private async settle(
    decision: Decision,
    { before, after }: HoldChange,
    tags: Pick<VersionEntry, 'tagsBefore' | 'tagsAfter'>,
  ): Promise<Settlement> {
    const settlement = this.settlement(decision);
    await this.tools.journal.append({
      type: 'version',
      outcome: settlement.outcome,
      ...named(this.version),
      ...(before === undefined ? {} : { holdBefore: before }),
      ...(after === undefined ? {} : { holdAfter: after }),
      ...tags,
      size: this.version.size,
      ...(this.requestIds.length === 0 ? {} : { requestIds: this.requestIds }),
      ...(this.failures.length === 0
        ? {}
        : { errors: this.failures.map(({ step, code, message }) => ({ step, code, message })) }),
    });
    return settlement;
  }

  private async write(step: Step, signal: AbortSignal, call: () => Promise<Receipt>): Promise<boolean> {
    try {
      const receipt = await call();
      this.meter(receipt);
      this.written.add(step);
      if (receipt.requestId !== undefined) this.requestIds.push(receipt.requestId);
      return true;
    } catch (error) {
      this.fail(step, error, signal);
      return false;
    }
  }

  private async verify(
    step: Step,
    expected: string,
    signal: AbortSignal,
    holds: () => Promise<boolean>,
  ): Promise<void> {
    try {
      if (await holds()) return;
      const message =
        `s3://…/${this.version.key} (version ${this.version.versionId}) was set to ${expected} and S3 said yes, but reading it ` +
        'again shows something else. Somebody else may be changing it: look into CloudTrail, then repeat.';
      this.failures.push({ ...ref(this.version), step, code: 'NotApplied', message, missingRight: undefined });
    } catch (error) {
      this.fail(step, error, signal);
    }
  }

  private async metered<T>(call: Promise<{ value: T; receipt: Receipt }>): Promise<T> {
    const { value, receipt } = await call;
    this.meter(receipt);
    return value;
  }

  private settlement(decision: Decision): Settlement {
    const wroteHold = this.written.has('write-hold');
    const wroteTags = this.written.has('write-tags');
    const outcome = this.failures.length > 0 ? 'failed' : wroteHold || wroteTags ? 'changed' : 'unchanged';
    const overwrittenTags = wroteTags ? (decision.overwrittenTags ?? 0) : 0;
    return { outcome, wroteHold, wroteTags, overwrittenTags, failures: this.failures };
  }

  private meter(receipt: Receipt): void {
    this.tools.onRequest();
    if (receipt.attempts > 1) this.tools.concurrency.throttled();
    else this.tools.concurrency.succeeded();
  }

  private fail(step: Step, error: unknown, signal: AbortSignal): void {
    signal.throwIfAborted();
    if (!(error instanceof AwsError)) throw error;
    this.tools.onRequest();
    if (isThrottled(error)) this.tools.concurrency.throttled();
    if (isHopeless(error)) throw error;
    const { code, message, missingRight } = error;
    this.failures.push({ ...ref(this.version), step, code, message, missingRight });
  }
}

/** A hold that was to be written, or only what was read of it. */
interface HoldChange {
  readonly before: HoldStatus | undefined;
  readonly after: HoldStatus | undefined;
}

function named({ key, versionId, etag }: ObjectVersion): Pick<ObjectVersion, 'key' | 'versionId' | 'etag'> {
  return { key, versionId, etag };
}

function ref(version: ObjectVersion): { readonly key: string; readonly versionId: string } {
  return { key: version.key, versionId: version.versionId };
}
