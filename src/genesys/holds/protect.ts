/**
 * Look, set, look: how conversations come under a hold, whichever API does it. Nothing counts as held because a request
 * succeeded; only what was read back does.
 */
import { ConversationSet, ConversationSetBuilder } from '../../conversations';
import type { Client } from '../client';
import type { GenesysError } from '../errors';
import type { ConversationId, HoldFailure, ProtectOutcome, Standing } from '../model';
import { forEachConcurrently } from '../../time';
import { holdFailure, isAbsent, isFull, refusalOf, WITHOUT_EFFECT, type Refusal, type Refused } from './failure';
import { bisected, CALLS_AT_ONCE, inHundreds } from './in-hundreds';
import { NOTHING_ASKED, standingOf } from './standing';

/** How an API is looked at and set. */
export interface Protecting {
  readonly client: Client;
  /** Held before anything was set. */
  readonly before: ConversationSet;
  /** In this order they are to be held, where there may be no room for all; undefined where the order does not matter. */
  readonly order: readonly ConversationId[] | undefined;
  /** Sets at most a hundred, and answers those that were refused. */
  readonly set: (conversations: readonly ConversationId[]) => Promise<readonly Refused[]>;
  /** Awaited before each request to set; what it throws ends the work. */
  readonly beforeSet: ((conversations: ConversationSet) => Promise<void>) | undefined;
  /** Which of these are held. */
  readonly look: (conversations: ConversationSet) => Promise<ConversationSet>;
  /** Every hundred is looked at as soon as it was set; else all are looked at in the end. */
  readonly looksInHundreds: boolean;
}

/** Conversations whose recordings are asked for, one request each, to say why they are not held. */
const MOST_ASKED = 1_000;
/** What was accepted may be seen a little later. Waits between looks, in milliseconds. */
const PATIENCE_MS = [1_000, 2_000, 4_000] as const;
/** When more than this had no effect, it is no delay. */
const MOST_AWAITED = 1_000;

/** Protects what is not held. Throws when nothing could be done; answers `stoppedBy` when a part was. */
export async function protectAndLook(
  conversations: ConversationSet,
  options: Protecting,
  signal: AbortSignal,
): Promise<Omit<ProtectOutcome, 'holdId'>> {
  const work = new Protection(options, signal);
  let stoppedBy = await work.setAndLook(options.order ?? conversations.minus(options.before));
  if (stoppedBy !== null && work.seen.size === 0) throw stoppedBy;
  let held = options.before.and(conversations).union(work.seen);
  let standing = NOTHING_ASKED;
  if (!signal.aborted) {
    try {
      const rest = conversations.minus(held);
      standing = await standingOf(options.client, work.worthAsking(rest), MOST_ASKED, signal);
      if (stoppedBy === null) held = held.union(await work.lookAgain(rest, standing));
    } catch (error) {
      stoppedBy ??= error;
    }
  }
  return {
    held,
    alreadyHeld: options.before.and(conversations).size,
    failures: work.failuresOf(conversations.minus(held)),
    standing,
    stoppedBy,
  };
}

class Protection {
  /** Seen to be held after it was set. */
  seen = ConversationSet.empty;
  private readonly refusals = new Map<ConversationId, Refusal>();
  /** Part of a call that Genesys Cloud took, whether that had an effect or not. */
  private readonly sent = new ConversationSetBuilder();
  private full: Refusal | undefined;

  constructor(
    private readonly options: Protecting,
    private readonly signal: AbortSignal,
  ) {}

  /** Answers the error that ended the work early, or null. */
  async setAndLook(missing: Iterable<ConversationId>): Promise<unknown> {
    const { order, look, looksInHundreds } = this.options;
    const seen: ConversationSet[] = [];
    const looked = new ConversationSetBuilder();
    let trouble: unknown = null;
    try {
      // Calls side by side would take room from those that are to come first.
      await forEachConcurrently(inHundreds(missing), order === undefined ? CALLS_AT_ONCE : 1, async (ids) => {
        const taken = await this.setHundred(ids);
        if (!looksInHundreds || taken.size === 0) return;
        seen.push(await look(taken));
        for (const id of taken) looked.add(id);
      });
    } catch (error) {
      trouble = error;
    }
    const unseen = this.sent.build().minus(looked.build());
    if (unseen.size > 0 && !this.signal.aborted) {
      try {
        seen.push(await look(unseen));
      } catch (error) {
        trouble ??= error;
      }
    }
    this.seen = ConversationSet.unionOf(seen);
    return trouble;
  }

  /**
   * Conversations about which their recordings can tell more than the refusal did; those first that are said to be absent. A
   * full organization says nothing about a conversation.
   */
  *worthAsking(rest: ConversationSet): Generator<ConversationId> {
    const sent = this.sent.build();
    const rank = (id: ConversationId): number => {
      const refusal = this.refusals.get(id);
      if (refusal === undefined) return sent.has(id) ? 1 : 2;
      return isAbsent(refusal) ? 0 : isFull(refusal) ? 2 : 1;
    };
    for (const wanted of [0, 1]) for (const id of rest) if (rank(id) === wanted) yield id;
  }

  /** What was taken and has recordings may only not be seen yet. */
  async lookAgain(rest: ConversationSet, standing: Standing): Promise<ConversationSet> {
    const { client, look } = this.options;
    const refused = ConversationSet.of(this.refusals.keys());
    const nothingThere = standing.gone.union(standing.withoutRecordings);
    let open = rest.and(this.sent.build()).minus(refused).minus(nothingThere);
    let found = ConversationSet.empty;
    if (open.size > MOST_AWAITED) return found;
    for (const pause of PATIENCE_MS) {
      if (open.size === 0) break;
      await client.clock.sleep(pause, this.signal);
      found = found.union(await look(open));
      open = open.minus(found);
    }
    return found;
  }

  /** Why these are not held, as far as Genesys Cloud said; what was not tried is left out. */
  failuresOf(rest: ConversationSet): readonly HoldFailure[] {
    const sent = this.sent.build();
    return [...rest].flatMap((id) => {
      const refusal = this.refusals.get(id) ?? (sent.has(id) ? WITHOUT_EFFECT : undefined);
      return refusal === undefined ? [] : [holdFailure(id, refusal)];
    });
  }

  /** Answers those that were part of a call that was taken. */
  private async setHundred(ids: readonly ConversationId[]): Promise<ConversationSet> {
    const taken = new ConversationSetBuilder();
    const set = async (some: readonly ConversationId[]): Promise<void> => {
      await this.options.beforeSet?.(ConversationSet.of(some));
      for (const { conversationId, refusal } of await this.options.set(some)) this.refuse(conversationId, refusal);
      for (const id of some) {
        taken.add(id);
        this.sent.add(id);
      }
    };
    const refuseAlone = (id: ConversationId, error: GenesysError): void => this.refuse(id, refusalOf(error));
    for (const id of await bisected(ids, set, refuseAlone, () => this.full !== undefined)) {
      this.refuse(id, this.full as Refusal);
    }
    return taken.build();
  }

  private refuse(id: ConversationId, refusal: Refusal): void {
    this.refusals.set(id, refusal);
    if (isFull(refusal)) this.full = refusal;
  }
}
