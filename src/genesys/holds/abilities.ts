/** What the two hold APIs can do: asked instead of their names. */
import { HOLD_LIMITS } from '../../words';
import type { HoldAbilities, HoldApiName } from '../model';

/** Static, so that plans without a connection know them too. */
export const HOLD_ABILITIES: Readonly<Record<HoldApiName, HoldAbilities>> = {
  compliance: { hasHolds: true, releasesParts: false, limit: HOLD_LIMITS.compliance, words: 'the compliance API' },
  deletion_protection: {
    hasHolds: false,
    releasesParts: true,
    limit: HOLD_LIMITS.deletion_protection,
    words: 'deletion protection',
  },
};
