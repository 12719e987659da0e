/**
 * Conversations that are held because they share a recording with one in scope. Protection is per conversation, and which of them
 * decides about a shared recording is not documented: it counts as safe only when all are held.
 */
import { ConversationSet, GenesysError, type ConversationId, type SharedRecordings } from '../../genesys';
import { number } from '../../words';
import type { Work } from './protector';
import type { Scope } from './scope';

/** What is known of shared recordings, as private state keeps it. */
export interface Sharing {
  /** Of a conversation, the others that its recordings belong to as well. */
  readonly shared: ReadonlyMap<ConversationId, ConversationSet>;
  /** Those whose recordings were read. */
  readonly looked: ConversationSet;
  /** Conversations of the hold that are in its scope for no other reason. */
  readonly associated: ConversationSet;
}

export const NOTHING_SHARED: Sharing = {
  shared: new Map(),
  looked: ConversationSet.empty,
  associated: ConversationSet.empty,
};

/** The same as text. Of conversations that share nothing only that they were looked at. */
export type PackedSharing = {
  readonly shared: { readonly [conversationId: string]: string };
  readonly looked: string;
  readonly associated: string;
};

export function packSharing({ shared, looked, associated }: Sharing): PackedSharing {
  return {
    shared: Object.fromEntries([...shared].map(([id, others]) => [id, others.toBase64()])),
    looked: looked.toBase64(),
    associated: associated.toBase64(),
  };
}

/** Throws a RangeError for what is not packed sharing. */
export function sharingOf(packed: PackedSharing): Sharing {
  return {
    shared: new Map(Object.entries(packed.shared).map(([id, others]) => [id, ConversationSet.fromBase64(others)])),
    looked: ConversationSet.fromBase64(packed.looked),
    associated: ConversationSet.fromBase64(packed.associated),
  };
}

/** The conversations, and all that share a recording with one of them, over however many steps. */
export function withShared(conversations: ConversationSet, { shared }: Pick<Sharing, 'shared'>): ConversationSet {
  let all = conversations;
  for (let fresh = all; fresh.size > 0;) {
    const others = [...shared].filter(([id]) => fresh.has(id)).map(([, ids]) => ids);
    fresh = ConversationSet.unionOf(others).minus(all);
    all = all.union(fresh);
  }
  return all;
}

/** Asks what `shared` does. */
export type Ask = (conversations: ConversationSet, most: number) => Promise<SharedRecordings>;

/**
 * Looks at what was not looked at yet, and at what turns up by that, with at most `most` requests. A scope of which more was not
 * looked at is left alone: the answer would be unknown anyway, and a hold over very many must not wait for it.
 */
export async function lookForShared(
  conversations: ConversationSet,
  before: Sharing,
  most: number,
  ask: Ask,
): Promise<Sharing> {
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

/** Conversations that are looked at in one apply, one request each. */
const MOST_LOOKED = 1_000;

/**
 * The scope with all conversations that share a recording with one in it. What cannot be found out is said, and keeps nothing from
 * being held.
 */
export async function withAssociated(
  { client, signal, diagnostics }: Pick<Work, 'client' | 'signal' | 'diagnostics'>,
  scope: Scope,
  hold: string,
): Promise<Scope> {
  const named = scope.conversations.minus(scope.sharing.associated);
  let { sharing } = scope;
  let problem = '';
  try {
    const ask: Ask = (some, most) => client.genesys.holds.shared(some, most, signal);
    sharing = await lookForShared(named, sharing, MOST_LOOKED, ask);
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    problem = `\n${error.message}`;
  }
  const conversations = withShared(named, sharing);
  const unknown = conversations.minus(sharing.looked).size;
  if (unknown > 0) {
    diagnostics.warn(
      'Unknown whether recordings are shared',
      `A recording can belong to several conversations, and counts as safe only when all of them are held. ${hold}: the recordings of ${number(unknown)} of ${number(conversations.size)} conversations were not looked at for that; an apply looks at ${number(MOST_LOOKED)} at most. What is in scope is held all the same.${problem}`,
    );
  }
  return { ...scope, conversations, sharing: { ...sharing, associated: conversations.minus(named) } };
}

/** How many conversations are held for that reason alone; null where not everything was looked at. */
export function associatedCount(scope: ConversationSet, { looked, associated }: Sharing): number | null {
  return scope.minus(looked).size > 0 ? null : associated.and(scope).size;
}
