/** Settles all versions in scope: the engine behind applying and releasing. */
import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error';
import { systemClock, type Clock } from '../../time';
import { BoundedList, type Sampled } from './bounded-list';
import { AdaptiveConcurrency, type ConcurrencyLimits } from './concurrency';
import { noJournal, type Journal } from './journal';
import type { StartEntry } from './journal-entry';
import type { HidingMarker, ObjectStore, ObjectVersion, VersionRef } from './object-store';
import { forEachConcurrently } from '../../time';
import {
  lookAtVersion,
  type Intention,
  type Settlement,
  type SettleTools,
  type VersionFailure,
} from './settle-version';
import { VersionWalk, type Present } from './walk';

/** What the engines work with. */
export interface ObjectHoldDeps {
  readonly store: ObjectStore;
  /** @default none is kept */
  readonly journal?: Journal;
  /** @default the computer's */
  readonly clock?: Clock;
  /** @default 4 at the start, 64 at most */
  readonly concurrency?: ConcurrencyLimits;
  /**
   * Awaited when all holds that are about to be written are in the journal, and none of them is written yet: once for many
   * versions. What it throws ends the run. @default nothing is done
   */
  readonly beforeWriting?: (signal: AbortSignal) => Promise<void>;
  /** Awaited right before a hold is looked at, and before it is written. @default nothing is done */
  readonly ready?: (version: VersionRef, signal: AbortSignal) => Promise<void>;
  /** Versions whose holds are written after one `beforeWriting`. @default 20,000 */
  readonly window?: number;
}

/** How far a run is; told after each page of the listing that is done. */
export interface ObjectHoldProgress {
  /** Versions listed so far; the total is known only at the end. */
  readonly listed: number;
  readonly settled: number;
  readonly changed: number;
  readonly failed: number;
  /** Requests at once, at the moment. */
  readonly concurrency: number;
}

/** What a run did. It is given also when the run stopped: what was done is done. */
export interface ObjectHoldResult {
  /** Versions listed. */
  readonly versions: number;
  readonly bytes: number;
  /** Versions that were written to. */
  readonly changed: number;
  /** Versions that were right already. */
  readonly unchanged: number;
  /** Versions that an interrupted run with the same request had settled; not read again. */
  readonly resumed: number;
  /** Versions with at least one failure. */
  readonly failed: number;
  /** All failures counted, the first hundred kept. */
  readonly failures: Sampled<VersionFailure>;
  /** Failures by AWS's code. */
  readonly failuresByCode: Readonly<Record<string, number>>;
  readonly writes: { readonly holds: number; readonly tags: number };
  /** Tags of somebody else's that had another value under the same key; the old value is in the journal. */
  readonly overwrittenTags: number;
  /** Requests of any kind, the listing included, the SDK's own repetitions not. */
  readonly requests: number;
  /** Keys that look deleted while their versions are still there. */
  readonly hidden: Sampled<HidingMarker>;
  /** Over all versions in scope; null when the run stopped before it had seen them all. */
  readonly manifestSha256: string | null;
  /** Which versions were listed. */
  readonly present: Present;
  /** Link to the journal's last line, empty without a journal. */
  readonly journalHead: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Null: it went through. Failures of single versions do not stop a run. */
  readonly stopped: Stop | null;
}

/** Why a run ended before its time. */
export interface Stop {
  /**
   * `aborted`: the signal; `refused`: a failure that every version would meet; `hopeless`: the first thousand versions all
   * failed.
   */
  readonly why: 'aborted' | 'refused' | 'hopeless';
  readonly error: unknown;
}

/** A run's request, as the journal tells it. */
export type SweepRequest = Omit<StartEntry, 'type' | 'run'>;

const FAILURES_KEPT = 100;
/** So many versions with their keys take some 20 MB. */
const WINDOW = 20_000;
/** When so many versions failed and none succeeded, the rest would fail too: usually a right is missing. */
const HOPELESS_AFTER = 1000;

