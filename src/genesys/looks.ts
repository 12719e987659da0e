/**
 * Looks at what is in scope and which of it has recordings, for holds and exports that follow their scope. All looks of one
 * {@link BoundedLooks} share its bounds; whatever these cut off is said to be unknown, and never taken for nothing.
 */
import { ConversationSet, ConversationSetBuilder } from '../conversations';
import { forEachConcurrently, formatInterval, type Interval } from '../time';
import { BoundedClient, BoundsReached, type Bounds, type Caller } from './bounded';
import { LISTED_AFTER_MS } from './lateness';
import type { ExportScope, Looks, RecordingLook, RecordingOptions, ScopeLook } from './model';
import { conversationQuery } from './query';
import { recordingsOf, retentionPages } from './recordings';
import { inScope } from './scope';

const CALLS_AT_ONCE = 4;
const QUERIES_AT_ONCE = 4;
/** Up to so many conversations are asked one by one: the retention query lists recordings of the whole organization. */
const FEW = 50;

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
    options: RecordingOptions = {},
  ): Promise<RecordingLook> {
    const seen = new Sorted(options);
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
      const rows = page.filter(({ conversationId }) => conversations.has(conversationId));
      for (const { conversationId } of rows) seen.recorded.add(conversationId);
      seen.take?.(rows);
      pages += 1;
      if (pages < conversations.size) continue;
      isWhole = false;
      break;
    }
    // Of a list that was given up some have all of their recordings in it, and nobody knows which.
    const listed = isWhole || seen.take === undefined ? seen.recorded.build() : ConversationSet.empty;
    if (isWhole) for (const id of listed) seen.read.add(id);
    const rest = conversations.minus(listed);
    if (isWhole && this.caller.now() - youngest >= LISTED_AFTER_MS) {
      for (const id of rest) {
        seen.withoutRecordings.add(id);
        seen.read.add(id);
      }
    } else await this.oneByOne(rest, seen, signal);
  }

  private async oneByOne(conversations: ConversationSet, seen: Sorted, signal: AbortSignal): Promise<void> {
    await forEachConcurrently(conversations, CALLS_AT_ONCE, async (id) => {
      const rows = await recordingsOf(this.caller, id, signal);
      const counting = rows?.filter(({ screen }) => !seen.leavesOutScreens || screen !== true);
      seen.read.add(id);
      if (rows !== null) seen.take?.(rows);
      (counting === undefined ? seen.gone : counting.length === 0 ? seen.withoutRecordings : seen.recorded).add(id);
    });
  }
}

class Sorted {
  readonly recorded = new ConversationSetBuilder();
  readonly withoutRecordings = new ConversationSetBuilder();
  readonly gone = new ConversationSetBuilder();
  readonly read = new ConversationSetBuilder();
  readonly leavesOutScreens: boolean;
  readonly take: RecordingOptions['take'];

  constructor({ leavesOutScreens = false, take }: RecordingOptions) {
    this.leavesOutScreens = leavesOutScreens;
    this.take = take;
  }

  of(asked: ConversationSet): RecordingLook {
    const [recorded, withoutRecordings, gone] = [
      this.recorded.build(),
      this.withoutRecordings.build(),
      this.gone.build(),
    ];
    const unknown = asked.minus(ConversationSet.unionOf([recorded, withoutRecordings, gone]));
    return {
      recorded: recorded.minus(gone).minus(withoutRecordings),
      withoutRecordings,
      gone,
      unknown,
      read: this.read.build(),
    };
  }
}
