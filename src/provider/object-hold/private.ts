import type { BatchJob } from '../../aws';
import { DiagnosticError, type StateOf } from '../../framework';
import { ConversationSet } from '../../genesys';
import type { ObjectHoldSchema } from './schema';
import { NO_LOSSES, type LastLook, type Losses } from './losses';
import { joinScopes, type ObjectScope } from './scope';

type PackedScope = {
  readonly prefixes: readonly string[];
  /** {@link ConversationSet.toBase64}; null: every object under the prefixes. */
  readonly conversations: string | null;
  /** In the same form; not in private state that 0.1.0 wrote. */
  readonly notExported?: string;
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
  /** The last look, for the next to be compared with; not in private state that 0.1.0 wrote, nor after a run that was cut short. */
  readonly last?: LastLook | null;
  /** Versions that are gone; not in private state that 0.1.0 wrote. */
  readonly losses?: Losses;
  /** Of its claim in the register, as this state last had it; absent without a claim and after an import. */
  readonly epoch?: number;
  /** Something was held without the register, because it could not be used; absent where it knows all. */
  readonly unregistered?: true;
  /** It was imported, and no apply has brought it into the register. */
  readonly imported?: true;
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
  readonly last: LastLook | null;
  readonly losses: Losses;
  readonly epoch: number | null;
  readonly unregistered: boolean;
  readonly imported: boolean;
}

/** Versions that destroying the hold would release, at most. What running jobs are about to hold counts. */
export function heldBy(state: StateOf<ObjectHoldSchema>, kept: ObjectHoldPrivate | null): number {
  const coming = (kept?.jobs.length ?? 0) > 0 ? (state.version_count ?? 0) : 0;
  return Math.max(state.held_count ?? 0, coming) + (kept?.formerHeld ?? 0);
}

/** Unpacks. Throws a {@link DiagnosticError} for what no version of this provider has written. */
export function unpack(kept: ObjectHoldPrivate): Kept {
  const { last = null, losses = NO_LOSSES, epoch = null } = kept;
  const claim = { epoch, unregistered: kept.unregistered === true, imported: kept.imported === true };
  try {
    return { ...kept, last, losses, ...claim, scope: unpackScope(kept.scope), former: kept.former.map(unpackScope) };
  } catch (error) {
    throw damaged(error);
  }
}

/** The same check for those who read single values. Throws as {@link unpack}. */
export function readable(kept: ObjectHoldPrivate | null): ObjectHoldPrivate | null {
  if (kept !== null) unpack(kept);
  return kept;
}

function damaged(cause: unknown): DiagnosticError {
  return new DiagnosticError(
    'State of an object hold is damaged',
    'The attribute "private" of this resource in the state says what the hold covers, and it is not what this provider wrote. Nothing is read or changed without it.\n' +
      'Restore the state from before it was edited or merged. Without one, take the resource out of the state with "terraform state rm ADDRESS" and import it again; both change nothing in S3.',
    undefined,
    { cause },
  );
}

/** Packs, always in the same order: Terraform compares the bytes. */
export function pack(kept: Kept): ObjectHoldPrivate {
  const { scope, former, jobs, tagSets, consent, held, formerHeld, last, losses } = kept;
  const scopes = { scope: packScope(scope), former: joinScopes(former).map(packScope) };
  return {
    ...scopes,
    jobs,
    tagSets,
    consent,
    held,
    formerHeld,
    last,
    losses,
    ...(kept.epoch === null ? {} : { epoch: kept.epoch }),
    ...(kept.unregistered ? { unregistered: true as const } : {}),
    ...(kept.imported ? { imported: true as const } : {}),
  };
}

function packScope({ prefixes, conversations, notExported }: ObjectScope): PackedScope {
  return { prefixes, conversations: conversations?.toBase64() ?? null, notExported: notExported.toBase64() };
}

function unpackScope({ prefixes, conversations, notExported = '' }: PackedScope): ObjectScope {
  if (!Array.isArray(prefixes)) throw new RangeError('The prefixes of the scope are missing.');
  return {
    prefixes,
    conversations: conversations === null ? null : ConversationSet.fromBase64(conversations),
    notExported: ConversationSet.fromBase64(notExported),
  };
}
