import { DiagnosticError } from '../framework';
import { HOLD_ABILITIES, type HoldAbilities, type HoldApi, type HoldApiName } from '../genesys';
import type { Compliance } from './compliance';
import { explained } from './failures';

/** The hold APIs there are, for validators and messages. */
export const HOLD_APIS = Object.keys(HOLD_ABILITIES) as readonly HoldApiName[];

/** True for the name of a hold API. */
export function isHoldApi(name: unknown): name is HoldApiName {
  return HOLD_APIS.some((api) => api === name);
}

/**
 * The API that a hold in state was made with. Throws for a state that names none of them: to guess could look for a hold where
 * it is not, and report it as released.
 */
export function holdApiName(state: { readonly hold_api: string | null }): HoldApiName {
  if (isHoldApi(state.hold_api)) return state.hold_api;
  throw new DiagnosticError(
    'Hold API of the state is unknown',
    `hold_api: state says ${state.hold_api === null ? 'nothing' : `"${state.hold_api}"`}, and a hold is made with ${HOLD_APIS.join(' or ')}. Nothing was read and nothing was changed.\nRemove the resource from state (terraform state rm) and import the hold again.`,
    ['hold_api'],
  );
}

/** What the API of a hold in state can do. */
export function abilitiesOf(state: { readonly hold_api: string | null }): HoldAbilities {
  return HOLD_ABILITIES[holdApiName(state)];
}

/**
 * Looks for a hold API that the configuration demands, so that its absence fails the plan and not the apply. Asks nothing where
 * the choice cannot be wrong.
 */
export async function checkHoldApi(
  client: Compliance | undefined,
  wanted: HoldApiName | 'auto',
  signal: AbortSignal,
): Promise<void> {
  if (client === undefined || wanted === 'auto' || !HOLD_ABILITIES[wanted].hasHolds) return;
  await chosenApi(client, wanted, signal);
}

/** The API that a new hold is made with. */
export function chosenApi(client: Compliance, wanted: HoldApiName | 'auto', signal: AbortSignal): Promise<HoldApi> {
  return explained('Hold API could not be chosen', undefined, () => client.genesys.holds.choose(wanted, signal));
}
