import { exactlyOneOf, type ResourceDefinition } from '../../framework';
import type { Compliance } from '../compliance';
import { checkConsent } from '../release-guard';
import { validateConversationsFrom } from './conversations-from';
import { createHold } from './create';
import { deleteHold } from './delete';
import { importLegalHold } from './import';
import type { HoldPrivate } from './ledger';
import { planDestroyLegalHold, planLegalHold } from './plan';
import { readHold } from './read';
import { legalHoldSchema, type LegalHoldSchema } from './schema';
import { validateScope } from './scope-argument';
import { updateHold } from './update';

/** A legal hold on the Genesys Cloud side, which is never released as a side effect. */
export const legalHoldResource: ResourceDefinition<LegalHoldSchema, Compliance, HoldPrivate> = {
  type: 'genesyscloud_compliance_legalhold',
  schema: legalHoldSchema,
  validate: (context) => {
    exactlyOneOf(context, ['export_job_id', 'conversation_ids', 'conversations_from', 'scope']);
    validateConversationsFrom(context);
    validateScope(context);
    checkConsent(context.config, context.diagnostics);
  },
  plan: planLegalHold,
  planDestroy: planDestroyLegalHold,
  create: createHold,
  read: readHold,
  update: updateHold,
  delete: deleteHold,
  import: importLegalHold,
};
