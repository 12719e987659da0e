import type { DeleteContext, StateOf } from '../../framework';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { holdApiName } from '../hold-api';
import { requireOrganization } from '../organization';
import { refuseDestroy, refuseReplace } from '../release-guard';
import { heldConversations } from './guard';
import { holdIdOf } from './hold-id';
import { ledgerOf, type HoldPrivate } from './ledger';
import { stillHeld } from './messages';
import { ownerOf } from './owner';
import { heldBy } from './plan';
import { recoveredLedger } from './recover';
import type { LegalHoldSchema } from './schema';

type State = StateOf<LegalHoldSchema>;

/** Releases with consent, and looks that nothing is held any more. Without consent only what holds nothing is let go. */
export async function deleteHold(context: DeleteContext<LegalHoldSchema, Compliance, HoldPrivate>): Promise<void> {
  const { client, prior, signal, private: kept } = context;
  const refuse = (count: number | undefined) =>
    // Terraform withholds private state from a tainted hold that it replaces: that is how such a one is known.
    (kept === null ? refuseReplace : refuseDestroy)(heldConversations({ name: prior.name, id: prior.id, count }));
  const known = ledgerOf(kept);
  if (!prior.release_on_destroy) {
    const count = known === undefined ? undefined : heldBy(prior);
    if (count !== 0) throw refuse(count);
  }
  const api = client.genesys.holds.api(holdApiName(prior));
  if (prior.organization_id !== null) {
    await requireOrganization(client.genesys, ownerOf({ client, api, signal }, prior), signal);
  }
  const ledger = known ?? (await recoveredLedger(client, api, prior, signal));
  await requireOrganization(client.genesys, ownerOf({ client, api, signal }, prior, { ledger, known: false }), signal);
  const holdId = holdIdOf(api, prior, kept);
  const still = await explained('Legal hold could not be released', undefined, async () =>
    prior.release_on_destroy
      ? api.release(holdId, ledger.all, true, signal)
      : (await api.status(holdId, ledger.all, signal)).held,
  );
  if (still.size === 0) return;
  if (!prior.release_on_destroy) throw refuse(still.size);
  throw stillHeld(prior as State, still, ledger.all.size);
}
