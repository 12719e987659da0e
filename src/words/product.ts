/** Names of our own resource types and limits, as several rooms mention them. */

/** Resource type of a recording export. */
export const EXPORT = 'genesyscloud_recording_export_job';
/** Resource type of a legal hold on conversations. */
export const HOLD = 'genesyscloud_compliance_legalhold';
/** Resource type of a hold on exported objects. */
export const OBJECT_HOLD = 'genesyscloud_compliance_object_hold';

/** Conversations that deletion protection can hold in an organization at once, as Genesys Cloud documents. */
export const MOST_PROTECTED_CONVERSATIONS = 1_000;

/** Environment variable by which the commands tell the provider how much a refresh looks at. */
export const LOOK_VARIABLE = 'GENESYSCLOUD_COMPLIANCE_LOOK';
/** Its value for a look without bounds. */
export const LOOK_WHOLE = 'whole';
