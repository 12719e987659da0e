/** Looks whether objects are still held and tagged as they should be. Writes nothing. */
import { AwsError } from '../aws-error';
import { isHopeless, isThrottled, type Receipt } from '../call';
import type { ObjectHoldRequest } from './apply';
import { BoundedList, type Sampled } from './bounded-list';
import { AdaptiveConcurrency } from './concurrency';
import type { HidingMarker, ObjectVersion, VersionRef } from './object-store';
import { forEachConcurrently } from '../../time';
import type { ObjectHoldDeps } from './sweep';
import { canonicalTags, mergeTags, type TagSet } from './tag-set';
import { VersionWalk, type Present } from './walk';

/** What was found. */
export interface ObjectInspection {
  /** Versions in scope. */
  readonly versions: number;
  readonly bytes: number;
  /** Held and tagged as wanted. */
  readonly right: number;
  /** Not under legal hold; counted only when a hold is wanted. */
  readonly notHeld: Sampled<ObjectVersion>;
  /** Of these, those that were known before. */
  readonly releasedVersions: number;
  /** Without all wanted tags; counted only when tags are wanted. */
  readonly notTagged: Sampled<VersionRef>;
  /** Could not be read: neither right nor wrong. */
  readonly unseen: Sampled<
    VersionRef & { readonly code: string; readonly message: string; readonly missingRight?: string }
  >;
  /** Keys that look deleted while their versions are still there. */
  readonly hidden: Sampled<HidingMarker>;
  /** How many different tag sets the versions not tagged would end with; counted up to a hundred. Decides the engine. */
  readonly distinctTagSets: number;
  readonly requests: number;
  readonly manifestSha256: string;
  readonly present: Present;
}

const KEPT = 100;
/** When so many versions could not be read and none could, a right is missing: the rest would be refused too. */
const HOPELESS_AFTER = 1000;
const DISTINCT_COUNTED = 100;

/**
 * Reads every version in scope: one request per thousand for the listing, one each for hold and tags where they are wanted.
 * Versions that came later, were released or lost their tags are counted, the first of them named. Throws {@link AwsError} when
 * the listing or everything else is refused, and the signal's reason when aborted.
 */
export async function inspectObjectHold(
  request: ObjectHoldRequest,
  deps: Pick<ObjectHoldDeps, 'store' | 'concurrency'>,
  signal: AbortSignal,
  onProgress: (versions: number) => void = () => undefined,
): Promise<ObjectInspection> {
  const look = new Look(request, deps);
  await look.through(signal, onProgress);
  return look.inspection();
}

class Look {
  private readonly concurrency: AdaptiveConcurrency;
  private readonly walk: VersionWalk;
  private readonly notHeld = new BoundedList<ObjectVersion>(KEPT);
  private released = 0;
  private readonly notTagged = new BoundedList<VersionRef>(KEPT);
  private readonly unseen = new BoundedList<ObjectInspection['unseen']['first'][number]>(KEPT);
  private readonly tagSets = new Set<string>();
  private right = 0;
  private seen = 0;
  private requests = 0;

  constructor(
    private readonly request: ObjectHoldRequest,
    private readonly deps: Pick<ObjectHoldDeps, 'store' | 'concurrency'>,
  ) {
    this.concurrency = new AdaptiveConcurrency(deps.concurrency);
    this.walk = new VersionWalk(deps.store, request.prefixes, undefined, request.knownUntil);
  }

  async through(signal: AbortSignal, onProgress: (versions: number) => void): Promise<void> {
    const items = (both: AbortSignal): AsyncIterable<ObjectVersion> => this.versions(both, onProgress);
    await forEachConcurrently(items, this.concurrency, (version, both) => this.at(version, both), signal);
  }

  inspection(): ObjectInspection {
    const { versions, bytes, pages, manifestSha256, hidden, present } = this.walk.totals;
    // A walk that was read to its end has one; one that was not throws.
    if (manifestSha256 === null) throw new RangeError('The walk was not read to its end.');
    return {
      versions,
      bytes,
      right: this.right,
      notHeld: this.notHeld.snapshot(),
      releasedVersions: this.released,
      notTagged: this.notTagged.snapshot(),
      unseen: this.unseen.snapshot(),
      hidden,
      distinctTagSets: this.tagSets.size,
      requests: this.requests + pages,
      manifestSha256,
      present,
    };
  }

  private async *versions(signal: AbortSignal, onProgress: (versions: number) => void): AsyncGenerator<ObjectVersion> {
    for await (const page of this.walk.pages(signal)) {
      yield* page.versions;
      onProgress(this.walk.totals.versions);
    }
  }

  private async at(version: ObjectVersion, signal: AbortSignal): Promise<void> {
    const ref: VersionRef = { key: version.key, versionId: version.versionId };
    try {
      const isHeld =
        !this.request.legalHold || (await this.metered(this.deps.store.readHold(version, signal))) === 'ON';
      if (!isHeld) {
        this.notHeld.add(version);
        if (version.modified <= (this.request.knownUntil ?? 0)) this.released += 1;
      }
      const isTagged =
        this.request.tags.size === 0 || this.tagged(await this.metered(this.deps.store.readTags(version, signal)));
      if (!isTagged) this.notTagged.add(ref);
      this.seen += 1;
      if (isHeld && isTagged) this.right += 1;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AwsError)) throw error;
      this.requests += 1;
      if (isThrottled(error)) this.concurrency.throttled();
      if (isHopeless(error)) throw error;
      const { code, message, missingRight } = error;
      if (this.unseen.count >= HOPELESS_AFTER && this.seen === 0) throw error;
      this.unseen.add({ ...ref, code, message, ...(missingRight === undefined ? {} : { missingRight }) });
    }
  }

  private tagged(present: TagSet): boolean {
    const merge = mergeTags(present, this.request.tags);
    if (!merge.changed) return true;
    if (this.tagSets.size < DISTINCT_COUNTED) this.tagSets.add(JSON.stringify(canonicalTags(merge.tags)));
    return false;
  }

  private async metered<T>(call: Promise<{ value: T; receipt: Receipt }>): Promise<T> {
    const { value, receipt } = await call;
    this.requests += 1;
    if (receipt.attempts > 1) this.concurrency.throttled();
    else this.concurrency.succeeded();
    return value;
  }
}
