import type { DeleteContext, StateOf } from '../../framework';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { holdApiName } from '../hold-api';
import { requireOrganization } from '../organization';
import { refuseDestroy, refuseReplace, refuseWithoutReason } from '../release-guard';
import { approvalsOf, refuseUnapproved } from '../approvals';
import { claimToRelease, ownClaim, refuseUnregisteredRelease } from '../claims';
import { tellReleased } from './claim-messages';
import { holdNamed } from './computed';
import { heldConversations } from './guard';
import { holdIdOf } from './hold-id';
import { ledgerOf, type HoldPrivate } from './ledger';
import { ownerOf } from './owner';
import { heldBy } from './plan';
import { recoveredLedger } from './recover';
import { releaseHold } from './release';
import type { LegalHoldSchema } from './schema';

type State = StateOf<LegalHoldSchema>;
type Context = DeleteContext<LegalHoldSchema, Compliance, HoldPrivate>;

/** Why the claim of a hold without consent is dropped. */
const NOTHING_HELD = 'Nothing of it was held when it was destroyed.';

/** Releases with consent what nobody else needs. Without consent only what holds nothing is let go. */
export async function deleteHold(context: Context): Promise<void> {
  const { client, prior, signal, diagnostics, private: kept } = context;
  const api = client.genesys.holds.api(holdApiName(prior));
  const isEmpty = await checkConsented(context);
  const own = ownClaim(prior, kept?.epoch ?? null);
  if (own === undefined) {
    if (isEmpty) return;
    throw refuseUnregisteredRelease(holdNamed(prior));
  }
  const { register, claim } = await claimToRelease(client.register, own, holdNamed(prior), signal);
  if (claim.state === 'done') return;
  const reason = isEmpty ? NOTHING_HELD : (prior.release_reason ?? NOTHING_HELD);
  const work = { client, api, signal, diagnostics, log: context.log };
  const releasing = { named: holdNamed(prior), reason, approvals: await approvalsOf(client, prior, signal) };
  await refuseUnapproved(register, claim, releasing, signal);
  const released = await releaseHold(work, register, claim, holdIdOf(api, prior, kept), releasing);
  tellReleased(diagnostics, client.register, prior, released);
}

/** Throws without consent and reason, unless nothing is held: answers whether that is so. */
async function checkConsented({ client, prior, signal, private: kept }: Context): Promise<boolean> {
  const refuse = (count: number | undefined) =>
    // Terraform withholds private state from a tainted hold that it replaces: that is how such a one is known.
    (kept === null ? refuseReplace : refuseDestroy)(heldConversations({ name: prior.name, id: prior.id, count }));
  const known = ledgerOf(kept);
  const count = known === undefined ? undefined : heldBy(prior as State);
  if (count !== 0) {
    if (!prior.release_on_destroy) throw refuse(count);
    if (prior.release_reason === null) throw refuseWithoutReason(heldConversations({ ...prior, count }));
  }
  const api = client.genesys.holds.api(holdApiName(prior));
  if (prior.organization_id !== null) {
    await requireOrganization(client.genesys, ownerOf({ client, api, signal }, prior), signal);
  }
  const ledger = known ?? (await recoveredLedger(client, api, prior, signal));
  await requireOrganization(client.genesys, ownerOf({ client, api, signal }, prior, { ledger, known: false }), signal);
  // A hold into whose scope nothing has come yet has no claim, and nothing to let go of.
  if (prior.release_on_destroy && prior.release_reason !== null) return ledger.all.size === 0;
  const { held } = await explained('Legal hold could not be read', undefined, () =>
    api.status(holdIdOf(api, prior, kept), ledger.all, signal),
  );
  if (held.size > 0) throw refuse(held.size);
  return true;
}
