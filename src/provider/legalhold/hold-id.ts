import type { HoldApi } from '../../genesys';
import type { HoldPrivate } from './ledger';

/** The hold's id at Genesys Cloud; null where it has none, or has lost it. */
export function holdIdOf(api: HoldApi, state: { readonly id: string | null }, kept: HoldPrivate | null): string | null {
  return api.abilities.hasHolds && kept?.gone !== true ? state.id : null;
}
