/**
 * Brings one version to where it should be: read, decide, write only what differs, read again. Hold and tags are two things:
 * trouble with one never keeps the other from being done, for the hold is the control and tags are labels.
 */
import { AwsError } from '../aws-error';
import { isHopeless, isThrottled, type Receipt } from '../call';
import type { AdaptiveConcurrency } from './concurrency';
import type { Journal } from './journal';
import type { VersionEntry } from './journal-entry';
import type { HoldStatus, ObjectStore, ObjectVersion } from './object-store';
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
  /** The version is deliberately not touched, and why. */
  readonly left?: string;
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
  readonly outcome: VersionEntry['outcome'];
  readonly wroteHold: boolean;
  readonly wroteTags: boolean;
  readonly overwrittenTags: number;
  /** Why the version was deliberately not touched. */
  readonly left: string | undefined;
  readonly failures: readonly VersionFailure[];
}

/** What settling needs. */
export interface SettleTools {
  readonly store: ObjectStore;
  readonly journal: Journal;
  readonly concurrency: AdaptiveConcurrency;
  /** Called for each request, also failed ones. */
  readonly onRequest: () => void;
}

/**
 * Settles one version and writes it down. Failures of this version are in the answer; thrown is only what ends the run: the
 * signal's reason, a failure that every request would meet, a journal that cannot be written.
 */
export async function settleVersion(
  version: ObjectVersion,
  intention: Intention,
  tools: SettleTools,
  signal: AbortSignal,
): Promise<Settlement> {
  signal.throwIfAborted();
  const work = new VersionWork(version, tools, signal);
  const { store, journal } = tools;

  const before: VersionState = {
    hold: intention.needs.hold ? await work.read('read-hold', () => store.readHold(version, signal)) : undefined,
    tags: intention.needs.tags ? await work.read('read-tags', () => store.readTags(version, signal)) : undefined,
  };
  const decision = intention.decide(version, before);
  if (decision.failure !== undefined) {
    work.failures.push({ ...ref(version), ...decision.failure, missingRight: undefined });
  }
  // What could not be read is not written either: a blind write of tags would lose those that are there.
  const hold = before.hold !== undefined && decision.hold !== before.hold ? decision.hold : undefined;
  const tags =
    before.tags !== undefined && decision.tags !== undefined && !sameTags(before.tags, decision.tags)
      ? decision.tags
      : undefined;

  const states = {
    key: version.key,
    versionId: version.versionId,
    etag: version.etag,
    ...(before.hold === undefined ? {} : { holdBefore: before.hold }),
    ...(hold === undefined ? {} : { holdAfter: hold }),
    ...(before.tags === undefined ? {} : { tagsBefore: Object.fromEntries(before.tags) }),
    ...(tags === undefined ? {} : { tagsAfter: Object.fromEntries(tags) }),
  };
  if (hold !== undefined || tags !== undefined) await journal.append({ type: 'intent', ...states });

  if (hold !== undefined && (await work.write('write-hold', () => store.writeHold(version, hold, signal)))) {
    await work.verify('verify-hold', hold, async () => (await work.metered(store.readHold(version, signal))) === hold);
  }
  if (tags !== undefined && (await work.write('write-tags', () => store.writeTags(version, tags, signal)))) {
    const written = JSON.stringify(Object.fromEntries(tags));
    await work.verify('verify-tags', written, async () =>
      sameTags(await work.metered(store.readTags(version, signal)), tags),
    );
  }

  const settlement = work.settlement(decision);
  await journal.append({
    type: 'version',
    outcome: settlement.outcome,
    ...states,
    size: version.size,
    ...(decision.left === undefined ? {} : { reason: decision.left }),
    ...(work.requestIds.length === 0 ? {} : { requestIds: work.requestIds }),
    ...(work.failures.length === 0
      ? {}
      : { errors: work.failures.map(({ step, code, message }) => ({ step, code, message })) }),
  });
  return settlement;
}

/** The requests for one version, and what came of them. */
class VersionWork {
  readonly failures: VersionFailure[] = [];
  readonly requestIds: string[] = [];
  private readonly written = new Set<Step>();

  constructor(
    private readonly version: ObjectVersion,
    private readonly tools: SettleTools,
    private readonly signal: AbortSignal,
  ) {}

  async read<T>(step: Step, call: () => Promise<{ value: T; receipt: Receipt }>): Promise<T | undefined> {
    try {
      return await this.metered(call());
    } catch (error) {
      this.fail(step, error);
      return undefined;
    }
  }

  async write(step: Step, call: () => Promise<Receipt>): Promise<boolean> {
    try {
      const receipt = await call();
      this.meter(receipt);
      this.written.add(step);
      if (receipt.requestId !== undefined) this.requestIds.push(receipt.requestId);
      return true;
    } catch (error) {
      this.fail(step, error);
      return false;
    }
  }

  async verify(step: Step, expected: string, holds: () => Promise<boolean>): Promise<void> {
    try {
      if (await holds()) return;
      const message =
        `s3://…/${this.version.key} (version ${this.version.versionId}) was set to ${expected} and S3 said yes, but reading it ` +
        'again shows something else. Somebody else may be changing it: look into CloudTrail, then repeat.';
      this.failures.push({ ...ref(this.version), step, code: 'NotApplied', message, missingRight: undefined });
    } catch (error) {
      this.fail(step, error);
    }
  }

  async metered<T>(call: Promise<{ value: T; receipt: Receipt }>): Promise<T> {
    const { value, receipt } = await call;
    this.meter(receipt);
    return value;
  }

  settlement(decision: Decision): Settlement {
    const wroteHold = this.written.has('write-hold');
    const wroteTags = this.written.has('write-tags');
    const outcome =
      this.failures.length > 0
        ? 'failed'
        : decision.left !== undefined
          ? 'left'
          : wroteHold || wroteTags
            ? 'changed'
            : 'unchanged';
    const overwrittenTags = wroteTags ? (decision.overwrittenTags ?? 0) : 0;
    return { outcome, wroteHold, wroteTags, overwrittenTags, left: decision.left, failures: this.failures };
  }

  private meter(receipt: Receipt): void {
    this.tools.onRequest();
    if (receipt.attempts > 1) this.tools.concurrency.throttled();
    else this.tools.concurrency.succeeded();
  }

  private fail(step: Step, error: unknown): void {
    this.signal.throwIfAborted();
    if (!(error instanceof AwsError)) throw error;
    this.tools.onRequest();
    if (isThrottled(error)) this.tools.concurrency.throttled();
    if (isHopeless(error)) throw error;
    const { code, message, missingRight } = error;
    this.failures.push({ ...ref(this.version), step, code, message, missingRight });
  }
}

function ref(version: ObjectVersion): { readonly key: string; readonly versionId: string } {
  return { key: version.key, versionId: version.versionId };
}
