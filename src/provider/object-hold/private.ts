import type { BatchJob } from '../../aws';
import type { StateOf } from '../../framework';
import { ConversationSet } from '../../genesys';
import type { ObjectHoldSchema } from './schema';
import { joinScopes, type ObjectScope } from './scope';

type PackedScope = {
  readonly prefixes: readonly string[];
  /** {@link ConversationSet.toBase64}; null: every object under the prefixes. */
  readonly conversations: string | null;
};

/** Private state of an object hold: what cannot be asked again once Genesys Cloud has forgotten the export. No objects. */
export type ObjectHoldPrivate = {
  readonly scope: PackedScope;
  /** What was in scope before and is not any more; it stays held until the hold is released. */
  readonly former: readonly PackedScope[];
  /** Jobs of S3 Batch Operations that were under way when a run was cut short. */
  readonly jobs: readonly { readonly id: string; readonly description: string; readonly entries: number | null }[];
  /** Different tag sets that the versions not tagged would end with, as the last look counted them. */
  readonly tagSets: number;
  /** Whether `release_on_destroy` was true: a replacement is planned without the prior state. */
  readonly consent: boolean;
  /** Versions held, for the refusal of a replacement. */
  readonly held: number;
  /** Versions that were held when they fell out of scope. */
  readonly formerHeld: number;
};

/** The same, unpacked. */
export interface Kept {
  readonly scope: ObjectScope;
  readonly former: readonly ObjectScope[];
  readonly jobs: readonly BatchJob[];
  readonly tagSets: number;
  readonly consent: boolean;
  readonly held: number;
  readonly formerHeld: number;
}

/** Versions that destroying the hold would release, at most. What running jobs are about to hold counts. */
export function heldBy(state: StateOf<ObjectHoldSchema>, kept: ObjectHoldPrivate | null): number {
  const coming = (kept?.jobs.length ?? 0) > 0 ? (state.version_count ?? 0) : 0;
  return Math.max(state.held_count ?? 0, coming) + (kept?.formerHeld ?? 0);
}

/** Unpacks. */
export function unpack(kept: ObjectHoldPrivate): Kept {
  return { ...kept, scope: unpackScope(kept.scope), former: kept.former.map(unpackScope) };
}

/** Packs. */
export function pack(kept: Kept): ObjectHoldPrivate {
  return { ...kept, scope: packScope(kept.scope), former: joinScopes(kept.former).map(packScope) };
}

function packScope({ prefixes, conversations }: ObjectScope): PackedScope {
  return { prefixes, conversations: conversations?.toBase64() ?? null };
}

function unpackScope({ prefixes, conversations }: PackedScope): ObjectScope {
  return { prefixes, conversations: conversations === null ? null : ConversationSet.fromBase64(conversations) };
}
