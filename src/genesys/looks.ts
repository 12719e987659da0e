/**
 * Looks at what is in scope and which of it has recordings, for holds and exports that follow their scope. All looks of one
 * {@link BoundedLooks} share its bounds; whatever these cut off is said to be unknown, and never taken for nothing.
 */
import { ConversationSet, ConversationSetBuilder } from '../conversations';
import { forEachConcurrently, formatInterval, type Interval } from '../time';
import { BoundedClient, BoundsReached, type Bounds, type Caller } from './bounded';
import type { ExportScope, Looks, RecordingLook, ScopeLook } from './model';
import { conversationQuery } from './query';
import { recordingsOf, retentionPages } from './recordings';
import { inScope } from './scope';

const CALLS_AT_ONCE = 4;
const QUERIES_AT_ONCE = 4;
/** Up to so many conversations are asked one by one: the retention query lists recordings of the whole organization. */
const FEW = 50;
/** What is younger may be missing in the retention query, or have its recording still to come. */
const LISTED_AFTER_MS = 48 * 3_600_000;

/** {@link Looks} over one client. */
export class ClientLooks implements Looks {
  private readonly caller: Caller;
  private readonly bounded: BoundedClient | undefined;

  constructor(client: Caller, bounds: Bounds | null) {
    this.bounded = bounds === null ? undefined : new BoundedClient(client, bounds);
    this.caller = this.bounded ?? client;
  }

  async inScope(
    scope: ExportScope,
    intervals: readonly Interval[],
    recently: number,
    signal: AbortSignal,
  ): Promise<ScopeLook> {
    const recent = new ConversationSetBuilder();
    let openSince: number | null = null;
    let isWhole = true;
    const found: ConversationSet[] = [];
    const ask = async (interval: Interval): Promise<void> => {
      const builder = new ConversationSetBuilder();
      try {
        const query = conversationQuery(scope, { interval: formatInterval(interval) });
        await inScope(this.caller, query, signal, ({ conversationId, start, end }) => {
          builder.add(conversationId);
          if (end === undefined) openSince = Math.min(openSince ?? Infinity, start ?? interval.start);
          if (end === undefined || end >= recently) recent.add(conversationId);
        });
      } catch (error) {
        if (!(error instanceof BoundsReached)) throw error;
        isWhole = false;
      }
      found.push(builder.build());
    };
    await forEachConcurrently(intervals, this.bounded === undefined ? QUERIES_AT_ONCE : 1, ask);
    return { conversations: ConversationSet.unionOf(found), openSince, recent: recent.build(), isWhole };
  }

  async recordings(
    conversations: ConversationSet,
    youngest: number,
    signal: AbortSignal,
    leavesOutScreens = false,
  ): Promise<RecordingLook> {
    const seen = new Sorted(leavesOutScreens);
    try {
      if (conversations.size <= this.few) await this.oneByOne(conversations, seen, signal);
      else await this.listed(conversations, youngest, seen, signal);
    } catch (error) {
      if (!(error instanceof BoundsReached)) throw error;
    }
    return seen.of(conversations);
  }

  get isBounded(): boolean {
    return this.bounded !== undefined;
  }

  get few(): number {
    return this.bounded === undefined ? FEW : Math.min(FEW, this.bounded.requestsLeft);
  }

  /** Gives the listing up when it costs more than asking one by one would. */
  private async listed(
    conversations: ConversationSet,
    youngest: number,
    seen: Sorted,
    signal: AbortSignal,
  ): Promise<void> {
    let pages = 0;
    let isWhole = true;
    for await (const page of retentionPages(this.caller, 0, signal)) {
      for (const { conversationId } of page) if (conversations.has(conversationId)) seen.recorded.add(conversationId);
      pages += 1;
      if (pages < conversations.size) continue;
      isWhole = false;
      break;
    }
    const rest = conversations.minus(seen.recorded.build());
    if (isWhole && this.caller.now() - youngest >= LISTED_AFTER_MS) {
      for (const id of rest) seen.withoutRecordings.add(id);
    } else await this.oneByOne(rest, seen, signal);
  }

  private async oneByOne(conversations: ConversationSet, seen: Sorted, signal: AbortSignal): Promise<void> {
    await forEachConcurrently(conversations, CALLS_AT_ONCE, async (id) => {
      const rows = await recordingsOf(this.caller, id, signal);
      const counting = rows?.filter(({ screen }) => !seen.leavesOutScreens || screen !== true);
      (counting === undefined ? seen.gone : counting.length === 0 ? seen.withoutRecordings : seen.recorded).add(id);
    });
  }
}

class Sorted {
  readonly recorded = new ConversationSetBuilder();
  readonly withoutRecordings = new ConversationSetBuilder();
  readonly gone = new ConversationSetBuilder();

  constructor(readonly leavesOutScreens: boolean) {}

  of(asked: ConversationSet): RecordingLook {
    const [recorded, withoutRecordings, gone] = [
      this.recorded.build(),
      this.withoutRecordings.build(),
      this.gone.build(),
    ];
    const unknown = asked.minus(ConversationSet.unionOf([recorded, withoutRecordings, gone]));
    return { recorded, withoutRecordings, gone, unknown };
  }
}
