import { ConversationSet, type Followed } from '../../genesys';
import type { GapKind } from '../gaps';
import type { Unregistered } from './claim';
import { followedOf, packFollowed, type PackedFollowed } from './followed';
import {
  NO_RECORDINGS,
  packRecordings,
  recordingsIn,
  type HeldRecordings,
  type PackedRecordings,
} from './held-recordings';
import { NOTHING_SHARED, packSharing, sharingOf, type PackedSharing, type Sharing } from './shared-recordings';

/** Kinds of gaps that a hold can have. */
export const HOLD_GAPS = [
  'failed',
  'gone',
  'late',
  'lost',
  'released',
  'unprotectable',
] as const satisfies readonly GapKind[];
export type HoldGap = (typeof HOLD_GAPS)[number];

/**
 * Private state of a hold. The conversations are kept here, 16 bytes each, and not as attributes: a hold over a million
 * of them must not make a state that nobody can read.
 */
export type HoldPrivate = {
  /** Every conversation this hold was ever asked to protect and has not released: {@link ConversationSet.toBase64}. */
  readonly ledger: string;
  /** Those of the ledger that are in scope now; null when all are. */
  readonly scope: string | null;
  /** Whether `release_on_destroy` was true: a replacement is planned without the prior state. */
  readonly consent: boolean;
  /** For the refusal of a replacement; empty where nobody has named the hold. */
  readonly name: string;
  /** The hold is no longer known to Genesys Cloud, so that protecting again makes a new one (compliance API). */
  readonly gone?: true;
  /** What of the scope was not held when it was last looked at, by kind; absent where nobody has looked (0.1.0). */
  readonly gaps?: { readonly [kind: string]: string };
  /** Those in scope that came after the export was finished, or after the scope was first looked at. */
  readonly late?: string;
  /** Recordings that the export took and that are in no conversation any more, where nobody knows of which. */
  readonly lostRecordings?: number;
  /** Of its claim in the register, as this state last had it; absent without a claim and after an import. */
  readonly epoch?: number;
  /** What is protected without a claim, because the register could not be used, or nothing yet; absent where all is claimed. */
  readonly unregistered?: { readonly placed: string; readonly before: string; readonly old: boolean };
  /** How far a scope was looked at that more may come into. */
  readonly followed?: PackedFollowed;
  /** By scope, and its first step has not ended: it covers nothing yet. */
  readonly awaiting?: true;
  /** What is known of recordings that belong to several conversations; absent where nothing was looked at. */
  readonly sharing?: PackedSharing;
  /** Which recordings its conversations had; absent where that is not known. */
  readonly recordings?: PackedRecordings;
  /** It was imported, and no apply has brought it into the register. */
  readonly imported?: true;
};

/** The same, unpacked. */
export interface Ledger {
  readonly all: ConversationSet;
  readonly scope: ConversationSet;
  readonly late: ConversationSet;
  readonly lostRecordings: number;
  /** What of the scope was not held at the last look; the rest was. Null where nobody has looked. */
  readonly gaps: HoldGaps | null;
  /** What is protected without a claim; null where all is claimed, and in a state of 0.1.0. */
  readonly unregistered: Unregistered | null;
  /** How far its scope was looked at; null where nothing more can come, and where nobody has looked. */
  readonly followed: Followed | null;
  /** What is known of recordings that belong to several conversations. */
  readonly sharing: Sharing;
  /** Which recordings its conversations had, as far as anybody has looked. */
  readonly recordings: HeldRecordings;
}

/** Conversations in scope that are not held, by why; no conversation is in two of them. */
export type HoldGaps = { readonly [K in HoldGap]: ConversationSet };

export const NO_GAPS: HoldGaps = {
  failed: ConversationSet.empty,
  gone: ConversationSet.empty,
  late: ConversationSet.empty,
  lost: ConversationSet.empty,
  released: ConversationSet.empty,
  unprotectable: ConversationSet.empty,
};

/**
 * What the hold has protected, or claimed, as far as that is known. What only came into its scope is not that, nor what an apply
 * without the register has tried in vain.
 */
export function knownToBeProtected({ all, gaps, unregistered }: Ledger): ConversationSet {
  if (gaps === null) return all;
  const { failed, gone, late, unprotectable } = gaps;
  return all.minus(unregistered === null ? late : ConversationSet.unionOf([failed, gone, late, unprotectable]));
}

