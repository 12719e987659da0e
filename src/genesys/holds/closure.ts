/**
 * Conversations that have to be held together because they share recordings. Protection is per conversation, and which of them
 * decides about a shared recording is not documented: it counts as safe only when all are held.
 */
import { ConversationSet } from '../../conversations';
import type { ConversationId, SharedRecordings } from '../model';

/** What is known of shared recordings. */
export interface Shares {
  /** Of a conversation, the others that its recordings belong to as well. */
  readonly shared: ReadonlyMap<ConversationId, ConversationSet>;
  /** Those whose recordings were read. */
  readonly looked: ConversationSet;
}

/** Asks for the recordings of some conversations, one request each and at most so many. */
export type AskShared = (conversations: ConversationSet, most: number) => Promise<SharedRecordings>;

/** The conversations, and all that share a recording with one of them, over however many steps. */
export function withShared(conversations: ConversationSet, { shared }: Pick<Shares, 'shared'>): ConversationSet {
  let all = conversations;
  for (let fresh = all; fresh.size > 0;) {
    const others = [...shared].filter(([id]) => fresh.has(id)).map(([, ids]) => ids);
    fresh = ConversationSet.unionOf(others).minus(all);
    all = all.union(fresh);
  }
  return all;
}

/**
 * Looks at what was not looked at yet, and at what turns up by that, with at most `most` requests. A scope of which more was not
 * looked at is left alone: the answer would be unknown anyway, and a hold over very many must not wait for it.
 */
export async function lookForShared<Known extends Shares>(
  conversations: ConversationSet,
  before: Known,
  most: number,
  ask: AskShared,
): Promise<Known> {
  let sharing = before;
  let left = most;
  const passed: ConversationSet[] = [];
  for (;;) {
    const open = withShared(conversations, sharing).minus(sharing.looked).minus(ConversationSet.unionOf(passed));
    if (open.size === 0 || open.size > left) return sharing;
    left -= open.size;
    const { shared, looked } = await ask(open, open.size);
    // What cannot be read now is not asked again in this apply.
    passed.push(open);
    const found = [...shared].map(([id, others]) => [id, ConversationSet.of(others)] as const);
    sharing = { ...sharing, shared: new Map([...sharing.shared, ...found]), looked: sharing.looked.union(looked) };
  }
}