/** Settles every version. Throws only for a journal that cannot be written and for mistakes in this program. */
export async function sweep(
  request: SweepRequest,
  intention: Intention,
  deps: ObjectHoldDeps,
  signal: AbortSignal,
  onProgress: (progress: ObjectHoldProgress) => void = () => undefined,
  knownUntil?: number,
): Promise<ObjectHoldResult> {
  const run = new Sweep(intention, request, deps, onProgress, knownUntil);
  return await run.through(signal);
}

class Sweep {
  private readonly clock: Clock;
  private readonly journal: Journal;
  private readonly concurrency: AdaptiveConcurrency;
  private readonly walk: VersionWalk;
  private readonly failures = new BoundedList<VersionFailure>(FAILURES_KEPT);
  private readonly failuresByCode = new Map<string, number>();
  private readonly outcomes = { changed: 0, unchanged: 0, failed: 0 };
  private readonly writes = { holds: 0, tags: 0 };
  private overwrittenTags = 0;
  private resumed = 0;
  private requests = 0;
  private readonly tools: SettleTools;

  constructor(
    private readonly intention: Intention,
    private readonly request: SweepRequest,
    private readonly deps: ObjectHoldDeps,
    private readonly onProgress: (progress: ObjectHoldProgress) => void,
    knownUntil: number | undefined,
  ) {
    this.clock = deps.clock ?? systemClock;
    this.journal = deps.journal ?? noJournal;
    this.concurrency = new AdaptiveConcurrency(deps.concurrency);
    this.walk = new VersionWalk(
      deps.store,
      request.prefixes,
      (marker) => this.journal.append({ type: 'hidden', key: marker.key, versionId: marker.versionId }),
      knownUntil,
    );
    this.tools = {
      store: deps.store,
      journal: this.journal,
      concurrency: this.concurrency,
      onRequest: () => {
        this.requests += 1;
      },
      ready: deps.ready ?? (() => Promise.resolve()),
    };
  }

  async through(signal: AbortSignal): Promise<ObjectHoldResult> {
    const startedAt = this.clock.now();
    const run = randomUUID();
    await this.journal.append({ type: 'start', run, ...this.request });
    const stopped = await this.settleAll(signal);
    const { versions, bytes, pages, manifestSha256, hidden, present } = this.walk.totals;
    await this.journal.append({
      type: 'end',
      run,
      stopped: stopped?.why ?? null,
      versions,
      failed: this.outcomes.failed,
      manifestSha256,
    });
    await this.journal.sync();
    return {
      versions,
      bytes,
      changed: this.outcomes.changed,
      unchanged: this.outcomes.unchanged,
      resumed: this.resumed,
      failed: this.outcomes.failed,
      failures: this.failures.snapshot(),
      failuresByCode: Object.fromEntries(this.failuresByCode),
      writes: { ...this.writes },
      overwrittenTags: this.overwrittenTags,
      requests: this.requests + pages,
      hidden,
      manifestSha256,
      present,
      journalHead: this.journal.head,
      startedAt,
      finishedAt: this.clock.now(),
      stopped,
    };
  }

  private async settleAll(signal: AbortSignal): Promise<Stop | null> {
    const all = this.versions(signal);
    try {
      for (let more = true; more;) more = await this.settleWindow(all, signal);
      return null;
    } catch (error) {
      return stopFor(error, signal);
    } finally {
      await all.return(undefined);
    }
  }

