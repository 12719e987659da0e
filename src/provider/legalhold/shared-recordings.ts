/**
 * Conversations that are held because they share a recording with one in scope. Protection is per conversation, and which of them
 * decides about a shared recording is not documented: it counts as safe only when all are held.
 */
import { ConversationSet, GenesysError, lookForShared, withShared, type AskShared, type Shares } from '../../genesys';
import { number } from '../../words';
import type { Work } from './protector';
import type { Scope } from './scope';

/** What is known of shared recordings, as private state keeps it. */
export interface Sharing extends Shares {
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
    const ask: AskShared = (some, most) => client.genesys.holds.shared(some, most, signal);
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