/** A ledger over a scope of which nothing has been looked at. */
export function freshLedger(scope: ConversationSet): Ledger {
  return {
    all: scope,
    scope,
    late: ConversationSet.empty,
    lostRecordings: 0,
    gaps: null,
    unregistered: null,
    followed: null,
    sharing: NOTHING_SHARED,
    recordings: NO_RECORDINGS,
  };
}

/**
 * Unpacks. Undefined where the conversations of the hold are unknown: without private state, when it cannot be read, and when
 * it is empty, because no hold is over nothing but one by scope into which nothing has come yet. Unknown is not empty: such a
 * scope is asked for again, or nothing is done.
 */
export function ledgerOf(kept: HoldPrivate | null): Ledger | undefined {
  if (kept === null || typeof kept !== 'object') return undefined;
  try {
    const all = ConversationSet.fromBase64(kept.ledger);
    const scope = kept.scope === null ? all : ConversationSet.fromBase64(kept.scope);
    const isFollowed = kept.followed !== undefined || kept.awaiting === true;
    if (!isFollowed && (all.size === 0 || scope.size === 0)) return undefined;
    return {
      all,
      scope,
      late: kept.late === undefined ? ConversationSet.empty : ConversationSet.fromBase64(kept.late),
      lostRecordings: kept.lostRecordings ?? 0,
      gaps: kept.gaps === undefined ? null : unpackGaps(kept.gaps),
      unregistered: kept.unregistered === undefined ? null : unpackUnregistered(kept.unregistered),
      followed: kept.followed === undefined ? null : followedOf(kept.followed),
      sharing: kept.sharing === undefined ? NOTHING_SHARED : sharingOf(kept.sharing),
      recordings: kept.recordings === undefined ? NO_RECORDINGS : recordingsIn(kept.recordings, all),
    };
  } catch {
    return undefined;
  }
}

function unpackUnregistered({ placed, before, old }: NonNullable<HoldPrivate['unregistered']>): Unregistered {
  return { placed: ConversationSet.fromBase64(placed), before: ConversationSet.fromBase64(before), old };
}

function unpackGaps(packed: NonNullable<HoldPrivate['gaps']>): HoldGaps {
  const gaps: { [K in HoldGap]?: ConversationSet } = {};
  for (const kind of HOLD_GAPS) {
    const text = packed[kind];
    if (text !== undefined) gaps[kind] = ConversationSet.fromBase64(text);
  }
  return { ...NO_GAPS, ...gaps };
}

/** Packs. */
export function packLedger(
  ledger: Ledger,
): Pick<
  HoldPrivate,
  | 'ledger'
  | 'scope'
  | 'gaps'
  | 'late'
  | 'lostRecordings'
  | 'unregistered'
  | 'followed'
  | 'awaiting'
  | 'sharing'
  | 'recordings'
> {
  const { all, scope, late, lostRecordings, gaps, unregistered, followed, sharing, recordings } = ledger;
  return {
    ledger: all.toBase64(),
    scope: scope.equals(all) ? null : scope.toBase64(),
    ...(late.size === 0 ? {} : { late: late.toBase64() }),
    ...(followed === null ? {} : { followed: packFollowed(followed) }),
    ...(sharing.looked.size === 0 ? {} : { sharing: packSharing(sharing) }),
    ...(recordings.known.size === 0 ? {} : { recordings: packRecordings(recordings, all) }),
    ...(followed === null && all.size === 0 ? { awaiting: true as const } : {}),
    ...(lostRecordings === 0 ? {} : { lostRecordings }),
    ...(gaps === null ? {} : { gaps: packGaps(gaps) }),
    ...(unregistered === null
      ? {}
      : {
          unregistered: {
            placed: unregistered.placed.toBase64(),
            before: unregistered.before.toBase64(),
            old: unregistered.old,
          },
        }),
  };
}

function packGaps(gaps: HoldGaps): NonNullable<HoldPrivate['gaps']> {
  return Object.fromEntries(
    HOLD_GAPS.flatMap((kind) => (gaps[kind].size === 0 ? [] : [[kind, gaps[kind].toBase64()]])),
  );
}