  /** Looks at versions until enough holds are to be written, then writes those. Answers whether there may be more versions. */
  private async settleWindow(all: AsyncGenerator<Item>, signal: AbortSignal): Promise<boolean> {
    const { window = WINDOW, beforeWriting } = this.deps;
    const toWrite: ToWrite[] = [];
    let more = true;
    const items = async function* (): AsyncGenerator<Item> {
      while (toWrite.length < window) {
        const next = await all.next();
        if (next.done === true) {
          more = false;
          return;
        }
        yield next.value;
      }
    };
    const look = async ({ version, page }: Item, both: AbortSignal): Promise<void> => {
      const looked = await lookAtVersion(version, this.intention, this.tools, both);
      if (looked.settled === undefined) toWrite.push({ page, write: looked.write });
      else await this.settled(looked.settled, page);
    };
    await forEachConcurrently(items, this.concurrency, look, signal);
    if (toWrite.length === 0) return more;
    await beforeWriting?.(signal);
    const write = async (one: ToWrite, both: AbortSignal): Promise<void> =>
      this.settled(await one.write(both), one.page);
    await forEachConcurrently(() => eachOf(toWrite), this.concurrency, write, signal);
    return more;
  }

  private async settled(settlement: Settlement, page: PageWork): Promise<void> {
    this.count(settlement);
    if (settlement.outcome === 'failed') page.failed = true;
    await this.closePage(page);
    this.giveUpWhenHopeless();
  }

  /** The versions to settle, each with its page; pages that an interrupted run has settled are passed over. */
  private async *versions(signal: AbortSignal): AsyncGenerator<Item> {
    const settledBefore = this.journal.settledPages(this.request.request);
    for await (const { versions, sha256 } of this.walk.pages(signal)) {
      if (settledBefore.has(sha256)) {
        this.resumed += versions.length;
        this.report();
        continue;
      }
      const page: PageWork = { sha256, versions: versions.length, open: versions.length, failed: false };
      for (const version of versions) yield { version, page };
    }
  }

  private count(settlement: Settlement): void {
    this.outcomes[settlement.outcome] += 1;
    if (settlement.wroteHold) this.writes.holds += 1;
    if (settlement.wroteTags) this.writes.tags += 1;
    this.overwrittenTags += settlement.overwrittenTags;
    for (const failure of settlement.failures) {
      this.failures.add(failure);
      add(this.failuresByCode, failure.code);
    }
  }

  /** Once a page is done, a run that is taken up again need not read it again, unless something failed in it. */
  private async closePage(page: PageWork): Promise<void> {
    page.open -= 1;
    if (page.open > 0) return;
    if (!page.failed) await this.journal.append({ type: 'page', sha256: page.sha256, versions: page.versions });
    await this.journal.sync();
    this.report();
  }

  private giveUpWhenHopeless(): void {
    const { changed, unchanged, failed } = this.outcomes;
    if (failed >= HOPELESS_AFTER && changed + unchanged + this.resumed === 0) throw new Hopeless(this.failures.first);
  }

  private report(): void {
    const { changed, unchanged, failed } = this.outcomes;
    this.onProgress({
      listed: this.walk.totals.versions,
      settled: changed + unchanged + failed + this.resumed,
      changed,
      failed,
      concurrency: this.concurrency.limit,
    });
  }
}

interface Item {
  readonly version: ObjectVersion;
  readonly page: PageWork;
}

interface ToWrite {
  readonly page: PageWork;
  readonly write: (signal: AbortSignal) => Promise<Settlement>;
}

async function* eachOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

interface PageWork {
  readonly sha256: string;
  readonly versions: number;
  open: number;
  failed: boolean;
}

/** Nothing works: said once instead of a million times. */
class Hopeless extends Error {
  override readonly name = 'Hopeless';

  constructor(failures: readonly VersionFailure[]) {
    super(
      `All of the first ${HOPELESS_AFTER} versions failed, so the rest was not tried. The first: ${failures[0]?.message}`,
    );
  }
}

function stopFor(error: unknown, signal: AbortSignal): Stop {
  if (signal.aborted) return { why: 'aborted', error: signal.reason as unknown };
  if (error instanceof Hopeless) return { why: 'hopeless', error };
  if (error instanceof AwsError) return { why: 'refused', error };
  throw error;
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
