import type { HoldApiName } from '../genesys';
import type { Compliance } from './compliance';
import { explained } from './failures';

/**
 * Looks for a compliance API that the configuration demands, so that its absence fails the plan and not the apply. Asks
 * nothing for the other choices: those cannot be wrong.
 */
export async function checkHoldApi(
  client: Compliance | undefined,
  wanted: HoldApiName | 'auto',
  signal: AbortSignal,
): Promise<void> {
  if (client === undefined || wanted !== 'compliance') return;
  await explained('Compliance API could not be looked for', undefined, () =>
    client.genesys.holds.choose(wanted, signal),
  );
}
