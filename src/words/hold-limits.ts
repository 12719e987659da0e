/** How many conversations an organization can hold with each of the two hold APIs. */

/** Conversations that an organization can protect from deletion, by the help of Genesys Cloud. It may have been raised for one. */
export const PROTECTION_LIMIT = 1_000;

/** By hold API; null: no limit is documented. */
export const HOLD_LIMITS = { compliance: null, deletion_protection: PROTECTION_LIMIT } as const;
