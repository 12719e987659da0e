/** What the two hold APIs can do: asked instead of their names. */
import type { HoldAbilities, HoldApiName } from '../model';

/** Conversations that an organization can protect from deletion, by the help of Genesys Cloud. It may have been raised for one. */
export const PROTECTION_LIMIT = 1_000;

/** Static, so that plans without a connection know them too. */
export const HOLD_ABILITIES: Readonly<Record<HoldApiName, HoldAbilities>> = {
  compliance: { hasHolds: true, releasesParts: false, limit: null, words: 'the compliance API' },
  deletion_protection: { hasHolds: false, releasesParts: true, limit: PROTECTION_LIMIT, words: 'deletion protection' },
};
