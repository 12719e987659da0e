/** Whether an organization knows a hold whose state does not say which organization it belongs to. */
import type { StateOf } from '../../framework';
import type { ConversationSet, HoldApi } from '../../genesys';
import type { Compliance } from '../compliance';
import { parseExportId } from '../export-id';
import type { Owned } from '../organization';
import { holdNamed } from './computed';
import { holdIdOf } from './hold-id';
import type { Ledger } from './ledger';
import type { LegalHoldSchema } from './schema';

type State = StateOf<LegalHoldSchema>;

/** Conversations that are asked for, one request each: ids are unique, so one that is known is proof enough. */
const MOST_ASKED = 5;

/** What was seen of the hold already. */
export interface SeenHold {
  readonly ledger: Ledger;
  /** The hold, or a protected conversation of it, is there. */
  readonly known: boolean;
}

/** True when a status proves by itself that the hold is known. */
export function isTold(api: HoldApi, exists: boolean, held: ConversationSet): boolean {
  return held.size > 0 || (api.abilities.hasHolds && exists);
}

/** The hold, for comparing organizations. */
export function ownerOf(
  { client, api, signal }: { readonly client: Compliance; readonly api: HoldApi; readonly signal: AbortSignal },
  state: State,
  seen?: SeenHold,
): Owned {
  return {
    organizationId: state.organization_id,
    named: holdNamed(state),
    isKnown: async () => {
      if (seen === undefined) return false;
      if (seen.known) return true;
      const { exists, held } = await api.status(holdIdOf(api, state, null), seen.ledger.all, signal);
      if (isTold(api, exists, held)) return true;
      const { recorded, withoutRecordings } = await client.genesys.holds.standing(seen.ledger.all, MOST_ASKED, signal);
      if (recorded.size + withoutRecordings.size > 0) return true;
      if (state.export_job_id === null) return false;
      return client.genesys.exports.knows(parseExportId(state.export_job_id).jobIds, signal);
    },
  };
}
