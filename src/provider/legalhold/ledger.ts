import { ConversationSet } from '../../genesys';

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
  /** For the refusal of a replacement. */
  readonly name: string;
  /** The hold is no longer known to Genesys Cloud, so that protecting again makes a new one (compliance API). */
  readonly gone?: true;
};

/** The same, unpacked. */
export interface Ledger {
  readonly all: ConversationSet;
  readonly scope: ConversationSet;
}

/** Unpacks; nothing for a resource without private state. */
export function ledgerOf(kept: HoldPrivate | null): Ledger {
  if (kept === null) return { all: ConversationSet.empty, scope: ConversationSet.empty };
  const all = ConversationSet.fromBase64(kept.ledger);
  return { all, scope: kept.scope === null ? all : ConversationSet.fromBase64(kept.scope) };
}

/** Packs. */
export function packLedger({ all, scope }: Ledger): Pick<HoldPrivate, 'ledger' | 'scope'> {
  return { ledger: all.toBase64(), scope: scope.equals(all) ? null : scope.toBase64() };
}
